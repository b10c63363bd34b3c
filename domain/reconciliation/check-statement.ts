import type { Statement } from '../bank/statement.ts';
import { fen, sumFen, toYuan } from '../money.ts';
import { type Refusal, refusal } from '../result.ts';

/**
 * Why a statement cannot be taken as it is, or undefined: opening balance plus credits less debits must be the closing balance, over
 * what is booked, and amounts are positive.
 */
export function checkStatement({ opening, closing, from, to, entries }: Statement): Refusal | undefined {
  if (from > to || entries.some((entry) => entry.fen <= 0 || entry.details.some((detail) => detail.fen <= 0)))
    return refusal(
      'invalid/statement',
      '对账单的日期或金额不合规（起始日期晚于截止日期，或金额不大于零）：请重新从银行下载',
      'dates or amounts of the statement are wrong (from after to, or an amount that is not positive): download it again',
    );
  if ((opening === undefined) !== (closing === undefined))
    return refusal(
      'invalid/statement-balance',
      '对账单只有期初余额或只有期末余额：请下载完整的对账单',
      'the statement has one balance and not the other: download the whole statement',
    );
  if (opening === undefined || closing === undefined) return undefined;
  const moved = sumFen(
    entries
      .filter(({ booked }) => booked)
      .map((entry) => fen(entry.side === 'credit' ? entry.fen : 0 - entry.fen)),
  );
  const expected = fen(opening + moved);
  if (expected === closing) return undefined;
  return refusal(
    'invalid/statement-balance',
    `对账单不平：期初余额加减发生额应为 ${toYuan(expected)} 元，期末余额写明 ${toYuan(closing)} 元；文件不完整或有误，请重新从银行下载`,
    `the statement does not add up: opening balance and entries make ${toYuan(expected)}, the closing balance says ${toYuan(closing)}; download it again`,
    { expected: toYuan(expected), stated: toYuan(closing) },
  );
}
