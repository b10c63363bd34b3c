import { myGrants } from '../grants/my-grants.ts';
import { type HttpHandler, httpHandler } from '../middleware/http.ts';
import { lazily } from '../middleware/lazy.ts';
import { signedIn } from '../middleware/signed-in.ts';
import { statementPortsFrom } from '../statement/ports-from.ts';
import { type Clock, type Environment, systemClock } from '../wiring.ts';
import { beneficiaryContracts } from './contracts/beneficiary.ts';
import { doorFrom } from './door.ts';
import { beneficiary } from './operations/beneficiary.ts';
import type { BeneficiaryServices } from './operations/services.ts';

/** The API of those who receive: their own enrolments and payments, and why this amount. */
export function beneficiaryApi(
  env: Environment,
  runsFrom: (env: Environment, clock: Clock) => BeneficiaryServices['runs'],
  clock: Clock = systemClock,
): HttpHandler {
  return httpHandler(
    lazily(() =>
      signedIn({
        audience: 'beneficiary',
        contracts: beneficiaryContracts,
        operations: beneficiary,
        services: {
          runs: runsFrom(env, clock),
          grants: myGrants(env),
          statements: statementPortsFrom(env, clock),
        },
        door: doorFrom(env, clock),
      }),
    ),
  );
}
