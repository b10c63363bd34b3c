import { OFFICE, PREPARER, SIGNERS } from './role-groups.ts';

const DESK = ['preparer', 'reviewer'] as const;
const LISTS = ['auditor', ...OFFICE] as const;

/** Matching lists, cases and relatives of staff: a part of the route table. */
export const CASE_ROUTES = {
  createMatchingList: {
    method: 'POST',
    path: '/v1/matching-lists',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  listMatchingLists: { method: 'GET', path: '/v1/matching-lists', audience: 'staff', roles: LISTS },
  getMatchingList: { method: 'GET', path: '/v1/matching-lists/{listId}', audience: 'staff', roles: LISTS },
  listMatches: {
    method: 'GET',
    path: '/v1/matching-lists/{listId}/matches',
    audience: 'staff',
    roles: OFFICE,
  },
  getDeathReport: { method: 'GET', path: '/v1/matching/deaths/report', audience: 'staff', roles: LISTS },
  reportCase: {
    method: 'POST',
    path: '/v1/cases',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
    streets: true,
  },
  listCases: { method: 'GET', path: '/v1/cases', audience: 'staff', roles: LISTS, streets: true },
  getCase: { method: 'GET', path: '/v1/cases/{caseId}', audience: 'staff', roles: LISTS, streets: true },
  assignCase: {
    method: 'POST',
    path: '/v1/cases/{caseId}/assignment',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
  },
  verifyCase: {
    method: 'POST',
    path: '/v1/cases/{caseId}/verification',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
    streets: true,
  },
  notifyCase: {
    method: 'POST',
    path: '/v1/cases/{caseId}/notice',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
    streets: true,
  },
  decideCase: {
    method: 'POST',
    path: '/v1/cases/{caseId}/decision',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  getCaseNotice: {
    method: 'GET',
    path: '/v1/cases/{caseId}/notice-sheet',
    audience: 'staff',
    roles: OFFICE,
    streets: true,
  },
  getCaseSheet: { method: 'GET', path: '/v1/case-sheet', audience: 'staff', roles: LISTS, streets: true },
  getCaseTable: { method: 'GET', path: '/v1/case-sheet/csv', audience: 'staff', roles: LISTS, streets: true },
  listCaseExports: {
    method: 'GET',
    path: '/v1/case-exports',
    audience: 'staff',
    roles: ['auditor', 'administrator', 'approver'],
  },
  declareRelative: {
    method: 'POST',
    path: '/v1/staff/relatives',
    audience: 'staff',
    roles: ['administrator', ...OFFICE],
    idempotent: true,
    streets: true,
  },
  listRelatives: {
    method: 'GET',
    path: '/v1/staff/relatives',
    audience: 'staff',
    roles: ['administrator', 'auditor', ...OFFICE],
    streets: true,
  },
} as const;
