import { fen } from '../../../domain/money.ts';
import { shanghaiDate } from '../../../functions/shanghai-date.ts';
import { askHledger, readBooks } from './books.ts';
import { disasterRelief, RELIEF_PROGRAMME, RELIEF_STEPS, type Relief } from './disaster-relief.ts';
import {
  AID_PROGRAMME,
  type EmergencyWeek,
  emergencyWeek,
  expectedOf,
  FUND_PROGRAMME,
  WEEK_STEPS,
} from './emergency-week.ts';
import { type Amount, amountOf, type Desk, fenOf } from './payment-run.ts';
import { type Check, same } from './report.ts';
import type { ClosedRun } from './run-comparison.ts';

/** What is paid by single grants: a week of emergencies, and a list after a disaster. */
export type GrantProgrammes = {
  readonly week: EmergencyWeek;
  readonly relief: Relief;
  readonly runs: readonly ClosedRun[];
  readonly checks: readonly Check[];
};

/** Lines of progress that `grantProgrammes` prints. */
export const GRANT_STEPS = WEEK_STEPS + RELIEF_STEPS + 1;

/**
 * Both through the same service as monthly programmes; every figure is compared with one that was worked out by hand.
 *
 * @param standard 低保 standard of today, in yuan: 低保, where it was part of the demo, has raised it
 */
export async function grantProgrammes(desk: Desk, standard: number): Promise<GrantProgrammes> {
  const { api, key, say } = desk;
  const today = shanghaiDate(new Date().toISOString());
  const fiscalYear = today.slice(0, 4);
  for (const programme of [AID_PROGRAMME, FUND_PROGRAMME, RELIEF_PROGRAMME]) {
    const line = {
      line: `${fiscalYear}-0830`,
      level: 'district',
      fund: 'general',
      appropriated: '20000000.00',
    } as const;
    const body = { programme, fiscalYear, lines: [line] };
    await api.call('finance', 'setBudget', { body, key: key(`budget-${programme}-${fiscalYear}`) });
  }
  const week = await emergencyWeek(desk, today, standard);
  const relief = await disasterRelief(desk, today);
  const runs = [week.paid, week.posted, week.replenished, relief.paid];
  const checks = [
    ...weekChecks(week),
    ...reliefChecks(relief),
    ...(await statisticsChecks(desk, week, relief)),
    ...(await bookChecks(desk, week, relief)),
  ];
  say('临时救助、备用金和灾害救助与账簿核对', 'emergencies, the fund and the relief compared with the books');
  return { week, relief, runs, checks };
}

const settled = ({ closed }: ClosedRun): Amount =>
  closed.closing ? amountOf(closed.closing.settled) : { count: -1, fen: fen(0) };
const payable = ({ closed }: ClosedRun): Amount =>
  closed.totals ? amountOf(closed.totals.payable) : { count: -1, fen: fen(0) };
const asAmount = ({ count, fen: sum }: { readonly count: number; readonly fen: number }): Amount => ({
  count,
  fen: fen(sum),
});

function weekChecks(week: EmergencyWeek): Check[] {
  const { decided, drawn, filled, paid, posted, replenished } = week;
  const expected = expectedOf(week);
  const wrong = decided.filter(
    ({ emergency, application }) =>
      fenOf(application.grant?.amount ?? '0.00') !== emergency.yuan * 100 ||
      (emergency.outcome === 'cash' ? 'imprest-cash' : 'account') !==
        (application.grant?.means ?? 'account') ||
      (application.grant?.level ?? emergency.decidedBy) !== emergency.decidedBy,
  );
  const refusals = decided.filter(({ refused }) => refused === 'conflict/imprest-balance');
  const [first] = filled.replenishments;
  const persons = decided.reduce((sum, { application }) => sum + (application.grant?.persons ?? 0), 0);
  const opening = fenOf(filled.broughtIn);
  return [
    { zh: '每件审批额 = 手工核算', en: 'every decision = by hand', left: wrong.length, right: 0 },
    { zh: '备用金不足被拒', en: 'refused by the fund', left: refusals.length, right: 1 },
    { zh: '救助人数（人）= 手工核算', en: 'people helped = by hand', left: persons, right: expected.persons },
    same(
      '发放到账户（人次）= 手工核算',
      'paid to accounts = by hand',
      settled(paid),
      asAmount(expected.account),
    ),
    same(
      '备用金报销（人次）= 手工核算',
      'posted by the fund = by hand',
      payable(posted),
      asAmount(expected.cash),
    ),
    {
      zh: '备用金余额 = 期初 − 支取',
      en: 'balance of the fund = opening − draws',
      left: fenOf(drawn.balance),
      right: opening - expected.cash.fen,
    },
    {
      zh: '补足额 = 到账 = 凭证 + 缺额',
      en: 'replenishment = received = vouchers + lack',
      left: `${settled(replenished).fen} ${filled.received}`,
      right: `${fenOf(first?.vouchers ?? '0.00') + fenOf(first?.floorLack ?? '0.00')} ${first?.amount ?? ''}`,
    },
    {
      zh: '凭证 = 报销批次',
      en: 'vouchers = posted',
      left: fenOf(first?.vouchers ?? '0.00'),
      right: expected.cash.fen,
    },
    {
      zh: '备用金余额 = 期初 − 支取 + 到账',
      en: 'fund = opening − draws + received',
      left: fenOf(filled.balance),
      right: opening - expected.cash.fen + fenOf(filled.received),
    },
  ];
}

function reliefChecks({ list, seen, granted, paid }: Relief): Check[] {
  const expected = { count: list.households, fen: fen(list.yuan * 100) };
  const streets = seen.streets.map(({ street, count, amount }) => `${street} ${count} ${fenOf(amount)}`);
  const byHand = [...list.byStreet]
    .map(([street, { households, yuan }]) => `${street} ${households} ${yuan * 100}`)
    .sort((a, b) => (a < b ? -1 : 1));
  return [
    same('名册 = 独立核算', 'list = worked out apart', amountOf(seen), expected),
    {
      zh: '各街道 = 独立核算',
      en: 'streets = worked out apart',
      left: streets.join('; '),
      right: byHand.join('; '),
    },
    { zh: '救助人数 = 独立核算', en: 'people = worked out apart', left: seen.persons, right: list.persons },
    same('给付 = 名册', 'granted = list', amountOf(granted.granted), expected),
    same('签批 = 名册', 'approved = list', payable(paid), expected),
    same('到账 = 名册', 'settled = list', settled(paid), expected),
  ];
}

/** 人、人次和万元: what the service counts from its ledger, against the same by hand. */
async function statisticsChecks({ api }: Desk, week: EmergencyWeek, relief: Relief): Promise<Check[]> {
  const { cash, account, persons } = expectedOf(week);
  const { list } = relief;
  const month = relief.paid.closed.period;
  const of = async (
    zh: string,
    en: string,
    programme: string,
    expected: Omit<Counted, 'tenThousand'>,
  ): Promise<Check> => {
    // Money that the bank books on a day of the next month counts there.
    const query = { from: month, to: nextMonth(month), programme };
    const { programmes } = await api.call('auditor', 'getStatistics', { query });
    const [found] = programmes;
    return {
      zh: `${zh}统计（人、人次、元、万元）= 手工核算`,
      en: `statistics of ${en} = by hand`,
      left: found
        ? counted({ ...found, fen: fenOf(found.amount), tenThousand: found.amountTenThousand })
        : '',
      right: counted({ ...expected, tenThousand: tenThousandOf(expected.fen) }),
    };
  };
  return [
    await of('临时救助', 'emergencies', AID_PROGRAMME, {
      persons,
      payments: cash.count + account.count,
      fen: cash.fen + account.fen,
    }),
    await of('灾害救助', 'the relief', RELIEF_PROGRAMME, {
      persons: list.persons,
      payments: list.households,
      fen: list.yuan * 100,
    }),
  ];
}

type Counted = {
  readonly persons: number;
  readonly payments: number;
  readonly fen: number;
  readonly tenThousand: string;
};
const counted = ({ persons, payments, fen: sum, tenThousand }: Counted): string =>
  `${persons} 人 ${payments} 人次 ${sum} ${tenThousand}`;
/** Half up to two decimals: a million fen are 1.00 万元. */
const tenThousandOf = (sum: number): string => (Math.floor((sum + 5_000) / 10_000) / 100).toFixed(2);
const nextMonth = (month: string): string => {
  const [year = 0, of = 0] = month.split('-').map(Number);
  return of === 12 ? `${year + 1}-01` : `${year}-${String(of + 1).padStart(2, '0')}`;
};

/** The same figures in the exported ledgers, and what an auditor's own program says of them. */
async function bookChecks(desk: Desk, week: EmergencyWeek, relief: Relief): Promise<Check[]> {
  const expected = expectedOf(week);
  const runs = [week.paid, week.posted, week.replenished, relief.paid];
  const books = [];
  for (const { closed } of runs) books.push(await readBooks(desk, closed.runId));
  const [paid, posted, , list] = books;
  const ledger = askHledger(books);
  const expense = (programme: string): string =>
    ledger.installed ? String(ledger.balance(`expenses:${programme}`)) : '';
  const byHand = (sum: number): string => (ledger.installed ? String(sum) : '');
  return [
    same(
      '账簿成功 = 手工核算',
      'ledger settled = by hand',
      paid?.csv.settled ?? settled(week.paid),
      asAmount(expected.account),
    ),
    same(
      '账簿报销 = 手工核算',
      'ledger posted = by hand',
      posted?.csv['imprest-paid'] ?? payable(week.posted),
      asAmount(expected.cash),
    ),
    same('账簿灾害救助 = 名册', 'ledger relief = list', list?.csv.settled ?? settled(relief.paid), {
      count: relief.list.households,
      fen: fen(relief.list.yuan * 100),
    }),
    {
      zh: 'hledger 严格检查通过',
      en: 'hledger check -s passes',
      left: ledger.installed ? `${ledger.strict} ${ledger.message}` : 'true ',
      right: 'true ',
    },
    {
      zh: 'hledger 临时救助支出 = 手工核算',
      en: 'hledger: expense of emergencies = by hand',
      left: expense(AID_PROGRAMME),
      right: byHand(expected.account.fen + expected.cash.fen),
    },
    {
      zh: 'hledger 灾害救助支出 = 名册',
      en: 'hledger: expense of relief = list',
      left: expense(RELIEF_PROGRAMME),
      right: byHand(relief.list.yuan * 100),
    },
  ];
}
