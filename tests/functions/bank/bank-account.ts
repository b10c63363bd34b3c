import { endToEndId } from '../../../domain/ids.ts';
import { type Fen, fen, toYuan } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { bankDesk } from '../../../functions/bank/bank-desk.ts';
import { DISTRICT, type Office, value } from '../run/office.ts';

/** The account of the sample district that its runs are paid from, as its bank books it. */
export type Booking = {
  readonly date: string;
  readonly side: 'debit' | 'credit';
  readonly fen: number;
  readonly id?: string;
  readonly batch?: string;
  readonly serial: string;
  readonly summary?: string;
};

/** A statement as delimited text with a running balance, as banks give it out. */
export function statementText(
  bookings: readonly Booking[],
  head: { readonly opening: number; readonly sequence?: number; readonly from: string; readonly to: string },
): string {
  let balance = head.opening;
  const rows = bookings.map(({ date, side, fen: amount, id = '', batch = '', serial, summary = '' }) => {
    balance += side === 'credit' ? amount : 0 - amount;
    const [debit, credit] = side === 'debit' ? [yuan(amount), ''] : ['', yuan(amount)];
    return [date, debit, credit, yuan(balance), summary, serial, batch, id].join('|');
  });
  return [
    ...(head.sequence === undefined ? [] : [`对账单号：${head.sequence}`]),
    `起始日期|${head.from}|截止日期|${head.to}`,
    `期初余额|${yuan(head.opening)}|期末余额|${yuan(balance)}`,
    '交易日期|借方|贷方|余额|摘要|流水号|批次号|对账码',
    ...rows,
  ].join('\r\n');
}

const yuan = (amount: number): string => toYuan(fen(amount));

let uploads = 0;
/** Uploads a statement and matches it. */
export async function stated(
  bureau: Office,
  text: string,
  { account, by = 'staff-cashier' }: { readonly account: string; readonly by?: string },
): Promise<string> {
  uploads += 1;
  const objectKey = `uploads/${DISTRICT}/statement-${uploads}`;
  await bureau.engines.files.put(objectKey, Buffer.from(text));
  const asked = { jurisdiction: DISTRICT, account, objectKey, by };
  const { statementId } = value(await bankDesk(bureau.ports).submitStatement(asked));
  await bureau.deliver();
  return statementId;
}

/** The payments of a run by line, with the ids under which the bank knows them. */
export async function sentPayments(
  bureau: Office,
  run: Run,
): Promise<{ id: string; fen: Fen; line: number }[]> {
  const items = await bureau.engines.scan('ledger');
  return items
    .filter((item) => item['kind'] === 'release' && item['run'] === run.runId)
    .map((item) => ({
      id: endToEndId(String(item['payment']), Number(item['attempt'])),
      fen: item['fen'] as Fen,
      line: Number(item['line']),
    }))
    .sort((one, other) => one.line - other.line);
}
