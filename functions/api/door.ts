import { IdempotencyStore } from '../adapters/idempotency-store.ts';
import { SigningAuthorityStore } from '../adapters/signing-authority-store.ts';
import { StaffStore } from '../adapters/staff-store.ts';
import type { Door } from '../middleware/signed-in.ts';
import { type Clock, type Environment, settingsFrom, systemClock, tableFrom } from '../wiring.ts';

/** What every signed-in function needs before an operation runs. */
export function doorFrom(env: Environment, clock: Clock = systemClock): Door {
  const operations = tableFrom('operations', env);
  const staff = new StaffStore(operations);
  return {
    people: staff,
    authorities: new SigningAuthorityStore(operations),
    idempotency: new IdempotencyStore(operations),
    roleClaim: settingsFrom(env).roleClaim,
    clock,
  };
}
