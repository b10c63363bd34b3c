import { type Membership, membershipText } from '../../../domain/household/membership.ts';
import type { Situation } from '../../../domain/programmes/programme.ts';
import type { Fact, FactKind } from '../../../domain/register/facts.ts';

/** A household of sample keys, as facts. */
export const HOUSEHOLD = 'H0000000000A';
export const OTHER_HOUSEHOLD = 'H0000000000B';

export function fact(kind: FactKind, validFrom: string, value: string, recordedAt = ''): Fact {
  const at = recordedAt || `${validFrom}T01:00:00.000Z`;
  return { kind, value, validFrom, recordedAt: at, source: 'register', by: 'import-1' };
}

export function belongs(
  validFrom: string,
  relation: Membership['relation'],
  changes: Partial<Membership> = {},
  recordedAt = '',
): Fact {
  const membership = { household: HOUSEHOLD, relation, covered: true, ...changes };
  return fact('household', validFrom, membershipText(membership), recordedAt);
}

export const born = (date: string): Fact => fact('birth-date', date, date);

/** Head, spouse and child, on the roll since 2025. */
export function family(more: Readonly<Record<string, readonly Fact[]>> = {}): Situation {
  const persons: Record<string, readonly Fact[]> = {
    P0000000000A: [born('1980-05-10'), belongs('2025-01-05', 'head')],
    P0000000000B: [born('1982-06-11'), belongs('2025-01-05', 'spouse')],
    P0000000000C: [born('2015-07-12'), belongs('2025-01-05', 'child')],
  };
  for (const [person, facts] of Object.entries(more))
    persons[person] = [...(persons[person] ?? []), ...facts];
  return {
    persons,
    enrolments: [],
    households: { [HOUSEHOLD]: [fact('residence', '2025-01-05', 'urban')] },
  };
}
