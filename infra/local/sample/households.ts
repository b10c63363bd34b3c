import { addMonths, type Month } from '../../../domain/calendar.ts';
import type { ExpectedCounts, PlantedRow } from './district.ts';
import { FamilyMaker, type SampleHousehold } from './families.ts';
import { linesOf } from './household-mistakes.ts';
import { SHAPES } from './household-shapes.ts';
import { NumberSource } from './numbers.ts';
import { PLANNED_KINDS, type PlannedEvents, plannedEvents } from './planned-events.ts';
import { type Random, randomFrom } from './random.ts';
import { SAMPLE_STREETS, type SampleStreet } from './streets.ts';

/** Households on the roll of 低保 in a district of this size. */
export const DISTRICT_HOUSEHOLDS = 1100;
/** What is planted needs room. */
export const DISTRICT_HOUSEHOLDS_MIN = 24;

/** The sheet of one street, and what importing it must report. */
export type HouseholdSheet = {
  readonly street: SampleStreet;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly expected: ExpectedCounts;
  readonly rejected: readonly PlantedRow[];
};

export type HouseholdDistrict = {
  /** One per street, in the order of SAMPLE_STREETS. */
  readonly sheets: readonly HouseholdSheet[];
  /** Those whose rows are good, street by street. */
  readonly households: readonly SampleHousehold[];
  readonly planted: PlannedEvents;
};

export type HouseholdOptions = {
  readonly seed: string;
  /** Number of households; bad rows come on top. */
  readonly households?: number;
  /** The first month that is paid by this service; the months before it were paid by hand. */
  readonly month: Month;
};

/**
 * The households of 示例区 that get 低保, in the sheets that its streets keep, made from a seed: the same seed, size and month
 * give the same bytes. Every household is below the standard and has one initial decision: of the whole roll on a day two
 * months before, due from the month after it; of a few newcomers in the month before.
 */
export function generateHouseholds({
  seed,
  households: count = DISTRICT_HOUSEHOLDS,
  month,
}: HouseholdOptions): HouseholdDistrict {
  if (count < DISTRICT_HOUSEHOLDS_MIN)
    throw new Error(`a sample district has at least ${DISTRICT_HOUSEHOLDS_MIN} households`);
  const random = randomFrom(`households/${seed}/${count}/${month}`);
  const maker = new FamilyMaker(random, new NumberSource(1), month);
  const made = Array.from({ length: count }, (_, index) => household(random, maker, month, index));
  const first = made.slice(0, PLANNED_KINDS.length);
  const newcomers = made.slice(-Math.max(2, Math.round(count / 100))).map((each) => newcomer(each, month));
  const all = [...made.slice(0, -newcomers.length), ...newcomers];
  const mixed = random.shuffled(all);
  const households = SAMPLE_STREETS.flatMap(({ code }) => mixed.filter(({ street }) => street.code === code));
  return {
    sheets: SAMPLE_STREETS.map((street, index) =>
      sheetOf(
        maker,
        street,
        index,
        households.filter((each) => each.street.code === street.code),
      ),
    ),
    households,
    planted: plannedEvents(first, newcomers, households),
  };
}

function household(random: Random, maker: FamilyMaker, month: Month, index: number): SampleHousehold {
  // Every street has somebody, in a small district too.
  const street = SAMPLE_STREETS[index] ?? maker.street();
  const planned = PLANNED_KINDS[index];
  const number = String(index + 1).padStart(4, '0');
  const decidedOn = `${addMonths(month, -3)}-18`;
  return {
    ...(planned ? maker.of(planned) : maker.family()),
    certificate: `DB1101992${number}`,
    street,
    residence: /[镇乡]$/.test(street.name) ? '农村' : '城镇',
    appliedOn: `${addMonths(month, -5 - random.below(30))}-${String(1 + random.below(28)).padStart(2, '0')}`,
    account: maker.numbers.card(),
    decision: { document: `示民救核〔${decidedOn.slice(0, 4)}〕${number}号`, decidedOn },
  };
}

/** Approved in the month before the one that is paid. */
function newcomer(made: SampleHousehold, month: Month): SampleHousehold {
  const decidedOn = `${addMonths(month, -1)}-12`;
  const appliedOn = `${addMonths(month, -2)}-${made.appliedOn.slice(8)}`;
  return { ...made, appliedOn, decision: { ...made.decision, decidedOn } };
}

function sheetOf(
  maker: FamilyMaker,
  street: SampleStreet,
  index: number,
  households: readonly SampleHousehold[],
): HouseholdSheet {
  const lines = linesOf(maker, households, index);
  const shape = SHAPES[index % SHAPES.length] ?? unshaped();
  const { bytes, ending, rows } = shape(lines, `示例区${street.name}最低生活保障家庭名册`);
  const rejected = lines.flatMap(({ bad }, place) => (bad ? [{ row: rows[place] ?? 0, ...bad }] : []));
  const accepted = lines.length - rejected.length;
  return {
    street,
    fileName: `${street.name}低保家庭名册.${ending}`,
    bytes,
    expected: {
      accepted,
      created: accepted,
      changed: 0,
      unchanged: 0,
      unmatched: 0,
      rejected: rejected.length,
    },
    rejected,
  };
}

function unshaped(): never {
  throw new Error('no shape for a street');
}
