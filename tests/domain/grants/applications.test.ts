// Goal: who may decide what about an application, and when. Method: commands on the fold of its acts, each with what it answers.
import { describe, expect, it } from 'vitest';
import { applicationState, grantedFen, papersOpen } from '../../../domain/grants/application.ts';
import {
  decideStop,
  grantApplication,
  proposeStop,
  receivePapers,
  rejectApplication,
  restateApplication,
  stoppedParts,
  withdrawApplication,
} from '../../../domain/grants/application-commands.ts';
import { claimState, onlyOnce } from '../../../domain/grants/claims.ts';
import { fen } from '../../../domain/money.ts';
import * as with_ from './applying.ts';
import {
  APPLIED,
  BUREAU,
  CLERK,
  codeOf,
  done,
  EAST,
  opened,
  proposal,
  SECTION,
  TODAY,
  WEST,
  wish,
  worked,
} from './applying.ts';

const at = { today: TODAY };
const near = { ...at, level: 'township' } as const;
const decide = (
  amounts: readonly number[],
  level: 'township' | 'district' | 'special',
  by: typeof EAST,
  more: Partial<Parameters<typeof grantApplication>[1]> = {},
  found = opened(),
) => {
  const now = worked(found, proposal(amounts, level));
  return grantApplication(found, wish(now, more), now, { ...at, by });
};

describe('a decision', () => {
  it.each([
    ['township', EAST, 'accepted'],
    ['township', WEST, 'forbidden/grant-level'],
    ['township', SECTION, 'accepted'],
    ['district', EAST, 'forbidden/grant-level'],
    ['district', SECTION, 'accepted'],
    ['district', BUREAU, 'accepted'],
  ] as const)('of the level %s by %o: %s', (level, by, answer) => {
    expect(codeOf(decide([100], level, by))).toBe(answer);
  });

  it('by a meeting is signed by an approver of the district, with the minutes, which no other decision has', () => {
    const minutes = { minutes: '会议纪要〔2026〕3号' };
    expect(codeOf(decide([100], 'special', BUREAU, minutes))).toBe('accepted');
    expect(codeOf(decide([100], 'special', BUREAU))).toBe('invalid/minutes');
    expect(codeOf(decide([100], 'special', SECTION, minutes))).toBe('forbidden/grant-level');
    expect(codeOf(decide([100], 'special', EAST, minutes))).toBe('forbidden/grant-level');
    expect(codeOf(decide([100], 'district', BUREAU, minutes))).toBe('invalid/minutes');
  });

  it('is not for who took it in or changed it, not before the application, not after today, not of nothing', () => {
    const own = { ...EAST, id: CLERK };
    expect(codeOf(decide([100], 'township', own))).toBe('forbidden/own-application');
    const changed = done(
      opened(),
      restateApplication(opened(), { facts: 'f2', members: ['A'] }, '更正')!,
      EAST.id,
    );
    expect(codeOf(decide([100], 'township', EAST, {}, changed))).toBe('forbidden/own-application');
    expect(codeOf(decide([100], 'township', SECTION, {}, changed))).toBe('accepted');
    for (const decidedOn of ['2026-11-19', '2026-11-23'])
      expect(codeOf(decide([100], 'township', EAST, { decidedOn }))).toBe('invalid/decision-date');
    expect(codeOf(decide([0], 'township', EAST))).toBe('invalid/grant-nothing');
  });

  it('names what was seen: other facts, another amount or other earlier help, and it is looked at again', () => {
    const seen = worked(opened(), proposal([100]));
    const others = [
      worked(opened({ facts: 'f2' }), proposal([100])),
      worked(opened({ members: ['AAAAAAAAAAAA'] }), proposal([100])),
      worked(opened(), proposal([101])),
      worked(opened(), { ...proposal([100]), persons: 3 }),
      worked(opened(), proposal([100]), [
        { programme: 'temporary-aid', decidedOn: '2026-02-01', fen: fen(5) },
      ]),
    ];
    expect(worked(opened(), proposal([100])).hash).toBe(seen.hash);
    for (const now of others) {
      const answer = grantApplication(opened(), wish(seen), now, { ...at, by: EAST });
      expect(codeOf(answer)).toBe('conflict/stale-application');
    }
  });

  it('in cash pays one month at most; what is paid month by month goes to the account', () => {
    const means = { kind: 'imprest-cash', fund: 'east', receipt: '签收1号' } as const;
    expect(codeOf(decide([100], 'township', EAST, { means }))).toBe('accepted');
    expect(codeOf(decide([100, 100], 'township', EAST, { means }))).toBe('invalid/cash-parts');
  });

  it('keeps the amounts by value, the people helped, and who stated what it rests on', () => {
    const granted = done(opened(), decide([100, 0, 50], 'township', EAST), EAST.id);
    expect(granted.granted).toMatchObject({ fen: 150, persons: 2, proposedBy: CLERK, level: 'township' });
    expect(granted.granted?.parts.map(({ month }) => month)).toEqual(['2026-11', '2027-01']);
    expect(granted.granted?.derivation.at(-1)).toMatchObject({ code: 'grant-persons', result: '2' });
    const no = { document: '文1号', decidedOn: TODAY, ground: 'other', reason: '不符' } as const;
    expect(codeOf(rejectApplication(granted, no, { ...near, by: BUREAU }))).toBe(
      'conflict/application-state',
    );
  });
});

it('what is turned down or taken back stays so; the same said again changes nothing', () => {
  const no = { document: '文1号', decidedOn: TODAY, ground: 'no-hardship', reason: '无困难' } as const;
  expect(codeOf(rejectApplication(opened(), no, { ...near, by: WEST }))).toBe('forbidden/grant-level');
  expect(codeOf(rejectApplication(opened(), no, { ...near, by: { ...EAST, id: CLERK } }))).toBe(
    'forbidden/own-application',
  );
  const far = { ...at, level: 'district' } as const;
  expect(codeOf(rejectApplication(opened(), no, { ...far, by: EAST }))).toBe('forbidden/grant-level');
  expect(codeOf(rejectApplication(opened(), no, { ...far, by: SECTION }))).toBe('accepted');
  const rejected = done(opened(), rejectApplication(opened(), no, { ...near, by: EAST }), EAST.id);
  const back = done(opened(), withdrawApplication(opened(), '撤回'), CLERK);
  for (const over of [rejected, back]) {
    expect(codeOf(decide([100], 'township', SECTION, {}, over))).toBe('conflict/application-state');
    expect(codeOf(withdrawApplication(over, '撤回'))).toBe('conflict/application-state');
    expect(codeOf(restateApplication(over, { facts: 'f2', members: [] }, '更正')!)).toBe(
      'conflict/application-state',
    );
  }
  const { facts, members } = opened().stated;
  expect(restateApplication(opened(), { facts, members }, '更正')).toBeUndefined();
});

it('papers follow one by one, each once, and only those that were missing', () => {
  const missing = opened({ missingPapers: ['证明', '清单'] });
  expect(codeOf(receivePapers(missing, { received: ['证明'], evidence: '1号' }))).toBe(
    'conflict/application-state',
  );
  const granted = done(missing, decide([100], 'township', EAST, {}, missing), EAST.id);
  expect(papersOpen(granted)).toEqual(['证明', '清单']);
  expect(codeOf(receivePapers(granted, { received: ['别的'], evidence: '1号' }))).toBe('invalid/paper');
  const some = done(granted, receivePapers(granted, { received: ['清单'], evidence: '1号' }), CLERK);
  expect(papersOpen(some)).toEqual(['证明']);
  const all = done(some, receivePapers(some, { received: ['证明'], evidence: '2号' }), CLERK);
  expect(codeOf(receivePapers(all, { received: ['证明'], evidence: '3号' }))).toBe(
    'conflict/papers-complete',
  );
});

it('a stop takes the months from its own on, decided by another person; dropped, it may be proposed again', () => {
  const decided = done(opened(), decide([100, 100, 100], 'township', EAST), EAST.id);
  expect(codeOf(proposeStop(decided, '2026-12', '恢复'))).toBe('conflict/application-state');
  const granted = with_.acted(
    decided,
    { kind: 'recorded', enrolment: 'LS-AAAAAAAAAAAA-1', determination: 1 },
    'system',
  );
  expect(codeOf(proposeStop(granted, '2027-02', '恢复'))).toBe('invalid/stop-month');
  const asked = done(granted, proposeStop(granted, '2026-12', '恢复'), 'other');
  expect(codeOf(proposeStop(asked, '2026-12', '恢复'))).toBe('conflict/stop-open');
  const said = { outcome: 'stop', document: '文2号', decidedOn: TODAY } as const;
  expect(codeOf(decideStop(asked, said, { ...at, by: { ...EAST, id: 'other' } }))).toBe(
    'forbidden/own-application',
  );
  expect(codeOf(decideStop(asked, said, { ...at, by: WEST }))).toBe('forbidden/grant-level');
  expect(codeOf(decideStop(granted, said, { ...at, by: EAST }))).toBe('conflict/no-stop');
  const dropped = done(
    asked,
    decideStop(asked, { outcome: 'go-on', reason: '仍困难' }, { ...at, by: EAST }),
    EAST.id,
  );
  expect(codeOf(proposeStop(dropped, '2026-12', '恢复'))).toBe('accepted');
  expect(codeOf(decideStop(asked, { ...said, decidedOn: '2099-01-01' }, { ...at, by: EAST }))).toBe(
    'invalid/decision-date',
  );
  const stopped = done(asked, decideStop(asked, said, { ...at, by: EAST }), EAST.id);
  expect(codeOf(decideStop(stopped, said, { ...at, by: EAST }))).toBe('conflict/application-state');
  expect([applicationState(stopped), grantedFen(stopped)]).toEqual(['stopping', 100]);
  expect(stoppedParts(stopped).map(({ month }) => month)).toEqual(['2026-12', '2027-01']);
});

it('a claim counts once its decision stands, and never again once that is void', () => {
  const claim = { application: 'ga-1', jurisdiction: '110199', sequence: 2, at: '2026-11-22T02:00:00.000Z' };
  const step = (kind: string, sequence: number) => ({ ...APPLIED, kind, sequence }) as typeof APPLIED;
  expect(claimState(claim, [APPLIED])).toBe('pending');
  expect(claimState(claim, [APPLIED, step('granted', 2)])).toBe('granted');
  expect(claimState(claim, [APPLIED, step('lapsed', 2)])).toBe('void');
  const again = [APPLIED, step('granted', 2), step('voided', 3), step('granted', 4)];
  expect([claimState(claim, again), claimState({ ...claim, sequence: 4 }, again)]).toEqual([
    'void',
    'granted',
  ]);
});

it('what is granted once is not granted again, unless nothing of it was left', () => {
  const before = { programme: 'funeral', decidedOn: '2026-02-01', fen: fen(100) };
  expect(codeOf(onlyOnce([before], 'funeral'))).toBe('conflict/granted-before');
  expect(codeOf(onlyOnce([{ ...before, fen: fen(0) }], 'funeral'))).toBe('accepted');
  expect(codeOf(onlyOnce([before], 'green-burial'))).toBe('accepted');
});
