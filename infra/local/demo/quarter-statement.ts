import { addAmounts, amountOf } from './payment-run.ts';
import type { FivesStatement } from './quarter-checks.ts';
import type { QuarterRun } from './quarter-month.ts';
import { type Stage, stage } from './report.ts';

/** Programme by programme, what the three months paid. */
export function quarterStages(runs: readonly QuarterRun[]): Stage[] {
  const programmes = [...new Set(runs.map(({ programme }) => programme))];
  return programmes.map((programme) => {
    const closings = runs
      .filter((run) => run.programme === programme)
      .flatMap(({ run }) => run.closed.closing ?? []);
    return stage('三个月到账', programme, addAmounts(...closings.map(({ settled }) => amountOf(settled))));
  });
}

/** The statement of somebody in five programmes in short: what moved what is due, what was paid, what is asked back. */
export function statementLines({ statement }: FivesStatement): string[] {
  const body = statement.enrolments.flatMap(({ programmeNames, months, proposals, totals }) => [
    `  ${programmeNames.zh}（${programmeNames.en}）`,
    ...months.flatMap(({ month, lines }) =>
      lines.map(({ kindNames, amount, componentNames, causeNames }) => {
        const why = causeNames === undefined ? '' : `：${causeNames.zh} ${causeNames.en}`;
        return `    ${month}  ${amount.padStart(10)}  ${kindNames.zh}  ${componentNames?.zh ?? ''}${why}`;
      }),
    ),
    ...proposals.map(
      ({ month, amount, causeNames }) =>
        `    ${month}  ${`-${amount}`.padStart(10)}  拟追缴 to be recovered：${causeNames.zh} ${causeNames.en}`,
    ),
    `    应得 due ${totals.due} = 到账 received ${totals.received} + 在途 in transit ${totals.inTransit} + 待重发 open ${totals.open}`,
  ]);
  const sum = statement.totals;
  return [
    `个人发放对账单 / statement ${statement.from} – ${statement.through}`,
    ...body,
    `  合计 / in all: 应得 due ${sum?.due ?? '—'}，到账 received ${sum?.received ?? '—'}`,
  ];
}
