import { type Instant, LAST_INSTANT, type Month } from '../../domain/calendar.ts';
import { type EnrolmentId, type HouseholdKey, type PersonKey, subjectOf } from '../../domain/ids.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../../domain/programmes/programme.ts';
import { stackedMonth } from '../../domain/programmes/stacking.ts';
import { type Fact, knownBy } from '../../domain/register/facts.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { Result } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { type HouseholdRead, householdKnownBy } from '../register/load-households.ts';
import { bucketOfEnrolment } from './buckets.ts';
import { enrolmentKnownBy, loadRelated, type Related } from './load-related.ts';

const READ_AT_ONCE = 16;

/**
 * Payable enrolments that are owed less for a month that would be paid, because of what was recorded of another programme, or of which
 * household the person is in, since the cut-off. What leaves more is made good by arrears.
 */
export async function relatedSince(
  { register, policies }: { readonly register: RegisterStore; readonly policies: Pick<PolicyStore, 'book'> },
  manifest: RunManifest,
  payable: readonly Draft[],
  persons: ReadonlyMap<PersonKey, PersonDocument>,
  households: ReadonlyMap<HouseholdKey, HouseholdRead>,
): Promise<ReadonlySet<EnrolmentId>> {
  const book = await policies.book(manifest.policyHash);
  const buckets = Map.groupBy(payable, ({ enrolment }) => bucketOfEnrolment(enrolment));
  const lowered: EnrolmentId[] = [];
  for (const [bucket, drafts] of buckets) {
    const subjects = drafts.map(({ enrolment }) => ({ subject: subjectOf(enrolment) }));
    const related = await loadRelated(register, manifest, bucket, subjects, { persons });
    const changed = drafts.filter(({ enrolment }) => {
      const subject = subjectOf(enrolment);
      const moved = membershipSince(persons.get(subject), manifest.cutOff);
      return moved.length > 0 || related.changedAt(subject).some((at) => at > manifest.cutOff);
    });
    const found = await mapBounded(changed, READ_AT_ONCE, async (draft) => {
      const { jurisdiction, programme, cutOff } = manifest;
      const read = await register.enrolmentRead({ jurisdiction, programme, id: draft.enrolment });
      if (!read) return [];
      const enrolment = enrolmentKnownBy(read.document, read.determinations, cutOff);
      const about = { enrolment, related, persons, households };
      return isLowered(book, manifest, draft, about) ? [draft.enrolment] : [];
    });
    lowered.push(...found.flat());
  }
  return new Set(lowered);
}

type About = {
  readonly enrolment: EnrolmentFacts;
  readonly related: Related;
  readonly persons: ReadonlyMap<PersonKey, PersonDocument>;
  readonly households: ReadonlyMap<HouseholdKey, HouseholdRead>;
};

/** The same enrolment, as the run knew it, among the others as they were then and as they are now. */
function isLowered(book: PolicyBook, manifest: RunManifest, draft: Draft, about: About): boolean {
  const months = [...new Set(draft.lines.map(({ month }) => month))];
  const [then, now] = [situationAt(about, manifest.cutOff, false), situationAt(about, manifest.cutOff, true)];
  const owed = (situation: Situation, month: Month): Result<Entitlement> => {
    const { jurisdiction, knownOn } = manifest;
    return stackedMonth(situation, book, { month, jurisdiction, knownOn }).net(about.enrolment);
  };
  return months.some((month) => {
    const [before, after] = [owed(then, month), owed(now, month)];
    return before.ok && (!after.ok || after.value.fen < before.value.fen);
  });
}

/** Own facts as of the cut-off, which other checks look at; with `now` what stands around the enrolment as it is now. */
function situationAt(
  { enrolment, related, persons, households }: About,
  cutOff: Instant,
  now: boolean,
): Situation {
  const { subject } = enrolment;
  const household = households.get(subject);
  const person = persons.get(subject);
  const own = knownBy(person?.record.facts ?? [], cutOff);
  const around = household
    ? householdKnownBy(subject, household, cutOff)
    : { persons: { [subject]: now ? [...own, ...membershipSince(person, cutOff)] : own } };
  return related.situationOf(enrolment, around, now ? LAST_INSTANT : cutOff);
}

const membershipSince = (person: PersonDocument | undefined, cutOff: Instant): readonly Fact[] =>
  (person?.record.facts ?? []).filter(({ kind, recordedAt }) => kind === 'household' && recordedAt > cutOff);
