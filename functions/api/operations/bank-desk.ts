import type { PlainDate } from '../../../domain/calendar.ts';
import type { Tie } from '../../../domain/reconciliation/tie.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { BankQuery } from '../../bank/bank-queries.ts';
import { SHEET_STYLE } from '../approval-sheet.ts';
import { bankQuerySheet, bankTieSheet } from '../bank-sheets.ts';
import type { staffContracts } from '../contracts/staff.ts';
import { LIST_STYLE } from '../list-style.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { type Ageing, breakView, queryView, statementView, tieView } from '../views/bank-desk-views.ts';
import { runView } from '../views/run-view.ts';
import { receivedUpload } from './files.ts';
import { pageAsked } from './page-asked.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

/** A list for the bank has as many lines as somebody would work through; the rest is asked about once these are answered. */
const SHEET_LINES_MAX = 2_000;

export const bankDeskOperations: Pick<
  StaffOperations,
  | 'submitBankStatement'
  | 'listBankStatements'
  | 'listBreaks'
  | 'decideBreak'
  | 'getBankTie'
  | 'getBankTieSheet'
  | 'listBankQueries'
  | 'getBankQuerySheet'
  | 'resendInstructionFile'
> = {
  async submitBankStatement({ actor, body }, services) {
    const { jurisdiction } = actor;
    const upload = await receivedUpload(services, jurisdiction, body.uploadId, 'bank-statement');
    if (!upload.ok) return upload;
    const { objectKey } = upload.value;
    const submitted = await services.runs.submitStatement({
      jurisdiction,
      account: body.account,
      objectKey,
      by: actor.id,
    });
    if (!submitted.ok) return submitted;
    const headers = { location: '/v1/bank-statements', 'retry-after': '2' };
    return ok({ body: { statementId: submitted.value.statementId, account: body.account }, headers });
  },

  async listBankStatements({ actor }, { runs }) {
    return ok({ body: { statements: (await runs.listStatements(actor.jurisdiction)).map(statementView) } });
  },

  async listBreaks({ actor, query }, { runs, clock }) {
    const filter = query.filter ?? 'open';
    const page = pageAsked([actor.id, 'listBreaks', actor.jurisdiction, filter], query);
    if (!page.ok) return page;
    const listed = await runs.listBreaks(actor.jurisdiction, { ...page.value.request, filter });
    const ageing = await ageingTo(clock.today());
    return ok({
      body: { breaks: listed.items.map((one) => breakView(one, ageing)), ...page.value.next(listed) },
    });
  },

  async decideBreak({ actor, params, body }, { runs, clock }) {
    const { jurisdiction, id: by } = actor;
    const decided = await runs.decideBreak({ jurisdiction, breakId: params.breakId, ...body, by });
    return decided.ok ? ok({ body: breakView(decided.value, await ageingTo(clock.today())) }) : decided;
  },

  async getBankTie({ actor, params, query }, { runs, clock }) {
    const tie = await tieOf(runs, actor.jurisdiction, params.account, query.date ?? clock.today());
    return tie.ok ? ok({ body: tieView(params.account, tie.value) }) : tie;
  },

  async getBankTieSheet({ actor, params, query }, { runs, clock }) {
    const tie = await tieOf(runs, actor.jurisdiction, params.account, query.date ?? clock.today());
    return tie.ok ? ok(htmlPage(bankTieSheet(params.account, tie.value), SHEET_STYLE)) : tie;
  },

  async listBankQueries({ actor, params, query }, { runs, clock }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const page = pageAsked([actor.id, 'listBankQueries', runId.value], query);
    if (!page.ok) return page;
    const listed = await runs.listBankQueries(runId.value, page.value.request);
    if (!listed.ok) return listed;
    const ageing = await ageingTo(clock.today());
    const { items } = listed.value;
    return ok({
      body: { queries: items.map((one) => queryView(one, ageing)), ...page.value.next(listed.value) },
    });
  },

  async getBankQuerySheet({ actor, params }, { runs, clock }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const run = await runs.getRun(runId.value);
    if (!run.ok) return run;
    const queries: BankQuery[] = [];
    let startAfter: string | undefined;
    do {
      const limit = SHEET_LINES_MAX - queries.length;
      const page = await runs.listBankQueries(runId.value, {
        limit,
        ...(startAfter !== undefined && { startAfter }),
      });
      if (!page.ok) return page;
      queries.push(...page.value.items);
      startAfter = page.value.next;
    } while (startAfter !== undefined && queries.length < SHEET_LINES_MAX);
    const sheet = bankQuerySheet(run.value, queries, { asOf: clock.today(), more: startAfter !== undefined });
    return ok(htmlPage(sheet, LIST_STYLE));
  },

  async resendInstructionFile({ actor, params, body, effectId }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const run = await runs.resendFile({ runId: runId.value, ...body, by: actor.id, request: effectId });
    return run.ok ? ok({ body: await runView(runs, run.value) }) : run;
  },
};

const tieOf = (
  runs: StaffServices['runs'],
  jurisdiction: string,
  account: string,
  date: PlainDate,
): Promise<Result<Tie>> => runs.tieAccount({ jurisdiction, account, date });

/** The official calendar is loaded by whoever shows an age. */
async function ageingTo(today: PlainDate): Promise<Ageing> {
  const { loadWorkingDays } = await import('../../adapters/working-days.ts');
  return { days: await loadWorkingDays(), today };
}
