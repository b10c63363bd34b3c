import { OFFICE, READERS, SIGNERS } from './role-groups.ts';
import { STATEMENT_ROUTES } from './statement-routes.ts';

const DESK = ['preparer', 'reviewer'] as const;

/** Recovery orders (追缴), and the statement in which a person reads them: a part of the route table. */
export const RECOVERY_ROUTES = {
  ...STATEMENT_ROUTES,
  proposeRecovery: {
    method: 'POST',
    path: '/v1/recoveries',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
  },
  listRecoveries: { method: 'GET', path: '/v1/recoveries', audience: 'staff', roles: READERS },
  getRecovery: { method: 'GET', path: '/v1/recoveries/{recoveryId}', audience: 'staff', roles: READERS },
  decideRecovery: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/decision',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  deliverRecovery: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/delivery',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
  },
  receiveRecovery: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/receipts',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  proposeRecoveryRelief: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/relief',
    audience: 'staff',
    roles: DESK,
    idempotent: true,
  },
  decideRecoveryRelief: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/relief/decision',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  pauseRecovery: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/pause',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  resumeRecovery: {
    method: 'POST',
    path: '/v1/recoveries/{recoveryId}/resumption',
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  getRecoveryNotice: {
    method: 'GET',
    path: '/v1/recoveries/{recoveryId}/notice-sheet',
    audience: 'staff',
    roles: OFFICE,
  },
  listRecoverables: { method: 'GET', path: '/v1/recoverables', audience: 'staff', roles: READERS },
  getRecoverablesSheet: {
    method: 'GET',
    path: '/v1/recoverables-sheet',
    audience: 'staff',
    roles: OFFICE,
  },
  getRecoverySheet: { method: 'GET', path: '/v1/recovery-sheet', audience: 'staff', roles: OFFICE },
} as const;
