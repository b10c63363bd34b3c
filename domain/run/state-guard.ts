import { type Refusal, refusal } from '../result.ts';
import type { Run, RunState } from './run.ts';

/** What staff read. */
export const STATE_NAMES: Record<RunState, string> = {
  computing: '核算中',
  'recompute-needed': '需重新核算',
  review: '待复核',
  signing: '审批中',
  approved: '已批准',
  'funding-requested': '已送财政',
  funded: '资金已到位',
  verifying: '发放前核验中',
  releasing: '报盘中',
  dispatched: '已发放待回盘',
  closed: '已关闭',
  void: '已作废',
};

/** The refusal for an action that the run's state does not allow; undefined when it does. */
export function inState(
  run: Run,
  allowed: readonly RunState[],
  action: { zh: string; en: string },
): Refusal | undefined {
  if (allowed.includes(run.state)) return undefined;
  return refusal(
    'conflict/run-state',
    `批次当前为“${STATE_NAMES[run.state]}”，不能${action.zh}；允许的状态：${allowed.map((state) => STATE_NAMES[state]).join('、')}`,
    `the run is "${run.state}" and cannot ${action.en}; allowed in: ${allowed.join(', ')}`,
    { state: run.state, revision: run.revision },
  );
}

/** States in which what would be paid may still change; each change reopens the review. */
export const OPEN: readonly RunState[] = ['review', 'signing', 'approved', 'funding-requested', 'funded'];
/** Nothing is written to the ledger yet: the run may still be voided or computed again. */
export const BEFORE_RELEASE: readonly RunState[] = ['computing', 'recompute-needed', ...OPEN, 'verifying'];
