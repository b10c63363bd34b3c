import { PREPARER, READERS, SIGNERS } from './role-groups.ts';

/** Controls, public notice and its objections, and the log of personal data handed over: a part of the route table. */
export const CONTROL_ROUTES = {
  listControls: {
    method: 'GET',
    path: '/v1/controls',
    audience: 'staff',
    roles: ['administrator', ...READERS],
  },
  getNoticeList: {
    method: 'GET',
    path: '/v1/runs/{runId}/notice-list',
    audience: 'staff',
    roles: ['preparer', 'reviewer', 'approver'],
  },
  listDisclosures: {
    method: 'GET',
    path: '/v1/disclosures',
    audience: 'staff',
    roles: ['administrator', 'auditor'],
  },
  listObjections: {
    method: 'GET',
    path: '/v1/enrolments/{enrolmentId}/publicity-objections',
    audience: 'staff',
    roles: ['preparer', 'reviewer', 'approver', 'auditor'],
    streets: true,
  },
  openObjection: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/publicity-objections',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
    streets: true,
  },
  resolveObjection: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/publicity-objections/{number}/resolution',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
    streets: true,
  },
  confirmObjection: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/publicity-objections/{number}/confirmation',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
} as const;
