import { READERS } from './role-groups.ts';

const FINANCE = ['finance-bureau'] as const;

/** Budget lines, the close of a year, funding requests on paper and the budget report: a part of the route table. */
export const BUDGET_ROUTES = {
  setBudget: {
    method: 'POST',
    path: '/v1/budgets',
    audience: 'staff',
    roles: FINANCE,
    idempotent: true,
  },
  getBudget: {
    method: 'GET',
    path: '/v1/budgets/{programme}/{fiscalYear}',
    audience: 'staff',
    roles: READERS,
  },
  recordBudgetAct: {
    method: 'POST',
    path: '/v1/budgets/{programme}/{fiscalYear}/acts',
    audience: 'staff',
    roles: FINANCE,
    idempotent: true,
  },
  proposeYearEnd: {
    method: 'POST',
    path: '/v1/budgets/{programme}/{fiscalYear}/year-end',
    audience: 'staff',
    roles: FINANCE,
    idempotent: true,
  },
  confirmYearEnd: {
    method: 'POST',
    path: '/v1/budgets/{programme}/{fiscalYear}/year-end/confirmation',
    audience: 'staff',
    roles: FINANCE,
    idempotent: true,
  },
  getBudgetReport: {
    method: 'GET',
    path: '/v1/budgets/report',
    audience: 'staff',
    roles: READERS,
  },
  getBudgetReportSheet: {
    method: 'GET',
    path: '/v1/budgets/report-sheet',
    audience: 'staff',
    roles: READERS,
  },
  getFundingSheet: {
    method: 'GET',
    path: '/v1/runs/{runId}/funding-request/sheet',
    audience: 'staff',
    roles: READERS,
  },
  getFundingTable: {
    method: 'GET',
    path: '/v1/runs/{runId}/funding-request/table',
    audience: 'staff',
    roles: READERS,
  },
  getFundingSummary: {
    method: 'GET',
    path: '/v1/funding-summaries/{month}',
    audience: 'staff',
    roles: READERS,
  },
  getFundingSummarySheet: {
    method: 'GET',
    path: '/v1/funding-summaries/{month}/sheet',
    audience: 'staff',
    roles: READERS,
  },
  getFundingSummaryTable: {
    method: 'GET',
    path: '/v1/funding-summaries/{month}/table',
    audience: 'staff',
    roles: READERS,
  },
} as const;
