import { UnclaimedAfter } from '../unpaid/unclaimed.ts';
import type { ParameterSpec } from './parameter.ts';
import { practiceSpec, wholeBetween } from './practice-spec.ts';

/** What a place sets for payments that failed or came back. All are optional. */
export const UNPAID_PARAMETERS = {
  /** Working days after which a failed or returned payment is overdue (退票清理); 5 where it is not set. */
  openPaymentAlarm: practiceSpec(
    wholeBetween(1, 60),
    '退票处理时限',
    'working days to deal with a failed or returned payment',
    ['工作日', 'working days'],
  ),
  /** 无人认领上缴: nothing is surrendered where it is not set. */
  unclaimedAfter: practiceSpec(
    UnclaimedAfter,
    '无人认领上缴财政的期限',
    'when unclaimed money is surrendered',
    ['月、日', 'months, days'],
  ),
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;
