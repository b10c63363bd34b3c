import type { Bilingual } from '../bilingual.ts';
import type { Month } from '../calendar.ts';
import { fen, sumFen, toYuan } from '../money.ts';
import { determinedFor, firstDetermined } from '../register/determination.ts';
import { ok, type Result } from '../result.ts';
import { decidedStop } from './decided-stop.ts';
import { PAID_ELSEWHERE_STEP, paidElsewhereStep } from './paid-elsewhere.ts';
import type { EnrolmentInput, Entitlement, MonthInput, Step } from './programme.ts';

/** Steps of a schedule that is worked out for a decision: where it begins, and how a change of standard moves it. */
const SCHEDULE_STEPS = {
  'start-month': {
    zh: '{applied}申请，{decided}审批，{rule}起发：自{result}起',
    en: 'applied in {applied}, approved in {decided}, due from the {rule}: {result}',
  },
  'change-month': {
    zh: '{decided}复核（一般自{rule}起调整）：自{result}起',
    en: 'reviewed in {decided} (changes usually take effect: {rule}): from {result}',
  },
  'standard-difference': {
    zh: '{month}调标（{issuedOn}发文）：{component}原{former}元，加新{new}元与旧{old}元之差：{result}元',
    en: '{month}, change of standard issued {issuedOn}: {component} {former}, plus new {new} less old {old}: {result}',
  },
  'not-retroactive': {
    zh: '{month}调标（{issuedOn}发文）：{component}按政策不追溯（原{former}元，旧{old}元，新{new}元）：{result}元',
    en: '{month}, change of standard issued {issuedOn}: {component} not retroactive by policy ({former} in force, old {old}, new {new}): {result}',
  },
} as const satisfies Record<string, Bilingual>;

/** Steps of every programme that pays by decision; their labels stand beside the programme's own. */
export const DETERMINED_STEPS = {
  ...SCHEDULE_STEPS,
  'not-determined': {
    zh: '{month}：尚无核定决定，本月不发',
    en: '{month}: no determination yet, nothing is due',
  },
  'stopped-decision': {
    zh: '{month}：已决定停发，发放至{lastMonth}',
    en: '{month}: stopped by decision; paid through {lastMonth}',
  },
  ...PAID_ELSEWHERE_STEP,
  determined: {
    zh: '{month}：依{document}（{decidedOn}，第{number}次核定，{kind}），自{since}起每月{result}元',
    en: '{month}: by {document} of {decidedOn} (determination {number}, {kind}), {result} yuan a month from {since}',
  },
  'ended-decision': {
    zh: '已决定自{since}起终止，不再发放',
    en: 'ended by decision from {since}: nothing is due',
  },
  departed: {
    zh: '测算为每月{proposed}元，决定自{since}起按每月{result}元核定',
    en: 'worked out as {proposed} yuan a month; {result} yuan a month was decided from {since}',
  },
} as const satisfies Record<string, Bilingual>;

/** Words for the kinds of determination that appear in steps. */
export const DETERMINED_WORDS: Readonly<Record<string, Bilingual>> = {
  initial: { zh: '首次审批', en: 'first approval' },
  review: { zh: '复核', en: 'review' },
  'standard-change': { zh: '调标', en: 'change of standard' },
  taper: { zh: '渐退', en: 'taper' },
  end: { zh: '终止', en: 'end' },
  opening: { zh: '期初', en: 'in force at go-live' },
  grant: { zh: '给付决定', en: 'grant' },
  'grant-withdrawn': { zh: '撤销或核减', en: 'grant withdrawn or reduced' },
};

/**
 * What is due for a month of a programme that pays by decision: the amount of the determination in force, and nothing else.
 * Later facts open a review and move no money until another determination is recorded. Never refuses: a household without
 * a determination is owed nothing yet and must not keep a run from being computed.
 */
export function determinedMonth({ enrolment, month }: MonthInput): Result<Entitlement> {
  const { id, programme, determinations = [] } = enrolment;
  const nothing = (sample: boolean, step: Step): Entitlement => ({
    enrolment: id,
    programme,
    month,
    fen: fen(0),
    components: [],
    sample,
    derivation: [step],
  });
  const inForce = determinedFor(determinations, month);
  if (!inForce) {
    return ok(nothing(false, { code: 'not-determined', inputs: { month }, result: '0.00' }));
  }
  const { determination, span } = inForce;
  const elsewhere = paidElsewhereStep(month, enrolment.facts);
  if (elsewhere) return ok(nothing(determination.sample, elsewhere));
  const lastMonth = decidedStop(month, enrolment.facts);
  if (lastMonth !== undefined) {
    const step = { code: 'stopped-decision', inputs: { month, lastMonth }, result: '0.00' };
    return ok(nothing(determination.sample, step));
  }
  const due = sumFen(span.components.map((component) => component.fen));
  const { document, decidedOn, number, kind } = determination;
  const inputs = { month, document, decidedOn, number: String(number), kind, since: span.from };
  const decided: Step = { code: 'determined', inputs, result: toYuan(due) };
  return ok({
    ...nothing(determination.sample, decided),
    fen: due,
    components: span.components,
    derivation: [...span.derivation, decided],
  });
}

/** The first month that a determination speaks of; undefined before the first one. */
export function firstDeterminedMonth({ enrolment }: EnrolmentInput): Result<Month | undefined> {
  return ok(firstDetermined(enrolment.determinations ?? []));
}
