import type { Month } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { type PolicyScope, policyChanges } from '../policy/lookup.ts';
import { ok, type Result } from '../result.ts';
import { monthlyReader } from './monthly.ts';
import type { MONTHLY_PARAMETERS } from './monthly-parameters.ts';
import { RUN_RULES } from './run-rules.ts';
import type { Stacking, StackingAction } from './stacking-parameter.ts';

const read = monthlyReader<Pick<typeof MONTHLY_PARAMETERS, 'stacking'>>();

/** Actions that can change an amount; the others only say that nothing happens. */
const ACTING: readonly StackingAction[] = ['excluded', 'higher-of', 'top-up'];

type CitedRule = { readonly rule: Stacking; readonly citation: Citation };
const NONE: readonly CitedRule[] = [];

/** The stacking rules of a programme that can change an amount in a month; none where nobody set any. Refusal: `policy/gap`. */
export function actingRules(
  book: PolicyBook,
  scope: PolicyScope,
  month: Month,
): Result<readonly CitedRule[]> {
  const found = read.option(book, scope, 'stacking', month);
  if (!found.ok) return found;
  if (!found.value) return ok(NONE);
  const { value, citation } = found.value;
  return ok(value.filter(({ action }) => ACTING.includes(action)).map((rule) => ({ rule, citation })));
}

/** Which other programmes have to be looked at to say what is owed in one. */
export type RelatedProgrammes = {
  readonly programmes: ReadonlySet<ProgrammeId>;
  /** A rule looks at the household that a person belongs to, or from a household at its members. */
  readonly households: boolean;
  /** A rule of a household's programme looks at enrolments of its members. */
  readonly members: boolean;
};

/**
 * The other programmes whose amounts decide what is owed in this one, directly or through others, by any value known on the day,
 * whatever month it governs; empty where nobody set any. 择高 in another programme's rules bears on this one too.
 */
export function relatedProgrammes(
  book: PolicyBook,
  scope: Pick<PolicyScope, 'jurisdiction' | 'knownOn'>,
  programme: ProgrammeId,
): RelatedProgrammes {
  const rules = new Map(Object.keys(RUN_RULES).map((id) => [id, everSet(book, { ...scope, programme: id })]));
  const found = new Set<ProgrammeId>();
  let [households, members] = [false, false];
  const queue = [programme];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const own = rules.get(next) ?? [];
    const isHousehold = RUN_RULES[next]?.unit === 'household';
    households ||= own.some(({ of }) => of === 'household');
    members ||= isHousehold && own.some(({ of }) => of === 'person');
    const mirrored = [...rules].filter(([, theirs]) =>
      theirs.some((rule) => rule.action === 'higher-of' && rule.with === next),
    );
    for (const other of [...own.map((rule) => rule.with), ...mirrored.map(([id]) => id)]) {
      if (other === programme || found.has(other) || !RUN_RULES[other]) continue;
      found.add(other);
      queue.push(other);
    }
  }
  return { programmes: found, households, members };
}

/** Every acting rule that any known value of the parameter has. */
function everSet(book: PolicyBook, scope: PolicyScope): Stacking[] {
  return policyChanges(book, scope, ['stacking']).flatMap((month) => {
    const found = actingRules(book, scope, month);
    return found.ok ? found.value.map(({ rule }) => rule) : [];
  });
}
