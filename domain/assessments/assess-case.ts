import { addMonths, type Month, maxMonth, monthRange } from '../calendar.ts';
import type { EnrolmentId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { assess } from '../programmes/assess.ts';
import type { EnrolmentFacts, Entitlement } from '../programmes/programme.ts';
import { actingRules } from '../programmes/stacking-rules.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { Assumption, CaseAt } from './case-at.ts';
import type { AssessmentCase } from './case-schema.ts';
import { determinationsFor } from './decided-months.ts';
import { type AssessedGrant, assessGrants } from './grant-case.ts';
import { type PaidDifferences, paidDifferences } from './paid-months.ts';
import type { CaseProblem } from './problems.ts';
import { type ReadCase, readCase } from './read-case.ts';
import type { ReadEnrolment } from './read-enrolment.ts';

/** What one enrolment of a case is owed for one month, or why that cannot be said. */
export type AssessedMonth = {
  readonly one: ReadEnrolment;
  readonly month: Month;
  readonly result: Result<Entitlement>;
};
export type AssessedCase = {
  readonly read: ReadCase;
  /** By month, then in stacking order. */
  readonly months: readonly AssessedMonth[];
  readonly grants: readonly AssessedGrant[];
  /** Of the enrolments of which the case says what was paid. */
  readonly differences: readonly { readonly one: ReadEnrolment; readonly result: Result<PaidDifferences> }[];
};

/** More months at once than this are not a case. */
const MONTHS_MAX = 240;

/**
 * Assesses a case: its facts and the policy of a place, for some months, as the service does it for a household on the register. Pure, and
 * nothing is stored. What is wrong with the case is told by path; what policy or a rule refuses is told per enrolment and month.
 */
export function assessCase(
  given: AssessmentCase,
  at: CaseAt,
  book: PolicyBook,
): Result<AssessedCase, readonly CaseProblem[]> {
  const usual = assessStated(given, at, book);
  const { household } = given;
  if (!usual.ok || !household?.spending?.length || household.application !== undefined) return usual;
  if (!isNothing(usual.value)) return usual;
  // 刚性支出困难家庭: what nobody applied for by name is looked at where spending is stated and 低保 gives nothing.
  const rigid = { ...given, household: { ...household, application: 'rigid-expenditure' as const } };
  const found = assessStated(rigid, at, book);
  if (!found.ok || isNothing(found.value)) return usual;
  const assumed = [...found.value.read.assumed, RIGID];
  return ok({ ...found.value, read: { ...found.value.read, assumed } });
}

const RIGID: Assumption = {
  path: 'household.application',
  zh: '低保不符合，按刚性支出困难家庭计算',
  en: 'nothing is due by income alone: taken to apply as a household in hardship from spending (rigid-expenditure)',
};

/** Whether 低保 comes to nothing in every month, or is refused. */
function isNothing({ months }: AssessedCase): boolean {
  const dibao = months.filter(({ one }) => one.programme.id === 'dibao');
  return dibao.every(({ result }) => !result.ok || result.value.fen === 0);
}

/** As it is stated. */
function assessStated(
  given: AssessmentCase,
  at: CaseAt,
  book: PolicyBook,
): Result<AssessedCase, readonly CaseProblem[]> {
  const read = readCase(given, at);
  if (!read.ok) return read;
  const byMonth = new Map<Month, AssessedMonth[]>();
  const inMonth = (month: Month): AssessedMonth[] => {
    const found = byMonth.get(month) ?? assessMonth(read.value, { at, book }, month);
    byMonth.set(month, found);
    return found;
  };
  const months = at.months.flatMap(inMonth);
  const grants = assessGrants(read.value, { at, book });
  if (!grants.ok) return grants;
  const monthly = read.value.enrolments.filter(({ programme }) => !programme.grant);
  const differences = monthly
    .filter((one) => one.given.paid !== undefined)
    .map((one) => {
      const span = spanOf(one, read.value, { at, book });
      const owed = (month: Month) => {
        const mine = inMonth(month).find((each) => each.one === one);
        return mine ? mine.result : refuse(notAssessed(month));
      };
      return {
        one,
        result: span.ok ? paidDifferences(one, span.value, at, owed, earlierKnown(given, at, book)) : span,
      };
    });
  const assumed = [...read.value.assumed, ...grants.value.assumed];
  return ok({ read: { ...read.value, assumed }, months, grants: grants.value.assessed, differences });
}

type Against = { readonly at: CaseAt; readonly book: PolicyBook };

/** One month of the household: the decisions it is paid by first, then everything in one assessment. */
function assessMonth(read: ReadCase, { at, book }: Against, month: Month): AssessedMonth[] {
  const refused = new Map<EnrolmentId, Refusal>();
  const monthly = read.enrolments.filter(({ programme }) => !programme.grant);
  const facts = new Map(read.situation.enrolments.map((one) => [one.id, one]));
  const enrolments = monthly.map((one): EnrolmentFacts => {
    const known = facts.get(one.enrolment.id) ?? one.enrolment;
    const determinations = determinationsFor(one, { situation: read.situation, book, at }, month);
    if (!determinations.ok) {
      refused.set(one.enrolment.id, determinations.error);
      return known;
    }
    return { ...known, ...(determinations.value.length > 0 && { determinations: determinations.value }) };
  });
  const assessment = assess({ ...read.situation, enrolments }, book, { month, knownOn: at.knownOn });
  return assessment.enrolments.flatMap(({ enrolment, result }) => {
    const one = monthly.find((each) => each.enrolment.id === enrolment);
    if (!one) return [];
    const own = refused.get(enrolment);
    const other = own ? undefined : dependsOn(one, monthly, refused, { at, book }, month);
    const error = own ?? other;
    return [{ one, month, result: error ? refuse(error) : result }];
  });
}

/** Where an amount that a stacking rule looks at cannot be said, neither can this one. */
function dependsOn(
  one: ReadEnrolment,
  all: readonly ReadEnrolment[],
  refused: ReadonlyMap<EnrolmentId, Refusal>,
  { at, book }: Against,
  month: Month,
): Refusal | undefined {
  if (refused.size === 0) return undefined;
  const { jurisdiction, programme } = one.enrolment;
  const rules = actingRules(book, { jurisdiction, programme, knownOn: at.knownOn }, month);
  if (!rules.ok) return rules.error;
  const other = all.find(
    ({ enrolment }) =>
      refused.has(enrolment.id) && rules.value.some(({ rule }) => rule.with === enrolment.programme),
  );
  if (!other) return undefined;
  const { zh, en } = other.programme.names;
  const why = refused.get(other.enrolment.id);
  return refusal(
    'missing/stacked-amount',
    `须先知道${zh}的金额：${why?.zh ?? ''}`,
    `the amount of ${en} has to be known first: ${why?.en ?? ''}`,
    { programme: other.programme.id, month },
  );
}

/**
 * From the first month that was paid, so that the ones before it count as settled; where nothing was paid yet, from the first that is due.
 * Through the last month asked about.
 */
function spanOf(
  one: ReadEnrolment,
  read: ReadCase,
  { at, book }: Against,
): Result<{ readonly from: Month; readonly through: Month }> {
  const through = at.months.at(-1) ?? '';
  const known = [...Object.keys(one.given.paid ?? {}), ...at.months];
  if (known.length === at.months.length) {
    const input = { enrolment: one.enrolment, situation: read.situation, book, knownOn: at.knownOn };
    const first = one.programme.propose ? ok(undefined) : one.programme.firstMonth(input);
    if (!first.ok) return first;
    if (first.value !== undefined) known.push(first.value);
    known.push(...(one.given.determined ?? []).flatMap(({ from }) => from ?? []));
  }
  const from = known.toSorted()[0] ?? through;
  return ok({ from: maxMonth(from, addMonths(through, 1 - MONTHS_MAX)), through });
}

/** What was owed for a month by the policy that was known when it ended: what differs now is the doing of later policy. */
function earlierKnown(
  given: AssessmentCase,
  at: CaseAt,
  book: PolicyBook,
): (one: ReadEnrolment, month: Month) => Result<Entitlement> {
  return (one, month) => {
    const [last = `${month}-28`] = [`${month}-28`, at.knownOn].sort();
    const then = { ...at, knownOn: last };
    const read = readCase(given, at);
    if (!read.ok) return refuse(notAssessed(month));
    const found = assessMonth(read.value, { at: then, book }, month);
    const mine = found.find((each) => each.one.enrolment.id === one.enrolment.id);
    return mine ? mine.result : refuse(notAssessed(month));
  };
}

const notAssessed = (month: Month): Refusal =>
  refusal('missing/month', `${month} 没有测算`, `${month} was not assessed`, { month });

/** The months from one through another. Refusal: `limit/months`. */
export function monthsAsked(from: Month, through: Month): Result<readonly Month[]> {
  const most = addMonths(from, MONTHS_MAX - 1);
  if (through >= from && through <= most) return ok(monthRange(from, through));
  return refuse(
    refusal(
      'limit/months',
      `起止月份须依次，最多 ${MONTHS_MAX} 个月`,
      `months from one through a later one, ${MONTHS_MAX} at most`,
    ),
  );
}
