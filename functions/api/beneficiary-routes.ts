/** What beneficiaries ask about their own money: a part of the route table. */
export const BENEFICIARY_ROUTES = {
  listMyEnrolments: {
    method: 'GET',
    path: '/v1/me/enrolments',
    audience: 'beneficiary',
    roles: ['beneficiary'],
  },
  listMyGrants: { method: 'GET', path: '/v1/me/grants', audience: 'beneficiary', roles: ['beneficiary'] },
  listMyPayments: { method: 'GET', path: '/v1/me/payments', audience: 'beneficiary', roles: ['beneficiary'] },
  explainMyPayment: {
    method: 'GET',
    path: '/v1/me/payments/{paymentId}/explanation',
    audience: 'beneficiary',
    roles: ['beneficiary'],
  },
  getMyStatement: {
    method: 'GET',
    path: '/v1/me/statement',
    audience: 'beneficiary',
    roles: ['beneficiary'],
  },
  getMyStatementSheet: {
    method: 'GET',
    path: '/v1/me/statement-sheet',
    audience: 'beneficiary',
    roles: ['beneficiary'],
  },
} as const;
