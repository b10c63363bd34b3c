import { refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from '../adapters/dynamo-table.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';
import type { ApplicationPorts } from './application-ports.ts';

/** Draws from a township's imprest fund for decisions that pay in cash. */
export function imprestCash(_ports: {
  readonly register: RegisterStore;
  readonly operations: DynamoTable;
  readonly clock: Clock;
}): Pick<ApplicationPorts, 'draw' | 'cancelDraw'> {
  return {
    draw: async ({ fund }) => refuse(noFund(fund)),
    cancelDraw: async () => undefined,
  };
}

const noFund = (fund: string) =>
  refusal('missing/imprest-fund', '没有这个备用金', 'there is no such imprest fund', { fund });
