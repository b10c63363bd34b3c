import { AccountChanges } from '../adapters/account-changes.ts';
import { AccountFileStore } from '../adapters/account-file-store.ts';
import { DisclosureStore } from '../adapters/disclosure-store.ts';
import { GrantListStore } from '../adapters/grant-list-store.ts';
import { ImportStore } from '../adapters/import-store.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import { SigningAuthorityStore } from '../adapters/signing-authority-store.ts';
import { StaffStore } from '../adapters/staff-store.ts';
import { StreetReportStore } from '../adapters/street-report-store.ts';
import { StreetRows } from '../adapters/street-rows.ts';
import { StreetStore } from '../adapters/street-store.ts';
import { UploadRecords } from '../adapters/upload-records.ts';
import { workPortsFrom } from '../determination/ports-from.ts';
import { reviewService } from '../determination/review-service.ts';
import { determinationService } from '../determination/service.ts';
import { applicationsFrom } from '../grants/applications-from.ts';
import { recordHouseholdEvent } from '../household/household-events.ts';
import { imprestFrom } from '../imprest/imprest-from.ts';
import { matchingFrom } from '../matching/matching-from.ts';
import { type HttpHandler, httpHandler } from '../middleware/http.ts';
import { lazily } from '../middleware/lazy.ts';
import { signedIn } from '../middleware/signed-in.ts';
import { policiesFrom, runPortsFrom } from '../run/ports.ts';
import { executionFrom } from '../venture/execution-from.ts';
import { ventureFrom } from '../venture/venture-from.ts';
import {
  type Clock,
  type Environment,
  filesFrom,
  personalDataFrom,
  queuesFrom,
  registerFrom,
  systemClock,
  tableFrom,
} from '../wiring.ts';
import { staffContracts } from './contracts/staff.ts';
import { doorFrom } from './door.ts';
import type { StaffServices } from './operations/services.ts';
import { staffOperations } from './operations/staff.ts';

/** The API of finance staff and administrators over an environment; tests hand in their own, and services instead of some. */
export function staffApi(
  env: Environment,
  runsFrom: (env: Environment, clock: Clock) => StaffServices['runs'],
  clock: Clock = systemClock,
  instead: Partial<StaffServices> = {},
): HttpHandler {
  return httpHandler(
    lazily(() =>
      signedIn({
        audience: 'staff',
        contracts: staffContracts,
        operations: staffOperations,
        services: { ...servicesFrom(env, runsFrom(env, clock), clock), ...instead },
        door: doorFrom(env, clock),
      }),
    ),
  );
}

function servicesFrom(env: Environment, runs: StaffServices['runs'], clock: Clock): StaffServices {
  const operations = tableFrom('operations', env);
  const runPorts = { ...runPortsFrom(env, clock), recoveries: new RecoveryStore(operations) };
  const register = registerFrom(env);
  const work = workPortsFrom(env, clock);
  return {
    runs,
    determinations: determinationService(work),
    reviews: reviewService(work),
    policy: { ...work, budgets: runPorts.budgets },
    recordHouseholdEvent: (request) => recordHouseholdEvent(work, request),
    register,
    accountChanges: new AccountChanges(register),
    accountFiles: new AccountFileStore(operations),
    grantLists: new GrantListStore(operations),
    staff: new StaffStore(operations),
    authorities: new SigningAuthorityStore(operations),
    uploads: new UploadRecords(operations),
    disclosures: new DisclosureStore(operations),
    imports: new ImportStore(operations),
    files: filesFrom(env),
    streets: {
      reports: new StreetReportStore(operations),
      rows: new StreetRows(tableFrom('register', env), personalDataFrom(env)),
      changes: new StreetStore(operations),
      policies: policiesFrom(env),
    },
    matching: matchingFrom(env, clock),
    venture: ventureFrom(env, clock),
    execution: executionFrom(env, clock),
    grants: applicationsFrom(env, clock),
    imprest: imprestFrom(env, clock, { ...runPorts, register }),
    recoveries: { ...runPorts, register, policies: policiesFrom(env) },
    statistics: { ...runPorts, register },
    statements: { ...runPorts, register },
    queues: queuesFrom(env),
    clock,
  };
}
