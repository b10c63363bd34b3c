import type { Bilingual } from '../bilingual.ts';
import type { Month } from '../calendar.ts';
import { sumFen, toYuan } from '../money.ts';
import { type Determination, type DeterminationSpan, grantedIn } from '../register/determination.ts';
import { type Fact, latestFact } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import type {
  Component,
  EnrolmentFacts,
  EnrolmentInput,
  Entitlement,
  MonthInput,
  Step,
} from './programme.ts';

/** Steps of every programme that pays by grants; their sentences stand beside the programme's own. */
export const GRANTED_STEPS = {
  'not-granted': {
    zh: '{month}：本月没有给付决定',
    en: '{month}: no grant was decided for this month',
  },
  'grant-stopped': {
    zh: '{month}：已决定停发，此前决定的按月给付不再发放',
    en: '{month}: stopped by decision; parts of grants decided before are not paid',
  },
  granted: {
    zh: '依{document}（{decidedOn}，第{number}次给付决定），{month}给付{result}元',
    en: 'by {document} of {decidedOn} (grant {number}), {result} yuan for {month}',
  },
  'grant-withdrawn': {
    zh: '依{document}（{decidedOn}，第{number}次决定），{month}撤销或核减{result}元',
    en: 'by {document} of {decidedOn} (decision {number}), {result} yuan of {month} withdrawn',
  },
  'grant-persons': {
    zh: '救助 {persons} 人',
    en: 'people helped: {persons}',
  },
} as const satisfies Record<string, Bilingual>;

const IMPREST = 'imprest:';

/** The imprest fund (备用金) that a component was paid out of in cash; undefined for what the bank pays. */
export function imprestFundOf(component: string): string | undefined {
  return component.startsWith(IMPREST) ? component.slice(IMPREST.length) : undefined;
}

/** The component of what an imprest fund paid out. */
export const imprestComponent = (fund: string): string => `${IMPREST}${fund}`;

/**
 * What is due for a month of a programme that pays by grants (一次性给付): the grants whose own month it is, less what was withdrawn of
 * them, never below zero. Never refuses: an enrolment without a grant is owed nothing.
 */
export function grantedMonth({ enrolment, month }: MonthInput): Result<Entitlement> {
  const { id, programme, determinations: all = [] } = enrolment;
  const determinations = notStopped(enrolment, month);
  const mine = determinations
    .toSorted((a, b) => a.number - b.number)
    .flatMap((determination) =>
      determination.spans.filter(({ from }) => from === month).map((span) => ({ determination, span })),
    )
    .filter(({ determination: { kind } }) => kind === 'grant' || kind === 'grant-withdrawn');
  const components = grantedIn(determinations, month);
  const nothing: Step =
    determinations.length < all.length
      ? { code: 'grant-stopped', inputs: { month }, result: '0.00' }
      : { code: 'not-granted', inputs: { month }, result: '0.00' };
  const steps = mine.flatMap(({ determination, span }): Step[] => {
    const { document, decidedOn, number, kind } = determination;
    const code = kind === 'grant' ? 'granted' : 'grant-withdrawn';
    const inputs = { month, document, decidedOn, number: String(number) };
    return [...span.derivation, { code, inputs, result: toYuan(totalOf(span)) }];
  });
  return ok({
    enrolment: id,
    programme,
    month,
    fen: sumFen(components.map((component) => component.fen)),
    components,
    sample: mine.some(({ determination }) => determination.sample),
    derivation: steps.length > 0 ? steps : [nothing],
  });
}

/** What grants give for a month by component, less what was withdrawn or stopped of them. */
export const grantedOf = (enrolment: Granted, month: Month): Component[] =>
  grantedIn(notStopped(enrolment, month), month);

type Granted = Pick<EnrolmentFacts, 'facts' | 'determinations'>;
const notStopped = ({ determinations = [], facts }: Granted, month: Month): Determination[] =>
  determinations.filter((one) => !isStopped(one, month, facts));

/**
 * A stop ends what had been granted by then for later months, unless it was lifted; what is granted afterwards, or was handed over in
 * cash, stands.
 */
function isStopped({ recordedAt, spans }: Determination, month: Month, facts: readonly Fact[]): boolean {
  const stop = latestFact(facts, 'stop');
  const cash = spans.every(({ components }) =>
    components.every(({ component }) => imprestFundOf(component) !== undefined),
  );
  if (cash) return false;
  return stop !== undefined && stop.value !== '' && stop.recordedAt > recordedAt && month > stop.value;
}

/** The first month that any grant pays; undefined before the first one. */
export function firstGrantedMonth({ enrolment }: EnrolmentInput): Result<Month | undefined> {
  const months = (enrolment.determinations ?? [])
    .filter(({ kind }) => kind === 'grant')
    .flatMap(({ spans }) => spans.map(({ from }) => from));
  return ok(months.sort()[0]);
}

const totalOf = ({ components }: DeterminationSpan) => sumFen(components.map((component) => component.fen));
