// Goal: one decision covers all enrolments of a person that belong together, a change of standard each by itself, and what is recorded of
// the person asks for one review. Method: 特困 of the sample district and of Guangzhou, decided step by step.
import { describe, expect, it } from 'vitest';
import type { PersonCase } from '../../../domain/care/person-case.ts';
import type { CaseKnowledge } from '../../../domain/determination/cases.ts';
import { approveProposal } from '../../../domain/determination/decision.ts';
import type { Asked, DeterminationProposal } from '../../../domain/determination/proposal.ts';
import { proposalHash } from '../../../domain/determination/proposal.ts';
import { reviewCauses } from '../../../domain/determination/review.ts';
import { effectOf } from '../../../domain/determination/spans.ts';
import { type BatchManifest, proposeInBatch } from '../../../domain/determination/standard-change.ts';
import { type TogetherContent, workOutTogether } from '../../../domain/determination/together.ts';
import { tekun } from '../../../domain/programmes/tekun/programme.ts';
import { tekunCare } from '../../../domain/programmes/tekun-care/programme.ts';
import { tekunPocketMoney } from '../../../domain/programmes/tekun-pocket-money/programme.ts';
import type { Determination } from '../../../domain/register/determination.ts';
import { ok } from '../../../domain/result.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { codeOf, must } from '../programmes/samples.ts';
import { careBook, inputOf, SOMEBODY } from '../programmes/tekun/samples.ts';

const ALL = { TK: tekun, TH: tekunCare, TL: tekunPocketMoney } as const;
type Code = keyof typeof ALL;
type Held = Partial<Record<Code, readonly Determination[]>>;
type Cases = readonly (readonly [string, PersonCase])[];

function workedOut(
  asked: Asked,
  decidedOn: string,
  cases: Cases,
  held: Held = {},
  codes: readonly Code[] = ['TH'],
) {
  const inputFor = (code: Code) =>
    inputOf('110199', ALL[code].id as 'tekun', cases, { determinations: held[code] ?? [] });
  const companions = codes.map((code) => ({
    enrolment: `${code}-P-1`,
    programme: ALL[code],
    appliedOn: '2026-05-03',
    input: inputFor(code),
  }));
  return workOutTogether({ programme: tekun, input: inputFor('TK') }, companions, asked, decidedOn);
}
const AMOUNTS = ({ content, with: others }: TogetherContent) =>
  [['TK-P-1', content] as const, ...others.map((one) => [one.enrolment, one.content] as const)].map(
    ([enrolment, { kind, spans }]) => [
      enrolment,
      kind,
      ...spans.map(({ components, from }) => `${from} ${components.map(({ fen }) => fen / 100).join('+')}`),
    ],
  );
/** The same as decided and recorded. */
function recorded({ content, with: others }: TogetherContent, decidedOn: string, held: Held = {}): Held {
  const next = (
    code: Code,
    { kind, sample, spans }: TogetherContent['content'],
  ): readonly Determination[] => [
    ...(held[code] ?? []),
    {
      enrolment: `${code}-P-1`,
      number: (held[code]?.length ?? 0) + 1,
      kind,
      spans,
      sample,
      document: '示民救〔2026〕1号',
      decidedOn,
      proposedBy: 'a',
      decidedBy: 'b',
      recordedAt: `${decidedOn}T08:00:00.000Z`,
      assessedAt: `${decidedOn}T07:00:00.000Z`,
    },
  ];
  const all: Held = { ...held, TK: next('TK', content) };
  for (const one of others) {
    const code = one.enrolment.slice(0, 2) as Code;
    all[code] = next(code, one.content);
  }
  return all;
}
const INITIAL = { kind: 'initial', appliedOn: '2026-05-03' } as const;
const WORSE = { ...SOMEBODY, selfCare: 'none' } as const;
const started = () => recorded(must(workedOut(INITIAL, '2026-05-20', [['2026-01', SOMEBODY]])), '2026-05-20');

describe('one decision', () => {
  it('a first approval fixes all of them', () => {
    expect(
      AMOUNTS(must(workedOut(INITIAL, '2026-05-20', [['2026-01', SOMEBODY]], {}, ['TH', 'TL']))),
    ).toEqual([
      ['TK-P-1', 'initial', '2026-06 2000'],
      ['TH-P-1', 'initial', '2026-06 1016'],
      ['TL-P-1', 'initial', '2026-06 '],
    ]);
  });
  it('is refused where one of them cannot be worked out', () => {
    const { selfCare: _, ...unknown } = SOMEBODY;
    expect(codeOf(workedOut(INITIAL, '2026-05-20', [['2026-01', unknown]]))).toBe('missing/self-care');
    expect(codeOf(workedOut(INITIAL, '2026-05-20', [['2026-01', unknown]], {}, []))).toBe('ok');
  });
  it('is asked of the leading enrolment, but for a change of standard', () => {
    const lead = { programme: tekunCare, input: inputOf('110199', 'tekun-care', [['2026-01', SOMEBODY]]) };
    expect(codeOf(workOutTogether(lead, [], INITIAL, '2026-05-20'))).toBe('conflict/decided-together');
    const change = { kind: 'standard-change', issuedOn: '2026-06-01', through: '2026-07' } as const;
    expect(codeOf(workOutTogether(lead, [], change, '2026-06-20'))).toBe('conflict/not-determined');
  });
  it('a review back to the month in which care changed restates what did not', () => {
    const cases: Cases = [
      ['2026-01', SOMEBODY],
      ['2026-07', WORSE],
    ];
    expect(
      AMOUNTS(must(workedOut({ kind: 'review', from: '2026-06' }, '2026-09-10', cases, started()))),
    ).toEqual([
      ['TK-P-1', 'review', '2026-09 2000'],
      ['TH-P-1', 'review', '2026-07 1524'],
    ]);
  });
  it('a review of what changed in the leading one leaves the others alone', () => {
    const cases: Cases = [['2026-01', { ...SOMEBODY, residence: 'urban' }]];
    expect(AMOUNTS(must(workedOut({ kind: 'review' }, '2026-09-10', cases, started())))).toEqual([
      ['TK-P-1', 'review', '2026-10 2175'],
    ]);
    const same: Cases = [['2026-01', SOMEBODY]];
    expect(codeOf(workedOut({ kind: 'review' }, '2026-09-10', same, started()))).toBe(
      'conflict/nothing-changes',
    );
  });
  it('who joins later is approved with the next review', () => {
    const { TK = [] } = started();
    const cases: Cases = [['2026-01', SOMEBODY]];
    expect(AMOUNTS(must(workedOut({ kind: 'review' }, '2026-09-10', cases, { TK })))).toEqual([
      ['TK-P-1', 'review', '2026-09 2000'],
      ['TH-P-1', 'initial', '2026-10 1016'],
    ]);
  });
  it('an end ends all, and a periodic review restates all', () => {
    const cases: Cases = [['2026-01', SOMEBODY]];
    const end = { kind: 'end', from: '2026-10', reason: '自愿退出' } as const;
    expect(AMOUNTS(must(workedOut(end, '2026-09-10', cases, started())))).toEqual([
      ['TK-P-1', 'end', '2026-10 '],
      ['TH-P-1', 'end', '2026-10 '],
    ]);
    expect(AMOUNTS(must(workedOut({ kind: 'unchanged' }, '2026-09-10', cases, started())))).toEqual([
      ['TK-P-1', 'review', '2026-09 2000'],
      ['TH-P-1', 'review', '2026-09 1016'],
    ]);
    expect(
      codeOf(
        workedOut(
          { ...end, from: '2026-08' },
          '2026-09-10',
          [['2026-01', { ...SOMEBODY, diedIn: '2026-07' }]],
          started(),
        ),
      ),
    ).toBe('conflict/funeral-first');
  });
});

describe('the decision on a proposal', () => {
  const worked = must(workedOut(INITIAL, '2026-05-20', [['2026-01', SOMEBODY]]));
  const hash = proposalHash(sha256Hex, 'TK-P-1', 1, INITIAL, worked.content, worked.with);
  const proposal: DeterminationProposal = {
    jurisdiction: '110199',
    programme: 'tekun',
    enrolment: 'TK-P-1',
    number: 1,
    attempt: 1,
    asked: INITIAL,
    plannedFor: '2026-05-20',
    content: worked.content,
    hash,
    differences: [],
    effect: effectOf([], '2026-05', '2026-05'),
    proposedBy: 'a',
    proposedAt: '2026-05-20T01:00:00.000Z',
  };
  const decide = (determined: number, more: Partial<Parameters<typeof approveProposal>[1]> = {}) =>
    approveProposal(
      {
        programme: tekun,
        proposal,
        determined: 0,
        companions: [{ enrolment: 'TH-P-1', programme: tekunCare, determined }],
        now: ok({ ...worked, hash }),
        today: '2026-05-20',
      },
      { hash, document: '示民救〔2026〕1号', decidedOn: '2026-05-20', by: 'b', ...more },
    );
  it('is one document for all', () => {
    const { determination, with: others } = must(decide(0));
    expect([determination, ...others.map((one) => one.determination)]).toMatchObject([
      { enrolment: 'TK-P-1', number: 1, document: '示民救〔2026〕1号', basis: '1-1' },
      { enrolment: 'TH-P-1', number: 1, document: '示民救〔2026〕1号', basis: '1-1' },
    ]);
  });
  it('is stale when one of them was decided on in between', () => {
    expect(codeOf(decide(1))).toBe('conflict/stale-proposal');
  });
  it('may fix another amount for one of them, with the reason, of its own components only', () => {
    const fixed = (component: string, programme = 'tekun-care') => [
      { programme, spans: [{ from: '2026-06', components: [{ component, fen: must(workedCare) }] }] },
    ];
    const workedCare = ok(worked.with[0]!.content.spans[0]!.components[0]!.fen);
    const departure = '护理协议约定的数额';
    const { determination, with: others } = must(decide(0, { fixedWith: fixed('care'), departure }));
    expect(determination.departure).toBeUndefined();
    expect(others[0]?.determination).toMatchObject({ departure });
    expect(codeOf(decide(0, { fixedWith: fixed('basic'), departure }))).toBe('invalid/fixed-spans');
    expect(codeOf(decide(0, { fixedWith: fixed('care', 'tekun-pocket-money'), departure }))).toBe(
      'invalid/fixed-spans',
    );
    expect(codeOf(decide(0, { fixedWith: fixed('care') }))).toBe('invalid/departure');
    expect(codeOf(decide(0, { departure }))).toBe('invalid/departure');
  });
  it('binds what is decided with it', () => {
    expect(proposalHash(sha256Hex, 'TK-P-1', 1, INITIAL, worked.content)).not.toBe(hash);
  });
});

/** What the register knows: a person, and another one from a month on, learned at an instant. */
const knowing = (
  then: PersonCase,
  about: string,
  kind: 'self-care' | 'death-reported' | 'birth-date',
): CaseKnowledge => ({
  facts: [{ kind, about, validFrom: '2026-07-01', recordedAt: '2026-09-01T01:00:00.000Z' }],
  caseOn: (month, knownBy) =>
    ok(month >= '2026-07' && knownBy >= '2026-09-01T01:00:00.000Z' ? then : SOMEBODY),
});
const causes = (knowledge: CaseKnowledge, today = '2026-09-10') => {
  const { TK = [], TH = [] } = started();
  return reviewCauses({
    programme: tekun,
    determinations: TK,
    companions: [{ programme: tekunCare, determinations: TH }],
    knowledge,
    book: careBook(),
    scope: { jurisdiction: '110199', programme: 'tekun', knownOn: today },
    now: `${today}T02:00:00.000Z`,
    today,
  }).map(({ kind }) => kind);
};

it('a fact asks for a review when it changes any of the amounts, or somebody is reported dead', () => {
  expect(causes(knowing(WORSE, SOMEBODY.person, 'self-care'))).toEqual(['self-care']);
  expect(causes(knowing(SOMEBODY, SOMEBODY.person, 'self-care'))).toEqual([]);
  expect(causes(knowing(SOMEBODY, SOMEBODY.person, 'death-reported'))).toEqual(['death-reported']);
});

it('a change of standard moves months by new minus old, for those on the roll in its month', () => {
  const { TK: _, ...rest } = started();
  expect(Object.keys(rest)).toEqual(['TH']);
  const place = '440113';
  const input = (knownOn: string, determinations: readonly Determination[] = []) =>
    inputOf(place, 'tekun', [['2024-01', { ...SOMEBODY, residence: 'urban' }]], { determinations, knownOn });
  const first = { kind: 'initial', appliedOn: '2024-11-03', decidedOn: '2024-12-20' } as const;
  const before = must(tekun.propose!(first, input('2024-12-20')));
  const TK = recorded({ content: before, with: [] }, '2024-12-20').TK!;
  const manifest: BatchManifest = {
    batchId: 'sc-1',
    jurisdiction: place,
    programme: 'tekun',
    document: '穗民规字〔2025〕2号',
    issuedOn: '2025-05-30',
    through: '2025-06',
    policyHash: '',
    knownOn: '2025-06-02',
    cutOff: '2025-06-02T00:00:00.000Z',
    historyFrom: '2024-01',
    shards: [],
    codeVersion: '',
  };
  const knowledge: CaseKnowledge = { facts: [], caseOn: () => ok({ ...SOMEBODY, residence: 'urban' }) };
  const found = proposeInBatch(tekun, manifest, careBook(), {
    enrolment: 'TK-P-1',
    determinations: TK,
    knowledge,
  });
  expect(found).toMatchObject({ outcome: 'proposed', proposal: { number: 2, monthly: 11_360 } });
  const arrears = found.outcome === 'proposed' ? found.proposal.arrears : {};
  expect(arrears).toEqual(
    Object.fromEntries(['01', '02', '03', '04', '05'].map((month) => [`2025-${month}`, 11_360])),
  );
});
