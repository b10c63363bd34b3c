import { toYuan } from '../../../domain/money.ts';
import type { SampleProject } from '../sample/project-rows.ts';
import type { Desk } from './payment-run.ts';
import { SPENT, spentLines } from './venture-expected.ts';
import { allDone, type Contracted } from './venture-round.ts';

/** Projects whose mid-term goes well in this demo; the others are still at work. */
export const PASSING = 5;

/** Projects that something happens to after the first tranche, by what it is. */
export type Turning = {
  readonly passing: readonly SampleProject[];
  /** Fails its mid-term evaluation, and is ended: what is unspent comes back. */
  readonly failed: SampleProject;
  /** Spends all of its grant: the settlement pays the rest. */
  readonly settledUp: SampleProject;
  /** Spends less than was paid: the settlement asks the rest back. */
  readonly settledDown: SampleProject;
  /** Its file for the mid-term is missing. */
  readonly late: SampleProject;
};
type Due = { readonly number: string; readonly tranche: number };

/** Milestones by one person, releases proposed by another and decided by a third; again, and by one who has no business, in vain. */
export async function release(
  { api, key }: Desk,
  callId: string,
  due: readonly Due[],
  today: string,
  reachedOn: string,
): Promise<Record<'milestoneTwice' | 'ownMilestone', string>> {
  const params = { callId };
  const name = `${due[0]?.tranche}-${due.length}`;
  const milestones = due.map((one) => ({
    ...one,
    reachedOn,
    evidence: `卷2026-${one.number.slice(5)}-${one.tranche}`,
  }));
  await allDone(
    api.call('preparer-2', 'recordVentureMilestones', {
      params,
      body: { milestones },
      key: key(`reached-${name}`),
    }),
  );
  const again = await api.call('preparer', 'recordVentureMilestones', {
    params,
    body: { milestones: milestones.slice(0, 1) },
    key: key(`reached-again-${name}`),
  });
  const releases = due.map((one) => ({
    ...one,
    papers: { invoice: `票据2026-${one.number.slice(5)}-${one.tranche}` },
  }));
  await allDone(
    api.call('reviewer', 'proposeVentureReleases', {
      params,
      body: { releases },
      key: key(`propose-${name}`),
    }),
  );
  const decisions = due.map((one) => ({ ...one, outcome: 'released' as const }));
  const body = { document: '示民拨〔2026〕12号（样例）', decidedOn: today, decisions };
  const own = await api.call('reviewer', 'decideVentureReleases', {
    params,
    body: { ...body, decisions: decisions.slice(0, 1) },
    key: key(`decide-own-${name}`),
  });
  await allDone(api.call('approver', 'decideVentureReleases', { params, body, key: key(`decide-${name}`) }));
  return { milestoneTwice: again.refused[0]?.code ?? '', ownMilestone: own.refused[0]?.code ?? '' };
}

/** Some pass their mid-term and get the second tranche; one fails, and one has sent no file: nothing more is released to them. */
export async function midTerms(
  desk: Desk,
  contracted: Contracted,
  { passing, failed, late }: Turning,
  today: string,
): Promise<Record<'afterFailure' | 'withoutFile', string>> {
  const { api, key, say } = desk;
  const { callId } = contracted;
  const params = { callId };
  const deadline = {
    file: 'mid-term' as const,
    dueOn: '2026-10-15T17:00',
    document: '示民函〔2026〕101号（样例）',
    numbers: [late.number],
  };
  await allDone(api.call('reviewer', 'setVentureFileDue', { params, body: deadline, key: key('file-due') }));
  for (const project of [...passing, failed]) await reportSpend(desk, contracted, project, SPENT.some, today);
  const evaluations = [
    ...passing.map(({ number }) => ({ number, score: '88', evidence: `评估2026-${number.slice(5)}` })),
    { number: failed.number, score: '55.5', evidence: `评估2026-${failed.number.slice(5)}` },
  ];
  const evaluate = { stage: 'mid-term', on: today, evaluations } as const;
  await allDone(
    api.call('reviewer', 'evaluateVentureProjects', { params, body: evaluate, key: key('mid-term') }),
  );
  const missing = await api.call('reviewer', 'evaluateVentureProjects', {
    params,
    body: {
      stage: 'mid-term',
      on: today,
      evaluations: [{ number: late.number, score: '88', evidence: '评估2026-999' }],
    },
    key: key('mid-term-late'),
  });
  await release(
    desk,
    callId,
    passing.map(({ number }) => ({ number, tranche: 2 })),
    today,
    today,
  );
  const reached = { number: failed.number, tranche: 2, reachedOn: today, evidence: '卷2026-998' };
  await allDone(
    api.call('preparer-2', 'recordVentureMilestones', {
      params,
      body: { milestones: [reached] },
      key: key('reached-failed'),
    }),
  );
  const releases = [{ number: failed.number, tranche: 2, papers: { invoice: '票据2026-998' } }];
  const stopped = await api.call('reviewer', 'proposeVentureReleases', {
    params,
    body: { releases },
    key: key('propose-failed'),
  });
  say(
    `中期评估：${passing.length} 个通过并拨付第二期，一个不合格停拨，一个材料逾期不得通过`,
    `mid-terms: ${passing.length} passed and get their second tranche, one failed, one has sent no file`,
  );
  return { afterFailure: stopped.refused[0]?.code ?? '', withoutFile: missing.refused[0]?.code ?? '' };
}

/** So much of every line of the budget, spent by today. */
async function reportSpend(
  desk: Desk,
  { keys }: Contracted,
  project: SampleProject,
  percent: number,
  today: string,
): Promise<void> {
  const { number } = project;
  const body = { upTo: today, lines: spendLines(project, percent), evidence: `支出2026-${number.slice(5)}` };
  const call = { params: { projectKey: keys.get(number) ?? '' }, body, key: desk.key(`spend-${number}`) };
  await desk.api.call('preparer', 'reportVentureSpend', call);
}

export const spendLines = (project: SampleProject, percent: number) =>
  spentLines(project, percent).map(({ category, item, fen: amount }) => ({
    category,
    item,
    amount: toYuan(amount),
  }));
