import { StaffStore } from '../adapters/staff-store.ts';
import { type HttpHandler, httpHandler } from '../middleware/http.ts';
import { lazily } from '../middleware/lazy.ts';
import { signedIn } from '../middleware/signed-in.ts';
import { type Clock, type Environment, filesFrom, systemClock, tableFrom } from '../wiring.ts';
import { auditContracts } from './contracts/audit.ts';
import { doorFrom } from './door.ts';
import { audit } from './operations/audit.ts';
import type { AuditServices } from './operations/services.ts';

/** The API of auditors: acts, seal, trial balance, exports. Nothing of the register is in reach. */
export function auditApi(
  env: Environment,
  runsFrom: (env: Environment, clock: Clock) => AuditServices['runs'],
  clock: Clock = systemClock,
): HttpHandler {
  return httpHandler(
    lazily(() =>
      signedIn({
        audience: 'audit',
        contracts: auditContracts,
        operations: audit,
        services: {
          runs: runsFrom(env, clock),
          staff: new StaffStore(tableFrom('operations', env)),
          files: filesFrom(env),
        },
        door: doorFrom(env, clock),
      }),
    ),
  );
}
