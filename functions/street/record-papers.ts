import { monthOf } from '../../domain/calendar.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { completePapers, type Papers, type ReviewIntervals, withPapers } from '../../domain/street/papers.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';

type Ports = {
  readonly register: RegisterStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly clock: Clock;
};

const ATTEMPTS = 10;

/**
 * Records papers beside those on record; the same again changes nothing, and of two who record at once both are heard. Refusals:
 * `missing/enrolment` and those of `completePapers`.
 */
export async function recordPapers(
  { register, policies, clock }: Ports,
  address: EnrolmentAddress,
  papers: Papers,
  { by, source }: { readonly by: string; readonly source: string },
): Promise<Result<EnrolmentDocument>> {
  const today = clock.today();
  const intervals = await reviewIntervals(policies, address, today);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.enrolment(address.jurisdiction, address.programme, address.id);
    if (!before)
      return refuse(refusal('missing/enrolment', '没有这个享受对象', 'there is no such enrolment'));
    const complete = completePapers(before.facts, papers, intervals, today);
    if (!complete.ok) return complete;
    const recordedAt = laterOf(clock.now(), before.changedAt);
    const facts = withPapers(before.facts, complete.value, { recordedAt, source, by, on: today });
    if (facts === before.facts) return ok(before);
    const after = { ...before, facts, version: before.version + 1, changedAt: recordedAt };
    if ((await register.putEnrolment(after, before)) === 'written') return ok(after);
  }
  return refuse(refusal('conflict/busy', '正有多人登记，请稍后重试', 'many people are recording: try again'));
}

/** What policy says of the intervals today; undefined where it says nothing. */
async function reviewIntervals(
  policies: Pick<PolicyStore, 'current'>,
  { jurisdiction, programme }: EnrolmentAddress,
  today: string,
): Promise<ReviewIntervals | undefined> {
  const book = await policies.current();
  if (!book.ok) return undefined;
  const query = {
    jurisdiction,
    programme,
    knownOn: today,
    parameter: 'reviewInterval',
    month: monthOf(today),
  };
  const found = lookupParameter(book.value, query, RUN_PARAMETERS.reviewInterval);
  return found.ok ? found.value.value : undefined;
}

/** The papers as they are on record now. */
export function papersOnRecord({ id, facts }: EnrolmentDocument) {
  const value = (kind: Parameters<typeof latestFact>[1]) => latestFact(facts, kind)?.value;
  const [acceptedOn, checkReport, publicity, decision] = [
    value('acceptance'),
    value('check-report'),
    value('publicity')?.split('/'),
    value('decision'),
  ];
  const [reviewClass, reviewedOn, nextReview] = [
    value('review-class'),
    value('review'),
    value('next-review'),
  ];
  return {
    enrolmentId: id,
    ...(acceptedOn !== undefined && { acceptedOn }),
    ...(checkReport !== undefined && { checkReport }),
    ...(publicity && { publicity: { from: publicity[0] ?? '', to: publicity[1] ?? '' } }),
    ...(decision !== undefined && { decision: { on: decision.slice(0, 10), number: decision.slice(11) } }),
    ...(reviewClass !== undefined && { reviewClass }),
    ...(reviewedOn !== undefined && { reviewedOn }),
    ...(nextReview !== undefined && { nextReview }),
  };
}
