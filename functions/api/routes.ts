import { ACCOUNT_FILE_ROUTES } from './account-file-routes.ts';
import { ADMINISTRATION_ROUTES } from './administration-routes.ts';
import { ASSESSMENT_ROUTES } from './assessment-routes.ts';
import { AUDIT_ROUTES } from './audit-routes.ts';
import { BANK_DESK_ROUTES } from './bank-desk-routes.ts';
import { BANK_FORMAT_ROUTES } from './bank-format-routes.ts';
import { BENEFICIARY_ROUTES } from './beneficiary-routes.ts';
import { BUDGET_ROUTES } from './budget-routes.ts';
import { CALENDAR_ROUTES } from './calendar-routes.ts';
import { CASE_ROUTES } from './case-routes.ts';
import { CONTROL_ROUTES } from './control-routes.ts';
import { DETERMINATION_ROUTES } from './determination-routes.ts';
import { GRANT_APPLICATION_ROUTES } from './grant-application-routes.ts';
import { GRANT_LIST_ROUTES } from './grant-list-routes.ts';
import { HOUSEHOLD_ROUTES } from './household-routes.ts';
import { IMPREST_ROUTES } from './imprest-routes.ts';
import { OPEN_PAYMENT_ROUTES } from './open-payment-routes.ts';
import { OPENING_ROUTES } from './opening-routes.ts';
import { OUTSIDE_PAYMENT_ROUTES } from './outside-payment-routes.ts';
import { PAYEE_ROUTES } from './payee-routes.ts';
import { RECOVERY_ROUTES } from './recovery-routes.ts';
import { REVIEW_ROUTES } from './review-routes.ts';
import { OFFICE, PREPARER, READERS, SECOND_PERSONS } from './role-groups.ts';
import { STATISTICS_ROUTES } from './statistics-routes.ts';
import { STREET_ROUTES } from './street-routes.ts';
import { VENTURE_EXECUTION_ROUTES } from './venture-execution-routes.ts';
import { VENTURE_ROUTES } from './venture-routes.ts';

/**
 * The one route table, as plain data made of nothing but data: CDK makes gateway routes of it, the local host serves it, each
 * API function binds every operation of its audience to a handler (exhaustively typed), and the OpenAPI document is
 * generated from it together with contracts.ts.
 *
 * `roles`: who may call; a caller needs one of them in the token's role claim. An empty list means no sign-in.
 * `idempotent`: the POST creates or moves money and needs an `Idempotency-Key` header.
 */
export const ROLES = [
  'preparer',
  'reviewer',
  'approver',
  'cashier',
  'finance-bureau',
  'administrator',
  'auditor',
  'beneficiary',
] as const;
export type Role = (typeof ROLES)[number];
export type Audience = 'public' | 'staff' | 'beneficiary' | 'audit';
export type Route = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly audience: Audience;
  readonly roles: readonly Role[];
  readonly idempotent?: true;
  /** Staff of one street may call it too, for their street alone; every other operation is for staff of the district. */
  readonly streets?: true;
};

export const ROUTES = {
  getHealth: { method: 'GET', path: '/v1/health', audience: 'public', roles: [] },
  getOpenApi: { method: 'GET', path: '/openapi.json', audience: 'public', roles: [] },
  getDocumentation: { method: 'GET', path: '/docs', audience: 'public', roles: [] },

  ...ADMINISTRATION_ROUTES,
  ...ASSESSMENT_ROUTES,
  ...BUDGET_ROUTES,
  ...CALENDAR_ROUTES,
  ...DETERMINATION_ROUTES,
  ...HOUSEHOLD_ROUTES,
  ...REVIEW_ROUTES,
  ...PAYEE_ROUTES,
  ...ACCOUNT_FILE_ROUTES,
  ...GRANT_LIST_ROUTES,

  ...CASE_ROUTES,
  ...GRANT_APPLICATION_ROUTES,
  ...IMPREST_ROUTES,
  ...STREET_ROUTES,
  ...CONTROL_ROUTES,
  ...BANK_FORMAT_ROUTES,
  ...VENTURE_ROUTES,
  ...VENTURE_EXECUTION_ROUTES,

  createUpload: {
    method: 'POST',
    path: '/v1/uploads',
    audience: 'staff',
    roles: OFFICE,
    idempotent: true,
    streets: true,
  },
  createImport: { method: 'POST', path: '/v1/imports', audience: 'staff', roles: PREPARER, idempotent: true },
  getImport: { method: 'GET', path: '/v1/imports/{importId}', audience: 'staff', roles: READERS },
  getSheetTemplate: {
    method: 'GET',
    path: '/v1/sheet-templates/{kind}',
    audience: 'staff',
    roles: OFFICE,
    streets: true,
  },

  searchPersons: { method: 'POST', path: '/v1/person-searches', audience: 'staff', roles: OFFICE },
  getPerson: { method: 'GET', path: '/v1/persons/{personKey}', audience: 'staff', roles: OFFICE },
  proposeAccountChange: {
    method: 'POST',
    path: '/v1/persons/{personKey}/account-changes',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  confirmAccountChange: {
    method: 'POST',
    path: '/v1/persons/{personKey}/account-changes/{changeId}/confirmation',
    audience: 'staff',
    roles: SECOND_PERSONS,
    idempotent: true,
  },

  startRun: { method: 'POST', path: '/v1/runs', audience: 'staff', roles: PREPARER, idempotent: true },
  listRuns: { method: 'GET', path: '/v1/runs', audience: 'staff', roles: READERS },
  getRun: { method: 'GET', path: '/v1/runs/{runId}', audience: 'staff', roles: READERS },
  getReview: { method: 'GET', path: '/v1/runs/{runId}/review', audience: 'staff', roles: READERS },
  listRunPayments: { method: 'GET', path: '/v1/runs/{runId}/payments', audience: 'staff', roles: OFFICE },
  listRunActs: { method: 'GET', path: '/v1/runs/{runId}/acts', audience: 'staff', roles: READERS },
  getApprovalSheet: {
    method: 'GET',
    path: '/v1/runs/{runId}/approval-sheet',
    audience: 'staff',
    roles: ['preparer', 'reviewer', 'approver', 'auditor'],
  },
  holdPayment: {
    method: 'POST',
    path: '/v1/runs/{runId}/holds',
    audience: 'staff',
    roles: ['preparer', 'reviewer'],
    idempotent: true,
  },
  liftHold: {
    method: 'POST',
    path: '/v1/runs/{runId}/hold-lifts',
    audience: 'staff',
    roles: ['preparer', 'reviewer'],
    idempotent: true,
  },
  proposeOverride: {
    method: 'POST',
    path: '/v1/runs/{runId}/overrides',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  confirmOverride: {
    method: 'POST',
    path: '/v1/runs/{runId}/override-confirmations',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  recomputeRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/recompute',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  submitRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/submission',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  sendBackRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/send-back',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  signRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/signatures',
    audience: 'staff',
    // A deputy may have no signing role of his own; the run says who may.
    roles: ['preparer', 'reviewer', 'approver'],
    idempotent: true,
  },
  voidRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/void',
    audience: 'staff',
    roles: ['approver'],
    idempotent: true,
  },
  requestFunding: {
    method: 'POST',
    path: '/v1/runs/{runId}/funding-request',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
  getFundingRequest: {
    method: 'GET',
    path: '/v1/runs/{runId}/funding-request',
    audience: 'staff',
    roles: READERS,
  },
  fundRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/funding',
    audience: 'staff',
    roles: ['finance-bureau'],
    idempotent: true,
  },
  returnFundingRequest: {
    method: 'POST',
    path: '/v1/runs/{runId}/funding-return',
    audience: 'staff',
    roles: ['finance-bureau'],
    idempotent: true,
  },
  reverseFunding: {
    method: 'POST',
    path: '/v1/runs/{runId}/funding-reversal',
    audience: 'staff',
    roles: ['finance-bureau'],
    idempotent: true,
  },
  dispatchRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/dispatch',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
  listInstructionFiles: {
    method: 'GET',
    path: '/v1/runs/{runId}/instruction-files',
    audience: 'staff',
    roles: ['cashier'],
  },
  submitBankResult: {
    method: 'POST',
    path: '/v1/runs/{runId}/bank-results',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
  listBankResults: {
    method: 'GET',
    path: '/v1/runs/{runId}/bank-results',
    audience: 'staff',
    roles: READERS,
  },
  listExceptions: { method: 'GET', path: '/v1/runs/{runId}/exceptions', audience: 'staff', roles: READERS },
  reportUnanswered: {
    method: 'POST',
    path: '/v1/runs/{runId}/exceptions',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
  decideException: {
    method: 'POST',
    path: '/v1/runs/{runId}/exceptions/{exceptionId}/decision',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  listUnsettled: { method: 'GET', path: '/v1/runs/{runId}/unsettled', audience: 'staff', roles: READERS },
  clearUnsettled: {
    method: 'POST',
    path: '/v1/runs/{runId}/unsettled/{paymentId}/clearance',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  ...OUTSIDE_PAYMENT_ROUTES,
  ...OPEN_PAYMENT_ROUTES,
  ...RECOVERY_ROUTES,
  ...STATISTICS_ROUTES,
  ...BANK_DESK_ROUTES,
  ...OPENING_ROUTES,
  closeRun: {
    method: 'POST',
    path: '/v1/runs/{runId}/close',
    audience: 'staff',
    roles: ['reviewer'],
    idempotent: true,
  },
  listHolds: { method: 'GET', path: '/v1/holds', audience: 'staff', roles: READERS },
  releaseHold: {
    method: 'POST',
    path: '/v1/holds/{holdId}/release',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  listRecoveryProposals: { method: 'GET', path: '/v1/recovery-proposals', audience: 'staff', roles: READERS },

  ...AUDIT_ROUTES,

  ...BENEFICIARY_ROUTES,
} as const satisfies Record<string, Route>;
export type OperationId = keyof typeof ROUTES;

/** The operations of one audience: what its function must bind. */
export type OperationOf<A extends Audience> = {
  [Id in OperationId]: (typeof ROUTES)[Id]['audience'] extends A ? Id : never;
}[OperationId];
