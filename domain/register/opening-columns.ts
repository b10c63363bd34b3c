import { parseYuan, toYuan } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { monthIn } from './column-words.ts';
import { type Column, REGISTER_COLUMNS } from './columns.ts';

function amount(cell: string): Result<string> {
  const parsed = parseYuan(cell);
  return parsed.ok ? ok(toYuan(parsed.value)) : parsed;
}

function reason(cell: string): Result<string> {
  const personal = /\d{10,}/.test(cell.normalize('NFKC').replace(/[\s-]/g, ''));
  if (cell.length <= 100 && !personal) return ok(cell);
  return refuse(
    refusal(
      'invalid/correction',
      '更正原因不超过100个字，不要写身份证号、账号或电话',
      'a reason of correction has at most 100 characters, and no identity, account or phone numbers',
    ),
  );
}

/** 期初表: what was paid for each person (or head of household) and month before go-live. Amounts in yuan. */
export const OPENING_COLUMNS = {
  name: REGISTER_COLUMNS.name,
  idNumber: REGISTER_COLUMNS.idNumber,
  month: {
    zh: '所属月份',
    en: 'Month',
    aliases: ['月份', '发放月份'],
    required: true,
    content: 'month',
    example: '2026-01',
    parse: monthIn,
  },
  paid: {
    zh: '已发金额',
    en: 'Paid',
    aliases: ['发放金额'],
    required: true,
    content: 'amount',
    example: '100.00',
    parse: amount,
  },
  returned: {
    zh: '退回未重发金额',
    en: 'Returned',
    aliases: ['退回金额'],
    content: 'amount',
    example: '0.00',
    parse: amount,
  },
  recoverable: { zh: '待追缴金额', en: 'Recoverable', content: 'amount', example: '0.00', parse: amount },
  correction: { zh: '更正原因', en: 'Correction', parse: reason },
  note: REGISTER_COLUMNS.note,
  row: REGISTER_COLUMNS.row,
  reason: REGISTER_COLUMNS.reason,
  reasonEnglish: REGISTER_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
