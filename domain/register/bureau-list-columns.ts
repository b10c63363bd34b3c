import type { Column } from './columns.ts';
import { OPENING_COLUMNS } from './opening-columns.ts';

/** 本单位发放名册: the list that the bureau would pay by, to be compared with a parallel run. Amounts in yuan. */
export const BUREAU_LIST_COLUMNS = {
  name: OPENING_COLUMNS.name,
  idNumber: OPENING_COLUMNS.idNumber,
  amount: {
    zh: '发放金额',
    en: 'Amount',
    aliases: ['金额', '应发金额', '实发金额'],
    required: true,
    content: 'amount',
    example: '100.00',
    parse: OPENING_COLUMNS.paid.parse,
  },
  note: OPENING_COLUMNS.note,
  row: OPENING_COLUMNS.row,
  reason: OPENING_COLUMNS.reason,
  reasonEnglish: OPENING_COLUMNS.reasonEnglish,
} as const satisfies Record<string, Column>;
