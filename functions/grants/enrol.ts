import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { enrolled } from '../../domain/register/enrolled.ts';
import { currentPayee, type EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { PayeeRecord } from '../../domain/register/payee.ts';
import { invariant } from '../../domain/result.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';

/** For whom grants of a programme are to be recorded, and who is paid for them. */
export type GrantEnrolment = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** A person, a household, an organisation or a project: keys of one form. */
  readonly subject: PersonKey;
  /** Street and community that keep it; of none, it is the district's own. */
  readonly street?: string;
  readonly community?: string;
  /**
   * Who receives, where that is not the subject; stamped when it is written. Without it the subject does again, whoever received the
   * grant before, unless two people have named a payee since (代领、监护变更).
   */
  readonly payee?: Omit<PayeeRecord, 'recordedAt'> & { readonly recordedAt?: Instant };
  /** Where the facts are said to come from, e.g. `grant-application`. */
  readonly source: string;
  readonly by: string;
  readonly appliedOn: PlainDate;
};

type EnrolPorts = { readonly register: RegisterStore; readonly clock: Pick<Clock, 'now'> };

const ATTEMPTS = 10;

/**
 * The enrolment of a subject in a programme that pays by grants, created when it is not there; another street or payee than the one on
 * record is appended. The same again changes nothing, and whoever was interrupted is finished by asking again.
 */
export async function enrolForGrant(
  { register, clock }: EnrolPorts,
  wanted: GrantEnrolment,
): Promise<EnrolmentAddress> {
  const { jurisdiction, programme, subject } = wanted;
  const rules = runRules(programme);
  invariant(rules.ok && rules.value.paidBy === 'grants', `${programme} does not pay by grants`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ids = await register.enrolmentIds([subject], jurisdiction, rules.value.code);
    const id = ids.get(subject);
    invariant(id !== undefined, 'every subject has an id for its enrolment');
    const address: EnrolmentAddress = { jurisdiction, programme, id };
    const before = await register.enrolment(jurisdiction, programme, id);
    if (before && enrolledFor(wanted, before, id, before.changedAt) === before) return address;
    const named = wanted.payee?.payee;
    if (named !== undefined && named !== subject) await rememberWard(register.table, named, address);
    const pointed = enrolledFor(wanted, before, id, laterOf(clock.now(), before?.changedAt));
    if ((await register.saveEnrolmentPointer(pointed, before)) === 'conflict') continue;
    // Stamped right before it is written: a run's cut-off lies a margin before its first read.
    const stamped = enrolledFor(wanted, before, id, laterOf(clock.now(), before?.changedAt));
    if ((await register.putEnrolment(stamped, before)) === 'written') return address;
  }
  throw new Error('an enrolment for a grant lost every race against other writers');
}

function enrolledFor(
  wanted: GrantEnrolment,
  before: EnrolmentDocument | undefined,
  id: string,
  recordedAt: Instant,
): EnrolmentDocument {
  return enrolled({ ...wanted, id, recordedAt }, before, (start) => {
    const payee = namedPayee(wanted, start);
    return payee && { ...payee, recordedAt };
  });
}

/** The record to be appended; undefined where who receives is on record already. */
function namedPayee(
  { subject, payee, source, by }: GrantEnrolment,
  document: EnrolmentDocument,
): GrantEnrolment['payee'] {
  const last = document.payees.at(-1);
  if (payee) return payee.payee === (currentPayee(document) ?? subject) ? undefined : payee;
  const stays = !last || last.payee === subject || last.source === 'payee-change';
  return stays ? undefined : { payee: subject, kind: 'self', source, by };
}
