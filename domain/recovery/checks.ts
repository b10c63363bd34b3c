import type { PlainDate } from '../calendar.ts';
import { type Fen, toYuan } from '../money.ts';
import { type Refusal, refusal } from '../result.ts';
import { figuresOf, type RecoveryOrder, type RecoveryState, recoveryState } from './recovery.ts';

/** Why an act on a recovery order is not possible: shared by all of them. */
const STATE_NAMES: Readonly<Record<RecoveryState, string>> = {
  proposed: '待决定',
  refused: '不予追缴',
  ordered: '收缴中',
  paused: '暂缓收缴',
  closed: '已结清',
};
export const recoveryStateName = (state: RecoveryState): string => STATE_NAMES[state];

export function inState(
  order: RecoveryOrder,
  states: readonly RecoveryState[],
  what: { readonly zh: string; readonly en: string },
): Refusal | undefined {
  const state = recoveryState(order);
  if (states.includes(state)) return undefined;
  const wanted = states.map((one) => STATE_NAMES[one]).join('、');
  return refusal(
    'conflict/recovery-state',
    `该追缴现为“${STATE_NAMES[state]}”，只有“${wanted}”时才能${what.zh}`,
    `the recovery is ${state}; it can only ${what.en} while ${states.join(' or ')}`,
    { state },
  );
}

export const samePerson = (one: string, other: string): Refusal | undefined =>
  one === other
    ? refusal(
        'forbidden/same-person',
        '提出人不能自己审批，请由另一人决定',
        'whoever proposed it does not decide it: ask another person',
      )
    : undefined;

export function wrongDate(on: PlainDate, from: PlainDate | undefined, today: PlainDate): Refusal | undefined {
  if (on > today)
    return refusal('invalid/date-in-future', `日期 ${on} 晚于今天`, `${on} is in the future`, { today });
  return from !== undefined && on < from
    ? refusal(
        'invalid/date-too-early',
        `日期 ${on} 早于决定日期 ${from}`,
        `${on} is before the decision of ${from}`,
        {
          from,
        },
      )
    : undefined;
}

export function beyondOutstanding(order: RecoveryOrder, amount: Fen): Refusal | undefined {
  const { outstanding } = figuresOf(order);
  if (amount <= 0) return refusal('invalid/amount', '金额须大于零', 'an amount is above zero');
  return amount <= outstanding
    ? undefined
    : refusal(
        'conflict/more-than-outstanding',
        `尚欠 ${toYuan(outstanding)} 元，不能登记更多`,
        `${toYuan(outstanding)} yuan are outstanding: no more can be taken off`,
        { outstanding: toYuan(outstanding) },
      );
}
