import { OFFICE, PREPARER, READERS, SIGNERS } from './role-groups.ts';

const DESK = ['preparer', 'reviewer', 'approver'] as const;
const PAGES = ['auditor', ...OFFICE] as const;
const post = { method: 'POST', audience: 'staff', idempotent: true } as const;
const get = { method: 'GET', audience: 'staff' } as const;

/** From a call of the venture fund (公益创投) to signed contracts: a part of the route table. */
export const VENTURE_ROUTES = {
  openVentureCall: { ...post, path: '/v1/venture/calls', roles: PREPARER },
  listVentureCalls: { ...get, path: '/v1/venture/calls', roles: READERS },
  getVentureCall: { ...get, path: '/v1/venture/calls/{callId}', roles: READERS },
  registerVentureOrganisation: { ...post, path: '/v1/venture/organisations', roles: PREPARER },
  listVentureOrganisations: { ...get, path: '/v1/venture/organisations', roles: READERS },
  getVentureOrganisation: { ...get, path: '/v1/venture/organisations/{personKey}', roles: READERS },
  recordOrganisationStatus: { ...post, path: '/v1/venture/organisations/{personKey}/status', roles: DESK },
  banVentureOrganisation: { ...post, path: '/v1/venture/organisations/{personKey}/bans', roles: SIGNERS },
  fileVentureProject: { ...post, path: '/v1/venture/calls/{callId}/projects', roles: PREPARER },
  listVentureProjects: { ...get, path: '/v1/venture/calls/{callId}/projects', roles: READERS },
  getVentureProject: { ...get, path: '/v1/venture/projects/{projectKey}', roles: READERS },
  importVentureProjects: { ...post, path: '/v1/venture/calls/{callId}/sheets', roles: PREPARER },
  getVentureSheet: { ...get, path: '/v1/venture/calls/{callId}/sheets/{importId}', roles: READERS },
  screenVentureProjects: { ...post, path: '/v1/venture/calls/{callId}/screenings', roles: SIGNERS },
  scoreVentureProjects: { ...post, path: '/v1/venture/calls/{callId}/scores', roles: DESK },
  shortlistVentureProjects: { ...post, path: '/v1/venture/calls/{callId}/shortlist', roles: SIGNERS },
  publiciseVentureProjects: { ...post, path: '/v1/venture/calls/{callId}/publicity', roles: DESK },
  draftVentureContracts: { ...post, path: '/v1/venture/calls/{callId}/contracts', roles: PREPARER },
  signVentureContracts: { ...post, path: '/v1/venture/calls/{callId}/signatures', roles: SIGNERS },
  overrideVentureBlock: { ...post, path: '/v1/venture/projects/{projectKey}/overrides', roles: SIGNERS },
  dropVentureProject: { ...post, path: '/v1/venture/projects/{projectKey}/drop', roles: DESK },
  objectToVentureProject: { ...post, path: '/v1/venture/projects/{projectKey}/objections', roles: DESK },
  decideVentureObjection: {
    ...post,
    path: '/v1/venture/projects/{projectKey}/objections/{number}/decision',
    roles: SIGNERS,
  },
  getVentureAgreement: { ...get, path: '/v1/venture/projects/{projectKey}/agreement', roles: PAGES },
  getVentureNotice: { ...get, path: '/v1/venture/calls/{callId}/notice', roles: PAGES },
} as const;
