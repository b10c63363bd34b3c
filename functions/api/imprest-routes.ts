import { OFFICE, PREPARER, READERS, SECOND_PERSONS, SIGNERS } from './role-groups.ts';

const LISTS = ['auditor', ...OFFICE] as const;
const COUNTERS = ['preparer', 'reviewer', 'cashier'] as const;
const one = '/v1/imprest-funds/{fundId}';

/** Imprest funds of townships (备用金): a part of the route table. Cash is drawn by decisions on applications. */
export const IMPREST_ROUTES = {
  estimateAidFund: { method: 'GET', path: '/v1/temporary-aid-fund', audience: 'staff', roles: READERS },
  openImprestFund: {
    method: 'POST',
    path: '/v1/imprest-funds',
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
  },
  listImprestFunds: {
    method: 'GET',
    path: '/v1/imprest-funds',
    audience: 'staff',
    roles: LISTS,
    streets: true,
  },
  getImprestFund: { method: 'GET', path: one, audience: 'staff', roles: LISTS, streets: true },
  getImprestLedger: {
    method: 'GET',
    path: `${one}/ledger`,
    audience: 'staff',
    roles: OFFICE,
    streets: true,
  },
  confirmImprestOpening: {
    method: 'POST',
    path: `${one}/opening-confirmation`,
    audience: 'staff',
    roles: SECOND_PERSONS,
    idempotent: true,
    streets: true,
  },
  changeImprestStreets: {
    method: 'POST',
    path: `${one}/streets`,
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  cancelImprestDraw: {
    method: 'POST',
    path: `${one}/draws/{drawId}/cancellation`,
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
    streets: true,
  },
  countImprestFund: {
    method: 'POST',
    path: `${one}/counts`,
    audience: 'staff',
    roles: COUNTERS,
    idempotent: true,
    streets: true,
  },
  askImprestReplenishment: {
    method: 'POST',
    path: `${one}/replenishments`,
    audience: 'staff',
    roles: PREPARER,
    idempotent: true,
    streets: true,
  },
  decideImprestReplenishment: {
    method: 'POST',
    path: `${one}/replenishments/{number}/decision`,
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  returnImprestCash: {
    method: 'POST',
    path: `${one}/returns`,
    audience: 'staff',
    roles: COUNTERS,
    idempotent: true,
    streets: true,
  },
  decideImprestReturn: {
    method: 'POST',
    path: `${one}/returns/{number}/decision`,
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
  closeImprestFund: {
    method: 'POST',
    path: `${one}/closure`,
    audience: 'staff',
    roles: SIGNERS,
    idempotent: true,
  },
} as const;
