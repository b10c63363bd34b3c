import { type Fen, fen, sumFen, toYuan } from '../../../domain/money.ts';
import { SAMPLE_STREETS } from '../sample/streets.ts';
import { amountOfAll, arrearsByText, dueByDecisions, dueByText, inForce } from './household-expected.ts';
import type { HouseholdMonth } from './household-month.ts';
import { determinedFen, memberCount } from './household-register.ts';
import { type Amount, amountOf, fenOf } from './payment-run.ts';
import { type Check, type Stage, same, stage } from './report.ts';
import { type ClosedRun, equal, paidChecks, paidStages, totalsOf } from './run-comparison.ts';
import type { Newcomer } from './street-reports.ts';

/** The stages of a month of 低保, one line each. */
export function householdStages(month: HouseholdMonth): Stage[] {
  return [
    { zh: '家庭名册（人）', en: 'household sheets (people)', count: created(month) },
    stage('执行中的核定', 'determinations in force', determined(month)),
    stage('期初（户月）', 'opening (household months)', opened(month)),
    ...paidStages(month.paid),
  ];
}

/** Every comparison of a month of 低保 that has to come out even. */
export const householdChecks = (month: HouseholdMonth): Check[] => [
  ...registerChecks(month),
  ...openingChecks(month),
  ...goLiveChecks(month),
  ...reportChecks(month),
  ...dueChecks(month),
  ...paidChecks(month.paid),
];

function registerChecks(month: HouseholdMonth): Check[] {
  const { district, enrolled } = month;
  return [
    equal('家庭名册人数', 'people of the household sheets', created(month), memberCount(district)),
    equal('核定户数', 'households determined', enrolled.length, district.households.length),
  ];
}

/** The control totals that were signed against what was stated in the sheet. */
function openingChecks({ opening }: HouseholdMonth): Check[] {
  const { totals } = opening.reviewed;
  const months = [...new Set(opening.rows.map(({ month }) => month))].sort();
  const stated = (month: string): Amount => amountFrom(opening.rows.filter((row) => row.month === month));
  return [
    equal('期初批次', 'opening posted', opening.closed.state, 'closed'),
    ...months.map((month) => {
      const found = totals?.months.find((each) => each.month === month);
      return same(
        `期初 ${month} = 期初表`,
        `opening of ${month} = its sheet`,
        { count: found?.rows ?? 0, fen: fenOf(found?.paid ?? '0.00') },
        stated(month),
      );
    }),
    equal('期初已用指标', 'budget used before', totals?.paid ?? '', toYuan(opening.usedBefore)),
  ];
}

/** An income that was corrected moved nothing, and a parallel run found the planted differences and no other. */
function goLiveChecks({ correction, parallel, standard }: HouseholdMonth): Check[] {
  const { list, compared, found, planted } = parallel;
  return [
    equal('更正收入后的核定次数', 'decisions after a corrected income', correction.determinations, 1),
    ...compared.lines.map(({ result, count }) =>
      equal(`并行比对 ${result}`, `parallel: ${result}`, count, list.counts[result]),
    ),
    equal('并行比对逐行', 'parallel: line by line', found.join('; '), planted.join('; ')),
    equal('调标未执行户数', 'left out of the new standard', standard.leftOut?.length ?? -1, 0),
  ];
}

/** Every street but the late one reported, and the row that was planted for it came back. */
function reportChecks({ reported }: HouseholdMonth): Check[] {
  const decisions = reported.reports.flatMap(({ versions }) => versions.at(-1)?.decision ?? []);
  const returned = decisions.reduce((sum, decision) => sum + decision.returned.length, 0);
  return [
    equal('月度变动表份数', 'change reports', decisions.length, SAMPLE_STREETS.length - 1),
    equal('退回行数', 'rows sent back', returned, 1),
  ];
}

/** What the runs pay against what is due: by the text of the rules, and by the decisions where something happened. */
function dueChecks(month: HouseholdMonth): Check[] {
  const { district, headless, decisions, period, late } = month;
  const [[, regular], [, lateRun], [, supplementary]] = month.runs;
  const later = dueByDecisions(headless, decisions.get(headless.enrolmentId) ?? [], period);
  const inTime = regular.computed.notSubmitted?.map(({ street }) => street) ?? [];
  return [
    same(
      'R 应发 = 另行计算',
      'R due = worked out a second time',
      amountOf(totalsOf(regular.approved).payable),
      amountOfAll(dueInTime(month)),
    ),
    equal('R 缓发：户主死亡', 'R held: the head who died', totalsOf(regular.approved).held.count, 1),
    equal('R 未报送街道', 'R: streets that did not submit', inTime.join(), district.planted.lateStreet),
    same('S1 新发 = 迟报街道', 'S1 new = the late street', fresh(lateRun), newcomers([late], period)),
    same('S2 新发 = 新户主', 'S2 new = the new head', fresh(supplementary), amountOfAll([later])),
  ];
}

/** What the regular run owes to every household, whose head died left out. */
function dueInTime({ enrolled, headless, decisions, reported, period }: HouseholdMonth): Fen[] {
  const { stopped, newcomer } = reported;
  const due = enrolled.flatMap((each) => {
    const decided = decisions.get(each.enrolmentId);
    if (each.enrolmentId === headless.enrolmentId) return [];
    if (each.enrolmentId === stopped.enrolmentId) return [arrearsByText(each, period)];
    return [decided ? dueByDecisions(each, decided, period) : dueByText(each, period)];
  });
  return [...due, inForce(decisions.get(newcomer.enrolmentId) ?? [], period)];
}

/** What a run pays for the first time. */
function fresh({ approved }: ClosedRun): Amount {
  const { payable, reissued } = totalsOf(approved);
  const [all, again] = [amountOf(payable), amountOf(reissued)];
  return { count: all.count - again.count, fen: fen(all.fen - again.fen) };
}

const newcomers = (those: readonly Newcomer[], period: string): Amount =>
  amountOfAll(those.map(({ determination }) => determinedFen(determination, period)));
const amountFrom = (rows: readonly { readonly fen: Fen }[]): Amount => ({
  count: rows.length,
  fen: sumFen(rows.map(({ fen }) => fen)),
});
const created = ({ imports }: HouseholdMonth): number =>
  imports.reduce((sum, { counts }) => sum + (counts?.created ?? 0), 0);
const opened = ({ opening }: HouseholdMonth): Amount => amountFrom(opening.rows);
const determined = ({ enrolled, period }: HouseholdMonth): Amount =>
  amountFrom(enrolled.map(({ determination }) => ({ fen: determinedFen(determination, period) })));
