import type { Instant } from '../../domain/calendar.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { enrolled } from '../../domain/register/enrolled.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { PayeeGrounds, PayeeRecord } from '../../domain/register/payee.ts';
import { invariant } from '../../domain/result.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';

/** Somebody on a roll, with what they are enrolled with there. */
export type OnRoll = {
  readonly person: PersonKey;
  /** The programme whose roll it is. */
  readonly roll: ProgrammeId;
  readonly street?: string;
  readonly community?: string;
  /** Who is paid instead of the person. */
  readonly payee?: PayeeGrounds & Pick<PayeeRecord, 'payee' | 'by'>;
};

type Ports = { readonly register: RegisterStore; readonly clock: Pick<Clock, 'now'> };
type Scope = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };

const ATTEMPTS = 10;
const SOURCE = 'roll:';

/**
 * The enrolment of who stands on a roll, created where it is not there; another street or payee than on record is appended. Nothing is
 * written where it says so already, where another roll keeps the person, or where two people named the payee.
 */
export async function enrolFromRoll(
  { register, clock }: Ports,
  { jurisdiction, programme }: Scope,
  wanted: OnRoll,
  keptByOther: (roll: ProgrammeId) => Promise<boolean>,
): Promise<'written' | 'known'> {
  const rules = RUN_RULES[programme];
  invariant(rules, `an unknown programme follows rolls: ${programme}`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const id = (await register.enrolmentIds([wanted.person], jurisdiction, rules.code)).get(wanted.person);
    invariant(id !== undefined, 'every subject has an id for its enrolment');
    const address: EnrolmentAddress = { jurisdiction, programme, id };
    const before = await register.enrolment(jurisdiction, programme, id);
    if (before && enrolledFrom(wanted, before, address, before.changedAt) === before) return 'known';
    const kept = before && keeperOf(before);
    if (kept !== undefined && kept !== wanted.roll && (await keptByOther(kept))) return 'known';
    if (wanted.payee) await rememberWard(register.table, wanted.payee.payee, address);
    const pointed = enrolledFrom(wanted, before, address, laterOf(clock.now(), before?.changedAt));
    if ((await register.saveEnrolmentPointer(pointed, before)) === 'conflict') continue;
    // Stamped right before it is written: a run's cut-off lies a margin before its first read.
    const stamped = enrolledFrom(wanted, before, address, laterOf(clock.now(), before?.changedAt));
    if ((await register.putEnrolment(stamped, before)) === 'written') return 'written';
  }
  throw new Error('an enrolment from a roll lost every race against other writers');
}

/** The roll that the payee on record is from, or the street where the person himself is paid. */
function keeperOf({ facts, payees }: EnrolmentDocument): ProgrammeId | undefined {
  const source = payees.at(-1)?.source ?? latestFact(facts, 'street')?.source ?? '';
  return source.startsWith(SOURCE) ? source.slice(SOURCE.length) : undefined;
}

function enrolledFrom(
  wanted: OnRoll,
  before: EnrolmentDocument | undefined,
  address: EnrolmentAddress,
  recordedAt: Instant,
): EnrolmentDocument {
  const stamp = { source: `${SOURCE}${wanted.roll}`, recordedAt };
  const { person: subject, street, community } = wanted;
  const said = { ...address, subject, street, community, ...stamp, by: 'system' };
  return enrolled({ ...said, appliedOn: shanghaiDate(recordedAt) }, before, (start) => {
    const payee = newPayee(wanted, start);
    return payee && { ...payee, ...stamp };
  });
}

/** Undefined where who receives is on record already, or was named by two people. */
function newPayee(
  { payee, person }: OnRoll,
  { payees }: EnrolmentDocument,
): Omit<PayeeRecord, 'recordedAt' | 'source'> | undefined {
  const last = payees.at(-1);
  if (last?.source === 'payee-change') return undefined;
  if (!payee)
    return !last || last.payee === person ? undefined : { payee: person, kind: 'self', by: 'system' };
  return last?.payee === payee.payee && last.validTo === payee.validTo ? undefined : payee;
}
