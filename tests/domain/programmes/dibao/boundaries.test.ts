// Goal: every boundary in the packs of the policy book is seen the month before, of and after. Method: a table of amounts around each
// date, age, start and step, and a list of the boundaries from the packs themselves, so that a new one asks for its row.
import { describe, expect, it } from 'vitest';
import { addMonths, type Month } from '../../../../domain/calendar.ts';
import type { HouseholdCase } from '../../../../domain/household/household-case.ts';
import { toYuan } from '../../../../domain/money.ts';
import { marginalLine } from '../../../../domain/programmes/dibao/marginal-line.ts';
import { dibao } from '../../../../domain/programmes/dibao/programme.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { readParameters } from '../../../../domain/programmes/dibao/read-parameter.ts';
import {
  amounts,
  determined,
  dibaoFile,
  due,
  family,
  householdOf,
  inputOf,
  member,
  PLACES,
  schedule,
  viewOf,
} from './samples.ts';

const RULED = PLACES.filter((place) => place !== '110199');
const around = (month: Month): Month[] => [addMonths(month, -1), month, addMonths(month, 1)];
const rowsOf = (place: string) =>
  dibaoFile(place).values.filter(({ parameter }) => Object.hasOwn(dibao.parameters, parameter));
/** Months in which another row of a parameter begins to hold, or none does any more. */
const boundariesOf = (place: string, parameter: string): Month[] => {
  const rows = rowsOf(place).filter((row) => row.parameter === parameter);
  const ends = rows.flatMap(({ inForceTo }) => (inForceTo === undefined ? [] : [addMonths(inForceTo, 1)]));
  return [...new Set([...rows.map(({ inForceFrom }) => inForceFrom), ...ends])].sort();
};

describe('dates of values', () => {
  const cells = RULED.flatMap((place) =>
    [...new Set(rowsOf(place).map(({ parameter }) => parameter))].map(
      (parameter) => [place, parameter] as const,
    ),
  );

  it.each(cells)(
    '%s %s: the value of each month is the one decided last of those in force',
    (place, parameter) => {
      const rows = rowsOf(place).filter((row) => row.parameter === parameter);
      for (const month of boundariesOf(place, parameter).flatMap(around)) {
        const inForce = rows
          .filter((row) => row.inForceFrom <= month && month <= (row.inForceTo ?? '9999-12'))
          .sort((a, b) => (a.decidedOn < b.decidedOn ? -1 : 1));
        const read = readParameters(viewOf(place), month, [parameter as 'standard']);
        const expected = inForce.at(-1);
        expect([month, read.ok ? read.value[parameter as 'standard'].value : undefined]).toEqual([
          month,
          expected?.value,
        ]);
      }
    },
  );

  const ill = householdOf([member('P1', { seriousIllness: true })]);
  const single = { ...ill, application: { kind: 'single-person', familyRecognisedMarginal: true } } as const;
  const rigid = family(1, '0.00', { application: { kind: 'rigid-expenditure' } });
  const amount = (place: string, household: HouseholdCase, month: Month) => {
    const proposal = propose(household, viewOf(place), month);
    return proposal.ok ? amounts(proposal.value) : proposal.error.code;
  };
  const line = (place: string, month: Month) => {
    const found = marginalLine(viewOf(place), 'urban', month);
    return found.ok ? toYuan(found.value.value) : found.error.code;
  };
  const GAP = 'policy/gap';

  const TABLE: readonly (readonly [string, string, Month, (month: Month) => string, readonly string[]])[] = [
    [
      '110000',
      'standard',
      '2024-07',
      (month) => amount('110000', family(1), month),
      ['1395.00 + 0.00', '1450.00 + 0.00', '1450.00 + 0.00'],
    ],
    [
      '231025',
      'standard',
      '2026-01',
      (month) => amount('231025', family(1), month),
      ['780.00 + 0.00', GAP, GAP],
    ],
    [
      '231025',
      'standard',
      '2026-04',
      (month) => amount('231025', family(1), month),
      [GAP, '832.00 + 0.00', '832.00 + 0.00'],
    ],
    [
      '231025',
      'singlePerson',
      '2026-04',
      (month) => amount('231025', single, month),
      ['282.00 + 0.00', '313.00 + 0.00', '313.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2020-07',
      (month) => amount('310000', family(1), month),
      ['1160.00 + 0.00', '1240.00 + 0.00', '1240.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2021-07',
      (month) => amount('310000', family(1), month),
      ['1240.00 + 0.00', '1330.00 + 0.00', '1330.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2022-07',
      (month) => amount('310000', family(1), month),
      ['1330.00 + 0.00', '1420.00 + 0.00', '1420.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2023-07',
      (month) => amount('310000', family(1), month),
      ['1420.00 + 0.00', '1510.00 + 0.00', '1510.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2024-07',
      (month) => amount('310000', family(1), month),
      ['1510.00 + 0.00', '1595.00 + 0.00', '1595.00 + 0.00'],
    ],
    [
      '310000',
      'standard',
      '2025-07',
      (month) => amount('310000', family(1), month),
      ['1595.00 + 0.00', '1650.00 + 0.00', '1650.00 + 0.00'],
    ],
    [
      '310000',
      'rigidExpenditure',
      '2025-01',
      (month) => amount('310000', rigid, month),
      ['1595.00 + 0.00', '1595.00 + 0.00', '1595.00 + 0.00'],
    ],
    [
      '440100',
      'standard',
      '2025-01',
      (month) => amount('440100', family(1), month),
      ['1238.00 + 0.00', '1309.00 + 0.00', '1309.00 + 0.00'],
    ],
    [
      '440100',
      'standard',
      '2025-06',
      (month) => amount('440100', family(1), month),
      ['1309.00 + 0.00', '1309.00 + 0.00', '1309.00 + 0.00'],
    ],
    [
      '440100',
      'topUpStandard',
      '2025-06',
      (month) => amount('440100', ill, month),
      ['1309.00 + 371.40', '1309.00 + 392.70', '1309.00 + 392.70'],
    ],
    [
      '440100',
      'standard',
      '2026-06',
      (month) => amount('440100', family(1), month),
      ['1309.00 + 0.00', GAP, GAP],
    ],
    ['440100', 'marginalLine', '2025-06', (month) => line('440100', month), [GAP, '1963.50', '1963.50']],
    ['440100', 'marginalLine', '2026-06', (month) => line('440100', month), ['1963.50', GAP, GAP]],
  ];

  it.each(TABLE)(
    '%s %s %s: the amount the month before, of and after',
    (_place, _parameter, month, of, expected) => {
      expect(around(month).map(of)).toEqual(expected);
    },
  );

  it('every date within a pack has its row', () => {
    const firstOf = (place: string) =>
      rowsOf(place)
        .map(({ inForceFrom }) => inForceFrom)
        .sort()[0]!;
    const dates = cells.flatMap(([place, parameter]) =>
      boundariesOf(place, parameter)
        .filter((month) => month > firstOf(place))
        .map((month) => `${place} ${parameter} ${month}`),
    );
    // Two first standards came after the other rules of their place: the next test has them.
    const tested = TABLE.map(([place, parameter, month]) => `${place} ${parameter} ${month}`);
    expect(dates.filter((date) => !tested.includes(date))).toEqual([
      '110000 standard 2023-07',
      '500000 standard 2023-09',
    ]);
  });

  it.each([
    ['110000', '2023-07', '1395.00 + 0.00'],
    ['231025', '2025-01', '780.00 + 0.00'],
    ['310000', '2019-04', '1160.00 + 0.00'],
    ['321281', '2025-01', '710.00 + 0.00'],
    ['440100', '2024-01', '1238.00 + 0.00'],
    ['500000', '2023-09', '735.00 + 0.00'],
  ])('%s begins with %s: no amount before', (place, month, first) => {
    const [before, ...since] = around(month).map((each) => amount(place, family(1), each));
    expect(before).toMatch(/^policy\/(?:gap|no-rule)$/);
    expect(since).toEqual([first, first]);
  });
});

describe('ages', () => {
  const topUp = (place: string, birthDate: string, month: Month) =>
    due(place, householdOf([member('P1', { birthDate })]), month).split(' + ')[1]!;
  /** The month in which somebody reaches the age, and top-ups around it. */
  const TABLE: readonly (readonly [string, string, Month, number, readonly string[]])[] = [
    ['110000', 'elderly 60', '2024-09', 60, ['0.00', '362.50', '362.50']],
    ['110000', 'minor 16', '2024-09', 17, ['362.50', '0.00', '0.00']],
    ['231025', 'elderly 60', '2026-09', 60, ['0.00', '142.00', '142.00']],
    ['231025', 'minor 17', '2026-09', 18, ['142.00', '0.00', '0.00']],
    ['321281', 'elderly 60', '2025-09', 60, ['0.00', '71.00', '71.00']],
    ['321281', 'minor 17', '2025-09', 18, ['71.00', '0.00', '0.00']],
    ['440100', 'elderly 60', '2025-09', 60, ['0.00', '261.80', '261.80']],
    ['440100', 'minor 17', '2025-09', 18, ['261.80', '0.00', '0.00']],
  ];

  it.each(TABLE)(
    '%s %s: top-ups the month before, of and after the birthday',
    (place, _age, month, years, expected) => {
      const birthDate = `${addMonths(month, -12 * years)}-30`;
      expect(around(month).map((each) => topUp(place, birthDate, each))).toEqual(expected);
    },
  );

  it('every age limit of top-ups has its row; those of income deductions stand beside the income', () => {
    const limits = RULED.flatMap((place) => {
      const text = JSON.stringify(rowsOf(place).filter(({ parameter }) => parameter === 'topUps'));
      const found = [...text.matchAll(/"group":"(\w+)","(?:fromAge|throughAge)":(\d+)/g)];
      return found.map(([, group, age]) => `${place} ${group} ${age}`);
    });
    expect([...new Set(limits)].sort()).toEqual(TABLE.map(([place, limit]) => `${place} ${limit}`).sort());
    const deductions = RULED.flatMap((place) => {
      const rows = rowsOf(place).filter(({ parameter }) => parameter === 'incomeDeduction');
      return rows.some(({ value }) => value !== 'none') ? [place] : [];
    });
    expect(deductions).toEqual(['110000']);
  });
});

describe('first months', () => {
  const MONTH: Readonly<Record<string, Month>> = { '231025': '2026-07' };
  const of = (place: string) => MONTH[place] ?? '2025-09';

  it.each(RULED)(
    '%s: a first approval on the last day of a month, on the first and on the last of the next',
    (place) => {
      const month = of(place);
      const days = [`${addMonths(month, -1)}-28`, `${month}-01`, `${month}-30`];
      const first = days.map((decidedOn) => {
        const change = { kind: 'initial', appliedOn: `${addMonths(month, -2)}-10`, decidedOn } as const;
        return schedule(change, inputOf(place)).spans[0]!.from;
      });
      const next = addMonths(month, 1);
      expect(first).toEqual(place === '500000' ? [addMonths(month, -1), month, month] : [month, next, next]);
    },
  );

  it.each(RULED)('%s: a review changes the amount from the month after', (place) => {
    const month = of(place);
    const before = [determined([[addMonths(month, -3), 1]])];
    const first = [`${addMonths(month, -1)}-28`, `${month}-01`].map(
      (decidedOn) =>
        schedule({ kind: 'review', decidedOn }, inputOf(place, { determinations: before })).spans[0]!.from,
    );
    expect(first).toEqual([month, addMonths(month, 1)]);
  });
});
