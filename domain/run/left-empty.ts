import type { Result } from '../result.ts';
import type { ActBody } from './act.ts';
import { voidRun } from './approval-commands.ts';
import type { Run } from './run.ts';

const REASON =
  '自动启动的批次没有可发放的明细，已自动作废 / started by itself and with nothing left to pay: void by itself';

/**
 * Ends a run of grants that started by itself and found nothing to pay, so that it keeps no other from starting. Nothing where people had
 * a hand in it, or where there is something for them to look at: held, blocked, refused or to be taken back (冲销).
 */
export function voidLeftEmpty(run: Run): Result<ActBody> | undefined {
  const { manifest, state, preparers, totals } = run;
  const byItself = manifest.paysBy?.paidBy === 'grants' && preparers.every((one) => one === 'system');
  if (state !== 'review' || !byItself || !totals) return undefined;
  const { payable, held, blocked, cancelled, refused } = totals;
  const left = payable.count + held.count + blocked.count + (cancelled?.count ?? 0);
  if (left > 0 || Object.keys(refused).length > 0) return undefined;
  return voidRun(run, REASON);
}
