import { OFFICE, PREPARER, READERS, SECOND_PERSONS } from './role-groups.ts';

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
    roles: SECOND_PERSONS,
    idempotent: true,
  },
  listPayeeChanges: { method: 'GET', path: '/v1/payee-changes', audience: 'staff', roles: OFFICE },
  listPayeeEndings: { method: 'GET', path: '/v1/payee-endings', audience: 'staff', roles: READERS },
} as const;
