import { fen } from '../../../domain/money.ts';
import type { ActBody, LateFinding, RunTally } from '../../../domain/run/act.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { RunManifest } from '../../../domain/run/manifest.ts';
import type { RunState } from '../../../domain/run/run.ts';
import { ActLog, CHAIN, computedBody, draftOf, effectOf, findingOf, manifestOf, seenNow } from './samples.ts';

/** Four payable drafts of 100 yuan, one held by a control, one blocked. */
export const DRAFTS: readonly Draft[] = [
  draftOf(0),
  draftOf(1),
  draftOf(2, { street: '110199002' }),
  draftOf(3),
  draftOf(4, { findings: [findingOf('shared-account', 'hold')] }),
  draftOf(5, { findings: [findingOf('no-account', 'block'), findingOf('note', 'warn')] }),
];
export const NEEDED = fen(40000);
const NONE = { count: 0, fen: fen(0) };
export const TALLY: RunTally = {
  released: NONE,
  settled: NONE,
  failed: NONE,
  returned: NONE,
  inTransit: NONE,
};
export const CLOSED: ActBody = { kind: 'closed', tally: TALLY, seal: { sequence: 1, hash: 'f'.repeat(64) } };
export const lateOf = (draft: Draft): LateFinding => ({
  ...effectOf(draft),
  control: 'deceased',
  zh: '核验发现死亡',
  en: 'dead',
});
export const funded = (amount = NEEDED, voucher = 'V-1'): ActBody => ({
  kind: 'funded',
  voucher,
  date: '2026-11-28',
  fen: amount,
});

/** The signers of a chain, in order. */
export const SIGNERS = ['reviewer-1', 'reviewer-2', 'approver-1'];

/** Acts that bring a fresh run to a state by the shortest way, written without asking any command. */
const STAGES: Record<RunState, RunState | undefined> = {
  computing: undefined,
  'recompute-needed': 'computing',
  review: 'computing',
  signing: 'review',
  approved: 'signing',
  'funding-requested': 'approved',
  funded: 'funding-requested',
  verifying: 'funded',
  releasing: 'verifying',
  dispatched: 'releasing',
  closed: 'dispatched',
  void: 'review',
};

function enter(log: ActLog, state: RunState, drafts: readonly Draft[], changers: readonly string[]): void {
  switch (state) {
    case 'computing':
      return;
    case 'recompute-needed':
      log.write({ kind: 'recompute-needed', reason: '代码版本不同' }, 'system');
      return;
    case 'review':
      log.write(computedBody(log.run, drafts, changers), 'system');
      return;
    case 'signing':
      log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
      return;
    case 'approved':
      for (const [index, { code }] of CHAIN.entries()) {
        log.write({ kind: 'signed', step: code, ...seenNow(log.run) }, SIGNERS[index] ?? '');
      }
      return;
    case 'funding-requested':
      log.write({ kind: 'funding-requested' }, 'preparer');
      return;
    case 'funded':
      log.write(funded(), 'treasury');
      return;
    case 'verifying':
      log.write({ kind: 'dispatch-started', hash: seenNow(log.run).hash }, 'preparer');
      return;
    case 'releasing':
      log.write({ kind: 'verified', shards: [] }, 'system');
      return;
    case 'dispatched':
      log.write({ kind: 'dispatched', files: [] }, 'system');
      return;
    case 'closed':
      log.write(CLOSED, 'system');
      return;
    case 'void':
      log.write({ kind: 'voided', reason: '作废' }, 'preparer');
      return;
    default:
      state satisfies never;
  }
}

/** A log whose run stands in a state; the run was started and submitted by "preparer". */
export function at(
  state: RunState,
  drafts: readonly Draft[] = DRAFTS,
  options: { readonly manifest?: Partial<RunManifest>; readonly accountChangers?: readonly string[] } = {},
): ActLog {
  const way: RunState[] = [];
  for (let step: RunState | undefined = state; step !== undefined; step = STAGES[step]) way.unshift(step);
  const log = new ActLog(manifestOf(options.manifest));
  for (const step of way) enter(log, step, drafts, options.accountChangers ?? []);
  return log;
}
