import type { Month } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { lookup, type PolicyScope, policyChanges } from '../policy/lookup.ts';
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

/**
 * A programme's 择高 with another, which binds that one too. Refusal: `policy/gap`, where there was such a rule and its text has lapsed; a
 * matrix that never named the other is no reason to refuse it.
 */
export function higherOfRules(
  book: PolicyBook,
  scope: PolicyScope,
  month: Month,
  other: ProgrammeId,
): Result<readonly CitedRule[]> {
  const compares = (rule: Stacking) => rule.action === 'higher-of' && rule.with === other;
  const found = actingRules(book, scope, month);
  if (found.ok) return ok(found.value.filter(({ rule }) => compares(rule)));
  return everActing(book, scope).some(compares) ? found : ok(NONE);
}

/** Which other programmes have to be looked at to say what is owed in one; plain data, as a run freezes it. */
export type RelatedProgrammes = {
  /** Of persons, and of households, each in stacking order. */
  readonly ofPersons: readonly ProgrammeId[];
  readonly ofHouseholds: readonly ProgrammeId[];
  /** Present where a household's programme looks at enrolments of its members. */
  readonly members?: true;
};

/**
 * The other programmes whose amounts decide what is owed in this one, directly or through others: by its stacking rules, by 择高 in the
 * rules of others, and by the rolls that it follows. By any value known on the day, whatever month it governs; undefined where there are none.
 */
export function relatedProgrammes(
  book: PolicyBook,
  scope: Pick<PolicyScope, 'jurisdiction' | 'knownOn'>,
  programme: ProgrammeId,
): RelatedProgrammes | undefined {
  const everywhere = Object.keys(RUN_RULES);
  const looks = new Map(everywhere.map((id) => [id, looksAt(book, { ...scope, programme: id })]));
  const found = new Set<ProgrammeId>();
  let members = false;
  const queue = [programme];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const own = looks.get(next) ?? [];
    members ||= RUN_RULES[next]?.unit === 'household' && own.some(({ of }) => of === 'person');
    const mirrored = [...looks].filter(([, theirs]) =>
      theirs.some((one) => one.action === 'higher-of' && one.with === next),
    );
    for (const other of [...own.map((one) => one.with), ...mirrored.map(([id]) => id)]) {
      if (other === programme || found.has(other) || !RUN_RULES[other]) continue;
      found.add(other);
      queue.push(other);
    }
  }
  if (found.size === 0) return undefined;
  const inOrder = everywhere.filter((id) => found.has(id));
  const isHouseholds = (id: ProgrammeId) => RUN_RULES[id]?.unit === 'household';
  return {
    ofPersons: inOrder.filter((id) => !isHouseholds(id)),
    ofHouseholds: inOrder.filter(isHouseholds),
    ...(members && { members }),
  };
}

/** Another programme that one looks at: by an acting stacking rule, or because it follows its roll. */
type Look = Pick<Stacking, 'with' | 'of'> & { readonly action?: StackingAction };

/** What any known value of the programme's policy looks at. */
function looksAt(book: PolicyBook, scope: PolicyScope): readonly Look[] {
  const byRules: readonly Look[] = everActing(book, scope);
  if (!RUN_RULES[scope.programme]?.parameterNames.includes(ROLLS)) return byRules;
  const byRolls = policyChanges(book, scope, [ROLLS]).flatMap((month) => {
    const found = lookup(book, { ...scope, parameter: ROLLS, month });
    return found.ok ? (found.value.value as readonly Partial<Roll>[]) : [];
  });
  return [
    ...byRules,
    ...byRolls.flatMap(({ programme, of }): Look[] => (programme && of ? [{ with: programme, of }] : [])),
  ];
}

/** Every acting rule that any known value of the matrix has. */
function everActing(book: PolicyBook, scope: PolicyScope): Stacking[] {
  return policyChanges(book, scope, ['stacking']).flatMap((month) => {
    const found = actingRules(book, scope, month);
    return found.ok ? found.value.map(({ rule }) => rule) : [];
  });
}

/** The parameter of a programme that pays whoever stands on the rolls of others (价格临时补贴). */
const ROLLS = 'rolls';
type Roll = { readonly programme: ProgrammeId; readonly of: Stacking['of'] };
