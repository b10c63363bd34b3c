import { OFFICE, PREPARER, READERS, SIGNERS } from './role-groups.ts';

/** Review tasks and changes of standard: a part of the route table. */
export const REVIEW_ROUTES = {
  listReviewTasks: { method: 'GET', path: '/v1/review-tasks', audience: 'staff', roles: OFFICE },
  closeReviewTask: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/review-tasks/{task}/no-change',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  startStandardChange: {
    method: 'POST',
    path: '/v1/standard-changes',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  listStandardChanges: { method: 'GET', path: '/v1/standard-changes', audience: 'staff', roles: READERS },
  getStandardChange: {
    method: 'GET',
    path: '/v1/standard-changes/{batchId}',
    audience: 'staff',
    roles: READERS,
  },
  listStandardChangeProposals: {
    method: 'GET',
    path: '/v1/standard-changes/{batchId}/proposals',
    audience: 'staff',
    roles: OFFICE,
  },
  approveStandardChange: {
    method: 'POST',
    path: '/v1/standard-changes/{batchId}/approval',
    audience: 'staff',
    roles: ['approver'],
    idempotent: true,
  },
  voidStandardChange: {
    method: 'POST',
    path: '/v1/standard-changes/{batchId}/void',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
} as const;
