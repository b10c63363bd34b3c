import { READERS } from './role-groups.ts';

/** Payments made by hand, beside the unsettled ones that they settle: a part of the route table. */
export const OUTSIDE_PAYMENT_ROUTES = {
  proposeOutsidePayment: {
    method: 'POST',
    path: '/v1/runs/{runId}/unsettled/{paymentId}/outside-payment',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  listOutsidePayments: {
    method: 'GET',
    path: '/v1/runs/{runId}/outside-payments',
    audience: 'staff',
    roles: READERS,
  },
  decideOutsidePayment: {
    method: 'POST',
    path: '/v1/runs/{runId}/outside-payments/{outsideId}/decision',
    audience: 'staff',
    roles: ['reviewer', 'approver', 'cashier'],
    idempotent: true,
  },
  withdrawOutsidePayment: {
    method: 'POST',
    path: '/v1/runs/{runId}/outside-payments/{outsideId}/withdrawal',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  reportOutsideReturn: {
    method: 'POST',
    path: '/v1/runs/{runId}/outside-payments/{outsideId}/return',
    audience: 'staff',
    roles: ['cashier'],
    idempotent: true,
  },
} as const;
