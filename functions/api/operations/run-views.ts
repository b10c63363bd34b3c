import { monthsOfPeriod } from '../../../domain/calendar.ts';
import { subjectOf } from '../../../domain/ids.ts';
import { toYuan } from '../../../domain/money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { Run } from '../../../domain/run/run.ts';
import { placesOn } from '../../../domain/street/street-history.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { approvalSheet, SHEET_STYLE } from '../approval-sheet.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { actViews } from '../views/act-view.ts';
import { draftView } from '../views/draft-view.ts';
import { maskedPersons } from '../views/masked-persons.ts';
import { fundingView, reviewView, runView, summaryView } from '../views/run-view.ts';
import { disclose } from './disclose.ts';
import { openTallies } from './open-payments.ts';
import { pageAsked } from './page-asked.ts';
import { runInReach, seesPersons } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const runViews: Pick<
  StaffOperations,
  | 'listRuns'
  | 'getRun'
  | 'getReview'
  | 'getApprovalSheet'
  | 'listRunPayments'
  | 'listRunActs'
  | 'getFundingRequest'
  | 'listInstructionFiles'
> = {
  async listRuns({ actor, query }, { runs }) {
    const { programme } = query;
    const page = pageAsked([actor.id, 'listRuns', actor.jurisdiction, programme ?? ''], query);
    if (!page.ok) return page;
    const listed = await runs.listRuns(actor.jurisdiction, {
      ...page.value.request,
      ...(programme !== undefined && { programme }),
    });
    return ok({ body: { runs: listed.items.flatMap(summaryView), ...page.value.next(listed) } });
  },

  async getRun({ actor, params }, { runs }) {
    const run = await runFor(runs, actor, params.runId);
    return run.ok ? ok({ body: await runView(runs, run.value) }) : run;
  },

  async getReview({ actor, params }, { runs, register }) {
    const run = await runFor(runs, actor, params.runId);
    if (!run.ok) return run;
    const body = await runView(runs, run.value);
    const detailed = seesPersons(actor) || actor.roles.includes('auditor');
    const notAssessed = detailed ? await runs.assessmentRefusals(run.value) : [];
    const streetNames = namesOf(run.value, await register.streetNames(actor.jurisdiction));
    const unpaid = await runs.lastLook(actor.jurisdiction);
    return ok({ body: reviewView(run.value, body, { notAssessed, detailed, streetNames, unpaid }) });
  },

  async getApprovalSheet({ actor, params }, { runs, staff }) {
    const found = await runFor(runs, actor, params.runId);
    if (!found.ok) return found;
    const run = found.value;
    const { totals } = run;
    if (!totals) return refuse(notComputed());
    const members = await staff.staffOf(actor.jurisdiction);
    const findings = await runs.runFindings(run);
    const staffNames = new Map(members.map(({ staffId, name }) => [staffId, name]));
    const unpaid = await openTallies(runs, actor.jurisdiction, run.manifest.programme);
    return ok(
      htmlPage(
        approvalSheet({ run, totals, unpaid, hash: runs.runHashOf(run), staffNames, findings }),
        SHEET_STYLE,
      ),
    );
  },

  async listRunPayments({ actor, params, query }, { runs, register }) {
    const run = await runFor(runs, actor, params.runId);
    if (!run.ok) return run;
    const filter = query.filter ?? 'all';
    const scope = [actor.id, 'listRunPayments', params.runId, filter];
    const asked = pageAsked(scope, query);
    if (!asked.ok) return asked;
    const page = await runs.listDrafts(params.runId, { filter, ...asked.value.request });
    if (!page.ok) return page;
    const { drafts } = page.value;
    const keys = drafts.flatMap(({ enrolment, account }) => [
      subjectOf(enrolment),
      ...(account ? [account.payee] : []),
    ]);
    const persons = await maskedPersons(register, keys);
    const payments = drafts.map((draft) => draftView(run.value, draft, persons));
    return ok({ body: { payments, ...asked.value.next(page.value) } });
  },

  async listRunActs({ actor, params }, { runs, staff }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const acts = await runs.listActs(runId.value);
    if (!acts.ok) return acts;
    const names = await staff.namesOf(actor.jurisdiction);
    return ok({ body: { runId: params.runId, acts: actViews(acts.value, names) } });
  },

  async getFundingRequest({ actor, params }, { runs, register }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const request = await runs.fundingRequest(runId.value);
    if (!request.ok) return request;
    const streetNames = namesOf(request.value.run, await register.streetNames(actor.jurisdiction));
    return ok({ body: fundingView(request.value, streetNames) });
  },

  async listInstructionFiles({ actor, params, query }, services) {
    const { runs, files } = services;
    const run = await runFor(runs, actor, params.runId);
    if (!run.ok) return run;
    if (run.value.files.length > 0)
      await disclose(services, actor, 'instruction-files', run.value.runId, query.reason);
    const listed = run.value.files.map(async ({ fileNumber, fileName, objectKey, count, fen, sha256 }) => ({
      fileNumber,
      fileName,
      count,
      amount: toYuan(fen),
      sha256,
      url: await files.downloadLink(objectKey, fileName),
    }));
    return ok({ body: { files: await Promise.all(listed) } });
  },
};

/** Names as they were in the period; those that sheets gave where no change was ever recorded. */
function namesOf({ manifest }: Run, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const places = placesOn(manifest.streetChanges ?? [], `${monthsOfPeriod(manifest.period).at(-1) ?? ''}-31`);
  return new Map([...names, ...[...places.values()].map(({ code, name }) => [code, name] as const)]);
}

export const notComputed = (): Refusal =>
  refusal(
    'conflict/not-computed',
    '批次尚未核算完成，还不能打印：请待核算完成后再打印',
    'the run is not computed yet, so there is nothing to print: print it when it is',
  );

async function runFor(runs: StaffServices['runs'], actor: StaffActor, runId: string): Promise<Result<Run>> {
  const inReach = runInReach(actor, runId);
  return inReach.ok ? runs.getRun(inReach.value) : inReach;
}
