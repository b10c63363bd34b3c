import { auditContracts } from './contracts/audit.ts';
import { beneficiaryContracts } from './contracts/beneficiary.ts';
import type { Contract } from './contracts/contract.ts';
import { publicContracts } from './contracts/public.ts';
import { staffContracts } from './contracts/staff.ts';
import type { OperationId } from './routes.ts';

/** The contract of every operation of the route table: what the OpenAPI document is made of. */
export const CONTRACTS = {
  ...publicContracts,
  ...staffContracts,
  ...auditContracts,
  ...beneficiaryContracts,
} as const satisfies Record<OperationId, Contract>;
