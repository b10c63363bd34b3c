import type { EnrolmentId } from '../ids.ts';
import type { Programme } from '../programmes/programme.ts';
import type { Draft } from '../run/draft.ts';

/** 人数、户数、笔数: whom a run pays, each counted apart. */
export type Recipients = {
  readonly payments: number;
  /** Enrolments paid, in programmes for households. */
  readonly households?: number;
  /** Persons paid for: enrolments of persons, or the covered members of households as their amounts were worked out. */
  readonly persons: number;
  /** Households whose amount says nothing of their members (brought in at go-live, say): not in `persons`. */
  readonly householdsUncounted?: number;
  /** Organisations or projects paid, in programmes for them, which pay no persons. */
  readonly organisations?: number;
  readonly projects?: number;
};

/** One payment as it is counted: whose it is, and how many persons its household's amount is for. */
export type Counted = { readonly enrolment: EnrolmentId; readonly persons?: number };

/** The step of a derivation that says how many members are covered (保障对象). */
const MEMBERS_STEP = 'members';

export function countedOf({ enrolment, derivations }: Pick<Draft, 'enrolment' | 'derivations'>): Counted {
  const months = Object.keys(derivations).sort();
  const step = months
    .flatMap((month) => derivations[month] ?? [])
    .findLast(({ code }) => code === MEMBERS_STEP);
  const persons = Number(step?.inputs['covered']);
  return Number.isSafeInteger(persons) ? { enrolment, persons } : { enrolment };
}

/** A household with two payments is one household. */
export function recipientsOf(unit: Programme['unit'] | undefined, payments: readonly Counted[]): Recipients {
  const enrolments = new Map<EnrolmentId, number | undefined>();
  for (const { enrolment, persons } of payments)
    enrolments.set(enrolment, persons ?? enrolments.get(enrolment));
  if (unit === 'organisation' || unit === 'project')
    return { payments: payments.length, persons: 0, [`${unit}s` as const]: enrolments.size };
  if (unit !== 'household') return { payments: payments.length, persons: enrolments.size };
  const known = [...enrolments.values()].filter((persons) => persons !== undefined);
  return {
    payments: payments.length,
    households: enrolments.size,
    persons: known.reduce((sum, persons) => sum + persons, 0),
    ...(known.length < enrolments.size && { householdsUncounted: enrolments.size - known.length }),
  };
}
