import { parsePaymentId, subjectOf } from '../../../domain/ids.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { maskedPersons } from '../views/masked-persons.ts';
import type { MaskedBody } from '../views/person-view.ts';
import {
  bankResultView,
  exceptionView,
  holdView,
  recoveryView,
  unsettledView,
} from '../views/reconciliation-views.ts';
import { runView } from '../views/run-view.ts';
import { receivedUpload } from './files.ts';
import { pageAsked } from './page-asked.ts';
import { runInReach, seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const reconciliation: Pick<
  StaffOperations,
  | 'submitBankResult'
  | 'listBankResults'
  | 'listExceptions'
  | 'reportUnanswered'
  | 'decideException'
  | 'listUnsettled'
  | 'clearUnsettled'
  | 'listHolds'
  | 'releaseHold'
  | 'listRecoveryProposals'
> = {
  async submitBankResult({ actor, params, body }, services) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const upload = await receivedUpload(services, actor.jurisdiction, body.uploadId, 'bank-result');
    if (!upload.ok) return upload;
    const { objectKey, fileName } = upload.value;
    const result = await services.runs.submitBankResult({
      runId: runId.value,
      objectKey,
      fileName,
      by: actor.id,
    });
    if (!result.ok) return result;
    const { resultId } = result.value;
    const headers = { location: `/v1/runs/${runId.value}/bank-results`, 'retry-after': '2' };
    return ok({ body: { resultId, runId: runId.value }, headers });
  },

  async listBankResults({ actor, params }, { runs }) {
    const listed = await inReach(actor, params.runId, runs.listBankResults);
    return listed.ok ? ok({ body: { results: listed.value.map(bankResultView) } }) : listed;
  },

  async listExceptions({ actor, params, query }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const page = pageAsked([actor.id, 'listExceptions', runId.value], query);
    if (!page.ok) return page;
    const listed = await runs.listExceptions(runId.value, page.value.request);
    if (!listed.ok) return listed;
    const { items } = listed.value;
    return ok({ body: { exceptions: items.map(exceptionView), ...page.value.next(listed.value) } });
  },

  async reportUnanswered({ actor, params, body }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const reported = await runs.reportUnanswered({ runId: runId.value, ...body, by: actor.id });
    return reported.ok ? ok({ body: exceptionView(reported.value) }) : reported;
  },

  async decideException({ actor, params, body }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const { exceptionId } = params;
    const run = await runs.decideException({ runId: runId.value, exceptionId, ...body, by: actor.id });
    return run.ok ? ok({ body: await runView(runs, run.value) }) : run;
  },

  async listUnsettled({ actor, params, query }, { runs, register }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const page = pageAsked([actor.id, 'listUnsettled', runId.value], query);
    if (!page.ok) return page;
    const listed = await runs.listUnsettled(runId.value, page.value.request);
    if (!listed.ok) return listed;
    const { items } = listed.value;
    const subjects = items.map(({ payment }) => subjectOf(parsePaymentId(payment).enrolment));
    const persons = await personsFor(actor, register, subjects);
    const payments = items.map((attempt, index) =>
      unsettledView(attempt, persons.get(subjects[index] ?? '')),
    );
    return ok({ body: { payments, ...page.value.next(listed.value) } });
  },

  async clearUnsettled({ actor, params, body }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const { paymentId: payment } = params;
    const cleared = await runs.clearUnsettled({
      runId: runId.value,
      payment,
      reason: body.reason,
      by: actor.id,
    });
    return cleared.ok ? ok({ body: unsettledView(cleared.value) }) : cleared;
  },

  async listHolds({ actor, query }, { runs, register }) {
    const programme = programmeById(query.programme);
    if (!programme.ok) return programme;
    const page = pageAsked([actor.id, 'listHolds', actor.jurisdiction, query.programme], query);
    if (!page.ok) return page;
    const listed = await runs.listHolds(actor.jurisdiction, query.programme, page.value.request);
    const subjects = listed.items.map(({ enrolment }) => subjectOf(enrolment));
    const persons = await personsFor(actor, register, subjects);
    const holds = listed.items.map((hold) => holdView(hold, persons.get(subjectOf(hold.enrolment))));
    return ok({ body: { holds, ...page.value.next(listed) } });
  },

  async releaseHold({ actor, params, body }, { runs }) {
    const hold = await runs.releaseHold({
      jurisdiction: actor.jurisdiction,
      holdId: params.holdId,
      reason: body.reason,
      by: actor.id,
    });
    return hold.ok ? ok({ body: holdView(hold.value) }) : hold;
  },

  async listRecoveryProposals({ actor, query }, { runs, register }) {
    const programme = programmeById(query.programme);
    if (!programme.ok) return programme;
    const page = pageAsked([actor.id, 'listRecoveryProposals', actor.jurisdiction, query.programme], query);
    if (!page.ok) return page;
    const listed = await runs.listRecoveryProposals(actor.jurisdiction, query.programme, page.value.request);
    const subjects = listed.items.map(({ enrolment }) => subjectOf(enrolment));
    const persons = await personsFor(actor, register, subjects);
    const proposals = listed.items.map((proposal) =>
      recoveryView(proposal, persons.get(subjectOf(proposal.enrolment))),
    );
    return ok({ body: { proposals, ...page.value.next(listed) } });
  },
};

async function inReach<T>(
  actor: StaffActor,
  runId: string,
  read: (runId: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  const reached = runInReach(actor, runId);
  return reached.ok ? read(reached.value) : reached;
}

/** Nobody is looked up for those who work with figures only. */
async function personsFor(
  actor: StaffActor,
  register: StaffServices['register'],
  keys: readonly string[],
): Promise<ReadonlyMap<string, MaskedBody>> {
  return seesPersons(actor) ? maskedPersons(register, keys) : new Map();
}
