import { addMonths, isPlainDate } from '../../domain/calendar.ts';
import { enrolmentId } from '../../domain/ids.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import type { Fact, FactKind } from '../../domain/register/facts.ts';
import { type Random, randomFrom } from '../../infra/local/sample/random.ts';

/** One person near or above the starting age, as a register would hand them to `assess`. */
export type Elder = { readonly situation: Situation; readonly enrolment: EnrolmentFacts };

export const MONTH = '2026-12';
export const KNOWN_ON = '2026-11-22';
const PLACE = '110101';

/**
 * A mix as in a district: 78 to 104 years old and few at the top, 12 % applied late, 1 % born on a leap day, 3 % certified dead,
 * and some who moved away, are in custody or missing, came back, or were stopped by decision. The same people every time.
 */
export function elders(count: number): Elder[] {
  const random = randomFrom('bench-2026-11');
  return Array.from({ length: count }, (_, index) => elder(index, random));
}

function elder(index: number, random: Random): Elder {
  const subject = String(index).padStart(12, '0');
  const age = random.weighted([
    [78 + random.below(2), 8],
    [80 + random.below(10), 78],
    [90 + random.below(10), 13],
    [100 + random.below(5), 1],
  ] as const);
  const ordinary = dateOf(2026 - age, 1 + random.below(12), 1 + random.below(28));
  const leapDay = `${Math.floor((2026 - age) / 4) * 4}-02-29`;
  const born = random.chance(10) && isPlainDate(leapDay) ? leapDay : ordinary;
  const person = [fact('birth-date', born, born), ...circumstances(random)];
  const applied = applicationOf(born, random);
  const enrolment = {
    id: enrolmentId('GL', subject, 1),
    programme: 'high-age',
    jurisdiction: PLACE,
    subject,
    facts: [
      fact('application', applied, applied),
      fact('street', `${PLACE}001`, '2019-10-01'),
      ...(random.chance(5) ? [fact('stop', '2026-09', '2026-10-01')] : []),
    ],
  };
  return { enrolment, situation: { persons: { [subject]: person }, enrolments: [enrolment] } };
}

/** Up to two months early, up to six months late (all is back-paid), or up to thirty. */
function applicationOf(born: string, random: Random): string {
  const eighty = `${Number(born.slice(0, 4)) + 80}-${born.slice(5, 7)}`;
  const eligible = eighty < '2019-10' ? '2019-10' : eighty;
  const shift = random.weighted([
    [-random.below(3), 88],
    [1 + random.below(6), 7],
    [7 + random.below(24), 5],
  ] as const);
  return `${addMonths(eligible, shift)}-10`;
}

function circumstances(random: Random): Fact[] {
  const when = dateOf(2026, 1 + random.below(11), 5);
  return random.weighted<Fact[]>([
    [[fact('death-certified', when, when)], 30],
    [[fact('household-registration', '130100', when)], 10],
    [[fact('custody', 'custody', when)], 3],
    [[fact('custody', 'custody', '2024-03-01'), fact('custody', 'released', when)], 2],
    [[fact('missing', 'missing', when)], 2],
    [[fact('identity-class', 'dibao', '2024-01-01')], 100],
    [[], 853],
  ]);
}

function fact(kind: FactKind, value: string, validFrom: string): Fact {
  const recordedAt = '2026-11-01T00:00:00.000Z';
  return { kind, value, validFrom, recordedAt, source: 'register', by: 'import-1' };
}

const dateOf = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
