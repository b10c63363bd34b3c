import { type Fen, sumFen, toYuan } from '../../../domain/money.ts';
import type { HouseholdMonth } from './household-month.ts';
import { determinedFen, memberCount } from './household-register.ts';
import { type Amount, fenOf } from './payment-run.ts';
import { type Check, type Stage, same, stage } from './report.ts';
import { equal, paidChecks, paidStages } from './run-comparison.ts';

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

const amountFrom = (rows: readonly { readonly fen: Fen }[]): Amount => ({
  count: rows.length,
  fen: sumFen(rows.map(({ fen }) => fen)),
});
const created = ({ imports }: HouseholdMonth): number =>
  imports.reduce((sum, { counts }) => sum + (counts?.created ?? 0), 0);
const opened = ({ opening }: HouseholdMonth): Amount => amountFrom(opening.rows);
const determined = ({ enrolled, period }: HouseholdMonth): Amount =>
  amountFrom(enrolled.map(({ determination }) => ({ fen: determinedFen(determination, period) })));
