import { type Instant, monthsLater, type PlainDate } from '../calendar.ts';
import { missedRecheck, type Rechecks } from '../disability/recheck.ts';
import { appendFact } from '../register/append-fact.ts';
import { type EnrolmentFactKind, type Fact, latestFact } from '../register/facts.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** The papers of an enrolment (审批材料); what is left out stays as it is on record. */
export type Papers = {
  /** 受理日期 */
  readonly acceptedOn?: PlainDate | undefined;
  /** 核对报告编号: number of the report on the family's economic situation. */
  readonly checkReport?: string | undefined;
  /** 核对报告日期: from here on the report is valid for as long as policy says. */
  readonly checkedOn?: PlainDate | undefined;
  /** 公示期, both days included. */
  readonly publicity?: { readonly from: PlainDate; readonly to: PlainDate } | undefined;
  /** 审核确认文号和日期 */
  readonly decision?: { readonly number: string; readonly on: PlainDate } | undefined;
  /** 复核类别, as policy names them, e.g. stable | unstable. */
  readonly reviewClass?: string | undefined;
  /** 复核日期 */
  readonly reviewedOn?: PlainDate | undefined;
  /** 下次复核日期: by this day at the latest. */
  readonly nextReview?: PlainDate | undefined;
};

/** When, whence and by whom papers are recorded; `on` is the day on which they were, in China. */
export type PapersStamp = {
  readonly recordedAt: Instant;
  readonly source: string;
  readonly by: string;
  readonly on: PlainDate;
};

/** Months from one review to the next by class of household or person (复核周期). */
export type ReviewIntervals = Readonly<Record<string, number>>;

/** The papers as facts beside those on record: what says nothing new adds nothing. */
export function withPapers(facts: readonly Fact[], papers: Papers, stamp: PapersStamp): readonly Fact[] {
  const { acceptedOn, checkReport, checkedOn, publicity, decision, reviewClass, reviewedOn, nextReview } =
    papers;
  const said: [EnrolmentFactKind, string | undefined, PlainDate][] = [
    ['acceptance', acceptedOn, acceptedOn ?? ''],
    ['check-report', checkReport, checkedOn ?? stamp.on],
    ['publicity', publicity && `${publicity.from}/${publicity.to}`, publicity?.from ?? ''],
    ['decision', decision && `${decision.on}/${decision.number}`, decision?.on ?? ''],
    ['review-class', reviewClass, stamp.on],
    ['review', reviewedOn, reviewedOn ?? ''],
    ['next-review', nextReview, reviewedOn ?? stamp.on],
  ];
  const { recordedAt, source, by } = stamp;
  return said.reduce<readonly Fact[]>(
    (known, [kind, value, validFrom]) =>
      value === undefined ? known : appendFact(known, { kind, value, validFrom, recordedAt, source, by }),
    facts,
  );
}

/**
 * The papers with the date of the next review worked out from the policy's interval, where a review is recorded and nobody set the
 * date. Refusals: `invalid/papers` (dates that contradict each other or lie ahead), `conflict/review-older`,
 * `invalid/review-class`.
 */
export function completePapers(
  facts: readonly Fact[],
  papers: Papers,
  intervals: ReviewIntervals | undefined,
  today: PlainDate,
): Result<Papers> {
  const { reviewedOn, publicity, nextReview, acceptedOn, checkedOn, decision } = papers;
  const ahead = [acceptedOn, checkedOn, reviewedOn, decision?.on].some(
    (date) => date !== undefined && date > today,
  );
  if (ahead || (publicity && publicity.to < publicity.from)) return refuse(contradiction());
  if (reviewedOn === undefined) return ok(papers);
  if (nextReview !== undefined && nextReview <= reviewedOn) return refuse(contradiction());
  const before = latestFact(facts, 'review')?.value ?? '';
  if (reviewedOn < before) {
    return refuse(
      refusal(
        'conflict/review-older',
        `已登记 ${before} 的复核，不能再登记更早的复核`,
        `a review of ${before} is on record: an older one cannot follow it`,
        { before },
      ),
    );
  }
  if (nextReview !== undefined) return ok(papers);
  const reviewClass = papers.reviewClass ?? latestFact(facts, 'review-class')?.value;
  const known = intervals ?? {};
  const months =
    reviewClass !== undefined && Object.hasOwn(known, reviewClass) ? known[reviewClass] : undefined;
  if (months === undefined) {
    const classes = Object.keys(known).join('、');
    return refuse(
      refusal(
        'invalid/review-class',
        `复核周期无从确定：请填写下次复核日期，或政策规定的复核类别（${classes === '' ? '尚未设置' : classes}）`,
        `the next review cannot be worked out: give its date, or a class that policy knows (${classes === '' ? 'none is set' : classes})`,
      ),
    );
  }
  return ok({ ...papers, nextReview: monthsLater(reviewedOn, months) });
}

const contradiction = () =>
  refusal(
    'invalid/papers',
    '日期有矛盾：受理、复核和决定日期不能晚于今天，公示期止不能早于起，下次复核应晚于本次',
    'dates contradict each other: acceptance, review and decision are not after today, publicity ends after it begins, the next review is after this one',
  );

/** The day by which the next review is due; undefined where none was set. */
export function reviewDue(facts: readonly Fact[]): PlainDate | undefined {
  const due = latestFact(facts, 'next-review')?.value;
  return due === '' ? undefined : due;
}

/** What a place asks of verifications, and the day as of which somebody looks. */
export type VerificationPolicy = {
  readonly every?: number | undefined;
  readonly windows?: Rechecks | undefined;
  readonly knownOn: PlainDate;
};

/**
 * The review on record, the last look at the enrolment and the months that policy allows until the next, or the end of a window of
 * re-checks that was missed: whichever is earliest.
 */
export function verificationDue(
  facts: readonly Fact[],
  { every, windows, knownOn }: VerificationPolicy,
): PlainDate | undefined {
  const missed = windows && missedRecheck(facts, windows, knownOn);
  const dates = [reviewDue(facts), lastLook(facts, every), missed].filter((day) => day !== undefined);
  return dates.sort()[0];
}

function lastLook(facts: readonly Fact[], every: number | undefined): PlainDate | undefined {
  if (every === undefined) return undefined;
  const dates = (['review', 'acceptance', 'application'] as const).map(
    (kind) => latestFact(facts, kind)?.value ?? '',
  );
  const last = [...dates, (latestFact(facts, 'decision')?.value ?? '').slice(0, 10)].sort().at(-1) ?? '';
  return last === '' ? undefined : monthsLater(last, every);
}
