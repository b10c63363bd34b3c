import { OFFICE, PREPARER, SIGNERS } from './role-groups.ts';

/** Proposals and determinations of programmes that pay by decision: a part of the route table. */
export const DETERMINATION_ROUTES = {
  proposeDetermination: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/determination-proposals',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  listEnrolmentProposals: {
    method: 'GET',
    path: '/v1/enrolments/{enrolmentId}/determination-proposals',
    audience: 'staff',
    roles: OFFICE,
  },
  decideDetermination: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/determination-proposals/{proposalId}/decision',
    audience: 'staff',
    roles: ['approver'],
    idempotent: true,
  },
  rejectProposal: {
    method: 'POST',
    path: '/v1/enrolments/{enrolmentId}/determination-proposals/{proposalId}/rejection',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  listOpenProposals: {
    method: 'GET',
    path: '/v1/determination-proposals',
    audience: 'staff',
    roles: OFFICE,
  },
  listDeterminations: {
    method: 'GET',
    path: '/v1/enrolments/{enrolmentId}/determinations',
    audience: 'staff',
    roles: [...OFFICE, 'auditor'],
  },
  getDeterminationStatement: {
    method: 'GET',
    path: '/v1/enrolments/{enrolmentId}/determination-statement',
    audience: 'staff',
    roles: OFFICE,
  },
} as const;
