import { READERS } from './role-groups.ts';

/** The cashier's desk with the bank: statements, queries, breaks and the tie of an account; a part of the route table. */
export const BANK_DESK_ROUTES = {
  submitBankStatement: {
    method: 'POST',
    path: '/v1/bank-statements',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
  listBankStatements: { method: 'GET', path: '/v1/bank-statements', audience: 'staff', roles: READERS },
  listBreaks: { method: 'GET', path: '/v1/breaks', audience: 'staff', roles: READERS },
  decideBreak: {
    method: 'POST',
    path: '/v1/breaks/{breakId}/decision',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  getBankTie: {
    method: 'GET',
    path: '/v1/bank-accounts/{account}/tie',
    audience: 'staff',
    roles: READERS,
  },
  getBankTieSheet: {
    method: 'GET',
    path: '/v1/bank-accounts/{account}/tie-sheet',
    audience: 'staff',
    roles: READERS,
  },
  listBankQueries: {
    method: 'GET',
    path: '/v1/runs/{runId}/bank-queries',
    audience: 'staff',
    roles: READERS,
  },
  getBankQuerySheet: {
    method: 'GET',
    path: '/v1/runs/{runId}/bank-query-sheet',
    audience: 'staff',
    roles: ['cashier', 'reviewer', 'approver', 'auditor'],
  },
  resendInstructionFile: {
    method: 'POST',
    path: '/v1/runs/{runId}/file-resends',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
} as const;
