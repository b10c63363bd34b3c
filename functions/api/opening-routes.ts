import { PREPARER, READERS } from './role-groups.ts';

/** Opening entries at go-live: a part of the route table. Review, signatures, posting and closing are those of runs. */
export const OPENING_ROUTES = {
  startOpening: {
    method: 'POST',
    path: '/v1/openings',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  startParallelRun: {
    method: 'POST',
    path: '/v1/parallel-runs',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  compareParallelRun: {
    method: 'POST',
    path: '/v1/parallel-runs/{runId}/comparison',
    audience: 'staff',
    roles: PREPARER,
  },
  getOpening: {
    method: 'GET',
    path: '/v1/openings/{runId}',
    audience: 'staff',
    roles: READERS,
  },
} as const;
