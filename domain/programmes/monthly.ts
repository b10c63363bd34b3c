import { addMonths, isPlainDate, type Month, maxMonth, monthOf } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import { sumFen } from '../money.ts';
import type { DatedValue, PolicyBook } from '../policy/book.ts';
import { lookup, type PolicyScope, policyChanges } from '../policy/lookup.ts';
import type { ValueOf } from '../policy/parameter.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { lastRecorded } from './fact-history.ts';
import type { MONTHLY_PARAMETERS } from './monthly-parameters.ts';
import type { Component, EnrolmentFacts, EnrolmentInput, Entitlement, Step } from './programme.ts';

/** Reads the parameters of one programme, typed by their schemas, which stay out of what runs carry. */
export type MonthlyReader<Specs> = {
  /** The value that governs a month. Refusals: those of `lookup`. */
  <Name extends keyof Specs & string>(
    book: PolicyBook,
    scope: PolicyScope,
    parameter: Name,
    month: Month,
  ): Result<DatedValue<ValueOf<Specs[Name]>>>;
  /** The same of an option: undefined where nobody ever set it, while a gap in what was set stays a refusal (`policy/gap`). */
  readonly option: <Name extends keyof Specs & string>(
    book: PolicyBook,
    scope: PolicyScope,
    parameter: Name,
    month: Month,
  ) => Result<DatedValue<ValueOf<Specs[Name]>> | undefined>;
};

/** Packs were checked against the same schemas when they were parsed, so a type argument is enough: `monthlyReader<typeof MY_PARAMETERS>()`. */
export function monthlyReader<Specs>(): MonthlyReader<Specs> {
  const read = (book: PolicyBook, scope: PolicyScope, parameter: string, month: Month) =>
    lookup(book, { ...scope, parameter, month });
  const option: typeof read = (book, scope, parameter, month) =>
    policyChanges(book, scope, [parameter]).length === 0
      ? ok(undefined as unknown as DatedValue)
      : read(book, scope, parameter, month);
  return Object.assign(read, { option }) as unknown as MonthlyReader<Specs>;
}

/** Whose policy governs an enrolment, as known on which day. */
export function scopeOf({ enrolment, jurisdiction, knownOn }: EnrolmentInput): PolicyScope {
  return {
    jurisdiction: jurisdiction ?? enrolment.jurisdiction,
    programme: enrolment.programme,
    knownOn,
  };
}

/** What the register knows of the person whom an enrolment is for. */
export function personFactsOf({ enrolment, situation }: EnrolmentInput): readonly Fact[] {
  return situation.persons[enrolment.subject] ?? [];
}

/** A step; without a citation where it rests on a fact alone. */
export function monthlyStep(
  code: string,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation | undefined,
): Step {
  return citation === undefined ? { code, inputs, result } : { code, inputs, result, citation };
}

/** An entitlement of some components; those of zero are left out, and none at all is an answer too. */
export function monthlyEntitlement(
  { id, programme }: EnrolmentFacts,
  month: Month,
  parts: {
    readonly components: readonly Component[];
    readonly derivation: readonly Step[];
    readonly sample: boolean;
  },
): Entitlement {
  const components = parts.components.filter(({ fen }) => fen !== 0);
  const due = sumFen(components.map(({ fen }) => fen));
  const { sample, derivation } = parts;
  return { enrolment: id, programme, month, fen: due, components, sample, derivation };
}

/** The first month due by the papers, and the step that says why; no month while what policy asks for is not there. */
export type StartOfMonths = { readonly first: Month | undefined; readonly step: Step };

/**
 * The first month due by the dates of application and decision (起发月份): the rule is the one in force in the month of application
 * (of the decision where no application is known), or when the policy began. Whether somebody fulfils the conditions by then is
 * the programme's to say. Without the decision that policy asks for nothing is due yet: step `not-decided`.
 *
 * Refusals: `policy/gap`, `policy/no-rule`, `missing/application`.
 */
export function startOfMonths(
  input: EnrolmentInput,
  read: MonthlyReader<Pick<typeof MONTHLY_PARAMETERS, 'startMonth' | 'requiresDecision'>>,
): Result<StartOfMonths> {
  const { book, enrolment } = input;
  const scope = scopeOf(input);
  const applied = dateIn(enrolment.facts, 'application');
  const decided = dateIn(enrolment.facts, 'decision');
  const papers = applied ?? decided;
  if (papers === undefined) return refuse(noApplication(enrolment));
  const policyStart = policyChanges(book, scope, ['startMonth'])[0] ?? monthOf(papers);
  const ruleMonth = maxMonth(monthOf(papers), policyStart);
  const rule = read(book, scope, 'startMonth', ruleMonth);
  if (!rule.ok) return rule;
  const needed = read.option(book, scope, 'requiresDecision', ruleMonth);
  if (!needed.ok) return needed;
  const { value, citation } = rule.value;
  const applicationMonth = monthOf(papers);
  if (decided === undefined && (value !== 'application-month' || needed.value?.value !== false)) {
    return ok({
      first: undefined,
      step: monthlyStep('not-decided', { applicationMonth, rule: value }, '0.00', citation),
    });
  }
  if (value === 'application-month') {
    if (applied === undefined) return refuse(noApplication(enrolment));
    return ok(begins('start-application', { applicationMonth }, applicationMonth, citation));
  }
  const decisionMonth = monthOf(decided ?? papers);
  const first = value === 'next-month' ? addMonths(decisionMonth, 1) : decisionMonth;
  return ok(begins('start-decision', { decisionMonth, rule: value }, first, citation));
}

function begins(
  code: 'start-application' | 'start-decision',
  inputs: Readonly<Record<string, string>>,
  first: Month,
  citation: Citation,
): StartOfMonths {
  return { first, step: monthlyStep(code, inputs, first, citation) };
}

/** The date that a fact of papers begins with: "2026-05-03", or "2026-05-03/民救〔2026〕8号". */
function dateIn(facts: readonly Fact[], kind: 'application' | 'decision'): string | undefined {
  const date = lastRecorded(facts, kind)?.value.slice(0, 10);
  return date !== undefined && isPlainDate(date) ? date : undefined;
}

function noApplication({ id }: EnrolmentFacts) {
  return refusal(
    'missing/application',
    `${id} 没有申请日期，而当地政策须凭申请起发：请在对象信息库补录申请日期`,
    `${id} has no date of application, and the policy pays only on application: add the date to the register`,
    { enrolment: id },
  );
}
