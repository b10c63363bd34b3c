import { describe, expect, it } from 'vitest';
import {
  entitlementFen,
  findingsOnRun,
  RUN_CONTROLS,
  type RunControlInput,
} from '../../../domain/controls/run-controls.ts';
import { fen } from '../../../domain/money.ts';
import { submitRun } from '../../../domain/run/approval-commands.ts';
import { runHash } from '../../../domain/run/run.ts';
import type { RunTotals } from '../../../domain/run/summary.ts';
import { addUnusual, countUnusual } from '../../../domain/run/unusual.ts';
import { draftOf, must, sha256 } from '../run/samples.ts';
import { at, DRAFTS } from '../run/stages.ts';

const office = { zh: '局长', en: 'Director' };
const CHAIN: RunControlInput['manifest']['approvalChain'] = [
  { code: 'section', role: 'reviewer', office },
  { code: 'bureau', role: 'approver', office },
  { code: 'director', role: 'approver', office, aboveFen: fen(50_000_00) },
];
const tally = (count: number, amount: number) => ({ count, fen: fen(amount) });

function totals(changes: Partial<RunTotals> = {}): RunTotals {
  const none = tally(0, 0);
  return {
    payable: tally(100, 40_000_00),
    held: none,
    blocked: none,
    recoveries: none,
    reissued: none,
    streets: { '110199001': { payable: tally(90, 36_000_00), held: tally(10, 4_000_00) } },
    components: { 'allowance/entitlement': fen(40_000_00), 'allowance/arrears': fen(9_000_00) },
    movements: { joined: 0, stopped: 0, changed: 0, same: 100 },
    findings: {},
    refused: {},
    periods: ['2026-12'],
    accountChangers: [],
    ...changes,
  };
}

const found = (changes: Partial<RunControlInput>): string[] =>
  findingsOnRun({
    policy: {},
    manifest: { approvalChain: CHAIN, round: 'R' },
    totals: totals(),
    overrides: 0,
    others: [],
    ...changes,
  }).map(({ control }) => control);

describe('controls of whole runs', () => {
  it('each says what it is in both languages and looks at nothing without its figure', () => {
    const unusual = { newcomers: { '110199001': 100 }, accountsChanged: 100 };
    expect(
      found({ totals: totals({ unusual }), overrides: 99, beforeFen: fen(1), others: [fen(49_000_00)] }),
    ).toEqual([]);
    for (const { names, basis, needs, explanation, findings } of RUN_CONTROLS) {
      for (const words of [names, needs, explanation]) expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(basis.length + findings.length).toBeGreaterThan(2);
    }
  });

  it('runs that each stay under the amount of a step and together exceed it', () => {
    const policy = { splitDays: 30 };
    expect(found({ policy, others: [fen(10_000_00)] })).toEqual([]);
    expect(found({ policy, others: [fen(10_000_01)] })).toEqual(['split-run']);
    expect(found({ policy, others: [fen(5_000_00), fen(5_000_01)] })).toEqual(['split-run']);
    // One that was signed by the director hides nothing, and neither does a run of its own above the amount.
    expect(found({ policy, others: [fen(50_000_01)] })).toEqual([]);
    const above = totals({ payable: tally(100, 50_000_01) });
    expect(found({ policy, totals: above, others: [fen(10_000_01)] })).toEqual([]);
  });

  it('accounts changed right before the cut-off', () => {
    const policy = { accountChanges: { days: 7, max: 3 } };
    const changed = (accountsChanged: number) => totals({ unusual: { newcomers: {}, accountsChanged } });
    expect(found({ policy, totals: changed(3) })).toEqual([]);
    expect(found({ policy, totals: changed(4) })).toEqual(['many-account-changes']);
  });

  it('the period’s own money against the period before, in both directions', () => {
    const policy = { totalChangePercent: 10 };
    expect(entitlementFen(totals())).toBe(40_000_00);
    expect(found({ policy, beforeFen: fen(36_363_64) })).toEqual([]);
    expect(found({ policy, beforeFen: fen(36_363_63) })).toEqual(['total-change']);
    expect(found({ policy, beforeFen: fen(44_444_44) })).toEqual([]);
    expect(found({ policy, beforeFen: fen(44_444_45) })).toEqual(['total-change']);
    expect(found({ policy })).toEqual([]);
  });

  it('findings set aside', () => {
    expect(found({ policy: { overridesMax: 2 }, overrides: 2 })).toEqual([]);
    expect(found({ policy: { overridesMax: 2 }, overrides: 3 })).toEqual(['many-overrides']);
  });

  it('streets with many newcomers, from a number on, and not in the first month', () => {
    const policy = { newSharePercent: { percent: 20, least: 5 } };
    const joined = (count: number) =>
      totals({ unusual: { newcomers: { '110199001': count }, accountsChanged: 0 } });
    const beforeFen = fen(40_000_00);
    expect(found({ policy, beforeFen, totals: joined(20) })).toEqual([]);
    expect(found({ policy, beforeFen, totals: joined(21) })).toEqual(['many-newcomers']);
    expect(found({ policy, totals: joined(21) })).toEqual([]);
    const least = { newSharePercent: { percent: 20, least: 22 } };
    expect(found({ policy: least, beforeFen, totals: joined(21) })).toEqual([]);
  });

  it('a pay day after the limit that policy sets, where money is paid', () => {
    const manifest = { approvalChain: CHAIN, round: 'R', payBy: '2026-12-07' } as const;
    expect(found({ manifest: { ...manifest, payDate: '2026-12-07' } })).toEqual([]);
    expect(found({ manifest: { ...manifest, payDate: '2026-12-08' } })).toEqual(['paid-late']);
    const nothing = totals({ payable: tally(0, 0) });
    expect(found({ manifest: { ...manifest, payDate: '2026-12-08' }, totals: nothing })).toEqual([]);
    expect(found({ manifest: { approvalChain: CHAIN, round: 'R', payDate: '2026-12-08' } })).toEqual([]);
  });

  it('counts newcomers with money by street, and adds up shards', () => {
    const drafts = [
      draftOf(1, { movement: 'joined', street: 'a' }),
      draftOf(2, { movement: 'joined', street: 'a', fen: fen(0) }),
      draftOf(3, { movement: 'same', street: 'a' }),
    ];
    const one = countUnusual(drafts, 2);
    expect(one).toEqual({ newcomers: { a: 1 }, accountsChanged: 2 });
    expect(addUnusual(one, { newcomers: { a: 1, b: 1 }, accountsChanged: 1 })).toEqual({
      newcomers: { a: 2, b: 1 },
      accountsChanged: 3,
    });
  });
});

describe('submitting a run about which something stands out', () => {
  const FINDING = { control: 'split-run', zh: '疑似拆分', en: 'split' };
  it('needs a reason for each, which stays with the submission', () => {
    const log = at('review', DRAFTS);
    const seen = { revision: log.run.revision, hash: runHash(sha256, log.run) };
    const bare = submitRun(log.run, seen, sha256, [FINDING]);
    expect(bare).toMatchObject({
      error: { code: 'conflict/unacknowledged', detail: { controls: 'split-run' } },
    });
    const other = [{ control: 'total-change', reason: '调标' }];
    expect(submitRun(log.run, { ...seen, acknowledged: other }, sha256, [FINDING])).toMatchObject({
      error: { code: 'conflict/unacknowledged' },
    });
    const acknowledged = [{ control: 'split-run', reason: '街道迟报' }];
    const act = must(submitRun(log.run, { ...seen, acknowledged }, sha256, [FINDING]));
    expect(act).toEqual({ kind: 'submitted', ...seen, acknowledged: [{ ...FINDING, reason: '街道迟报' }] });
    log.write(act, 'preparer');
    expect(log.run.submission?.acknowledged).toEqual([{ ...FINDING, reason: '街道迟报' }]);
    // A reason for what is not found is not kept.
    expect(must(submitRun(at('review', DRAFTS).run, { ...seen, acknowledged }, sha256))).toEqual({
      kind: 'submitted',
      ...seen,
    });
  });
});
