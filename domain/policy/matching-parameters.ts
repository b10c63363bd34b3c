import * as z from 'zod/mini';
import type { Month } from '../calendar.ts';
import type { CaseDeadlines } from '../matching/case-deadline.ts';
import { CASE_KINDS, type CaseKind, MATCHING_ACTIONS, type MatchingAction } from '../matching/list-kinds.ts';
import type { PolicyBook } from './book.ts';
import { lapsedOption, lookupParameter, type PolicyScope } from './lookup.ts';
import type { ParameterSpec } from './parameter.ts';

const days = z.int().check(z.minimum(1), z.maximum(120));
const Deadlines = z.strictObject({ verify: days, notice: days, decide: days });

/** What a place sets for matching lists and cases. Both may be left out. */
export const MATCHING_PARAMETERS = {
  /** By kind of list or report: hold, task or inform. What is not named: reports hold, lists make a task. */
  matching: {
    schema: z.partialRecord(z.enum(CASE_KINDS), z.enum(MATCHING_ACTIONS)),
    label: { zh: '比对结果的处理', en: 'what a match does' },
    unit: { zh: '选项', en: 'option' },
    bearsAmount: false,
  },
  /** Working days for the steps of a case; without it no case is overdue. */
  caseDeadlines: {
    schema: Deadlines,
    label: { zh: '疑点办理期限', en: 'deadlines of cases' },
    unit: { zh: '工作日', en: 'working days' },
    bearsAmount: false,
  },
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;

/** Where what was set has lapsed, nobody has said what a match does: the money waits for somebody's word. */
const ALL_HOLD = Object.fromEntries(CASE_KINDS.map((kind) => [kind, 'hold'])) as Readonly<
  Record<CaseKind, MatchingAction>
>;

/** What governs matches in a month; members are absent where the place has set nothing. */
export function matchingPolicy(
  book: PolicyBook,
  { jurisdiction, programme, knownOn }: PolicyScope,
  month: Month,
): {
  readonly actions?: Readonly<Partial<Record<CaseKind, MatchingAction>>>;
  readonly deadlines?: CaseDeadlines;
} {
  const scope = { jurisdiction, programme, knownOn, month };
  const lapsed = lapsedOption(book, scope, month, ['matching']);
  const actions = lookupParameter(book, { ...scope, parameter: 'matching' }, MATCHING_PARAMETERS.matching);
  const deadlines = lookupParameter(
    book,
    { ...scope, parameter: 'caseDeadlines' },
    MATCHING_PARAMETERS.caseDeadlines,
  );
  return {
    ...(actions.ok && { actions: actions.value.value }),
    ...(lapsed && { actions: ALL_HOLD }),
    ...(deadlines.ok && { deadlines: deadlines.value.value }),
  };
}
