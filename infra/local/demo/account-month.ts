import { type Fen, fen, sumFen, toYuan, ZERO } from '../../../domain/money.ts';
import { type StatementFile, statementMessage, statementTable } from '../bank/statement-files.ts';
import { statementsOf } from '../bank/statements.ts';
import { type ResponseOf, waitFor } from './api-client.ts';
import { type Books, balanceOf } from './books.ts';
import { type Desk, fenOf } from './payment-run.ts';
import type { Check } from './report.ts';
import type { ClosedRun } from './run-comparison.ts';

/** The clearing account of the sample district, as its policy packs name it. */
const ACCOUNT = '11019900000000000001';

/** Lines of progress that the account of a month prints. */
export const ACCOUNT_STEPS = 2;

type Tie = ResponseOf<'getBankTie'>;

/**
 * The bank's statements of the clearing account over all runs of the month: taken in, every second as camt.053, and held against the
 * ledger. Between the two balances nothing may stand that time and the bank's way of booking do not explain.
 */
export async function accountMonth(
  desk: Desk,
  runs: readonly ClosedRun[],
  audited: readonly { readonly books: readonly Books[] }[],
  print: (line: string) => void,
): Promise<{ readonly checks: readonly Check[] }> {
  const { api, say } = desk;
  const statements = statementsOf(
    runs.flatMap(({ answered }) => answered),
    {
      account: ACCOUNT,
      opening: ZERO,
      booking: 'net',
      fundings: runs.flatMap(({ closed }) => fundingsOf(closed)),
      withdrawals: (await Promise.all(runs.map((run) => byHand(desk, run)))).flat(),
    },
  );
  for (const [index, statement] of statements.entries())
    await submit(desk, index % 2 === 0 ? statementTable(statement) : statementMessage(statement));
  say(
    `对账单 ${statements.length} 份已接收（表格与 camt.053）`,
    `${statements.length} bank statements taken in, as tables and as camt.053`,
  );
  const last = statements.at(-1);
  if (!last) throw new Error('没有一天有资金往来 / no day on which money moved');
  const tie = await api.call('cashier', 'getBankTie', {
    params: { account: ACCOUNT },
    query: { date: last.to },
  });
  const pages = await api.pages('cashier', 'listBreaks', { query: { filter: 'open' } });
  say(
    `余额调节：账面 ${tie.ledger} 元，对账单 ${tie.statement.closing} 元，调节后相符`,
    'the ledger ties with the bank statement',
  );
  for (const { side, names, name, amount } of tie.items)
    print(`    ${side}  ${names.zh}  ${name}  ${amount}`);
  return { checks: checksOf(tie, pages.flatMap(({ breaks }) => breaks).length, last.closing, audited) };
}

function checksOf(
  tie: Tie,
  breaks: number,
  closing: Fen | undefined,
  audited: readonly { readonly books: readonly Books[] }[],
): Check[] {
  const booked = sumFen(audited.map(({ books }) => balanceOf(books, 'clearing')));
  const items = (side: Tie['items'][number]['side']): Fen =>
    sumFen(tie.items.filter((item) => item.side === side).map(({ amount }) => fenOf(amount)));
  const adjusted = fen(fenOf(tie.ledger) + items('bank-in') - items('bank-out'));
  return [
    {
      zh: '代发户账面余额 = 导出账簿',
      en: 'clearing account in the tie = in the exported books',
      left: tie.ledger,
      right: toYuan(booked),
    },
    {
      zh: '对账单余额 = 银行账上余额',
      en: 'closing balance = in the bank’s books',
      left: tie.statement.closing,
      right: closing === undefined ? '' : toYuan(closing),
    },
    {
      zh: '调节后账面 = 调节后对账单',
      en: 'ledger adjusted = statement adjusted',
      left: toYuan(adjusted),
      right: tie.adjusted,
    },
    {
      zh: '未达账项均有原因',
      en: 'every reconciling item is explained',
      left: String(tie.ties),
      right: 'true',
    },
    { zh: '未处理的差异', en: 'open breaks', left: breaks, right: 0 },
  ];
}

const fundingsOf = ({ funding }: ClosedRun['closed']) =>
  funding.vouchers
    .filter(({ reversed }) => reversed === undefined)
    .map(({ voucher, date, amount }) => ({ on: date, fen: fenOf(amount), ref: voucher }));

/** Cash that the cashier drew for payments made by hand. */
async function byHand({ api }: Desk, { closed: { runId } }: ClosedRun) {
  const { outsidePayments } = await api.call('cashier', 'listOutsidePayments', { params: { runId } });
  return outsidePayments
    .filter(({ decision }) => decision?.decision === 'confirmed')
    .map(({ voucher, paidOn, amount }) => ({ on: paidOn, fen: fenOf(amount), ref: voucher }));
}

/** Uploads a statement and waits until every chunk of it is matched. */
async function submit({ api, key }: Desk, file: StatementFile): Promise<void> {
  const name = key(`statement-${file.name}`);
  const uploadId = await api.upload('cashier', 'bank-statement', file, `${name}-upload`);
  const body = { uploadId, account: ACCOUNT };
  const { statementId } = await api.call('cashier', 'submitBankStatement', { body, key: name });
  await waitFor(`statement ${file.name}`, async () => {
    const { statements } = await api.call('cashier', 'listBankStatements');
    const mine = statements.find((one) => one.statementId === statementId);
    if (mine?.state === 'refused') throw new Error(`${file.name}: ${mine.refusal?.zh} / ${mine.refusal?.en}`);
    const done = mine?.statements.every(({ chunks }) => chunks.done === chunks.of) ?? false;
    return mine?.state === 'repeated' || (mine?.state === 'accepted' && done) ? mine : undefined;
  });
}
