import { OFFICE, SECOND_PERSONS } from './role-groups.ts';

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
    roles: SECOND_PERSONS,
    idempotent: true,
  },
} as const;
