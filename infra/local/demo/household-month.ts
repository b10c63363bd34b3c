import type { Month } from '../../../domain/calendar.ts';
import { ZERO } from '../../../domain/money.ts';
import type { HouseholdDistrict } from '../sample/households.ts';
import type { ResponseOf } from './api-client.ts';
import {
  correctIncome,
  type EventsBefore,
  eventsBeforeRun,
  headDies,
  nameNewHead,
} from './household-events.ts';
import { type Decisions, decisionsOf } from './household-expected.ts';
import { decideFirst, type Enrolled, importHouseholds, openStreets } from './household-register.ts';
import { HISTORY_FROM, type Opening, openBooks, paidBefore } from './opening.ts';
import { audit, PAY_STEPS, payAsUsual, payWithoutTrouble, supplementaryRun } from './paid-run.ts';
import { compareWithList, type Parallel } from './parallel-list.ts';
import { computeRun, type Desk } from './payment-run.ts';
import { HOUSEHOLD_PROGRAMME, type Import } from './prepare.ts';
import type { ClosedRun, PaidMonth } from './run-comparison.ts';
import { NEW_STANDARD, raiseStandard, type StandardChange } from './standard-change.ts';
import { explain } from './steps.ts';
import { type Newcomer, type Reports, reportLate, reportStreets } from './street-reports.ts';

type Paid = readonly [round: string, run: ClosedRun];

/** A month of 低保 with everything that was counted on the way. */
export type HouseholdMonth = {
  readonly district: HouseholdDistrict;
  readonly period: string;
  readonly imports: readonly Import[];
  readonly enrolled: readonly Enrolled[];
  readonly opening: Opening;
  readonly correction: Awaited<ReturnType<typeof correctIncome>>;
  readonly parallel: Parallel;
  readonly reported: Reports;
  readonly standard: StandardChange;
  readonly reviewed: EventsBefore;
  /** The household whose head died, and what was decided about it after the regular run. */
  readonly headless: Enrolled;
  /** Decisions about households to which something happened. */
  readonly decisions: Decisions;
  /** The late street's household, paid by a run of that street alone. */
  readonly late: Newcomer;
  readonly runs: readonly [regular: Paid, late: Paid, supplementary: Paid];
  readonly paid: PaidMonth;
};

/** Lines of progress that a month of 低保 prints. */
export const HOUSEHOLD_STEPS = 12 + PAY_STEPS + 5;

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
  district: HouseholdDistrict & { readonly month: Month },
  print: (line: string) => void,
): Promise<HouseholdMonth> {
  const { say } = desk;
  const { month: period } = district;
  const live = await goLive(desk, district);
  const { enrolled, opening } = live;
  const changed = await whatHappens(desk, district, enrolled);
  const computed = await computeRun(desk, period, 'R');
  say(`${period} 低保批次已核算，待复核`, `${period} run of 低保 computed, ready for review`);
  printStreets(print, computed);
  const regular = await payAsUsual(desk, computed);
  const [late, lateRun] = await payLateStreet(desk, district);
  await nameNewHead(desk, district, changed.headless);
  say(
    '新户主：另一人确认收款人和账户，重新核定，原资格继续',
    'a new head: payee and account confirmed by another person, decided anew, the enrolment goes on',
  );
  const supplementary = await supplementaryRun(desk, period, 'S2', regular);
  const runs = [
    ['R', regular],
    ['S1', lateRun],
    ['S2', supplementary],
  ] as const;
  const audited = await audit(desk, [regular, lateRun, supplementary]);
  await explain(desk, 'beneficiary-2', district.planted.linked, print);
  const usedBefore = regular.closed.fiscalYear === period.slice(0, 4) ? opening.usedBefore : ZERO;
  const affected = [changed.headless, changed.reported.newcomer, ...Object.values(changed.reviewed)];
  const decisions = await decisionsOf(
    desk,
    affected.map(({ enrolmentId }) => enrolmentId),
  );
  const paid = { runs, usedBefore, ...audited };
  return { district, period, ...live, ...changed, decisions, late, runs, paid };
}

/** From sheets to the first draft that is compared with the bureau's own list. */
async function goLive(
  desk: Desk,
  district: HouseholdDistrict & { readonly month: Month },
): Promise<Pick<HouseholdMonth, 'imports' | 'enrolled' | 'opening' | 'correction' | 'parallel'>> {
  const { say } = desk;
  const { month: period } = district;
  const { imports, enrolled } = await fillHouseholds(desk, district);
  const opening = await openBooks(desk, paidBefore(enrolled, period), period.slice(0, 4));
  say(
    `期初入账：${opening.reviewed.totals?.rows} 户月 ${opening.reviewed.totals?.paid} 元，两人签认控制数，不向银行报盘`,
    'what Excel paid is in the books, its control totals signed by two',
  );
  const correction = await correctIncome(desk, district, enrolled);
  say('一户收入更正：产生复核任务，金额不变', 'an income is corrected: a review task, and no money moves');
  const parallel = await compareWithList(desk, district.households, period);
  say(
    `并行核算与本单位名册逐行比对：${parallel.found.length} 行不同，正是预设的差异`,
    `parallel run against the bureau's own list: ${parallel.found.length} lines differ, those that were planted`,
  );
  return { imports, enrolled, opening, correction, parallel };
}

/** What the late street reported after all, in a supplementary run of that street alone. */
async function payLateStreet(
  desk: Desk,
  district: HouseholdDistrict & { readonly month: Month },
): Promise<[Newcomer, ClosedRun]> {
  const { lateStreet } = district.planted;
  const late = await reportLate(desk, district);
  const run = await payWithoutTrouble(desk, await computeRun(desk, district.month, 'S1', lateStreet));
  desk.say(
    `迟报街道 ${lateStreet}：截止后补报，由本街道的补充批次 S1 发放 ${run.approved.totals?.payable.count} 笔`,
    `the late street is paid by its own supplementary run S1: ${run.approved.totals?.payable.count}`,
  );
  return [late, run];
}

/** What streets report, a new standard, and what happens to households before the month is paid. */
async function whatHappens(
  desk: Desk,
  district: HouseholdDistrict & { readonly month: Month },
  enrolled: readonly Enrolled[],
): Promise<Pick<HouseholdMonth, 'reported' | 'standard' | 'reviewed' | 'headless'>> {
  const { say } = desk;
  const reported = await reportStreets(desk, district, enrolled);
  say(
    `月度变动表：${reported.reports.length} 个街道填报、签报，区里逐行审收（新增、停发、变更、零报告、退回一行），一个街道迟报`,
    `change reports: ${reported.reports.length} streets submitted and signed, accepted row by row; one street is late`,
  );
  const standard = await raiseStandard(desk, district.month, HISTORY_FROM);
  say(
    `调标至 ${NEW_STANDARD} 元：${standard.applied} 户一次批准，补发 ${standard.totals?.arrearsTotal} 元`,
    `standard raised: ${standard.applied} households approved at once, arrears in the next run`,
  );
  const reviewed = await eventsBeforeRun(desk, district, enrolled);
  say(
    '分户、成员死亡、收入更正：各经复核重新核定',
    'a split, a death, the corrected income: each reviewed and decided anew',
  );
  const headless = await headDies(desk, district, enrolled);
  say('一户户主死亡：本期暂缓', 'the head of a household dies: its payment is held');
  return { reported, standard, reviewed, headless };
}

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
