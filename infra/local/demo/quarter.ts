import type { ApiClientOptions } from './api-client.ts';
import type { Desk } from './payment-run.ts';
import {
  assessmentChecks,
  bookChecks,
  exclusiveChecks,
  type FivesStatement,
  statementChecks,
  statementOfFive,
} from './quarter-checks.ts';
import { draftChecks } from './quarter-expected.ts';
import { learnedAfterNovember, learnedAfterOctober } from './quarter-late-facts.ts';
import { payMonth, type QuarterRun, rolledEnrolments } from './quarter-month.ts';
import { fillNewRegister, newDistrictApi, openNewBureau } from './quarter-office.ts';
import { settleServices } from './quarter-services.ts';
import type { Check } from './report.ts';

export type QuarterOptions = Pick<Desk, 'seed' | 'key'> & { readonly print: (line: string) => void };
/** Three months of every programme in a small bureau, with everything that was compared. */
export type Quarter = {
  readonly checks: readonly Check[];
  readonly runs: readonly QuarterRun[];
  /** Of the one in five programmes. */
  readonly five: FivesStatement;
};

/**
 * 示例新区: every programme pays three months one after the other, with facts that are learned late in between. Person by person and month
 * by month it is compared with an arithmetic of its own. @throws Error when a step does not do what was planted for it
 */
export async function quarter(api: ApiClientOptions, { seed, key, print }: QuarterOptions): Promise<Quarter> {
  const started = performance.now();
  const desk: Desk = {
    api: newDistrictApi(api),
    programme: 'all',
    seed,
    key,
    say: (zh, en) =>
      print(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s   新区  ${zh} / ${en}`),
  };
  const { say } = desk;
  await openNewBureau(desk);
  const { rows, enrolments } = await fillNewRegister(desk);
  say(`各项目名册 ${rows} 行入库，低保、特困已核定`, `registers of all programmes: ${rows} rows; decided`);
  const october = await month(desk, '2026-10');
  const all = await rolledEnrolments(desk, enrolments);
  await learnedAfterOctober(desk, enrolments);
  say(
    '迟报：残疾等级两人、监护变化一人、收入一户；高龄津贴自十月提高',
    'learned late: two gradings, a guardianship, an income; the high-age allowance raised from October on',
  );
  const november = await month(desk, '2026-11');
  await learnedAfterNovember(desk, enrolments);
  say(
    '迟报：五项待遇的一人去世，照料档次、换证各一人；追缴两件，一件缴回，一件抵扣',
    'learned late: a death, a tier of care, a card; two orders, one paid in, one kept back',
  );
  const december = await month(desk, '2026-12');
  const months = [october, november, december];
  const runs = months.flatMap((paid) => [...paid.runs, ...paid.settled]);
  const five = await statementOfFive(desk);
  const checks = [
    ...months.flatMap((paid, index) => draftChecks(paid.runs, all, index)),
    ...exclusiveChecks(runs),
    ...(await bookChecks(desk, runs)),
    ...statementChecks(five),
    ...(await assessmentChecks(desk)),
  ];
  say(
    `账簿、预算、统计、对账单、试算逐项核对 ${checks.length} 项`,
    'ledger, budgets, statistics, the statement and assessments compared',
  );
  return { checks, runs, five };
}

async function month(desk: Desk, period: string) {
  const [runs, settled] = await Promise.all([payMonth(desk, period), settleServices(desk, period)]);
  const paid = [...runs, ...settled];
  const payments = paid.reduce((sum, { run }) => sum + (run.closed.closing?.settled.count ?? 0), 0);
  desk.say(
    `${period}：${paid.length} 个批次签批、拨款、发放、回盘、关闭，${payments} 笔到账`,
    `${paid.length} runs signed, funded, sent, answered and closed`,
  );
  return { runs, settled };
}
