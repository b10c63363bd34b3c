import { READERS, SIGNERS } from './role-groups.ts';

/** 政策提议: who may see them, and who proposes. */
const POLICY_READERS = ['administrator', ...READERS] as const;
const PROPOSERS = ['administrator', 'preparer'] as const;

/** Policy: the book as a file, proposals with their effect, decisions on them, and the catalogue of rules: a part of the route table. */
export const POLICY_ROUTES = {
  createPolicyProposal: {
    method: 'POST',
    path: '/v1/policy-proposals',
    audience: 'staff',
    roles: PROPOSERS,
    idempotent: true,
  },
  listPolicyProposals: {
    method: 'GET',
    path: '/v1/policy-proposals',
    audience: 'staff',
    roles: POLICY_READERS,
  },
  getPolicyProposal: {
    method: 'GET',
    path: '/v1/policy-proposals/{proposalId}',
    audience: 'staff',
    roles: POLICY_READERS,
  },
  listPolicyEffect: {
    method: 'GET',
    path: '/v1/policy-proposals/{proposalId}/effect',
    audience: 'staff',
    roles: ['preparer', 'reviewer', 'approver', 'auditor'],
  },
  workOutPolicyEffect: {
    method: 'POST',
    path: '/v1/policy-proposals/{proposalId}/effect',
    audience: 'staff',
    roles: [...PROPOSERS, ...SIGNERS],
    idempotent: true,
  },
  getPolicyEffectSheet: {
    method: 'GET',
    path: '/v1/policy-proposals/{proposalId}/effect-sheet',
    audience: 'staff',
    roles: ['preparer', 'reviewer', 'approver', 'auditor'],
  },
  approvePolicyProposal: {
    method: 'POST',
    path: '/v1/policy-proposals/{proposalId}/approval',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  rejectPolicyProposal: {
    method: 'POST',
    path: '/v1/policy-proposals/{proposalId}/rejection',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  withdrawPolicyProposal: {
    method: 'POST',
    path: '/v1/policy-proposals/{proposalId}/withdrawal',
    audience: 'staff',
    roles: PROPOSERS,
    idempotent: true,
  },
  exportPolicyBook: {
    method: 'GET',
    path: '/v1/policy-book',
    audience: 'staff',
    roles: POLICY_READERS,
  },
  importPolicyBook: {
    method: 'POST',
    path: '/v1/policy-book-imports',
    audience: 'staff',
    roles: PROPOSERS,
    idempotent: true,
  },
  getCatalogue: { method: 'GET', path: '/v1/catalogue', audience: 'staff', roles: POLICY_READERS },
  getCatalogueText: {
    method: 'GET',
    path: '/v1/catalogue/markdown',
    audience: 'staff',
    roles: POLICY_READERS,
  },
} as const;
