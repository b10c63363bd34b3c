import { OFFICE, PREPARER, SIGNERS } from './role-groups.ts';

/** Streets' monthly change reports, papers and reviews: a part of the route table. */
export const STREET_ROUTES = {
  prepareStreetReport: {
    method: 'POST',
    path: '/v1/street-reports',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
    streets: true,
  },
  listStreetReports: {
    method: 'GET',
    path: '/v1/street-reports',
    audience: 'staff',
    roles: ['auditor', ...OFFICE],
    streets: true,
  },
  getStreetReport: {
    method: 'GET',
    path: '/v1/street-reports/{reportId}',
    audience: 'staff',
    roles: ['auditor', ...OFFICE],
    streets: true,
  },
  listStreetReportRows: {
    method: 'GET',
    path: '/v1/street-reports/{reportId}/rows',
    audience: 'staff',
    roles: OFFICE,
    streets: true,
  },
  signStreetReport: {
    method: 'POST',
    path: '/v1/street-reports/{reportId}/signature',
    audience: 'staff',
    roles: ['reviewer'],
    idempotent: true,
    streets: true,
  },
  decideStreetReport: {
    method: 'POST',
    path: '/v1/street-reports/{reportId}/decision',
    audience: 'staff',
    roles: ['preparer', 'reviewer'],
    idempotent: true,
  },
  recordStreetChange: {
    method: 'POST',
    path: '/v1/street-changes',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  listStreets: {
    method: 'GET',
    path: '/v1/streets',
    audience: 'staff',
    roles: ['auditor', ...OFFICE],
    streets: true,
  },
  recordPapers: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/papers',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
    streets: true,
  },
  listReviews: { method: 'GET', path: '/v1/reviews', audience: 'staff', roles: OFFICE, streets: true },
} as const;
