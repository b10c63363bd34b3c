import { setTimeout as pause } from 'node:timers/promises';
import { addMonths, monthOf } from '../../../domain/calendar.ts';
import { type ApiClient, type Call, waitFor } from '../../../infra/local/demo/api-client.ts';
import { achieve, personOf, prepareBureau } from '../../../infra/local/demo/prepare.ts';
import { changePolicy } from '../../../infra/local/demo/propose-policy.ts';
import { dibaoPack } from '../../functions/determination/bureau.ts';
import {
  HOUSEHOLD_HEADINGS,
  headId,
  headRow,
  memberId,
  memberRow,
} from '../../functions/register/household-sheet.ts';
import { sheet } from '../../functions/register/sheet-fixture.ts';

type Proposed = NonNullable<Call<'createPolicyProposal'>['body']>;
const programme = 'dibao';
/** A batch leaves out what was recorded in the last moments before it started. */
const CUT_OFF_MS = 2_100;

/**
 * Everything that decides about a household, over HTTP, with one household: its sheet, a list that names its head, a run, a proposal and its decision, a second
 * sheet and an event that have it reviewed, and a change of standard approved as a batch, whose last state is answered.
 */
export async function decideAboutOneHousehold(api: ApiClient, today: string): Promise<string> {
  const [thisMonth, nextMonth] = [monthOf(today), addMonths(monthOf(today), 1)];
  await prepareBureau(api, [nextMonth.slice(0, 4)]);
  const budget = [
    { line: '2026-0817', level: 'district', fund: 'general', appropriated: '9000000.00' },
  ] as const;
  const body = { programme, fiscalYear: nextMonth.slice(0, 4), lines: [...budget] };
  await api.call('finance', 'setBudget', { body, key: 'budget-dibao' });
  // The sweeper looks where a run was started.
  const run = { programme, period: nextMonth, round: 'R' };
  await achieve(
    async () => (await api.pages('preparer', 'listRuns')).some(({ runs }) => runs.length > 0),
    () => api.call('preparer', 'startRun', { body: run, key: 'run-dibao' }),
  );

  const bring = async (name: string, wage: string) => {
    const file = sheet([headRow(1, { employment: '在职', wage }), memberRow(1, 1)], HOUSEHOLD_HEADINGS);
    const uploadId = await api.upload(
      'preparer',
      'households',
      { name: `${name}.csv`, bytes: file },
      `${name}-file`,
    );
    const sent = { uploadId, kind: 'households', programme } as const;
    const { importId } = await api.call('preparer', 'createImport', { body: sent, key: name });
    await waitFor(name, async () => {
      const { state, counts } = await api.call('preparer', 'getImport', { params: { importId } });
      return state === 'done' ? counts : undefined;
    });
  };
  await bring('before', '1800');
  await matchHead(api, today);
  const enrolmentId = (await personOf(api, headId(1))).enrolments[0]?.enrolmentId ?? '';
  const params = { enrolmentId };
  const asked = { kind: 'initial', appliedOn: `${addMonths(thisMonth, -1)}-05` } as const;
  const proposal = await api.call('preparer', 'proposeDetermination', {
    params,
    body: { asked },
    key: 'propose',
  });
  const decision = { hash: proposal.hash, document: '示民救〔2026〕1号', decidedOn: today };
  await api.call('approver', 'decideDetermination', {
    params: { ...params, proposalId: proposal.proposalId },
    body: decision,
    key: 'decide',
  });

  await bring('after', '1900');
  const task = await openTask(api);
  await api.call('reviewer', 'closeReviewTask', {
    params: { ...params, task: `${task.task}` },
    body: { causes: task.causes.length, reason: '差额不大' },
    key: 'close-task',
  });
  const member = await personOf(api, memberId(1, 1));
  await api.call('preparer', 'recordHouseholdEvent', {
    params: { householdKey: enrolmentId.split('-')[1] ?? '' },
    body: {
      event: 'new-head',
      person: member.personKey,
      formerHead: 'parent',
      from: nextMonth,
      evidence: '户口簿',
    },
    key: 'event',
  });
  await openTask(api);
  return await changeStandard(api, today);
}

/** A list of vehicles: by policy a task for the street, which holds nothing. */
async function matchHead(api: ApiClient, today: string): Promise<void> {
  const rows = `姓名,身份证号,登记日期\n张户主,${headId(1)},2025-03-01\n`;
  const file = { name: 'vehicles.csv', bytes: Buffer.from(rows) };
  const uploadId = await api.upload('preparer', 'matching', file, 'vehicles-file');
  const body = { uploadId, kind: 'vehicle', source: 'vehicle-office', listDate: today } as const;
  const { listId } = await api.call('preparer', 'createMatchingList', { body, key: 'vehicles' });
  await waitFor('the list', async () => {
    const { import: read } = await api.call('preparer', 'getMatchingList', { params: { listId } });
    return read.state === 'done' && read.counts?.changed === 1 ? read : undefined;
  });
}

async function openTask(api: ApiClient) {
  return await waitFor('a review task', async () => {
    const { tasks } = await api.call('reviewer', 'listReviewTasks', { query: { programme } });
    return tasks[0];
  });
}

/** A higher standard from next month on; the batch decides about the household as the last act. */
async function changeStandard(api: ApiClient, today: string): Promise<string> {
  const pack = dibaoPack('110000');
  const { inForceTo: _open, ...before } = pack.values.find(({ parameter }) => parameter === 'standard')!;
  const inForceFrom = addMonths(monthOf(today), 1);
  const standard = { urban: '1990.00', rural: '1990.00' };
  // A district that sets its own standard sets it for every month that may become money.
  const own = { ...before, inForceFrom: '2026-10', inForceTo: monthOf(today), decidedOn: '2026-01-05' };
  const values = [own, { ...before, inForceFrom, decidedOn: today, value: standard }];
  const packs = [{ ...pack, jurisdiction: '110199', values }] as unknown as Proposed['packs'];
  const raised = await changePolicy(api, { packs, reason: '提高标准' }, '示民政发〔2026〕1号', 'pack');
  if (raised.state !== 'in-force') throw new Error(`the new standard is ${raised.state}`);
  const start = {
    programme,
    document: '京民社救发〔2026〕70号',
    issuedOn: today,
    through: addMonths(inForceFrom, 1),
  };
  await pause(CUT_OFF_MS);
  const { batchId } = await api.call('preparer', 'startStandardChange', { body: start, key: 'batch' });
  const params = { batchId };
  const state = async (wanted: string) =>
    await waitFor(wanted, async () => {
      const batch = await api.call('approver', 'getStandardChange', { params });
      return batch.state === wanted ? batch : undefined;
    });
  const { hash = '', totals } = await state('review');
  if (totals?.households !== 1) throw new Error(`the batch is about ${JSON.stringify(totals)}`);
  const approval = { hash, document: '示民救〔2026〕2号', decidedOn: today };
  await api.call('approver', 'approveStandardChange', { params, body: approval, key: 'approve' });
  return (await state('applied')).state;
}
