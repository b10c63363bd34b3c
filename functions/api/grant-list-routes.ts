import { OFFICE, PREPARER, READERS, SIGNERS } from './role-groups.ts';

/** Lists of grants: a part of the route table. */
export const GRANT_LIST_ROUTES = {
  listGrantLists: { method: 'GET', path: '/v1/grant-lists', audience: 'staff', roles: READERS },
  getGrantList: { method: 'GET', path: '/v1/grant-lists/{importId}', audience: 'staff', roles: READERS },
  decideGrantList: {
    method: 'POST',
    path: '/v1/grant-lists/{importId}/decision',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  proposeGrantRowWithdrawal: {
    method: 'POST',
    path: '/v1/grant-lists/{importId}/rows/{row}/withdrawal-proposal',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  decideGrantRowWithdrawal: {
    method: 'POST',
    path: '/v1/grant-lists/{importId}/rows/{row}/withdrawal-decision',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  getGrantListSheet: {
    method: 'GET',
    path: '/v1/grant-lists/{importId}/sheet',
    audience: 'staff',
    roles: READERS,
  },
  getGrantListNotice: {
    method: 'GET',
    path: '/v1/grant-lists/{importId}/notice',
    audience: 'staff',
    roles: OFFICE,
  },
} as const;
