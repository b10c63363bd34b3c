import { fen, sumFen, toYuan, ZERO } from '../../../domain/money.ts';
import { bankTotals } from '../bank/totals.ts';
import type { ResponseOf } from './api-client.ts';
import { type Books, balanceOf, type HledgerVerdict } from './books.ts';
import { type Amount, type Answered, addAmounts, amountOf, fenOf, type Run } from './payment-run.ts';
import { type Check, type Stage, same, stage } from './report.ts';

/** A run from computing to closing, as seen at each stage. */
export type ClosedRun = {
  /** The review when the run was computed, and after holds and overrides. */
  readonly computed: ResponseOf<'getReview'>;
  readonly review: ResponseOf<'getReview'>;
  readonly approved: Run;
  readonly closed: Run;
  readonly answered: readonly Answered[];
  readonly files: readonly Answered['file'][];
  /** The payment that was held by hand; empty when there is none. */
  readonly held: string;
};
export type OpenPayment = ResponseOf<'listUnsettled'>['payments'][number];

/** What was paid of a programme in a month, with everything that was counted on the way. */
export type PaidMonth = {
  /** Round and run, in the order in which they were paid. */
  readonly runs: readonly (readonly [round: string, run: ClosedRun])[];
  /** Of the runs, in the same order. */
  readonly books: readonly Books[];
  readonly open: readonly OpenPayment[];
  readonly hledger: HledgerVerdict;
  readonly budget: ResponseOf<'getBudget'>;
  /** Stated as used of the budget before this system. */
  readonly usedBefore: Amount['fen'];
  /** Ordered back by recovery orders and paid in to the treasury; absent where nothing was. */
  readonly recovered?: Amount['fen'];
};

type Totals = NonNullable<Run['totals']>;
const NOTHING: Amount = { count: 0, fen: ZERO };

export function totalsOf({ totals }: Run): Totals {
  if (!totals) throw new Error('a computed run has totals');
  return totals;
}

function closingOf({ closing }: Run): NonNullable<Run['closing']> {
  if (!closing) throw new Error('a closed run has its closing figures');
  return closing;
}

/** What the bank says it did with the files of a run. */
function bankOf(run: ClosedRun): ReturnType<typeof bankTotals> {
  const all = run.answered.map(({ file, plan }) => bankTotals(file, plan));
  const sum = (part: keyof ReturnType<typeof bankTotals>): Amount =>
    addAmounts(NOTHING, ...all.map((totals) => totals[part]));
  return { sent: sum('sent'), failed: sum('failed'), returned: sum('returned'), kept: sum('kept') };
}

export const drafted = ({ payable, held, blocked }: Totals): Amount =>
  addAmounts(amountOf(payable), amountOf(held), amountOf(blocked));

/** The stages of a month's runs, one line each. */
export function paidStages({ runs, books, open }: PaidMonth): Stage[] {
  return [
    ...runs.flatMap(([round, run]) => runStages(round, run)),
    stage('账簿：发出', 'ledger: released', sumOfCsv(books, 'release')),
    stage('账簿：成功', 'ledger: settled', sumOfCsv(books, 'settled')),
    stage('账簿：失败', 'ledger: failed', sumOfCsv(books, 'failed')),
    stage('账簿：退回', 'ledger: returned', sumOfCsv(books, 'returned')),
    stage('账簿：系统外发放', 'ledger: paid by hand', sumOfCsv(books, 'paid-outside')),
    stage('最终到账', 'with the people in the end', paidInTheEnd(books)),
    stage('未了结', 'open, carried over', openTotal(open)),
  ];
}

function runStages(round: string, run: ClosedRun): Stage[] {
  const { computed, approved, closed, files } = run;
  const totals = totalsOf(approved);
  const bank = bankOf(run);
  const filed = files.flatMap(({ lines }) => lines.map((line) => line.fen));
  const reissued =
    totals.reissued.count > 0
      ? [stage(`${round} 其中重发`, 'of these sent again', amountOf(totals.reissued))]
      : [];
  return [
    stage(`${round} 待发明细`, 'drafts', drafted(totalsOf(computed.run))),
    stage(`${round} 签批`, 'approved', amountOf(totals.payable)),
    ...reissued,
    stage(`${round} 拨款（凭证）`, 'funded (vouchers)', {
      count: closed.funding.vouchers.length,
      fen: fenOf(closed.funding.funded),
    }),
    stage(`${round} 发出`, 'released', amountOf(closingOf(closed).released)),
    stage(`${round} 报盘文件`, 'instruction files', { count: filed.length, fen: sumFen(filed) }),
    stage(`${round} 银行成功`, 'bank: settled and kept', bank.kept),
    stage(`${round} 银行失败`, 'bank: failed', bank.failed),
    stage(`${round} 银行退回`, 'bank: returned', bank.returned),
  ];
}

/** Every comparison of a month's runs that has to come out even, for a programme of any kind. */
export function paidChecks(month: PaidMonth): Check[] {
  return [
    ...month.runs.flatMap(([round, run], index) => runChecks(round, run, month.books[index])),
    ...ledgerChecks(month),
    ...budgetChecks(month),
    ...hledgerChecks(month),
  ];
}

/** One run from its approval to its entries. */
export function runChecks(round: string, run: ClosedRun, books: Books | undefined): Check[] {
  const { review, approved, closed, files, answered } = run;
  const totals = totalsOf(approved);
  const payable = amountOf(totals.payable);
  const closing = closingOf(closed);
  const bank = bankOf(run);
  const filed = files.flatMap(({ lines }) => lines.map((line) => line.fen));
  const streets = addAmounts(NOTHING, ...review.streets.map((street) => amountOf(street.payable)));
  const answeredLines = answered.reduce((sum, { file }) => sum + file.lines.length, 0);
  const needed = fenOf(totals.payable.amount) - fenOf(totals.reissued.amount);
  const csv = (kind: keyof Books['csv']): Amount => books?.csv[kind] ?? { count: -1, fen: ZERO };
  return [
    same(`${round} 各街道合计 = 签批`, 'streets = approved', streets, payable),
    same(`${round} 签批 = 复核`, 'approved = reviewed', payable, amountOf(totalsOf(review.run).payable)),
    equal(
      `${round} 拨款 = 所需`,
      'funded = needed',
      toYuan(fenOf(closed.funding.funded)),
      toYuan(fen(needed)),
    ),
    same(`${round} 发出 = 签批`, 'released = approved', amountOf(closing.released), payable),
    same(`${round} 报盘 = 签批`, 'files = approved', { count: filed.length, fen: sumFen(filed) }, payable),
    equal(`${round} 回盘行数`, 'every line answered', answeredLines, filed.length),
    same(`${round} 成功 = 银行`, 'settled = bank', amountOf(closing.settled), bank.kept),
    same(`${round} 失败 = 银行`, 'failed = bank', amountOf(closing.failed), bank.failed),
    same(`${round} 退回 = 银行`, 'returned = bank', amountOf(closing.returned), bank.returned),
    same(`${round} 在途为零`, 'nothing in transit', amountOf(closing.inTransit), NOTHING),
    same(`${round} CSV 发出`, 'CSV: released', csv('release'), payable),
    same(`${round} CSV 成功`, 'CSV: settled', csv('settled'), addAmounts(bank.kept, bank.returned)),
    same(`${round} CSV 失败`, 'CSV: failed', csv('failed'), bank.failed),
    same(`${round} CSV 退回`, 'CSV: returned', csv('returned'), bank.returned),
    equal(`${round} CSV 拨款`, 'CSV: funding', csv('funding').fen, fenOf(closed.funding.funded)),
    equal(`${round} 借贷平衡`, 'debits = credits', books?.balance.debit ?? '', books?.balance.credit ?? '-'),
    equal(
      `${round} 分录数`,
      'entries in CSV = in trial balance',
      books?.entries ?? -1,
      books?.balance.entries ?? -2,
    ),
  ];
}

/** All runs together: the ledger knows of every fen that is not with the people, and of no other. */
function ledgerChecks({ books, open, runs, recovered = ZERO }: PaidMonth): Check[] {
  const failed = openTotal(open.filter(({ state }) => state === 'failed'));
  const returned = openTotal(open.filter(({ state }) => state === 'returned'));
  const accrued = runs.reduce((sum, [, { approved }]) => {
    const { payable, reissued } = totalsOf(approved);
    return sum + fenOf(payable.amount) - fenOf(reissued.amount);
  }, 0 - recovered);
  const total = openTotal(open).fen;
  return [
    equal('在途余额为零', 'balance in transit', balanceOf(books, 'in-transit'), 0),
    equal('应付余额 = 失败清单', 'payable = failed list', balanceOf(books, 'payable'), failed.fen),
    equal('退回余额 = 退回清单', 'suspense = returned list', balanceOf(books, 'returned'), returned.fen),
    equal('代发户余额 = 未了结', 'clearing account = open', balanceOf(books, 'clearing'), total),
    equal('支出 = 签批 − 追缴', 'expense = approved − recovered', balanceOf(books, 'expense'), accrued),
    equal(
      '到账 + 未了结 = 支出',
      'paid + open = expense',
      paidInTheEnd(books).fen - recovered + total,
      accrued,
    ),
    equal(
      '清单中没有在途',
      'no open payment in transit',
      open.length,
      open.filter(({ state }) => state !== 'in-transit').length,
    ),
  ];
}

function budgetChecks({ budget, books, open, usedBefore, recovered = ZERO }: PaidMonth): Check[] {
  const sum = (part: 'spent' | 'reserved'): number => sumFen(budget.lines.map((line) => fenOf(line[part])));
  const paid = usedBefore + paidInTheEnd(books).fen - recovered;
  return [
    equal('预算已支出 = 到账', 'budget spent = paid', sum('spent'), paid),
    equal('预算占用 = 未了结', 'budget reserved = open', sum('reserved'), openTotal(open).fen),
  ];
}

/** What the auditor's own program says of the journals; credit balances are negative in it. */
export function hledgerChecks({ hledger, books }: Pick<PaidMonth, 'hledger' | 'books'>): Check[] {
  if (!hledger.installed) return [];
  const agree = (zh: string, en: string, account: string, own: number): Check =>
    equal(zh, en, hledger.balance(account), own);
  return [
    equal('hledger 严格校验', 'hledger check -s', hledger.strict ? 'ok' : hledger.message, 'ok'),
    agree('hledger 在途', 'hledger: in transit', 'liabilities:in-transit', 0),
    agree('hledger 应付', 'hledger: payable', 'liabilities:payable', 0 - balanceOf(books, 'payable')),
    agree('hledger 退回', 'hledger: suspense', 'liabilities:returned', 0 - balanceOf(books, 'returned')),
    agree('hledger 代发户', 'hledger: clearing account', 'assets:clearing', balanceOf(books, 'clearing')),
    agree('hledger 支出', 'hledger: expense', 'expenses', balanceOf(books, 'expense')),
  ];
}

/** Settled by the bank or by hand, and not returned, by the ledger. */
function paidInTheEnd(books: readonly Books[]): Amount {
  const settled = addAmounts(sumOfCsv(books, 'settled'), sumOfCsv(books, 'paid-outside'));
  const returned = sumOfCsv(books, 'returned');
  return { count: settled.count - returned.count, fen: fen(settled.fen - returned.fen) };
}

const sumOfCsv = (books: readonly Books[], kind: keyof Books['csv']): Amount =>
  addAmounts(NOTHING, ...books.map(({ csv }) => csv[kind]));

const openTotal = (open: readonly OpenPayment[]): Amount => ({
  count: open.length,
  fen: sumFen(open.map(({ amount }) => fenOf(amount))),
});

/** The list of what is still open, as staff carry it over: payment, amount, and what the bank said. */
export function openLines(open: readonly OpenPayment[]): string[] {
  return open.map(({ payment, attempt, state, amount, reason, person }) => {
    const what = state === 'returned' ? '退回 returned' : '失败 failed';
    const why = reason ? `${reason.names.zh} ${reason.names.en}` : '';
    return `  ${payment} #${attempt}  ${person?.name ?? ''}  ${amount} 元  ${what}  ${why}`;
  });
}

export const equal = (zh: string, en: string, left: number | string, right: number | string): Check => ({
  zh,
  en,
  left,
  right,
});
