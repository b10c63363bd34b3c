import { READERS } from './role-groups.ts';

/** Statistics (统计): a part of the route table. */
export const STATISTICS_ROUTES = {
  getStatistics: { method: 'GET', path: '/v1/statistics', audience: 'staff', roles: READERS },
  getStatisticsTable: { method: 'GET', path: '/v1/statistics/csv', audience: 'staff', roles: READERS },
  getStatisticsSheet: { method: 'GET', path: '/v1/statistics/sheet', audience: 'staff', roles: READERS },
} as const;
