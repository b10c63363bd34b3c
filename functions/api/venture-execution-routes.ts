import { OFFICE, PREPARER, READERS, SIGNERS } from './role-groups.ts';

const DESK = ['preparer', 'reviewer', 'approver'] as const;
const PROPOSERS = ['preparer', 'reviewer'] as const;
const PAGES = ['auditor', ...OFFICE] as const;
const post = { method: 'POST', audience: 'staff', idempotent: true } as const;
const get = { method: 'GET', audience: 'staff' } as const;
const project = '/v1/venture/projects/{projectKey}';
const call = '/v1/venture/calls/{callId}';

/** From signed contracts of the venture fund to their closing: a part of the route table. */
export const VENTURE_EXECUTION_ROUTES = {
  // Whoever records a milestone neither submits, signs nor dispatches a run that pays for it.
  recordVentureMilestones: { ...post, path: `${call}/milestones`, roles: OFFICE },
  proposeVentureReleases: { ...post, path: `${call}/releases`, roles: PROPOSERS },
  decideVentureReleases: { ...post, path: `${call}/release-decisions`, roles: SIGNERS },
  setVentureFileDue: { ...post, path: `${call}/file-deadlines`, roles: DESK },
  receiveVentureFiles: { ...post, path: `${call}/files`, roles: OFFICE },
  evaluateVentureProjects: { ...post, path: `${call}/evaluations`, roles: DESK },
  getVentureExecution: { ...get, path: `${project}/execution`, roles: READERS },
  withdrawVentureMilestone: { ...post, path: `${project}/milestone-withdrawals`, roles: DESK },
  excuseVentureFile: { ...post, path: `${project}/file-excuses`, roles: SIGNERS },
  reportVentureHours: { ...post, path: `${project}/service-hours`, roles: OFFICE },
  reportVentureSpend: { ...post, path: `${project}/spend-reports`, roles: OFFICE },
  openVentureRectification: { ...post, path: `${project}/rectifications`, roles: DESK },
  acceptVentureRectification: { ...post, path: `${project}/rectifications/{number}/acceptance`, roles: DESK },
  proposeVentureChange: { ...post, path: `${project}/changes`, roles: PREPARER },
  decideVentureChange: { ...post, path: `${project}/changes/decision`, roles: SIGNERS },
  proposeVentureSettlement: { ...post, path: `${project}/settlement`, roles: PROPOSERS },
  decideVentureSettlement: { ...post, path: `${project}/settlement/decision`, roles: SIGNERS },
  proposeVentureTermination: { ...post, path: `${project}/termination`, roles: PROPOSERS },
  decideVentureTermination: { ...post, path: `${project}/termination/decision`, roles: SIGNERS },
  proposeVentureUnused: { ...post, path: `${project}/unused-money`, roles: PROPOSERS },
  decideVentureUnused: { ...post, path: `${project}/unused-money/decision`, roles: SIGNERS },
  closeVentureProject: { ...post, path: `${project}/closing`, roles: DESK },
  getVenturePaymentSheet: { ...get, path: `${project}/payment-sheet`, roles: PAGES },
  getVentureReleaseRequest: { ...get, path: `${project}/releases/{number}/request`, roles: PAGES },
  listVentureOverdue: { ...get, path: '/v1/venture/overdue', roles: READERS },
} as const;
