import { OFFICE, SIGNERS } from './role-groups.ts';

/** The bank's change of many accounts at once: a part of the route table. */
export const ACCOUNT_FILE_ROUTES = {
  getAccountFile: {
    method: 'GET',
    path: '/v1/account-files/{importId}',
    audience: 'staff',
    roles: OFFICE,
  },
  confirmAccountFile: {
    method: 'POST',
    path: '/v1/account-files/{importId}/confirmation',
    audience: 'staff',
    // The cashier signs no step of a run: with him as second person nobody is missing at the next signature.
    roles: ['cashier', ...SIGNERS],
    idempotent: true,
  },
} as const;
