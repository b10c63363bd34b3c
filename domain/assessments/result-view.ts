import type { Bilingual } from '../bilingual.ts';
import type { Month, PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { PersonKey } from '../ids.ts';
import { sumFen, toYuan } from '../money.ts';
import { componentName } from '../programmes/component-name.ts';
import type { Component, Programme, Step } from '../programmes/programme.ts';
import { renderStep } from '../programmes/sentences.ts';
import type { Refusal } from '../result.ts';
import type { AssessedCase, AssessedMonth } from './assess-case.ts';
import type { Assumption, CaseAt } from './case-at.ts';
import { isProposed } from './decided-months.ts';
import type { AssessedGrant } from './grant-case.ts';
import type { PaidDifferences } from './paid-months.ts';
import type { ReadEnrolment } from './read-enrolment.ts';

/** One step in words, with what it says and where that stands. */
type StepView = Bilingual & {
  readonly code: string;
  readonly result: string;
  readonly citation?: Citation;
};
type ComponentView = { readonly component: string; readonly amount: string } & Bilingual;
type ErrorView = Bilingual & { readonly code: string };

/** What one programme owes one person or household for one month. Amounts are decimal yuan. */
type MonthView = {
  readonly programme: string;
  readonly name: Bilingual;
  readonly subject: string;
  readonly month: Month;
  /** `rule`: by the facts. `determined`: as the case says it was decided. `proposed`: what the engine works out for a decision. */
  readonly basis: 'rule' | 'determined' | 'proposed';
} & (
  | {
      readonly amount: string;
      readonly components: readonly ComponentView[];
      /** It rests on a value that was not published. */
      readonly sample: boolean;
      /** What other programmes took of it, and why. */
      readonly stacking?: readonly Bilingual[];
      readonly derivation: readonly StepView[];
    }
  | { readonly error: ErrorView }
);
type GrantView = {
  readonly programme: string;
  readonly name: Bilingual;
  readonly subject: string;
  readonly basis: 'grant';
  readonly decidedOn: PlainDate;
} & (
  | {
      readonly amount: string;
      readonly components: readonly ComponentView[];
      readonly decidedAt: 'township' | 'district' | 'special';
      readonly persons: number;
      readonly parts?: readonly { readonly monthsAfter: number; readonly amount: string }[];
      readonly sample: boolean;
      readonly derivation: readonly StepView[];
    }
  | { readonly error: ErrorView }
);
type DifferencesView = { readonly programme: string; readonly subject: string } & (
  | {
      readonly toPay: string;
      /** The part of `toPay` for months before those asked about, or paid already in part (补发). */
      readonly arrears: string;
      readonly toRecover: string;
      readonly months: readonly {
        readonly month: Month;
        readonly component: string;
        readonly amount: string;
        readonly cause: string;
      }[];
    }
  | { readonly error: ErrorView }
);

/** The answer to a case, as the command line and the API print it. */
export type AssessmentView = {
  readonly jurisdiction: string;
  readonly months: readonly Month[];
  /** Policy and facts as known on this day. */
  readonly knownOn: PlainDate;
  /** Everything due together; absent while any of it cannot be said. */
  readonly total?: string;
  readonly results: readonly (MonthView | GrantView)[];
  readonly totals?: readonly { readonly month: Month; readonly amount: string }[];
  readonly differences?: readonly DifferencesView[];
  readonly toPay?: string;
  readonly arrears?: string;
  readonly toRecover?: string;
  readonly assumed?: readonly Assumption[];
};

/** Puts an assessed case into words. */
export function assessmentView(assessed: AssessedCase, at: CaseAt): AssessmentView {
  const { months, grants, differences, read } = assessed;
  const results = [
    ...months.map((each) => monthView(each, read.names)),
    ...grants.map((each) => grantView(each, read.names)),
  ];
  const due = [
    ...months.flatMap(({ result }) => (result.ok ? [result.value.fen] : [])),
    ...grants
      .flatMap(({ result }) => (result.ok ? result.value.parts.flatMap((part) => part.components) : []))
      .map(({ fen }) => fen),
  ];
  const complete = [...months, ...grants].every(({ result }) => result.ok);
  return {
    jurisdiction: at.jurisdiction,
    months: at.months,
    knownOn: at.knownOn,
    ...(complete && { total: toYuan(sumFen(due)) }),
    results,
    ...(complete && at.months.length > 1 && months.length > 0 && { totals: totalsOf(months, at) }),
    ...differencesView(differences),
    ...(read.assumed.length > 0 && { assumed: read.assumed }),
  };
}

const totalsOf = (months: readonly AssessedMonth[], at: CaseAt) =>
  at.months.map((month) => ({
    month,
    amount: toYuan(
      sumFen(
        months.flatMap((each) => (each.month === month && each.result.ok ? [each.result.value.fen] : [])),
      ),
    ),
  }));

type Names = ReadonlyMap<PersonKey, string>;

function monthView({ one, month, result }: AssessedMonth, names: Names): MonthView {
  const basis = !one.programme.propose ? 'rule' : isProposed(one) ? 'proposed' : 'determined';
  const head = { ...headOf(one), month, basis } as const;
  if (!result.ok) return { ...head, error: errorView(result.error, names) };
  const { fen, components, sample, derivation } = result.value;
  const steps = derivation.map((step) => stepView(one.programme, step, names));
  const stacking = steps.filter(({ code }) => code.startsWith('stacking-')).map(({ zh, en }) => ({ zh, en }));
  // A decision that nobody took is no step of the reasoning.
  const shown = basis === 'proposed' ? steps.filter(({ code }) => code !== 'determined') : steps;
  return {
    ...head,
    amount: toYuan(fen),
    components: componentsView(one.programme, components),
    sample,
    ...(stacking.length > 0 && { stacking }),
    derivation: shown,
  };
}

function grantView({ one, decidedOn, result }: AssessedGrant, names: Names): GrantView {
  const head = { ...headOf(one), basis: 'grant', decidedOn } as const;
  if (!result.ok) return { ...head, error: errorView(result.error, names) };
  const { parts, decidedAt, persons, sample, derivation } = result.value;
  const all = parts.flatMap(({ components }) => components);
  return {
    ...head,
    amount: toYuan(sumFen(all.map(({ fen }) => fen))),
    components: componentsView(one.programme, all),
    decidedAt,
    persons,
    ...(parts.length > 1 && {
      parts: parts.map(({ monthsAfter, components }) => ({
        monthsAfter,
        amount: toYuan(sumFen(components.map(({ fen }) => fen))),
      })),
    }),
    sample,
    derivation: derivation.map((step) => stepView(one.programme, step, names)),
  };
}

function differencesView(all: AssessedCase['differences']): Partial<AssessmentView> {
  if (all.length === 0) return {};
  const views = all.map(({ one, result }): DifferencesView => {
    const head = { programme: one.programme.id, subject: one.subject };
    if (!result.ok) return { ...head, error: errorView(result.error, new Map()) };
    const { toPay, arrears, toRecover, differences } = result.value;
    return {
      ...head,
      toPay: toYuan(toPay),
      arrears: toYuan(arrears),
      toRecover: toYuan(toRecover),
      months: differences.map(({ month, component, fen, cause }) => ({
        month,
        component,
        amount: toYuan(fen),
        cause,
      })),
    };
  });
  const known = all.flatMap(({ result }) => (result.ok ? [result.value] : []));
  if (known.length < all.length) return { differences: views };
  const sum = (of: (one: PaidDifferences) => PaidDifferences['toPay']) => toYuan(sumFen(known.map(of)));
  return {
    differences: views,
    toPay: sum(({ toPay }) => toPay),
    arrears: sum(({ arrears }) => arrears),
    toRecover: sum(({ toRecover }) => toRecover),
  };
}

const headOf = ({ programme, subject }: ReadEnrolment) => ({
  programme: programme.id,
  name: programme.names,
  subject,
});

function componentsView(programme: Programme, components: readonly Component[]): ComponentView[] {
  const together = new Map<string, Component['fen']>();
  for (const { component, fen } of components)
    together.set(component, sumFen([together.get(component) ?? sumFen([]), fen]));
  return [...together].map(([component, fen]) => ({
    component,
    ...(componentName(programme.id, component) ?? { zh: component, en: component }),
    amount: toYuan(fen),
  }));
}

function stepView(programme: Programme, step: Step, names: Names): StepView {
  const { zh, en } = renderStep(programme, step);
  const { code, result, citation } = step;
  const named = (text: string) => withNames(text, names);
  return { code, zh: named(zh), en: named(en), result: named(result), ...(citation && { citation }) };
}

const errorView = ({ code, zh, en }: Refusal, names: Names): ErrorView => ({
  code,
  zh: withNames(zh, names),
  en: withNames(en, names),
});

/** What the case calls them in place of the keys that the rules know. */
function withNames(text: string, names: Names): string {
  let shown = text;
  for (const [key, id] of names) shown = shown.replaceAll(key, id);
  return shown;
}
