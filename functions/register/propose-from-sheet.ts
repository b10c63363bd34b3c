import type { Instant } from '../../domain/calendar.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { WantedPayee } from '../../domain/register/payee-change.ts';
import type { PersonFound, RowOrigin, WantedAccount } from '../../domain/register/sheet-person.ts';
import type { AccountChanges } from '../adapters/account-changes.ts';
import { PayeeChanges } from '../adapters/payee-changes.ts';
import { laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';

/** What recording rows needs. */
export type RecorderServices = {
  readonly register: RegisterStore;
  readonly accountChanges: AccountChanges;
  readonly clock: Pick<Clock, 'now'>;
};

export type RowRecorded = {
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'unmatched';
  /** Whether this import proposed another account or another payee. */
  readonly accountChange: boolean;
};

type Decided = {
  readonly outcome: RowRecorded['outcome'];
  readonly accountChange?: WantedAccount;
  readonly payeeChange?: WantedPayee;
};
type Origin = Pick<RowOrigin, 'importId' | 'by' | 'requestedOn'>;
type Subject = { readonly payee: PersonFound; readonly enrolment: EnrolmentDocument | undefined };

/** Now, and never before what the document says already: clocks differ, and the fact recorded last is the one recorded latest. */
export function instantAfter(
  clock: Pick<Clock, 'now'>,
  before: { readonly changedAt: Instant } | undefined,
): Instant {
  return laterOf(clock.now(), before?.changedAt);
}

/** Proposes what a second person has to confirm of a row: another account, another payee. Again, it is the same proposal. */
export async function proposeFromSheet(
  services: RecorderServices,
  origin: Origin,
  { outcome, accountChange, payeeChange }: Decided,
  { payee, enrolment }: Subject,
): Promise<RowRecorded> {
  const account =
    accountChange !== undefined && (await proposeAccount(services, origin, accountChange, payee));
  const named =
    payeeChange !== undefined && enrolment !== undefined
      ? await proposePayee(services, origin, payeeChange, enrolment)
      : false;
  const proposed = account || named;
  return { outcome: outcome === 'unchanged' && proposed ? 'changed' : outcome, accountChange: proposed };
}

/** Whether the proposal is of this import. */
async function proposeAccount(
  { accountChanges, clock }: RecorderServices,
  { importId, by, requestedOn }: Origin,
  wanted: WantedAccount,
  { key }: PersonFound,
): Promise<boolean> {
  const proposed = await accountChanges.propose(key, {
    ...wanted,
    validFrom: requestedOn,
    evidence: importId,
    by,
    at: clock.now(),
  });
  // Somebody has just made it the account in use: then there is nothing left to propose.
  if (!proposed.ok) return false;
  return proposed.value.outcome === 'created' || proposed.value.change.evidence === importId;
}

async function proposePayee(
  { register, clock }: RecorderServices,
  { importId, by }: Origin,
  wanted: WantedPayee,
  enrolment: EnrolmentDocument,
): Promise<boolean> {
  const { change, outcome } = await new PayeeChanges(register).proposeFromSheet(enrolment, wanted, {
    by,
    at: clock.now(),
  });
  return outcome === 'created' || change.evidence === importId;
}
