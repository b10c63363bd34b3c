import { addMonths, type Instant, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import {
  type Case,
  type CaseActBody,
  type CaseActOf,
  type CaseOutcome,
  type CaseSource,
  type CaseState,
  caseState,
  sourcesOf,
} from './case.ts';

type Decision = Result<CaseActBody>;

/** So long a finding that was decided on is not asked about again (the yearly 年审 looks at everybody once more). */
const DECIDED_MONTHS = 12;
/** A stop ends the hold: one dated further ahead than the longest period of payment, a year, is a slip of the pen. */
const STOP_MONTHS_AHEAD = 12;

/** What becomes of another word about an enrolment: a new case, a part of the open one, or nothing, as it was heard before. */
export type Placement = { readonly to: 'new' | 'open' | 'known'; readonly last: Case | undefined };

/**
 * Where a match or report belongs, given all cases of its kind about the enrolment in order. A list that came twice, or the same
 * finding of the same day under another file name, is known; so is a finding decided on within a year, until a later list says
 * something else.
 */
export function placeSource(cases: readonly Case[], source: CaseSource): Placement {
  const last = cases.at(-1);
  // Once a decision was taken nothing is looked into any more, and the hold ends with it, also when it is carried out only later.
  const open = last !== undefined && last.decided === undefined;
  if (source.type !== 'match') return { to: open ? 'open' : 'new', last };
  const heard = cases.flatMap(sourcesOf).some((one) => one.type === 'match' && one.list === source.list);
  if (heard) return { to: 'known', last };
  const sameDay = (one: Case) =>
    sourcesOf(one).some(
      (each) => each.type === 'match' && each.source === source.source && each.listDate === source.listDate,
    );
  if (open) {
    const same = sourcesOf(last).some(
      (each) => each.type === 'match' && each.finding === source.finding && each.listDate === source.listDate,
    );
    return { to: same ? 'known' : 'open', last };
  }
  const decided = cases.some((one) => sameDay(one) || isSettled(one, source.finding, source.listDate));
  return { to: decided ? 'known' : 'new', last };
}

/** Decided on not long before a list that says the same again. */
function isSettled(one: Case, finding: string, listDate: PlainDate): boolean {
  const at = one.decided?.at;
  if (at === undefined || one.decided?.outcome === 'stop') return false;
  const same = sourcesOf(one).some((each) => each.type === 'match' && each.finding === finding);
  return same && monthOf(listDate) < addMonths(at.slice(0, 7), DECIDED_MONTHS);
}

/** 交办: to another street, or to a first one where the register named none. */
export function assignCase(found: Case, street: string): Decision {
  const wrong = inCaseState(found, ['assigned'], { zh: '交办', en: 'be assigned' });
  if (wrong) return refuse(wrong);
  if (found.street === street)
    return refuse(
      refusal('conflict/case-assigned', '本案已交该街道', 'the case is with this street already'),
    );
  return ok({ kind: 'assigned', street });
}

/** 核查. */
export function verifyCase(found: Case, said: Omit<CaseActOf<'verified'>, keyof Stamp | 'kind'>): Decision {
  const wrong = inCaseState(found, ['assigned'], { zh: '登记核查', en: 'be verified' });
  return wrong ? refuse(wrong) : ok({ kind: 'verified', ...said });
}
type Stamp = {
  readonly caseId: string;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};

/** 告知: what was found stands against the person, who is told in writing before anything is decided. */
export function noticeCase(
  found: Case,
  said: Omit<CaseActOf<'noticed'>, keyof Stamp | 'kind'>,
  today: PlainDate,
): Decision {
  const wrong = inCaseState(found, ['verified'], { zh: '登记告知', en: 'be notified' });
  if (wrong) return refuse(wrong);
  if (said.deliveredOn > today)
    return refuse(
      refusal('invalid/date-future', '送达日期不能晚于今天', 'the notice cannot be delivered after today'),
    );
  return ok({ kind: 'noticed', ...said });
}

export type CaseWish = {
  readonly outcome: CaseOutcome;
  readonly document: string;
  readonly reason: string;
  readonly from?: Month;
};

/**
 * 决定, by another person than who verified and than who opened the case by hand. Against the person (change, stop) only after the
 * written notice; for them after the verification. A case that holds nothing may be dismissed at any time; one that holds money is let go
 * by two people, as an override is. Refusals: `conflict/case-state`,
 * `forbidden/same-person`, `invalid/case-month`.
 */
export function decideCase(found: Case, wish: CaseWish, by: string, today: PlainDate): Decision {
  const { outcome, from } = wish;
  const against = outcome === 'stop' || outcome === 'change';
  const states: readonly CaseState[] = against
    ? ['noticed']
    : outcome === 'continue' || found.hold
      ? ['verified', 'noticed']
      : ['assigned', 'verified', 'noticed'];
  const wrong = inCaseState(found, states, { zh: '作出该决定', en: 'be decided so' });
  if (wrong) return refuse(wrong);
  const opener = found.opened.source.type === 'match' ? undefined : found.opened.by;
  if (by === opener || by === found.verified?.by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '立案人和核查人不能作出决定，请由另一人决定',
        'whoever opened or verified a case does not decide it: ask another person',
      ),
    );
  }
  if ((outcome === 'stop') !== (from !== undefined)) {
    return refuse(
      refusal(
        'invalid/case-month',
        '停发须写明自哪个月起停发，其他决定不写月份',
        'a stop says from which month; no other decision does',
      ),
    );
  }
  const lastFrom = addMonths(monthOf(today), STOP_MONTHS_AHEAD);
  if (from !== undefined && from > lastFrom) {
    return refuse(
      refusal(
        'invalid/case-month',
        `停发月份最晚为 ${lastFrom}：请核对年份，此前各月会照常发放`,
        `a stop begins by ${lastFrom}: check the year, every month before it would be paid`,
      ),
    );
  }
  return ok({ kind: 'decided', ...wish });
}

const STATE_NAMES: Readonly<Record<CaseState, string>> = {
  assigned: '待核查',
  verified: '已核查',
  noticed: '已告知',
  deciding: '已决定，待执行',
  closed: '已办结',
};
export const caseStateName = (state: CaseState): string => STATE_NAMES[state];

function inCaseState(
  found: Case,
  states: readonly CaseState[],
  what: { readonly zh: string; readonly en: string },
): Refusal | undefined {
  const state = caseState(found);
  if (states.includes(state)) return undefined;
  const wanted = states.map((one) => STATE_NAMES[one]).join('、');
  return refusal(
    'conflict/case-state',
    `本案现为“${STATE_NAMES[state]}”，只有“${wanted}”时才能${what.zh}`,
    `the case is ${state}; it can only ${what.en} while ${states.join(' or ')}`,
    { state },
  );
}
