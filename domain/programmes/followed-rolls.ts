import type { ProgrammeId } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { lookup, type PolicyScope, policyChanges } from '../policy/lookup.ts';
import { RUN_RULES } from './run-rules.ts';

/** The roll (名册) of a programme of persons, or of the covered members of a programme of households. */
export type FollowedRoll = { readonly programme: ProgrammeId; readonly of: 'person' | 'household' };

const ROLLS = 'rolls';

/** Whether a programme pays whoever stands on the rolls of others (价格临时补贴), so that nobody enrols for it. */
export const followsRolls = (programme: ProgrammeId): boolean =>
  RUN_RULES[programme]?.parameterNames.includes(ROLLS) === true;

/** The rolls that a programme follows by any value known on the day, each once, in the order of policy. */
export function followedRolls(book: PolicyBook, scope: PolicyScope): readonly FollowedRoll[] {
  if (!followsRolls(scope.programme)) return [];
  const all = policyChanges(book, scope, [ROLLS]).flatMap((month) => {
    const found = lookup(book, { ...scope, parameter: ROLLS, month });
    return found.ok ? (found.value.value as readonly Partial<FollowedRoll>[]) : [];
  });
  const rolls = new Map<ProgrammeId, FollowedRoll>();
  for (const { programme, of } of all)
    if (programme !== undefined && of && RUN_RULES[programme] && !rolls.has(programme))
      rolls.set(programme, { programme, of });
  return [...rolls.values()];
}
