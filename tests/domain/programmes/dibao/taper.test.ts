// Goal: 渐退 by the rule of each place. Method: small households; limits of income and months a step below, on and above.
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../domain/calendar.ts';
import { proposeSchedule } from '../../../../domain/programmes/dibao/schedule.ts';
import { codeOf } from '../samples.ts';
import {
  bookOfFile,
  decide,
  determined,
  dibaoBook,
  dibaoFile,
  family,
  householdOf,
  inputOf as input,
  lines,
  member,
  monthly,
  schedule,
} from './samples.ts';

const BEIJING = '110000';
const LINKOU = '231025';

describe('渐退 北京', () => {
  const before = [determined([['2024-01', 1000.01, 362.5]])];
  const cases = [{ from: '2020-01', household: family(1, '1450.00') }];
  const taper = { kind: 'taper', declaredOn: '2024-09-30' } as const;
  const tapering = input(BEIJING, { cases, determinations: before });

  it('halves every component, rounded to the fen, and ends', () => {
    expect(lines(schedule(taper, tapering))).toEqual([
      '2024-10: 1000.01 + 362.50',
      '2025-01: 500.01 + 181.25',
      '2025-04: 0.00 + 0.00',
    ]);
  });

  it.each([
    ['2024-08-31', '2024-12'],
    ['2024-09-01', '2025-01'],
    ['2024-10-01', '2025-02'],
  ])('declared on %s: half from %s', (declaredOn, half) => {
    const [first, second] = schedule({ ...taper, declaredOn }, tapering).spans;
    expect([first!.from, second!.from]).toEqual([addMonths(half, -3), half]);
  });

  it.each([
    ['1449.99', 'conflict/taper-not-due'],
    ['1450.00', 'ok'],
    ['1450.01', 'ok'],
  ])('per capita %s: %s', (income, code) => {
    const household = family(1, income);
    const at = { ...tapering, cases: [{ from: '2020-01', household }] };
    expect(codeOf(proposeSchedule(taper, at))).toBe(code);
  });

  it('is a sample where what it goes on paying was one', () => {
    const sampleOf = (sample: boolean) => {
      const [first] = before;
      return schedule(taper, { ...tapering, determinations: [{ ...first!, sample }] }).sample;
    };
    expect([false, true].map(sampleOf)).toEqual([false, true]);
  });

  it('proposed again after it was decided, there is nothing to propose', () => {
    const after = decide(before, schedule(taper, tapering), '2024-10-08');
    expect(schedule(taper, { ...tapering, determinations: after }).spans).toEqual([]);
  });

  it.each([
    // Declared in September: tapered from October through March.
    ['2024-08-31', 'ok'],
    ['2024-09-01', 'ok'],
    ['2024-09-30', 'ok'],
    ['2024-10-01', 'conflict/taper-running'],
    ['2025-02-28', 'conflict/taper-running'],
    ['2025-03-01', 'conflict/taper-running'],
    ['2025-04-01', 'conflict/not-determined'],
  ])('declared again on %s: %s', (declaredOn, code) => {
    const after = decide(before, schedule(taper, tapering), '2024-10-08');
    const again = proposeSchedule({ ...taper, declaredOn }, { ...tapering, determinations: after });
    expect(codeOf(again)).toBe(code);
  });

  it('refuses other months, nothing to taper, and places or households without it', () => {
    expect(codeOf(proposeSchedule({ ...taper, months: 6 }, tapering))).toBe('ok');
    expect(codeOf(proposeSchedule({ ...taper, months: 5 }, tapering))).toBe('invalid/taper-months');
    expect(codeOf(proposeSchedule(taper, { ...tapering, determinations: [] }))).toBe(
      'conflict/not-determined',
    );
    const ended = [
      determined([
        ['2024-01', 1000],
        ['2024-09', 0],
      ]),
    ];
    expect(codeOf(proposeSchedule(taper, { ...tapering, determinations: ended }))).toBe(
      'conflict/not-determined',
    );
    expect(codeOf(proposeSchedule(taper, { ...tapering, book: dibaoBook(BEIJING, { taper: 'none' }) }))).toBe(
      'policy/no-taper',
    );
    const single = family(1, '1450.00', {
      application: { kind: 'single-person', familyRecognisedMarginal: true },
    });
    const alone = { ...tapering, cases: [{ from: '2020-01', household: single }] };
    expect(codeOf(proposeSchedule(taper, alone))).toBe('policy/no-taper');
  });
});

describe('渐退 兴化', () => {
  it('pays the decided amounts unchanged for six months, then nothing', () => {
    const before = [determined([['2025-01', 1354, 71]])];
    const cases = [{ from: '2020-01', household: family(2, '1500.00') }];
    const taper = { kind: 'taper', declaredOn: '2025-03-10' } as const;
    const proposal = schedule(taper, input('321281', { cases, determinations: before }));
    expect(lines(proposal)).toEqual(['2025-04: 1354.00 + 71.00', '2025-10: 0.00 + 0.00']);
  });
});

describe('渐退 林口', () => {
  const ill = (person: string, changes = {}) => member(person, { seriousIllness: true, ...changes });
  const rural = (members: Parameters<typeof householdOf>[0], income: string) =>
    householdOf(members, { residence: 'rural', incomes: monthly(income) });
  const three = [ill('P1', { relation: 'head' }), ill('P2'), member('P3')];
  const before = [determined([['2026-04', 1400, 208]])];
  const taper = { kind: 'taper', declaredOn: '2026-05-31' } as const;
  const of = (members: Parameters<typeof householdOf>[0], income: string) =>
    input(LINKOU, {
      cases: [{ from: '2026-04', household: rural(members, income) }],
      determinations: before,
    });

  it('freezes the base for six months and works out top-ups anew', () => {
    // 640 a head; one of the two ill members died.
    const two = of([three[0]!, three[2]!], '1280.00');
    expect(lines(schedule(taper, two))).toEqual(['2026-06: 1264.00 + 104.00', '2026-12: 0.00 + 0.00']);
    expect(lines(schedule(taper, of(three, '1920.00')))).toEqual([
      '2026-06: 1400.00 + 208.00',
      '2026-12: 0.00 + 0.00',
    ]);
  });

  it.each([
    // 632 and 948 a head.
    ['631.99', 'conflict/taper-not-due'],
    ['632.00', 'ok'],
    ['947.99', 'ok'],
    ['948.00', 'conflict/taper-over-line'],
  ])('per capita %s: %s', (income, code) => {
    expect(codeOf(proposeSchedule(taper, of([ill('P1')], income)))).toBe(code);
  });

  it.each([
    [undefined, '2026-12'],
    [1, '2026-07'],
    [12, '2027-06'],
  ])('for %s months: nothing from %s', (months, end) => {
    const change = months === undefined ? taper : { ...taper, months };
    expect(schedule(change, of(three, '1920.00')).spans.at(-1)).toMatchObject({ from: end, components: [] });
  });

  it.each([0, 13, 1.5])('not for %s months', (months) => {
    expect(codeOf(proposeSchedule({ ...taper, months }, of(three, '1920.00')))).toBe('invalid/taper-months');
  });

  it('is a sample where a top-up is', () => {
    const sampleOf = (parameters: readonly string[]) => {
      const file = dibaoFile(LINKOU);
      for (const row of file.values) if (!parameters.includes(row.parameter)) delete row.sample;
      return schedule(taper, { ...of([three[0]!, three[2]!], '1280.00'), book: bookOfFile(file) }).sample;
    };
    expect([[], ['topUps'], ['standard'], ['taper'], ['jobReward']].map(sampleOf)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('a death in the taper: the base follows the cap, top-ups the survivors, the end stays', () => {
    const tapering = of(three, '1920.00');
    const after = decide(before, schedule(taper, tapering), '2026-06-05');
    const cases = [...tapering.cases, { from: '2026-09', household: rural([ill('P1')], '700.00') }];
    const again = schedule(taper, { ...tapering, cases, determinations: after });
    expect(lines(again)).toEqual(['2026-09: 632.00 + 104.00', '2026-12: 0.00 + 0.00']);
  });
});
