import { READERS } from './role-groups.ts';

/** The calendar of pay days: a part of the route table. */
export const CALENDAR_ROUTES = {
  getPayCalendar: {
    method: 'GET',
    path: '/v1/calendar',
    audience: 'staff',
    roles: ['administrator', ...READERS],
  },
} as const;
