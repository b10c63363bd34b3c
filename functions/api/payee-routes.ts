import { OFFICE, PREPARER, READERS, SIGNERS } from './role-groups.ts';

/** Payees: a part of the route table. */
export const PAYEE_ROUTES = {
  listPayees: {
    method: 'GET',
    path: '/v1/enrolments/{enrolmentId}/payees',
    audience: 'staff',
    roles: OFFICE,
  },
  proposePayeeChange: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/payee-changes',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  confirmPayeeChange: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/payee-changes/{changeId}/confirmation',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  listPayeeChanges: { method: 'GET', path: '/v1/payee-changes', audience: 'staff', roles: OFFICE },
  listPayeeEndings: { method: 'GET', path: '/v1/payee-endings', audience: 'staff', roles: READERS },
} as const;
