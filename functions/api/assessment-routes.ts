/** Trying out cases, and the schemas of what is stated and set: a part of the route table. Nothing of it is stored. */
const ROLES = ['preparer', 'reviewer', 'approver', 'auditor'] as const;

export const ASSESSMENT_ROUTES = {
  createAssessment: { method: 'POST', path: '/v1/assessments', audience: 'staff', roles: ROLES },
  listSchemas: { method: 'GET', path: '/v1/schemas', audience: 'staff', roles: ROLES },
  getSchemas: { method: 'GET', path: '/v1/schemas/{programme}', audience: 'staff', roles: ROLES },
} as const;
