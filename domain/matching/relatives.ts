import type { Instant, PlainDate } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import { type Refusal, refusal } from '../result.ts';

export const RELATIONS = ['spouse', 'child', 'parent', 'sibling', 'in-law', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

/** 近亲属备案: what a member of staff declared of a relative. The day is the one on the form. */
export type RelativeDeclaration = {
  readonly staff: string;
  readonly person: PersonKey;
  readonly relation: Relation;
  readonly declaredOn: PlainDate;
  readonly at: Instant;
};

/** The members of staff, in order, to whom one of these persons is declared a relative as known at an instant. */
export function relativesAmong(
  declarations: readonly RelativeDeclaration[],
  persons: Iterable<PersonKey>,
  knownAt: Instant,
): string[] {
  const among = new Set(persons);
  const staff = declarations.filter(({ person, at }) => at <= knownAt && among.has(person));
  return [...new Set(staff.map((one) => one.staff))].sort();
}

/** 回避: whoever declared a relative among those concerned does not act on it. */
export const relativeConcerned = (): Refusal =>
  refusal(
    'forbidden/relative',
    '涉及您已备案的近亲属，应当回避，请由他人办理',
    'this concerns a relative that you declared: somebody else acts on it',
  );

/** A run does not know yet what was declared after its cut-off. */
export const declaredSince = (): Refusal =>
  refusal(
    'forbidden/relative-declared',
    '您在本批次核算之后新备案了近亲属：请重新核算后再签，或由他人签批',
    'you declared a relative after this run was computed: recompute it first, or let somebody else sign',
  );
