import type { BudgetLine } from '../../../domain/budget/line.ts';
import { parseYuan } from '../../../domain/money.ts';
import { liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import {
  BUDGET_STYLE,
  budgetReportSheet,
  fundingSheet,
  fundingSummarySheet,
  REPORT_STYLE,
} from '../budget-sheets.ts';
import { fundingTable } from '../budget-tables.ts';
import type { budgetContracts } from '../contracts/budgets.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { htmlPage } from '../page-policy.ts';
import { budgetView, reportView, summaryView } from '../views/budget-view.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const budgets: Pick<StaffOperations, keyof typeof budgetContracts> = {
  async setBudget({ actor, body }, { runs }) {
    const programme = programmeById(body.programme);
    if (!programme.ok) return programme;
    const lines = budgetLines(body.lines);
    if (!lines.ok) return lines;
    const budget = await runs.setBudget({
      jurisdiction: actor.jurisdiction,
      programme: body.programme,
      fiscalYear: body.fiscalYear,
      lines: lines.value,
      by: actor.id,
    });
    return budget.ok ? ok({ body: budgetView(budget.value) }) : budget;
  },

  async getBudget({ actor, params }, { runs }) {
    const budget = await runs.getBudget({ jurisdiction: actor.jurisdiction, ...params });
    return ok({ body: budgetView(budget) });
  },

  async recordBudgetAct({ actor, params, body, effectId }, { runs }) {
    const programme = programmeById(params.programme);
    if (!programme.ok) return programme;
    const { amount, ...act } = body;
    const parsed = parseYuan(amount);
    if (!parsed.ok) return parsed;
    const budget = await runs.recordBudgetAct(
      { jurisdiction: actor.jurisdiction, ...params },
      { ...present(act), id: effectId, fen: parsed.value, by: actor.id },
    );
    return budget.ok ? ok({ body: budgetView(budget.value) }) : budget;
  },

  async proposeYearEnd({ actor, params, body }, { runs }) {
    const plan = { surplus: body.surplus, except: body.except ?? [] };
    const key = { jurisdiction: actor.jurisdiction, ...params };
    const budget = await runs.proposeYearEnd(key, plan, actor.id);
    return budget.ok ? ok({ body: budgetView(budget.value) }) : budget;
  },

  async confirmYearEnd({ actor, params, body }, { runs }) {
    const key = { jurisdiction: actor.jurisdiction, ...params };
    const budget = await runs.confirmYearEnd(key, body.proposedAt, actor.id);
    return budget.ok ? ok({ body: budgetView(budget.value) }) : budget;
  },

  async getBudgetReport({ actor, query }, { runs }) {
    const asked = reportAsked(actor, query);
    if (!asked.ok) return asked;
    const { jurisdiction, fiscalYear } = asked.value;
    return ok({ body: reportView(jurisdiction, fiscalYear, await runs.budgetReport(asked.value)) });
  },

  async getBudgetReportSheet({ actor, query }, { runs }) {
    const asked = reportAsked(actor, query);
    if (!asked.ok) return asked;
    const { jurisdiction, fiscalYear } = asked.value;
    const sheet = budgetReportSheet(jurisdiction, fiscalYear, await runs.budgetReport(asked.value));
    return ok(htmlPage(sheet, REPORT_STYLE));
  },

  async getFundingSheet({ actor, params }, { runs, staff }) {
    const request = await requestOf(runs, actor, params.runId);
    if (!request.ok) return request;
    const names = await staff.namesOf(actor.jurisdiction);
    const recipients = await runs.countRecipients(request.value.run);
    return ok(htmlPage(fundingSheet(request.value, recipients, names), BUDGET_STYLE));
  },

  async getFundingTable({ actor, params }, { runs }) {
    const request = await requestOf(runs, actor, params.runId);
    return request.ok ? ok(tableOf(fundingTable([request.value]))) : request;
  },

  async getFundingSummary({ actor, params: { month } }, { runs }) {
    const requests = await runs.fundingSummary(actor.jurisdiction, month);
    return ok({ body: summaryView(actor.jurisdiction, month, requests) });
  },

  async getFundingSummarySheet({ actor, params: { month } }, { runs }) {
    const requests = await runs.fundingSummary(actor.jurisdiction, month);
    return ok(htmlPage(fundingSummarySheet(actor.jurisdiction, month, requests), BUDGET_STYLE));
  },

  async getFundingSummaryTable({ actor, params: { month } }, { runs }) {
    return ok(tableOf(fundingTable(await runs.fundingSummary(actor.jurisdiction, month))));
  },
};

const tableOf = (body: string) => ({ body, contentType: 'text/csv; charset=utf-8' });

/** Leaves out what was not given. */
const present = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** A run that is not computed has nothing to ask for. */
async function requestOf(runs: StaffServices['runs'], actor: StaffActor, asked: string) {
  const runId = runInReach(actor, asked);
  if (!runId.ok) return runId;
  const request = await runs.fundingRequest(runId.value);
  if (!request.ok || request.value.totals) return request;
  return refuse(
    refusal('conflict/state', '批次尚未核算完成', 'the run is not computed yet', {
      state: request.value.run.state,
    }),
  );
}

type ReportQuery = {
  readonly fiscalYear: string;
  readonly programme?: string | undefined;
  readonly jurisdiction?: string | undefined;
  readonly ledger?: 'true' | 'false' | undefined;
  readonly period?: string | undefined;
};

/** Auditors see those inside their jurisdiction, too. Entries are read for one programme at a time. */
function reportAsked(
  actor: StaffActor,
  { fiscalYear, programme, jurisdiction, ledger, period }: ReportQuery,
) {
  const place = jurisdiction ?? actor.jurisdiction;
  const inReach =
    place === actor.jurisdiction ||
    (actor.roles.includes('auditor') && liesWithin(place, actor.jurisdiction));
  if (!inReach || place === '')
    return refuse(
      refusal('forbidden/jurisdiction', '只能查看本区划的预算', 'only budgets of your own jurisdiction', {
        jurisdiction: place,
      }),
    );
  if (programme !== undefined) {
    const known = programmeById(programme);
    if (!known.ok) return known;
  }
  if (ledger === 'true' && programme === undefined)
    return refuse(
      refusal(
        'invalid/programme',
        '与总账核对须指定项目（programme）',
        'name the programme that is to be tied to the ledger',
      ),
    );
  return ok({
    jurisdiction: place,
    fiscalYear,
    ledger: ledger === 'true',
    ...present({ programme, period }),
  });
}

type LineInput = {
  readonly [K in keyof Omit<BudgetLine, 'appropriated' | 'carriedFrom'>]: BudgetLine[K] | undefined;
} & {
  readonly line: string;
  readonly level: BudgetLine['level'];
  readonly fund: BudgetLine['fund'];
  readonly appropriated: string;
};

function budgetLines(inputs: readonly LineInput[]): Result<BudgetLine[]> {
  const lines: BudgetLine[] = [];
  for (const { appropriated, line, level, fund, functional, economic } of inputs) {
    const amount = parseYuan(appropriated);
    if (!amount.ok) return amount;
    if (lines.some((earlier) => earlier.line === line)) {
      return refuse(
        refusal('invalid/budget-line-twice', `指标“${line}”重复`, `budget line "${line}" twice`, { line }),
      );
    }
    const codes = present({ functional, economic });
    lines.push({ line, level, fund, ...codes, appropriated: amount.value });
  }
  return ok(lines);
}
