import { type Fen, fen, sumFen, toYuan } from '../../../domain/money.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import { EXPECTED_QUARTER, expectedRuns, QUARTER } from '../sample/expected-quarter.ts';
import { newPerson } from '../sample/new-district.ts';
import type { ResponseOf } from './api-client.ts';
import { askHledger, type Books, balanceOf, readBooks } from './books.ts';
import { type Desk, fenOf } from './payment-run.ts';
import type { QuarterRun } from './quarter-month.ts';
import { deskOf, personKeyOf } from './quarter-office.ts';
import type { Check } from './report.ts';
import { equal, hledgerChecks, runChecks } from './run-comparison.ts';

const AT_ONCE = 3;
/** Ordered back in the quarter, fen: what an orphan's father could care for, and a grade that was lower. */
const ORDERED = { refund: 285_000, 'set-off': 20_000 } as const;
/** 30 per cent of the next 100 yuan; the rest stays open by name. */
const KEPT_BACK = 3_000;

/** Run by run from the drafts to the ledger, all of them in the books, the budgets and the statistics. */
export async function bookChecks(desk: Desk, runs: readonly QuarterRun[]): Promise<Check[]> {
  const books = await mapBounded(runs, AT_ONCE, ({ run, programme, period }) =>
    readBooks(deskOf(desk, programme, period), run.closed.runId),
  );
  const settled = sumFen(books.map(({ csv }) => csv.settled.fen));
  const expense = balanceOf(books, 'expense');
  return [
    ...runs.flatMap(({ programme, period, run }, index) =>
      runChecks(`${programme} ${period}`, run, books[index]),
    ),
    ...hledgerChecks({ hledger: askHledger(books), books }),
    ...moneyChecks(books, settled),
    equal(
      '支出 = 到账 + 抵扣 − 追缴决定',
      'expense = paid + kept back − ordered back',
      expense,
      settled + KEPT_BACK - ORDERED.refund - ORDERED['set-off'],
    ),
    ...(await programmeChecks(desk, runs)),
  ];
}

function moneyChecks(books: readonly Books[], settled: Fen): Check[] {
  const paid = Object.entries(EXPECTED_QUARTER)
    .flatMap(([programme, persons]) => Object.keys(persons).flatMap((who) => expectedRuns(programme, who)))
    .flatMap(({ lines }) => Object.values(lines))
    .reduce((sum, amount) => sum + amount, 0);
  return [
    equal(
      '在途、应付、退回、代发户均为零',
      'nothing in transit, payable, returned or left',
      ['in-transit', 'payable', 'returned', 'clearing'].map((each) => balanceOf(books, each)).join(),
      '0,0,0,0',
    ),
    equal(
      '待追缴余额 = 尚欠',
      'recoverable = outstanding',
      balanceOf(books, 'recoverable'),
      ORDERED['set-off'] - KEPT_BACK,
    ),
    equal(
      '全季到账 = 另行核算 − 抵扣',
      'paid in the quarter = worked out apart',
      settled,
      paid + settledServices(books) - KEPT_BACK,
    ),
  ];
}

/** What companies were paid for services. */
const settledServices = (books: readonly Books[]): number =>
  books.filter(({ runId }) => runId.includes('.elderly-')).reduce((sum, { csv }) => sum + csv.settled.fen, 0);

/** By programme: statistics, budget, and what is open of recoveries. */
async function programmeChecks({ api }: Desk, runs: readonly QuarterRun[]): Promise<Check[]> {
  const programmes = [...new Set(runs.map(({ programme }) => programme))];
  const { programmes: counted } = await api.call('auditor', 'getStatistics', {
    query: { from: '2026-10', to: '2027-06' },
  });
  const found = await mapBounded(programmes, AT_ONCE, async (programme) => {
    const mine = runs.filter((run) => run.programme === programme);
    const paid = sumFen(mine.map(({ run }) => fenOf(run.closed.closing?.settled.amount ?? '0.00')));
    const years = [...new Set(mine.map(({ run }) => run.closed.fiscalYear))];
    const budgets = await Promise.all(
      years.map((fiscalYear) => api.call('finance', 'getBudget', { params: { programme, fiscalYear } })),
    );
    const spent = sumFen(budgets.flatMap(({ lines }) => lines.map((line) => fenOf(line.spent))));
    const refunded = programme === 'orphan' ? ORDERED.refund : 0;
    const { recoverables } = await api.call('reviewer', 'listRecoverables', { query: { programme } });
    const open = recoverables.map(({ balance, difference }) => `${balance} ${difference}`).join();
    const outstanding = toYuan(fen(ORDERED['set-off'] - KEPT_BACK));
    return [
      equal(
        `${programme} 统计 = 到账`,
        'statistics = paid',
        fenOf(counted.find((one) => one.programme === programme)?.amount ?? '0.00'),
        paid,
      ),
      equal(`${programme} 预算已支出 = 到账 − 缴回`, 'budget spent = paid − paid in', spent, paid - refunded),
      equal(
        `${programme} 待追缴逐户列明`,
        'recoverables open by name',
        open,
        programme === 'disability-nursing' ? `${outstanding} 0.00` : '',
      ),
    ];
  });
  return found.flat();
}

/** Programmes of which nobody is paid by two in a month. */
const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ['orphan', 'unattended-child'],
  ['orphan', 'child-in-need'],
  ['orphan', 'disability-living'],
  ['tekun', 'dibao'],
  ['tekun', 'disability-living'],
  ['tekun', 'disability-nursing'],
  ['tekun', 'elderly-service'],
];

/** Who was paid what for which month, over all programmes. */
export function exclusiveChecks(runs: readonly QuarterRun[]): Check[] {
  const paid = new Set(
    runs.flatMap(({ programme, drafts }) =>
      drafts.flatMap(({ enrolment, lines }) =>
        lines.map(({ month }) => `${programme} ${enrolment.split('-')[1]} ${month}`),
      ),
    ),
  );
  const twice = EXCLUSIVE.flatMap(([one, other]) =>
    [...paid].filter((each) => each.startsWith(`${one} `) && paid.has(each.replace(one, other))),
  );
  return [equal('无人同月领取互斥待遇', 'nobody is paid by two exclusive programmes', twice.join('; '), '')];
}

type Statement = ResponseOf<'getPersonStatement'>;
/** The statement of the one in five programmes, as data and as the page that is printed. */
export type FivesStatement = { readonly statement: Statement; readonly page: string };

export async function statementOfFive(desk: Desk): Promise<FivesStatement> {
  const params = { personKey: await personKeyOf(desk, 'five') };
  const query = { from: QUARTER[0], through: QUARTER[2] };
  const statement = await desk.api.call('reviewer', 'getPersonStatement', { params, query });
  const page = await desk.api.page('reviewer', 'getPersonStatementSheet', { params, query });
  return { statement, page };
}

/** It adds up to what was paid to him, and asks back what the other arithmetic asks back. */
export function statementChecks({ statement }: FivesStatement): Check[] {
  const programmes = Object.keys(EXPECTED_QUARTER).filter(
    (programme) => EXPECTED_QUARTER[programme]?.['five'] !== undefined,
  );
  const sums = (part: 'lines' | 'recoveries') =>
    programmes.map((programme) => {
      const fens = expectedRuns(programme, 'five').flatMap((run) => Object.values(run[part]));
      return `${programme} ${toYuan(sumFen(fens.map((each) => fen(each))))}`;
    });
  const wanted = (all: readonly string[]) => all.toSorted().join('; ');
  const { enrolments } = statement;
  const proposed = enrolments.map(
    ({ programme, proposals }) =>
      `${programme} ${toYuan(sumFen(proposals.map(({ amount }) => fenOf(amount))))}`,
  );
  return [
    equal(
      '对账单到账 = 另行核算',
      'statement: received = worked out apart',
      wanted(enrolments.map(({ programme, totals }) => `${programme} ${totals.received}`)),
      wanted(sums('lines')),
    ),
    equal(
      '对账单拟追缴 = 另行核算',
      'statement: to be recovered',
      wanted(proposed),
      wanted(sums('recoveries')),
    ),
    equal(
      '对账单合计',
      'statement adds up',
      statement.totals?.received ?? '',
      toYuan(sumFen(enrolments.map(({ totals }) => fenOf(totals.received)))),
    ),
  ];
}

/** Somebody of every programme, assessed without being stored: as the December runs paid. */
const ASSESSED = [
  'orphan-1',
  'unattended-1',
  'child-hiv',
  'child-ill',
  'poor-severe',
  'marginal-severe',
  'jobless',
  'soldier',
  'martyr',
  'aged-9',
];
const WORDS: Readonly<Record<string, string>> = { 低保: 'dibao', 低保边缘: 'marginal' };
const PAPERS = ['审核确认文号', '审核确认日期'];

export async function assessmentChecks({ api }: Desk): Promise<Check[]> {
  return (
    await mapBounded(ASSESSED, AT_ONCE, async (who) => {
      const person = newPerson(who);
      const month = QUARTER[2];
      const born = person.idNumber.slice(6, 14).replace(/(....)(..)(..)/, '$1-$2-$3');
      const identityClass = WORDS[person.cells['人员类别'] ?? ''];
      const enrolments = Object.entries(person.in).map(([programme, cells]) => ({
        programme,
        appliedOn: '2026-09-01',
        decidedOn: '2026-09-18',
        facts: Object.fromEntries(Object.entries(cells).filter(([heading]) => !PAPERS.includes(heading))),
      }));
      const persons = [{ id: who, birthDate: born, ...(identityClass !== undefined && { identityClass }) }];
      const body = { month, case: { persons, enrolments } };
      const { results } = await api.call('preparer', 'createAssessment', { body });
      return results.map(({ programme, amount, error }) =>
        equal(
          `试算 ${programme} ${who} = 12月应发`,
          'assessed = due in December',
          amount ?? error?.code ?? '',
          (EXPECTED_QUARTER[programme]?.[who]?.[2][2] ?? 0).toFixed(2),
        ),
      );
    })
  ).flat();
}
