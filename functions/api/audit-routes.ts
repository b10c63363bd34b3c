/** What auditors read and take with them: a part of the route table. */
export const AUDIT_ROUTES = {
  getAuditRun: { method: 'GET', path: '/v1/audit/runs/{runId}', audience: 'audit', roles: ['auditor'] },
  listAuditActs: {
    method: 'GET',
    path: '/v1/audit/runs/{runId}/acts',
    audience: 'audit',
    roles: ['auditor'],
  },
  createExport: {
    method: 'POST',
    path: '/v1/audit/exports',
    audience: 'audit',
    roles: ['auditor'],
    idempotent: true,
  },
  getExport: { method: 'GET', path: '/v1/audit/exports/{exportId}', audience: 'audit', roles: ['auditor'] },
  getTrialBalance: {
    method: 'GET',
    path: '/v1/audit/runs/{runId}/trial-balance',
    audience: 'audit',
    roles: ['auditor'],
  },
} as const;
