import type { Period } from './calendar.ts';
import type { Sha256 } from './canonical.ts';
import { invariant } from './result.ts';

/**
 * Identity comes from the business and never from a message, a clock or a counter of attempts to compute. All ids here
 * are opaque: no id number, name or account can be read from them.
 */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]?: Name };

/** 12 characters of Crockford base32, assigned once, for ever. */
export type PersonKey = Id<'person'>;
/** Of the same form as a person key, assigned once, for ever: a household whoever heads it. */
export type HouseholdKey = PersonKey;
/** Of the same form, from what names a project in the world. */
export type ProjectKey = PersonKey;
/** `<programme code>-<subject key>-<n>`, e.g. "GL-7Z3K9QX2M4BT-1": the n-th enrolment of a subject in a programme. */
export type EnrolmentId = Id<'enrolment'>;
/** GB/T 2260 code of a district, or of the city or province it inherits from. */
export type JurisdictionCode = Id<'jurisdiction'>;
export type ProgrammeId = Id<'programme'>;
/**
 * "R" (regular), "S1", "S2", ... (supplementary), "I1", ... (备用金报销: what an imprest fund paid out in cash is posted); of what was paid
 * before go-live "O1", ..., and "T1", ... where it came back.
 */
export type Round = Id<'round'>;
/** `<jurisdiction>.<programme>.<period>.<round>.<start>`; the start number tells a run from a voided one before it. */
export type RunId = Id<'run'>;
/** `<period>_<round>_<enrolment>`: what one enrolment gets in one run; survives reissues. */
export type PaymentId = Id<'payment'>;

/** Two hex digits from 256: hash of the subject, fixed for ever. */
export type Bucket = Id<'bucket'>;
export const BUCKET_COUNT = 256;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The key of a project (公益创投项目): the first 60 bits of a hash of its call and its number there. */
export function projectKey(
  sha256: Sha256,
  {
    jurisdiction,
    callId,
    number,
  }: { jurisdiction: JurisdictionCode; callId: string; number: string | number },
): ProjectKey {
  const hash = sha256(`venture-project\n${jurisdiction}\n${callId}\n${number}`);
  const characters: string[] = [];
  for (let rest = BigInt(`0x${hash.slice(0, 15)}`); characters.length < 12; rest /= 32n)
    characters.unshift(CROCKFORD.charAt(Number(rest % 32n)));
  return characters.join('');
}

export function bucketOf(sha256: Sha256, subject: string): Bucket {
  return sha256(subject).slice(0, 2);
}

export function bucketName(index: number): Bucket {
  invariant(index >= 0 && index < BUCKET_COUNT, `no such bucket: ${index}`);
  return index.toString(16).padStart(2, '0');
}

export function enrolmentId(programmeCode: string, subject: string, number: number): EnrolmentId {
  return `${programmeCode}-${subject}-${number}`;
}

/** The subject (person, household, organisation) that an enrolment belongs to. */
export function subjectOf(enrolment: EnrolmentId): string {
  const subject = enrolment.split('-')[1];
  invariant(subject, `not an enrolment id: ${enrolment}`);
  return subject;
}

export function paymentId(period: Period, round: Round, enrolment: EnrolmentId): PaymentId {
  return `${period}_${round}_${enrolment}`;
}

/** @throws InvariantError when the text is no payment id; check text from outside with PAYMENT_ID first. */
export function parsePaymentId(payment: PaymentId): { period: Period; round: Round; enrolment: EnrolmentId } {
  const [period, round, enrolment] = payment.split('_');
  invariant(period && round && enrolment, `not a payment id: ${payment}`);
  return { period, round, enrolment };
}

/** One spelling per thing: no month 13, no round S0, no leading zeros. */
export const PAYMENT_ID =
  /^\d{4}-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|Y)_(?:R|[SIOT][1-9]\d?)_[A-Z]{2,4}-[0-9A-Z]{12}-[1-9]\d{0,2}$/;

/**
 * End-to-end id of one attempt, printed in the bank file: at most 35 characters, unique for ever, no personal data.
 * Example: "202612-R-1-GL-7Z3K9QX2M4BT-1".
 */
export function endToEndId(payment: PaymentId, attempt: number): string {
  const { period, round, enrolment } = parsePaymentId(payment);
  const text = `${period.replace('-', '')}-${round}-${attempt}-${enrolment}`;
  invariant(text.length <= 35, `end-to-end id longer than 35 characters: ${text}`);
  return text;
}

const END_TO_END_ID =
  /^(\d{4})(0[1-9]|1[0-2]|Q[1-4]|H[12]|Y)-(R|[SIOT][1-9]\d?)-([1-9]\d?)-([A-Z]{2,4}-[0-9A-Z]{12}-[1-9]\d{0,2})$/;

/** The payment and attempt that an end-to-end id names; undefined for text that is none of ours. */
export function parseEndToEndId(text: string): { payment: PaymentId; attempt: number } | undefined {
  const match = END_TO_END_ID.exec(text);
  if (!match) return undefined;
  const [, year = '', part = '', round = '', attempt = '', enrolment = ''] = match;
  return { payment: paymentId(`${year}-${part}`, round, enrolment), attempt: Number(attempt) };
}
