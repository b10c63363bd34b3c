import type { Fen } from '../../../domain/money.ts';
import type { HouseholdDistrict } from '../sample/households.ts';
import type { ResponseOf } from './api-client.ts';
import { decideFirst, type Enrolled, importHouseholds, openStreets } from './household-register.ts';
import { type Opening, openBooks, paidBefore } from './opening.ts';
import { audit, PAY_STEPS, payAsUsual, supplementaryRun } from './paid-run.ts';
import { computeRun, type Desk } from './payment-run.ts';
import { HOUSEHOLD_PROGRAMME, type Import } from './prepare.ts';
import type { ClosedRun, PaidMonth } from './run-comparison.ts';

/** The first month that the sample district's 低保 may pay through this service, by its policy pack. */
const HISTORY_FROM = '2026-10';

/** A month of 低保 with everything that was counted on the way. */
export type HouseholdMonth = {
  readonly district: HouseholdDistrict;
  readonly period: string;
  readonly imports: readonly Import[];
  readonly enrolled: readonly Enrolled[];
  readonly opening: Opening;
  readonly runs: readonly (readonly [round: string, run: ClosedRun])[];
  readonly paid: PaidMonth;
};

/** Lines of progress that a month of 低保 prints. */
export const HOUSEHOLD_STEPS = 6 + PAY_STEPS + 3;

/** Keys of its own, so that the months of two programmes never share one. */
export const householdDesk = (desk: Desk): Desk => ({
  ...desk,
  programme: HOUSEHOLD_PROGRAMME,
  key: (name) => desk.key(`households-${name}`),
});

/**
 * 低保 goes live in the middle of a year and pays its first month: streets, household sheets, first decisions, what Excel paid before,
 * and the month's run with its supplementary run. @throws Error when a step does not do what was planted for it
 */
export async function householdMonth(
  desk: Desk,
  district: HouseholdDistrict & { readonly month: string },
  print: (line: string) => void,
): Promise<HouseholdMonth> {
  const { say } = desk;
  const { month: period } = district;
  const { imports, enrolled } = await fillHouseholds(desk, district);
  const rows = paidBefore(enrolled, HISTORY_FROM, period);
  const opening = await openBooks(desk, rows, period.slice(0, 4));
  say(
    `期初入账：${opening.reviewed.totals?.rows} 户月 ${opening.reviewed.totals?.paid} 元，两人签认控制数，不向银行报盘`,
    'what Excel paid is in the books, its control totals signed by two',
  );
  const computed = await computeRun(desk, period, 'R');
  say(`${period} 低保批次已核算，待复核`, `${period} run of 低保 computed, ready for review`);
  printStreets(print, computed);
  const regular = await payAsUsual(desk, computed);
  const supplementary = await supplementaryRun(desk, period, 'S1', regular);
  const runs = [
    ['R', regular],
    ['S1', supplementary],
  ] as const;
  const audited = await audit(desk, [regular, supplementary]);
  const usedBefore = regular.closed.fiscalYear === period.slice(0, 4) ? opening.usedBefore : NO_FEN;
  return { district, period, imports, enrolled, opening, runs, paid: { runs, usedBefore, ...audited } };
}

const NO_FEN = 0 as Fen;

async function fillHouseholds(
  desk: Desk,
  district: HouseholdDistrict,
): Promise<Pick<HouseholdMonth, 'imports' | 'enrolled'>> {
  const { say } = desk;
  await openStreets(desk);
  const imports = await importHouseholds(desk, district.sheets);
  const sum = (part: 'accepted' | 'rejected') =>
    imports.reduce((total, { counts }) => total + (counts?.[part] ?? 0), 0);
  say(
    `${imports.length} 个街道的低保家庭名册：收下 ${sum('accepted')} 行，退回 ${sum('rejected')} 行，与预设的错误逐行一致`,
    `household sheets of ${imports.length} streets: ${sum('accepted')} rows taken, ${sum('rejected')} sent back, as planted`,
  );
  const enrolled = await decideFirst(desk, district.households);
  say(
    `${enrolled.length} 户首次核定：一人测算提出，另一人核定`,
    `${enrolled.length} first decisions, each proposed by one and decided by another`,
  );
  return { imports, enrolled };
}

function printStreets(print: (line: string) => void, { streets, run }: ResponseOf<'getReview'>): void {
  for (const { street, name, payable, held } of streets) {
    const kept = held.count > 0 ? `，缓发 held ${held.count}` : '';
    print(`            ${street} ${name ?? ''} ${payable.count} 户 ${payable.amount} 元${kept}`);
  }
  print(`            缓发 held ${run.totals?.held.count}，不能发 blocked ${run.totals?.blocked.count}`);
}
