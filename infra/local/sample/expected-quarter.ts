import { NEW_PEOPLE } from './new-district.ts';
import { INCOME_TOLD_LATE, NEW_HOUSEHOLDS, newHouseholdFen } from './new-households.ts';

/**
 * What the quarter of 示例新区 comes to, worked out a second time: plain numbers from the texts, none of the programmes' code. For every
 * person and programme what is due for each month as it was known when a month was paid: in October, in November, in December.
 */
export type AsKnown = readonly [
  october: readonly [number],
  november: readonly [number, number],
  december: readonly [number, number, number],
];

/** The same in every month, and nothing learned late. */
const always = (yuan: number): AsKnown => [[yuan], [yuan, yuan], [yuan, yuan, yuan]];
const known = (
  october: readonly [number],
  november: readonly [number, number],
  december: readonly [number, number, number],
): AsKnown => [october, november, december];

/** 示例新区提高高龄津贴: of 100 yuan to 120 from October on, decided when October had been paid. */
export const RAISED_YUAN = '120.00';
const RAISED = known([100], [120, 120], [120, 120, 120]);

/** 京民福发〔2025〕: orphans and those equal to them, yuan a month. */
const CHILD = 2850;
/** 京民社救发〔2024〕80号: yuan a person and month. */
const STANDARD = 1450;
/** 增发 for a child of up to sixteen: a quarter of the standard. */
const CHILD_TOP_UP = 362.5;
/** 社会救助和保障标准 of 1,450 yuan times the sample index of the month (SCPI), per cent. */
export const PRICE_INDICES = { '2026-10': '4.2', '2026-11': '3.8', '2026-12': '3.0' } as const;
const [PRICE_OCTOBER, PRICE_NOVEMBER, PRICE_DECEMBER] = [60.9, 55.1, 43.5];

const MONTHLY: Readonly<Record<string, Readonly<Record<string, AsKnown>>>> = {
  'high-age': {
    // He died on 28 October; certified when November had been paid: the month of the death is his.
    five: known([100], [120, 120], [120, 0, 0]),
    ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`aged-${n + 1}`, RAISED])),
    'aged-9': always(500),
  },
  'disability-living': {
    // 60 and more, below the standard by his own pension of 900.
    five: known([STANDARD - 900], [STANDARD - 900, STANDARD - 900], [STANDARD - 900, 0, 0]),
    'poor-severe': always(400),
    'poor-mild': always(320),
    'marginal-severe': always(STANDARD),
    'marginal-mild': always(300),
    jobless: always(STANDARD),
    // The card ran out in August and was renewed in November: back pay of up to three months.
    expired: known([0], [0, 0], [400, 400, 400]),
  },
  'disability-nursing': {
    // Grade two; grade one by a card of 20 October, which counts from that month on.
    five: known([100], [300, 300], [300, 0, 0]),
    'poor-severe': always(300),
    'marginal-severe': always(100),
    // Grade two by a card of 15 September, learned of when October had been paid.
    regraded: known([300], [100, 100], [100, 100, 100]),
    ...Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`severe-${n + 1}`, always(300)])),
  },
  'veterans-care': {
    // With the month of the death six months more as funeral aid.
    five: known([1050], [1050, 1050], [1050 + 6 * 1050, 0, 0]),
    martyr: always(3360),
    wounded: always(5040),
    soldier: always(8 * 63),
    demobilised: always(2520),
  },
  orphan: {
    'orphan-1': always(CHILD),
    'orphan-back': known([CHILD], [0, 0], [0, 0, 0]),
    'orphan-home-1': always(CHILD),
    'orphan-home-2': always(CHILD),
  },
  'unattended-child': {
    'unattended-1': always(CHILD),
    'unattended-2': always(CHILD),
    // 补差: what 低保 pays for the child itself is taken off.
    'unattended-poor': always(CHILD - STANDARD - CHILD_TOP_UP),
  },
  'child-in-need': { 'child-hiv': always(CHILD), 'child-ill': always(CHILD * 0.4) },
  tekun: {
    'kept-1': always(2400),
    'kept-2': always(2400),
    'kept-home-1': always(2175),
    'kept-home-2': always(2175),
  },
  'tekun-care': {
    'kept-1': always(1524),
    'kept-2': always(1016),
    'kept-home-1': always(508),
    // Assessed anew on 25 October, decided when November had been paid.
    'kept-home-2': known([1016], [1016, 1016], [1016, 1524, 1524]),
  },
};

/** Whoever is on a roll, once a month. */
const PRICED = known(
  [PRICE_OCTOBER],
  [PRICE_OCTOBER, PRICE_NOVEMBER],
  [PRICE_OCTOBER, PRICE_NOVEMBER, PRICE_DECEMBER],
);
const ON_ROLLS = ['tekun', 'orphan', 'unattended-child', 'veterans-care'];

function prices(): Record<string, AsKnown> {
  const onRolls = ON_ROLLS.flatMap((programme) => Object.keys(MONTHLY[programme] ?? {}));
  const named = new Set(NEW_PEOPLE.map(({ idNumber }) => idNumber));
  const members = NEW_HOUSEHOLDS.flatMap((household) =>
    household.members.map(({ idNumber }) => idNumber),
  ).filter((idNumber) => !named.has(idNumber));
  return {
    ...Object.fromEntries([...onRolls, ...members].map((who) => [who, PRICED])),
    // Off the roll once it was known.
    'orphan-back': known([PRICE_OCTOBER], [0, 0], [0, 0, 0]),
    five: known([PRICE_OCTOBER], [PRICE_OCTOBER, PRICE_NOVEMBER], [PRICE_OCTOBER, 0, 0]),
  };
}

function households(): Record<string, AsKnown> {
  return Object.fromEntries(
    NEW_HOUSEHOLDS.map(({ members: [first] }, index) => {
      const [told, truth] = [newHouseholdFen(index, 'told') / 100, newHouseholdFen(index, 'true') / 100];
      const late = index === INCOME_TOLD_LATE.household;
      return [
        first?.idNumber ?? '',
        late ? known([told], [truth, truth], [truth, truth, truth]) : always(told),
      ];
    }),
  );
}

/** By programme and person of the sample (of households by the identity number of who heads them), yuan. */
export const EXPECTED_QUARTER: Readonly<Record<string, Readonly<Record<string, AsKnown>>>> = {
  ...MONTHLY,
  dibao: households(),
  'price-subsidy': prices(),
};

/** What one month's run makes of what is known by then: fen by month, and what was paid for months that are not due. */
export type Expected = {
  readonly lines: Readonly<Record<string, number>>;
  readonly recoveries: Readonly<Record<string, number>>;
};
export const QUARTER = ['2026-10', '2026-11', '2026-12'] as const;
/** Asked back by an order before December was paid: runs propose it no more. */
const ORDERED = ['orphan/orphan-back', 'disability-nursing/regraded'];

/** What the runs of the quarter make of a person in a programme: what is due now and was not paid yet, and what was paid and is not due. */
export function expectedRuns(programme: string, who: string): readonly Expected[] {
  const due = EXPECTED_QUARTER[programme]?.[who] ?? [];
  const paid = new Map<string, number>();
  return due.map((known, run) => {
    if (run === 2 && ORDERED.includes(`${programme}/${who}`)) forget(paid, due[1] ?? []);
    const lines: Record<string, number> = {};
    const recoveries: Record<string, number> = {};
    for (const [index, yuan] of known.entries()) {
      const month = QUARTER[index] ?? '';
      const [now, before] = [Math.round(yuan * 100), paid.get(month) ?? 0];
      if (now > before) lines[month] = now - before;
      if (now < before) recoveries[month] = before - now;
      paid.set(month, Math.max(now, before));
    }
    return { lines, recoveries };
  });
}

/** What was ordered back counts as paid no more. */
function forget(paid: Map<string, number>, due: readonly number[]): void {
  for (const [index, yuan] of due.entries()) paid.set(QUARTER[index] ?? '', Math.round(yuan * 100));
}
