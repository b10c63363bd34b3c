import { POLICY_ROUTES } from './policy-routes.ts';
import { PREPARER, READERS, SIGNERS } from './role-groups.ts';

/** Staff and their deputies, links of beneficiaries, policy packs: a part of the route table. */
export const ADMINISTRATION_ROUTES = {
  ...POLICY_ROUTES,
  createStaffMember: {
    method: 'POST',
    path: '/v1/staff',
    audience: 'staff',
    roles: ['administrator'],
    idempotent: true,
  },
  listStaff: {
    method: 'GET',
    path: '/v1/staff',
    audience: 'staff',
    roles: ['administrator', ...SIGNERS],
  },
  grantDelegation: {
    method: 'POST',
    path: '/v1/delegations',
    audience: 'staff',
    roles: ['administrator', ...SIGNERS],
    idempotent: true,
  },
  listDelegations: {
    method: 'GET',
    path: '/v1/delegations',
    audience: 'staff',
    roles: ['administrator', ...READERS],
  },
  revokeDelegation: {
    method: 'POST',
    path: '/v1/delegations/{delegationId}/revocation',
    audience: 'staff',
    roles: ['administrator', ...SIGNERS],
    idempotent: true,
  },
  createBeneficiaryLink: {
    method: 'POST',
    path: '/v1/beneficiary-links',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },

  createPolicyPack: {
    method: 'POST',
    path: '/v1/policy-packs',
    audience: 'staff',
    roles: ['administrator'],
    idempotent: true,
  },
  listPolicyPacks: {
    method: 'GET',
    path: '/v1/policy-packs',
    audience: 'staff',
    roles: ['administrator', ...READERS],
  },
} as const;
