import { chinaDate, type PlainDate } from '../../domain/calendar.ts';
import { lastMembership } from '../../domain/household/membership.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { withBankDeath } from '../../domain/register/bank-death.ts';
import { invariant } from '../../domain/result.ts';
import { DeterminationMessage, type ReportDeath } from '../../events/determination.ts';
import type { BankDeath, BankDeathStore } from '../adapters/bank-death-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { WorkPorts } from '../determination/ports.ts';
import { reviewEnrolment } from '../determination/review-tasks.ts';
import { determinedEnrolments } from '../register/determined-enrolments.ts';
import { instantAfter } from '../register/propose-from-sheet.ts';
import type { RunPorts } from '../run/ports.ts';

type SweepPorts = Pick<RunPorts, 'ledger' | 'queues' | 'clock'> & { readonly bankDeaths: BankDeathStore };
const TRIES = 10;

/**
 * Sends what the bank said of deaths to whoever may write the register: each until it is done. The payee and the day are read from the
 * ledger; the message carries keys and a date.
 *
 * @returns how many were sent
 */
export async function sweepBankDeaths(ports: SweepPorts): Promise<number> {
  const open = await ports.bankDeaths.open(ports.clock.now());
  const messages: DeterminationMessage[] = [];
  for (const death of open) {
    const told = await toldOf(ports, death);
    if (!told) continue;
    const { jurisdiction, programme, payment, attempt, at } = death;
    messages.push({
      type: 'register.report-death',
      version: 1,
      jurisdiction,
      programme,
      payment,
      attempt,
      markedAt: at,
      ...told,
    });
  }
  await ports.queues.sendAll('determinations', DeterminationMessage, messages);
  return messages.length;
}

/** Whom the attempt was to pay, and the bank's day; undefined while the entry is not written, because its writer died before it. */
async function toldOf(
  { ledger }: Pick<SweepPorts, 'ledger'>,
  death: BankDeath,
): Promise<{ person: PersonKey; diedOn: PlainDate } | undefined> {
  const [slots = []] = await ledger.slots([death]);
  const release = slots.find(({ kind }) => kind === 'release');
  const word = slots.find(({ reason }) => reason === 'DECEASED');
  const person = release?.paidTo?.split('.')[0];
  return word && person !== undefined ? { person, diedOn: word.bankDate ?? chinaDate(word.at) } : undefined;
}

/**
 * Records the death once, asks for a review of what was decided for the person's household, and takes the mark away. Whoever is
 * interrupted is asked again, and finds what stands.
 */
export async function reportDeath(ports: WorkPorts, message: ReportDeath): Promise<void> {
  await recorded(ports, message);
  const document = await ports.register.person(message.person);
  const household = lastMembership(document?.record.facts ?? [])?.household;
  const determined = await determinedEnrolments(ports.register, [
    message.person,
    ...(household === undefined ? [] : [household]),
  ]);
  for (const address of determined) await reviewEnrolment(ports, address);
  await ports.bankDeaths.settle({ ...message, at: message.markedAt });
}

async function recorded(
  { register, clock }: { readonly register: RegisterStore; readonly clock: WorkPorts['clock'] },
  { person, diedOn, payment, attempt }: ReportDeath,
): Promise<void> {
  for (let attempts = 0; attempts < TRIES; attempts += 1) {
    const document = await register.person(person);
    invariant(document, `a payment to somebody who is not in the register: ${payment}`);
    const now = instantAfter(clock, document);
    const next = withBankDeath(document.record, { diedOn, by: `${payment}#${attempt}`, now });
    if (next === document.record || (await register.savePerson(next, document, now)) !== 'conflict') return;
  }
  throw new Error('a death lost every race against other writers');
}
