import { OFFICE, READERS } from './role-groups.ts';

/** Payments that failed or came back, whatever run they are of, and money that nobody claims: a part of the route table. */
export const OPEN_PAYMENT_ROUTES = {
  listOpenPayments: { method: 'GET', path: '/v1/open-payments', audience: 'staff', roles: READERS },
  getOpenPaymentsSheet: { method: 'GET', path: '/v1/open-payments/sheet', audience: 'staff', roles: OFFICE },
  giveNotice: {
    method: 'POST',
    path: '/v1/open-payments/{paymentId}/notice',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  proposeSurrender: {
    method: 'POST',
    path: '/v1/open-payments/{paymentId}/surrender',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  decideSurrender: {
    method: 'POST',
    path: '/v1/open-payments/{paymentId}/surrenders/{surrenderId}/decision',
    audience: 'staff',
    roles: ['reviewer', 'approver'],
    idempotent: true,
  },
  claimSurrendered: {
    method: 'POST',
    path: '/v1/open-payments/{paymentId}/claim',
    audience: 'staff',
    roles: ['preparer', 'cashier'],
    idempotent: true,
  },
  listSurrenders: { method: 'GET', path: '/v1/surrenders', audience: 'staff', roles: READERS },
} as const;
