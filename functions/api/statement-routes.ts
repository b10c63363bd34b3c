import { OFFICE } from './role-groups.ts';

/** The statement of one person over all programmes (个人发放对账单): for the office, and for the person. */
export const STATEMENT_ROUTES = {
  getPersonStatement: {
    method: 'GET',
    path: '/v1/persons/{personKey}/statement',
    audience: 'staff',
    roles: OFFICE,
  },
  getPersonStatementSheet: {
    method: 'GET',
    path: '/v1/persons/{personKey}/statement-sheet',
    audience: 'staff',
    roles: OFFICE,
  },
} as const;
