import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { ControlPolicy } from '../../../domain/policy/control-parameters.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { EnrolmentCase } from '../../../domain/run/assess-payment.ts';
import { controlInput } from '../../../domain/run/control-input.ts';
import type { RunManifest } from '../../../domain/run/manifest.ts';
import { verificationDue } from '../../../domain/street/papers.ts';
import { policyFile } from '../../policy-files.ts';
import { BOOK, bookOf, fact } from '../programmes/samples.ts';
import { caseOf, manifest, one } from './cases.ts';

const BEIJING = '110000';
const FACTS = [
  fact('birth-date', '1940-03-05'),
  fact('application', '2026-08-05'),
  fact('street', '2026-08-05', '110199001'),
];
const line = { month: '2026-12', component: 'allowance', fen: fen(10_000), kind: 'entitlement' } as const;
const inputOf = (changes: Parameters<typeof caseOf>[2] = {}, run: Partial<RunManifest> = {}) =>
  controlInput(
    BOOK,
    manifest({ jurisdiction: BEIJING, ...run }),
    caseOf(BEIJING, FACTS, changes),
    [line],
    false,
  );

describe('who is new', () => {
  const accrued = [{ month: '2026-11', component: 'allowance', fen: fen(10_000) }];
  it('is who the ledger knows nothing of, in the past or in the period before', () => {
    expect(inputOf().enrolment?.isNew).toBe(true);
    expect(inputOf({ accrued }).enrolment?.isNew).toBe(false);
    expect(inputOf({ previousFen: fen(1) }).enrolment?.isNew).toBe(false);
  });

  it('is also who applied anew after having been stopped, until a month since then is paid', () => {
    const again = [...FACTS, fact('application', '2026-12-02', '2026-12-02')];
    const paid = (month: string) =>
      controlInput(
        BOOK,
        manifest({ jurisdiction: BEIJING }),
        caseOf(BEIJING, again, { accrued: [...accrued, { ...accrued[0]!, month }] }),
        [line],
        false,
      ).enrolment?.isNew;
    expect(paid('2026-10')).toBe(true);
    expect(paid('2026-12')).toBe(false);
  });

  it('is so too when nothing changed since the last run, which paid nothing', () => {
    const { accrued: _, ...unchanged } = caseOf(BEIJING, FACTS, {});
    const found: EnrolmentCase = unchanged;
    const run = manifest({ jurisdiction: BEIJING });
    expect(controlInput(BOOK, run, found, [line], false).enrolment?.isNew).toBe(true);
    expect(controlInput(BOOK, run, { ...found, previousFen: fen(1) }, [line], false).enrolment?.isNew).toBe(
      false,
    );
  });
});

describe('what explains another amount than before', () => {
  const controls: ControlPolicy = { amountJumpPercent: 50 };
  const previous = {
    runId: 'r',
    period: '2026-11',
    cutOff: '2026-10-25T16:00:00.000Z',
    policyHash: 'a'.repeat(64),
  };
  const explained = (changes: Parameters<typeof caseOf>[2], run: Partial<RunManifest> = {}) =>
    inputOf({ previousFen: fen(5_000), ...changes }, { controls, previous, ...run }).before?.explained;

  it('is another policy, or one that sets in with the period', () => {
    expect(explained({})).toBe(false);
    expect(explained({ policyChanged: true })).toBe(true);
    // Beijing's amounts are in force from October 2019 on.
    expect(explained({}, { period: '2019-10', months: ['2019-10'] })).toBe(true);
  });

  it('is a decision since the last run', () => {
    const decided = (recordedAt: string) => {
      const base = caseOf(BEIJING, FACTS, { previousFen: fen(5_000) });
      const determinations = [{ recordedAt }] as unknown as NonNullable<
        EnrolmentCase['enrolment']['determinations']
      >;
      const found = { ...base, enrolment: { ...base.enrolment, determinations } };
      return controlInput(BOOK, manifest({ jurisdiction: BEIJING, controls, previous }), found, [line], false)
        .before?.explained;
    };
    expect(decided('2026-10-26T00:00:00.000Z')).toBe(true);
    expect(decided('2026-10-25T16:00:00.000Z')).toBe(false);
  });

  it('is not asked in a supplementary run, which pays differences', () => {
    expect(inputOf({}, { round: 'S1' }).before).toBeUndefined();
  });
});

describe('when somebody is to be looked at again', () => {
  const application = fact('application', '2025-11-20');
  it.each([
    [[application], undefined, undefined],
    [[application], 12, '2026-11-20'],
    [[application, fact('review', '2026-03-31')], 6, '2026-09-30'],
    [[application, fact('decision', '2026-01-10', '2026-01-10/示〔2026〕1号')], 6, '2026-07-10'],
    [[application, fact('next-review', '2026-01-10', '2026-05-01')], 12, '2026-05-01'],
    [[application, fact('next-review', '2026-01-10', '2027-05-01')], 12, '2026-11-20'],
    [[application, fact('next-review', '2026-01-10', '2027-05-01')], undefined, '2027-05-01'],
    [[], 12, undefined],
  ] as const)('%j every %s months', (facts, every, expected) => {
    expect(verificationDue(facts, { every, knownOn: '2026-11-22' })).toBe(expected);
  });
});

describe('windows of re-checks that hold', () => {
  const windows = { windows: [{ from: '04-01', through: '06-20' }], since: '2026-01' };
  const application = fact('application', '2024-11-20');
  const due = (knownOn: string, ...facts: Fact[]) =>
    verificationDue([application, ...facts], { windows, knownOn });

  it.each([
    ['2026-06-20', undefined],
    ['2026-06-21', '2026-06-20'],
    ['2026-07-10', '2026-06-20'],
    ['2027-03-31', '2026-06-20'],
    ['2027-06-21', '2027-06-20'],
    // Before the place began to ask, of those of whom no check is on record.
    ['2025-12-31', undefined],
  ])('missed, as of %s: due by %s', (knownOn, expected) => {
    expect(due(knownOn)).toBe(expected);
  });

  it('is settled by a check in the window or after it, not by one before, and not asked of newcomers', () => {
    expect(due('2026-07-10', fact('review', '2026-05-02'))).toBeUndefined();
    expect(due('2026-07-10', fact('review', '2026-07-09'))).toBeUndefined();
    expect(due('2026-07-10', fact('review', '2026-03-31'))).toBe('2026-06-20');
    expect(due('2026-07-10', fact('application', '2026-04-02'))).toBeUndefined();
    expect(due('2025-12-31', fact('review', '2025-03-31'))).toBe('2025-06-20');
  });

  it('is what the control of missed reviews looks at', () => {
    const controls: ControlPolicy = { recheckWindows: windows };
    const found = caseOf(BEIJING, FACTS, {});
    const run = manifest({ jurisdiction: BEIJING, knownOn: '2027-06-25', controls });
    expect(controlInput(BOOK, run, found, [line], false).review).toEqual({
      due: '2027-06-20',
      knownOn: '2027-06-25',
    });
  });
});

describe('a payment as assessed', () => {
  it('carries what the policy of its run finds', () => {
    const controls: ControlPolicy = { controlsOn: ['possible-duplicate'], phoneSharedMax: 5 };
    const found = caseOf('110199', FACTS, { about: { twins: 1 } });
    const codes = (run: Partial<RunManifest>) =>
      one(manifest(run), found).findings.map(({ control }) => control);
    expect(codes({ controls })).toEqual(['possible-duplicate']);
    expect(codes({})).toEqual([]);
  });
});

describe('the standard of the month', () => {
  it('is read where the control looks and somebody decided, and is the newest that governs the month', () => {
    const book = bookOf(policyFile('110000', 'dibao'));
    const determinations = [{ recordedAt: '' }] as unknown as NonNullable<
      EnrolmentCase['enrolment']['determinations']
    >;
    const of = (controlsOn: string[], month: string, decided = true) => {
      const base = caseOf(BEIJING, FACTS, {});
      const found = { ...base, enrolment: { ...base.enrolment, ...(decided && { determinations }) } };
      const run = manifest({ jurisdiction: BEIJING, programme: 'dibao', controls: { controlsOn } });
      return controlInput(book, run, found, [{ ...line, month }], false).standard;
    };
    const standard = { document: '京民社救发〔2024〕80号', decidedOn: '2024-08-21' };
    expect(of(['standard-not-applied'], '2024-07')).toEqual(standard);
    expect(of(['standard-not-applied'], '2024-06')).toMatchObject({ decidedOn: '2023-07-01' });
    expect(of(['standard-not-applied'], '2024-07', false)).toBeUndefined();
    expect(of([], '2024-07')).toBeUndefined();
  });
});
