import { type Month, monthOf, type PlainDate } from '../../../domain/calendar.ts';
import { BUCKET_COUNT, bucketName } from '../../../domain/ids.ts';
import { PROGRAMMES, programmeById } from '../../../domain/programmes/index.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import { keeperOn } from '../../../domain/street/kept-street.ts';
import { reviewDue } from '../../../domain/street/papers.ts';
import type { StreetChange } from '../../../domain/street/street-history.ts';
import { decodeCursor, encodeCursor } from '../../adapters/cursor.ts';
import type { RegisterStore } from '../../adapters/register-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import { papersOnRecord, recordPapers } from '../../street/record-papers.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

/** A page ends with the bucket in which it reached this many. */
const PAGE_SIZE = 100;

export const papers: Pick<StaffOperations, 'recordPapers' | 'listReviews'> = {
  async recordPapers({ actor, params, body }, services) {
    const { streets, register, clock } = services;
    const programme = Object.values(PROGRAMMES).find(
      (one) => one && params.enrolmentId.startsWith(`${one.code}-`),
    );
    if (!programme) return refuse(noEnrolment());
    const address = { jurisdiction: actor.jurisdiction, programme: programme.id, id: params.enrolmentId };
    const found = await register.enrolment(address.jurisdiction, address.programme, address.id);
    const changes = await streets.changes.changes(actor.jurisdiction);
    if (!found || !isKeptFor(actor, found, changes, clock.today())) return refuse(noEnrolment());
    const recorded = await recordPapers({ register, clock, policies: streets.policies }, address, body, {
      by: actor.id,
      source: actor.street === undefined ? 'counter' : `street:${actor.street}`,
    });
    return recorded.ok ? ok({ body: papersOnRecord(recorded.value) }) : recorded;
  },

  async listReviews({ actor, query }, { streets, register, clock }) {
    const programme = programmeById(query.programme);
    if (!programme.ok) return programme;
    const street = actor.street ?? query.street;
    const month = query.month ?? monthOf(clock.today());
    const cursorScope = [actor.id, 'listReviews', query.programme, month, street ?? ''];
    const after = query.cursor === undefined ? ok('') : decodeCursor(cursorScope, query.cursor);
    if (!after.ok) return after;
    const list = {
      today: clock.today(),
      month,
      street,
      changes: await streets.changes.changes(actor.jurisdiction),
    };
    const found: ReviewRow[] = [];
    let bucket = after.value === '' ? 0 : Number.parseInt(after.value, 16);
    for (; bucket < BUCKET_COUNT && found.length < PAGE_SIZE; bucket += 1) {
      const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
      found.push(...(await reviewsOf(register, scope, bucketName(bucket), list)));
    }
    const next = bucket < BUCKET_COUNT ? encodeCursor(cursorScope, bucketName(bucket)) : undefined;
    return ok({ body: { reviews: found, ...(next !== undefined && { next }) } });
  },
};

type ReviewRow = {
  enrolmentId: string;
  street?: string;
  due: PlainDate;
  overdue: boolean;
  reviewedOn?: PlainDate;
};
type Wanted = {
  readonly today: PlainDate;
  readonly month: Month;
  readonly street: string | undefined;
  readonly changes: readonly StreetChange[];
};

async function reviewsOf(
  register: RegisterStore,
  scope: { readonly jurisdiction: string; readonly programme: string },
  bucket: string,
  { today, month, street, changes }: Wanted,
): Promise<ReviewRow[]> {
  const rows: ReviewRow[] = [];
  for await (const { document } of register.enrolmentsOfBucket(scope.jurisdiction, scope.programme, bucket)) {
    const due = reviewDue(document.facts);
    if (due === undefined || (monthOf(due) !== month && due >= today) || hasEnded(document, today)) continue;
    const keeper = keeperOn(document.facts, changes, today);
    if (street !== undefined && keeper !== street) continue;
    const reviewedOn = latestFact(document.facts, 'review')?.value;
    rows.push({
      enrolmentId: document.id,
      ...(keeper !== undefined && { street: keeper }),
      due,
      overdue: due < today,
      ...(reviewedOn !== undefined && { reviewedOn }),
    });
  }
  return rows;
}

/** Stopped in a month that is over: nothing is left to review. */
function hasEnded({ facts }: EnrolmentDocument, today: PlainDate): boolean {
  const stop = latestFact(facts, 'stop')?.value ?? '';
  return stop !== '' && stop < monthOf(today);
}

const isKeptFor = (
  { street }: StaffActor,
  document: EnrolmentDocument,
  changes: readonly StreetChange[],
  today: PlainDate,
): boolean => street === undefined || keeperOn(document.facts, changes, today) === street;

const noEnrolment = () =>
  refusal('missing/enrolment', '没有这个享受对象', 'there is no such enrolment in your reach');
