import { AccountChanges } from '../adapters/account-changes.ts';
import { AccountFileStore } from '../adapters/account-file-store.ts';
import { CaseStore } from '../adapters/case-store.ts';
import { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import { GrantClaims } from '../adapters/grant-claims.ts';
import { GrantFactStore } from '../adapters/grant-facts.ts';
import { GrantListStore } from '../adapters/grant-list-store.ts';
import { ImportStore } from '../adapters/import-store.ts';
import { MatchStore } from '../adapters/match-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { ReviewStore } from '../adapters/review-store.ts';
import { StreetReportStore } from '../adapters/street-report-store.ts';
import { StreetRows } from '../adapters/street-rows.ts';
import { StreetStore } from '../adapters/street-store.ts';
import { SweepStore } from '../adapters/sweep-store.ts';
import { VentureCallStore } from '../adapters/venture-call-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import {
  type Clock,
  type Environment,
  filesFrom,
  grantedTable,
  personalDataFrom,
  queuesFrom,
  registerFrom,
  systemClock,
  tableFrom,
} from '../wiring.ts';

/** What importing a sheet needs. */
export type ImportServices = {
  readonly imports: ImportStore;
  readonly register: RegisterStore;
  readonly accountChanges: AccountChanges;
  readonly accountFiles: AccountFileStore;
  readonly files: ObjectStore;
  readonly streets: StreetStore;
  readonly streetReports: StreetReportStore;
  readonly streetRows: StreetRows;
  readonly reviews: ReviewStore;
  readonly matches: MatchStore;
  readonly cases: CaseStore;
  readonly venture: { readonly projects: VentureStore; readonly calls: VentureCallStore };
  readonly grantLists: GrantListStore;
  readonly applications: GrantApplicationStore;
  readonly claims: GrantClaims;
  readonly facts: GrantFactStore;
  readonly sweeps: SweepStore;
  readonly policies: Pick<PolicyStore, 'packs' | 'current'>;
  readonly queues: MessageQueues;
  readonly clock: Clock;
};

/** The state of imports alone: all that the sweeper needs, which opens neither the register nor a file. */
export function importStoreFrom(env?: Environment): ImportStore {
  return new ImportStore(tableFrom('operations', env));
}

export function accountFilesFrom(env?: Environment): AccountFileStore {
  return new AccountFileStore(tableFrom('operations', env));
}

export function grantListsFrom(env?: Environment): GrantListStore {
  return new GrantListStore(tableFrom('operations', env));
}

export function matchesFrom(env?: Environment): MatchStore {
  return new MatchStore(tableFrom('operations', env), tableFrom('register', env), personalDataFrom(env));
}

export function importServices(env?: Environment): ImportServices {
  const register = registerFrom(env);
  return {
    imports: importStoreFrom(env),
    register,
    accountChanges: new AccountChanges(register),
    accountFiles: accountFilesFrom(env),
    files: filesFrom(env),
    streets: new StreetStore(tableFrom('operations', env)),
    streetReports: new StreetReportStore(tableFrom('operations', env)),
    streetRows: new StreetRows(tableFrom('register', env), personalDataFrom(env)),
    reviews: new ReviewStore(tableFrom('operations', env)),
    matches: matchesFrom(env),
    cases: new CaseStore(tableFrom('operations', env)),
    venture: {
      projects: new VentureStore(tableFrom('operations', env)),
      calls: new VentureCallStore(tableFrom('operations', env)),
    },
    grantLists: grantListsFrom(env),
    applications: new GrantApplicationStore(tableFrom('operations', env)),
    claims: new GrantClaims(tableFrom('operations', env)),
    facts: new GrantFactStore(tableFrom('register', env), personalDataFrom(env)),
    sweeps: new SweepStore(tableFrom('operations', env)),
    policies: new PolicyStore(grantedTable('policy', env)),
    queues: queuesFrom(env),
    clock: systemClock,
  };
}

/** Where the parts of an import lie in the bucket. Rows as read are kept for as long as uploads are. */
export const readRowsKey = (importId: string, chunk: number, sha256: string): string =>
  `uploads/rows/${importId}/${String(chunk).padStart(6, '0')}-${sha256.slice(0, 16)}.json`;
export const rejectedRowsKey = (importId: string, chunk: number): string =>
  `imports/${importId}/rejected/${String(chunk).padStart(6, '0')}.json`;
export const errorFileKey = (importId: string, format: 'csv' | 'xlsx'): string =>
  `imports/${importId}/errors.${format}`;
