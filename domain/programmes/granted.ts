import type { Bilingual } from '../bilingual.ts';
import type { Month } from '../calendar.ts';
import { sumFen, toYuan } from '../money.ts';
import { type DeterminationSpan, grantedIn } from '../register/determination.ts';
import { ok, type Result } from '../result.ts';
import type { EnrolmentInput, Entitlement, MonthInput, Step } from './programme.ts';

/** Steps of every programme that pays by grants; their sentences stand beside the programme's own. */
export const GRANTED_STEPS = {
  'not-granted': {
    zh: '{month}：本月没有给付决定',
    en: '{month}: no grant was decided for this month',
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
  const { id, programme, determinations = [] } = enrolment;
  const mine = determinations
    .toSorted((a, b) => a.number - b.number)
    .flatMap((determination) =>
      determination.spans.filter(({ from }) => from === month).map((span) => ({ determination, span })),
    )
    .filter(({ determination: { kind } }) => kind === 'grant' || kind === 'grant-withdrawn');
  const components = grantedIn(determinations, month);
  const nothing: Step = { code: 'not-granted', inputs: { month }, result: '0.00' };
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

/** The first month that any grant pays; undefined before the first one. */
export function firstGrantedMonth({ enrolment }: EnrolmentInput): Result<Month | undefined> {
  const months = (enrolment.determinations ?? [])
    .filter(({ kind }) => kind === 'grant')
    .flatMap(({ spans }) => spans.map(({ from }) => from));
  return ok(months.sort()[0]);
}

const totalOf = ({ components }: DeterminationSpan) => sumFen(components.map((component) => component.fen));
