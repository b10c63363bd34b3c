import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import {
  decideRecovery,
  deliverRecovery,
  proposeOverpaid,
  receiveRecovery,
  refuseRecovery,
} from '../../../functions/recovery/recoveries.ts';
import { dailyLook } from '../../../functions/unpaid/daily-look.ts';
import { projectAddress } from '../../../functions/venture/carry-out.ts';
import { overdueProjects } from '../../../functions/venture/overdue.ts';
import { yuan } from '../../domain/venture/execution-samples.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import {
  approved,
  bankAnswer,
  closed,
  code,
  computed,
  DISTRICT,
  dispatched,
  type Office,
  reconciled,
  seen,
  value,
} from '../run/office.ts';
import { balances, draftsOf, wholeMonth } from '../run/whole-month.ts';
import {
  executionOffice,
  milestone,
  proposal,
  release,
  signedProject,
  step,
  TODAY,
  VENTURE,
} from './signed-project.ts';

let bureau: Office;
let organisation: string;
let key: string;
beforeAll(async () => {
  ({ bureau, organisation } = await executionOffice());
  key = await signedProject(bureau, organisation, 1, { serviceHours: 100 });
});
afterAll(() => bureau.stop());

const NOVEMBER = { ...VENTURE, period: '2026-11', round: 'S' } as const;
const act = (by: string, command: Parameters<typeof step>[3], project = key) =>
  step(bureau, project, by, command);
const grantsOf = async (project: string) => {
  const found = await bureau.ports.venture.projects.load(project);
  return (await bureau.register.enrolmentRead(projectAddress(found!)))?.determinations ?? [];
};
const ready = async (project: string, tranche: number) => {
  value(await act('staff-recorder', milestone(tranche), project));
  value(await act('staff-preparer', proposal(tranche), project));
};

describe('a project from its contract to what it gives back', () => {
  it('the first tranche is released by one of two who decide at once, and recorded once', async () => {
    expect(code(await act('staff-preparer', proposal(1)))).toBe('missing/milestone');
    await ready(key, 1);
    expect(code(await act('staff-recorder', release(1)))).toBe('forbidden/same-person');
    const both = await Promise.all(['staff-head', 'staff-head-2'].map((by) => act(by, release(1))));
    expect(both.map(code).sort()).toEqual(['accepted', 'conflict/tranche-released']);
    expect(await grantsOf(key)).toMatchObject([
      {
        number: 1,
        kind: 'grant',
        basis: `project:${key}:tranche-1`,
        spans: [{ from: '2026-11', components: [{ component: 'tranche', fen: yuan('14400.00') }] }],
        evidenceBy: 'staff-recorder',
      },
    ]);
  });

  it('reaches the organisation by a run that the recorder neither submits, signs nor dispatches', async () => {
    const review = await computed(bureau, NOVEMBER);
    expect(review.totals).toMatchObject({
      payable: { fen: yuan('14400.00') },
      evidenceBy: ['staff-recorder'],
    });
    const [draft] = await draftsOf(bureau, review);
    expect(draft).toMatchObject({ account: { payee: organisation }, evidenceBy: ['staff-recorder'] });
    const by = 'staff-recorder';
    expect(code(await bureau.actions.submit({ ...seen(bureau, review), by }))).toBe(
      'forbidden/recorded-evidence',
    );
    value(await bureau.actions.submit({ ...seen(bureau, review), by: 'staff-preparer' }));
    const signer = { id: by, roles: ['reviewer'] };
    expect(code(await bureau.actions.sign({ ...seen(bureau, review), signer }))).toBe(
      'forbidden/recorded-evidence',
    );
    value(await bureau.actions.voidRun({ runId: review.runId, reason: '重新发起', by: 'staff-approver' }));
    const signed = await approved(bureau, await computed(bureau, NOVEMBER));
    expect(code(await bureau.actions.dispatch({ runId: signed.runId, by }))).toBe(
      'forbidden/recorded-evidence',
    );
    const sent = await dispatched(bureau, signed);
    for (const bytes of await bankAnswer(bureau, sent)) await reconciled(bureau, sent, bytes);
    const paid = await closed(bureau, sent);
    expect(paid).toMatchObject({
      state: 'closed',
      closing: { tally: { settled: { fen: yuan('14400.00') } } },
    });
  });

  it('the second tranche, whose decider dies before the grant, is granted by the sweeper and paid by the next run alone', async () => {
    value(
      await act('staff-recorder', { kind: 'hours', said: { upTo: TODAY, hours: 60, evidence: '签到表1' } }),
    );
    await ready(key, 2);
    // The mark, the act, its place on the list: then it dies.
    expect(await diesAfter(bureau.faults, 2, () => act('staff-head', release(2)))).toBe(true);
    const found = await bureau.ports.venture.projects.load(key);
    expect(found?.execution.releases[2]?.decided?.by).toBe('staff-head');
    expect(await grantsOf(key)).toHaveLength(1);
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect((await grantsOf(key)).map(({ basis }) => basis)).toEqual([
      `project:${key}:tranche-1`,
      `project:${key}:tranche-2`,
    ]);
    expect(await bureau.ports.venture.decidingProjects.open(bureau.clock.now())).toEqual([]);
    const paid = await wholeMonth(bureau, { identity: NOVEMBER });
    expect(paid).toMatchObject({
      state: 'closed',
      closing: { tally: { settled: { fen: yuan('14400.00') } } },
    });
    const enrolment = await bureau.register.enrolment(DISTRICT, VENTURE.programme, projectAddress(found!).id);
    expect(
      enrolment?.facts.filter(({ kind }) => kind === 'service-hours').map(({ value: said }) => said),
    ).toEqual(['60/30']);
  });

  it('a mid-term file that does not come is on the list, and a failed evaluation releases nothing more', async () => {
    const due = { file: 'mid-term', dueOn: '2026-11-21T17:00', document: '示民函〔2026〕3号' } as const;
    value(await act('staff-clerk', { kind: 'file-due', said: due }));
    const late = { file: 'mid-term', dueOn: due.dueOn, fails: true };
    expect(
      await overdueProjects({ ...bureau.ports.venture, workingDays: loadWorkingDays }, DISTRICT),
    ).toMatchObject({
      files: [{ project: { projectKey: key }, file: late }],
      payments: [],
      unused: [],
    });
    const looked = await dailyLook({ ...bureau.ports, workingDays: loadWorkingDays });
    expect([looked.filesOverdue, looked.waiting]).toEqual([1, 1]);
    const evaluated = { stage: 'mid-term', evidence: '评1', on: TODAY } as const;
    const pass = { kind: 'evaluate', wish: { ...evaluated, score: '90' } } as const;
    expect(code(await act('staff-judge', pass))).toBe('conflict/file-late');
    value(await act('staff-judge', { kind: 'evaluate', wish: { ...evaluated, score: '59.5' } }));
    value(await act('staff-recorder', milestone(3)));
    expect(code(await act('staff-preparer', proposal(3)))).toBe('conflict/evaluation-failed');
  });

  it('is settled: what was not spent is withdrawn and proposed to be recovered, and nothing is paid again', async () => {
    const spend = [{ category: 'activities', item: '活动', fen: yuan('10000.00') }];
    const said = { reason: '审计结算', evidence: '审字〔2026〕1号', spend };
    expect(code(await act('staff-preparer', { kind: 'settle', wish: said }))).toBe('invalid/due-missing');
    value(await act('staff-preparer', { kind: 'settle', wish: { ...said, dueOn: '2026-12-31' } }));
    const wish = { outcome: 'agreed', document: '示民创〔2026〕9号', decidedOn: TODAY } as const;
    const agree = { kind: 'conclude', cause: 'settlement', wish } as const;
    expect(code(await act('staff-preparer', agree))).toBe('forbidden/same-person');
    // It dies before the grants are withdrawn; whoever asks again is told that it is decided, and the sweeper finishes it.
    expect(await diesAfter(bureau.faults, 2, () => act('staff-head', agree))).toBe(true);
    for (let look = 0; look < 2; look += 1) await bureau.sweep();
    await bureau.deliver();
    expect((await grantsOf(key)).at(-1)).toMatchObject({
      kind: 'grant-withdrawn',
      basis: `project:${key}:settlement-withdrawn`,
      spans: [{ from: '2026-11', components: [{ component: 'tranche', fen: yuan('18800.00') }] }],
    });
    const { id } = projectAddress((await bureau.ports.venture.projects.load(key))!);
    const address = { ...VENTURE, enrolment: id };
    const { orders } = await bureau.ports.recoveries.of(address);
    expect(orders).toMatchObject([
      { proposed: { fen: yuan('18800.00'), by: 'staff-preparer', dueOn: '2026-12-31' } },
    ]);

    expect(code(await act('staff-clerk', { kind: 'close' }))).toBe('conflict/recovery-open');
    const ports = { ...bureau.ports, register: bureau.register };
    // Who proposed the order takes it back: what two decided is still to be given back, and the project stays open.
    const proposer = { jurisdiction: DISTRICT, recoveryId: `${id}-Z1`, by: 'staff-preparer' };
    value(await refuseRecovery(ports, proposer, '不再追缴'));
    expect(code(await act('staff-preparer', { kind: 'close' }))).toBe('conflict/recovery-open');
    const again = { reason: '结算应退', dueOn: '2026-12-31' };
    value(await proposeOverpaid(ports, address, again, { by: 'staff-preparer' }));
    const on = { ...proposer, recoveryId: `${id}-Z2`, by: 'staff-approver' };
    value(await decideRecovery(ports, on, { document: '示民追〔2026〕1号', decidedOn: TODAY }));
    value(await deliverRecovery(ports, on, { on: TODAY, means: 'in-person', evidence: '送达回证' }));
    expect((await computed(bureau, NOVEMBER)).totals).toMatchObject({
      payable: { count: 0 },
      recoveries: { count: 0 },
    });
    const receipt = {
      fen: yuan('18800.00'),
      means: 'treasury',
      voucher: 'JK-1',
      on: TODAY,
      evidence: '缴款书1',
    } as const;
    value(await receiveRecovery(ports, on, receipt));
    expect(await balances(bureau)).toEqual({
      'appropriation:2026': 0 - yuan('10000.00'),
      'expense:venture-fund': yuan('10000.00'),
    });
    expect(value(await act('staff-clerk', { kind: 'close' })).execution.closed?.by).toBe('staff-clerk');
  });
});

it('a release whose decider dies at any write is granted once, by the sweeper or when it is asked again', async () => {
  const projects: string[] = [];
  await dyingAtEveryWrite(async (survived) => {
    const project = await signedProject(bureau, organisation, 100 + survived);
    projects.push(project);
    await ready(project, 1);
    return diesAfter(bureau.faults, survived, () => act('staff-head', release(1), project), 'after');
  });
  for (let look = 0; look < 2; look += 1) await bureau.sweep();
  await bureau.deliver();
  const decided = await Promise.all(
    projects.map(async (project) => {
      const found = await bureau.ports.venture.projects.load(project);
      return found?.execution.releases[1]?.decided !== undefined;
    }),
  );
  // The first died after its mark alone.
  expect(decided).toEqual(projects.map((_, index) => index > 0));
  for (const [index, project] of projects.entries()) {
    expect(await grantsOf(project)).toHaveLength(decided[index] ? 1 : 0);
    const again = code(await act('staff-head', release(1), project));
    expect(again).toBe(decided[index] ? 'conflict/tranche-released' : 'accepted');
    expect(await grantsOf(project)).toMatchObject([{ basis: `project:${project}:tranche-1`, number: 1 }]);
  }
});
