import { OFFICE, PREPARER } from './role-groups.ts';

/** Households and what happens to them: a part of the route table. */
export const HOUSEHOLD_ROUTES = {
  getHousehold: {
    method: 'GET',
    path: '/v1/households/{householdKey}',
    audience: 'staff',
    roles: OFFICE,
  },
  recordHouseholdEvent: {
    method: 'POST',
    path: '/v1/households/{householdKey}/events',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
} as const;
