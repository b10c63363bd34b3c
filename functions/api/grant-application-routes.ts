import { OFFICE, PREPARER, SIGNERS } from './role-groups.ts';

const DESK = ['preparer', 'reviewer', 'approver'] as const;
const LISTS = ['auditor', ...OFFICE] as const;
const acts = { method: 'POST', audience: 'staff', idempotent: true, streets: true } as const;
const reads = { method: 'GET', audience: 'staff', streets: true } as const;
const ONE = '/v1/grant-applications/{applicationId}' as const;

/** Applications for single grants (一次性给付申请): a part of the route table. Townships work on those of their own street. */
export const GRANT_APPLICATION_ROUTES = {
  listGrantProgrammes: { ...reads, path: '/v1/grant-programmes', roles: LISTS },
  assessGrant: {
    method: 'POST',
    path: '/v1/grant-assessments',
    audience: 'staff',
    roles: DESK,
    streets: true,
  },
  createGrantApplication: { ...acts, path: '/v1/grant-applications', roles: PREPARER },
  listGrantApplications: { ...reads, path: '/v1/grant-applications', roles: LISTS },
  getGrantApplication: { ...reads, path: ONE, roles: LISTS },
  restateGrantApplication: { ...acts, path: `${ONE}/restatement`, roles: PREPARER },
  withdrawGrantApplication: { ...acts, path: `${ONE}/withdrawal`, roles: PREPARER },
  grantApplication: { ...acts, path: `${ONE}/grant`, roles: SIGNERS },
  rejectGrantApplication: { ...acts, path: `${ONE}/rejection`, roles: SIGNERS },
  receiveGrantPapers: { ...acts, path: `${ONE}/papers`, roles: PREPARER },
  proposeGrantStop: { ...acts, path: `${ONE}/stop-proposal`, roles: DESK },
  decideGrantStop: { ...acts, path: `${ONE}/stop-decision`, roles: SIGNERS },
  getGrantApplicationSheet: { ...reads, path: `${ONE}/sheet`, roles: OFFICE },
  getGrantRejectionNotice: { ...reads, path: `${ONE}/rejection-notice`, roles: OFFICE },
  listOverdueGrantPapers: { ...reads, path: '/v1/overdue-grant-papers', roles: LISTS },
  getOverdueGrantPapersSheet: { ...reads, path: '/v1/overdue-grant-papers/sheet', roles: OFFICE },
  getGrantPublicity: { ...reads, path: '/v1/grant-publicity', roles: OFFICE },
} as const;
