import { RecoveryStore } from '../adapters/recovery-store.ts';
import { runStoresFrom } from '../run/ports.ts';
import { type Clock, type Environment, registerFrom, tableFrom } from '../wiring.ts';
import type { StatementPorts } from './load-statement.ts';

export function statementPortsFrom(env: Environment, clock: Clock): StatementPorts {
  const recoveries = new RecoveryStore(tableFrom('operations', env));
  return { ...runStoresFrom(env, clock), recoveries, register: registerFrom(env) };
}
