import { READERS } from './role-groups.ts';

/** The catalogue of bank formats: a part of the route table. */
export const BANK_FORMAT_ROUTES = {
  listBankFormats: {
    method: 'GET',
    path: '/v1/bank-formats',
    audience: 'staff',
    roles: ['administrator', ...READERS],
  },
} as const;
