import { chinaDate } from '../../../domain/calendar.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { isSigned, type SampleProject } from '../sample/project-rows.ts';
import type { ProjectRound } from '../sample/projects.ts';
import type { ResponseOf } from './api-client.ts';
import { audit, payWithoutTrouble } from './paid-run.ts';
import { computeRun, type Desk } from './payment-run.ts';
import type { ClosedRun, PaidMonth } from './run-comparison.ts';
import { closeProject, conclude, type Execution, takeBack } from './venture-ending.ts';
import { backOf } from './venture-expected.ts';
import { midTerms, PASSING, release, type Turning } from './venture-release.ts';
import { type Contracted, contractRound, SIGNED_ON, VENTURE_PROGRAMME } from './venture-round.ts';

/** Lines of progress that the round prints. */
export const VENTURE_STEPS = 13;

export type VentureMonth = Contracted & {
  readonly round: ProjectRound;
  readonly turning: Turning;
  readonly first: ClosedRun;
  readonly second: ClosedRun;
  readonly paid: PaidMonth;
  /** Codes of planted refusals after the contracts, by what was tried. */
  readonly refused: Readonly<
    Record<'milestoneTwice' | 'ownMilestone' | 'afterFailure' | 'withoutFile', string>
  >;
  readonly ended: Readonly<Record<'failed' | 'settledUp' | 'settledDown', Execution>>;
  readonly overdue: ResponseOf<'listVentureOverdue'>;
  readonly recoveries: ResponseOf<'listRecoveries'>;
};

export const ventureDesk = (desk: Desk): Desk => ({
  ...desk,
  programme: VENTURE_PROGRAMME,
  key: (name) => desk.key(`venture-${name}`),
});

/**
 * A round of 公益创投 from its sheet to contracts, first tranches, mid-terms, settlements and what comes back. Its money is that of the
 * month in which it is decided, so it is paid today. @throws Error when a step does not do what was planted for it
 */
export async function ventureMonth(desk: Desk, round: ProjectRound): Promise<VentureMonth> {
  const { say } = desk;
  const today = chinaDate(new Date().toISOString());
  const period = today.slice(0, 7);
  await setBudget(desk, today);
  const contracted = await contractRound(desk, round);
  const { callId } = contracted;
  const signed = round.projects.filter(isSigned);
  const everywhere = signed.map(({ number }) => ({ number, tranche: 1 }));
  const refused = await release(desk, callId, everywhere, today, SIGNED_ON);
  say(
    `首期里程碑由他人登记、经办申请、第三人决定：${signed.length} 期`,
    `first tranches: recorded, proposed and decided by three people, ${signed.length} of them`,
  );
  const first = await pay(desk, period, 'S1');
  const turning = turningPoints(signed);
  const afterFirst = await midTerms(desk, contracted, turning, today);
  const ended = await conclude(desk, contracted, turning, today);
  const second = await pay(desk, period, 'S2');
  const recoveries = await takeBack(desk, today);
  for (const name of ['failed', 'settledUp', 'settledDown'] as const)
    ended[name] = await closeProject(desk, ended[name]);
  say('三个项目结项', 'three projects closed');
  const overdue = await desk.api.call('reviewer', 'listVentureOverdue');
  const audited = await audit(desk, [first, second]);
  const runs = [
    ['S1', first],
    ['S2', second],
  ] as const;
  const recovered = sumFen(Object.values(backOf(turning)));
  const paid = { runs, usedBefore: fen(0), recovered, ...audited };
  return {
    ...contracted,
    round,
    turning,
    first,
    second,
    paid,
    refused: { ...refused, ...afterFirst },
    ended,
    overdue,
    recoveries,
  };
}

async function setBudget({ api, key }: Desk, today: string): Promise<void> {
  const fiscalYear = today.slice(0, 4);
  const line = {
    line: `${fiscalYear}-0829`,
    level: 'district',
    fund: 'lottery',
    appropriated: '3000000.00',
  } as const;
  const body = { programme: VENTURE_PROGRAMME, fiscalYear, lines: [line] };
  await api.call('finance', 'setBudget', { body, key: key(`budget-${fiscalYear}`) });
}

function turningPoints(signed: readonly SampleProject[]): Turning {
  const [failed, settledUp, settledDown, late, ...others] = signed;
  if (!failed || !settledUp || !settledDown || !late || others.length < PASSING)
    throw new Error('the round is too small');
  return { failed, settledUp, settledDown, late, passing: others.slice(0, PASSING) };
}

async function pay(desk: Desk, period: string, round: string): Promise<ClosedRun> {
  const run = await payWithoutTrouble(desk, await computeRun(desk, period, round));
  const { totals } = run.approved;
  desk.say(
    `${round}：${totals?.payable.count} 笔 ${totals?.payable.amount} 元，签批、拨款、报盘、回盘、关闭`,
    `${round} signed, funded, sent, answered, reconciled and closed`,
  );
  return run;
}
