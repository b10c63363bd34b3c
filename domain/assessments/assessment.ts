import * as z from 'zod/mini';
import { isMonth, isPlainDate, type Month, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { isJurisdictionCode, jurisdictionChain } from '../policy/jurisdiction.ts';
import type { PolicyPack } from '../policy/pack.ts';
import { ok, type Result, refuse } from '../result.ts';
import { assessCase, monthsAsked } from './assess-case.ts';
import { AssessmentCase } from './case-schema.ts';
import { type CaseProblem, problem, problemsOf } from './problems.ts';
import { type AssessmentView, assessmentView } from './result-view.ts';
import { fieldsAt } from './schemas.ts';
import { bookWithTrial } from './trial-policy.ts';

/** What is asked: of which place, for which months; the case as read from JSON. */
export type AssessmentRequest = {
  readonly jurisdiction: string;
  readonly month?: string | undefined;
  readonly from?: string | undefined;
  readonly through?: string | undefined;
  readonly case: unknown;
};

/**
 * Answers a case (试算): what everybody in it is owed, why, and what is to be paid and recovered where it says what was paid. The case
 * may be known as late as all policy of the book. Nothing is stored. Refusals name the path at fault.
 */
export function assessment(
  request: AssessmentRequest,
  packs: readonly PolicyPack[],
): Result<AssessmentView, readonly CaseProblem[]> {
  const months = monthsOf(request);
  const problems = months.ok ? [] : [...months.error];
  const { jurisdiction } = request;
  if (!isJurisdictionCode(jurisdiction))
    problems.push(
      problem(
        'jurisdiction',
        '应为六位行政区划代码，例如 110000',
        'expected a six-digit GB/T 2260 code, e.g. 110000',
      ),
    );
  const read = z.safeParse(AssessmentCase, request.case);
  if (!read.success) problems.push(...problemsOf(read.error.issues, [], fieldsAt));
  if (!months.ok || !read.success || problems.length > 0) return refuse(problems);
  const places = placesOf(read.data, jurisdiction);
  const inForce = packs.filter((pack) => places.has(pack.jurisdiction));
  const book = bookWithTrial(inForce, read.data.policy ?? [], jurisdiction);
  if (!book.ok) return book;
  const at = {
    jurisdiction,
    months: months.value,
    knownOn: read.data.knownOn ?? latest(book.value, months.value),
  };
  const assessed = assessCase(read.data, at, book.value);
  return assessed.ok ? ok(assessmentView(assessed.value, at)) : assessed;
}

/** The months asked about, from `month`, or `from` and `through`. */
function monthsOf({
  month,
  from,
  through,
}: AssessmentRequest): Result<readonly Month[], readonly CaseProblem[]> {
  const [first, last] = month === undefined ? [from, through] : [month, month];
  if (month !== undefined && (from !== undefined || through !== undefined))
    return refuse([problem('month', '写 month，或 from 和 through', 'give month, or from and through')]);
  if (first === undefined || last === undefined || !isMonth(first) || !isMonth(last))
    return refuse([
      problem(
        month === undefined ? (first === undefined || !isMonth(first) ? 'from' : 'through') : 'month',
        '应为月份，写作 YYYY-MM；一段时间写 from 和 through',
        'expected a month written YYYY-MM; from and through for several',
      ),
    ]);
  const months = monthsAsked(first, last);
  return months.ok ? months : refuse([problem('through', months.error.zh, months.error.en)]);
}

/** The places whose policy a case may look at: its own and those above, also where an enrolment is of another place. */
function placesOf({ enrolments }: AssessmentCase, jurisdiction: JurisdictionCode): ReadonlySet<string> {
  const named = enrolments.flatMap((one) => one.jurisdiction ?? []);
  return new Set([jurisdiction, ...named].flatMap(jurisdictionChain));
}

/** The end of the last month asked about, or the day of the last decision of the book where that is later. */
function latest({ rows }: PolicyBook, months: readonly Month[]): PlainDate {
  let last: PlainDate = `${months.at(-1) ?? ''}-28`;
  for (const values of rows.values()) {
    for (const { decidedOn } of values) if (decidedOn > last && isPlainDate(decidedOn)) last = decidedOn;
  }
  return last;
}
