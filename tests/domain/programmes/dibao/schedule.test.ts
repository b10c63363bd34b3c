// Goal: the months a determination would fix. Method: first approvals, reviews, tapers and changes of standard on small
// households; each boundary the month before, of and after; everything proposed twice, the second time for nothing.
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../domain/calendar.ts';
import type { ScheduleInput } from '../../../../domain/programmes/dibao/proposal.ts';
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
  lines,
  member,
  monthly,
  schedule,
  viewOf,
} from './samples.ts';

const BEIJING = '110000';
const LINKOU = '231025';
const APPROVED = { kind: 'initial', appliedOn: '2024-06-03', decidedOn: '2024-09-18' } as const;

function input(place: string, changes: Partial<ScheduleInput> = {}): ScheduleInput {
  return {
    ...viewOf(place),
    cases: [{ from: '2020-01', household: family(1) }],
    determinations: [],
    ...changes,
  };
}

describe('first approval', () => {
  it.each([
    ['next-month', ['2024-10: 1450.00 + 0.00']],
    ['approval-month', ['2024-09: 1450.00 + 0.00']],
    ['application-month', ['2024-06: 1395.00 + 0.00', '2024-07: 1450.00 + 0.00']],
  ])('%s', (startMonth, expected) => {
    const book = dibaoBook(BEIJING, { startMonth });
    expect(lines(schedule(APPROVED, input(BEIJING, { book })))).toEqual(expected);
  });

  it.each([
    ['2024-08-31', '2024-09'],
    ['2024-09-01', '2024-10'],
    ['2024-09-30', '2024-10'],
    ['2024-12-31', '2025-01'],
  ])('approved on %s: from %s', (decidedOn, first) => {
    const { spans } = schedule({ ...APPROVED, decidedOn }, input(BEIJING));
    expect(spans.map(({ from }) => from)).toEqual([first]);
  });

  it('starts with why it starts then', () => {
    const [span] = schedule(APPROVED, input(BEIJING)).spans;
    expect(span!.derivation[0]).toMatchObject({
      code: 'start-month',
      inputs: { applied: '2024-06', decided: '2024-09', rule: 'next-month' },
      result: '2024-10',
    });
  });

  it('follows the household of each month, and says which month has none', () => {
    const book = dibaoBook(BEIJING, { startMonth: 'application-month' });
    const born = [
      { from: '2024-06', household: family(1) },
      { from: '2024-08', household: family(2) },
    ];
    expect(lines(schedule(APPROVED, input(BEIJING, { book, cases: born })))).toEqual([
      '2024-06: 1395.00 + 0.00',
      '2024-07: 1450.00 + 0.00',
      '2024-08: 2900.00 + 0.00',
    ]);
    const late = input(BEIJING, { book, cases: [{ from: '2024-07', household: family(1) }] });
    expect(codeOf(proposeSchedule(APPROVED, late))).toBe('missing/household');
  });

  it('refuses a month without a standard; a household over the standard gets nothing, with the reason', () => {
    const decidedOn = '2025-12-15';
    expect(codeOf(proposeSchedule({ ...APPROVED, decidedOn }, input(LINKOU)))).toBe('policy/gap');
    const rich = input(BEIJING, { cases: [{ from: '2020-01', household: family(1, '1450.00') }] });
    const { spans } = schedule(APPROVED, rich);
    expect(spans[0]!.components).toEqual([]);
    expect(spans[0]!.derivation.at(-1)!.code).toBe('not-below-standard');
  });

  it('is a sample where an amount is', () => {
    expect(schedule(APPROVED, input(BEIJING)).sample).toBe(false);
    expect(schedule({ ...APPROVED, decidedOn: '2024-05-18' }, input(BEIJING)).sample).toBe(true);
  });
});

describe('review', () => {
  const before = [determined([['2024-09', 1450]])];
  const review = { kind: 'review', decidedOn: '2024-11-20' } as const;
  const cases = [
    { from: '2024-01', household: family(1) },
    { from: '2024-11', household: family(1, '100.00') },
  ];

  it.each([
    ['next-month', '2024-12'],
    ['decision-month', '2024-11'],
  ])('%s', (changeMonth, first) => {
    const book = dibaoBook(BEIJING, { changeMonth });
    const proposal = schedule(review, input(BEIJING, { book, cases, determinations: before }));
    expect(lines(proposal)).toEqual([`${first}: 1350.00 + 0.00`]);
    expect(proposal.spans[0]!.derivation[0]!.code).toBe('change-month');
  });

  it('of an unchanged household proposes nothing', () => {
    const same = input(BEIJING, { determinations: before });
    expect(schedule(review, same).spans).toEqual([]);
    const changed = input(BEIJING, { cases, determinations: before });
    const after = decide(before, schedule(review, changed), '2024-11-20');
    expect(schedule(review, { ...changed, determinations: after }).spans).toEqual([]);
  });

  it('ends months that were decided for later, even when the next one is the same', () => {
    const tapering = [
      ...before,
      determined(
        [
          ['2024-12', 1450],
          ['2025-02', 725],
          ['2025-04', 0],
        ],
        { number: 2 },
      ),
    ];
    const proposal = schedule(review, input(BEIJING, { determinations: tapering }));
    expect(lines(proposal)).toEqual(['2025-02: 1450.00 + 0.00']);
  });

  it('needs something to review', () => {
    expect(codeOf(proposeSchedule(review, input(BEIJING)))).toBe('conflict/not-determined');
  });
});

describe('渐退 北京', () => {
  const before = [determined([['2024-01', 1000.01, 362.5]])];
  const cases = [{ from: '2020-01', household: family(1, '1450.00') }];
  const taper = { kind: 'taper', declaredOn: '2024-09-30' } as const;
  const tapering = input(BEIJING, { cases, determinations: before });

  it('halves every component, rounded to the fen, and ends', () => {
    expect(lines(schedule(taper, tapering))).toEqual(['2025-01: 500.01 + 181.25', '2025-04: 0.00 + 0.00']);
  });

  it.each([
    ['2024-08-31', '2024-12'],
    ['2024-09-01', '2025-01'],
    ['2024-10-01', '2025-02'],
  ])('declared on %s: half from %s', (declaredOn, half) => {
    const [first] = schedule({ ...taper, declaredOn }, tapering).spans;
    expect(first!.from).toBe(half);
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

  it('proposed again after it was decided, there is nothing to propose', () => {
    const after = decide(before, schedule(taper, tapering), '2024-10-08');
    expect(schedule(taper, { ...tapering, determinations: after }).spans).toEqual([]);
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
    expect(lines(proposal)).toEqual(['2025-10: 0.00 + 0.00']);
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
    expect(lines(schedule(taper, of(three, '1920.00')))).toEqual(['2026-12: 0.00 + 0.00']);
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

  it('a death in the taper: the base follows the cap, top-ups the survivors, the end stays', () => {
    const tapering = of(three, '1920.00');
    const after = decide(before, schedule(taper, tapering), '2026-06-05');
    const cases = [...tapering.cases, { from: '2026-09', household: rural([ill('P1')], '700.00') }];
    const again = schedule(taper, { ...tapering, cases, determinations: after });
    expect(lines(again)).toEqual(['2026-09: 632.00 + 104.00', '2026-12: 0.00 + 0.00']);
  });
});

describe('change of standard', () => {
  const issued = { kind: 'standard-change', issuedOn: '2024-08-21', through: '2024-09' } as const;

  it.each([
    ['2024-06', '2024-07'],
    ['2024-07', '2024-07'],
    ['2024-08', '2024-08'],
  ])('approved from %s at the old standard: new from %s', (since, first) => {
    const determinations = [determined([[since, 1395]])];
    const proposal = schedule(issued, input(BEIJING, { determinations }));
    expect(lines(proposal)).toEqual([`${first}: 1450.00 + 0.00`]);
  });

  it('moves only what policy moved: new minus old on top of what was decided', () => {
    // Decided 100 below what the household would get now, because a fact waits for its review.
    const determinations = [determined([['2024-01', 1295]])];
    const proposal = schedule(issued, input(BEIJING, { determinations }));
    expect(lines(proposal)).toEqual(['2024-07: 1350.00 + 0.00']);
    const last = proposal.spans[0]!.derivation.at(-1)!;
    expect([last.code, last.result]).toEqual(['standard-difference', '1350.00']);
  });

  it('never below nothing', () => {
    const lower = { ...dibaoFile(BEIJING) };
    lower.values.find((row) => row.decidedOn === '2024-08-21')!.value = { urban: '100.00', rural: '100.00' };
    const determinations = [determined([['2024-01', 50]])];
    const proposal = schedule(issued, input(BEIJING, { book: bookOfFile(lower), determinations }));
    expect(lines(proposal)).toEqual(['2024-07: 0.00 + 0.00']);
  });

  it('done once: the second time there is nothing, also where facts wait for a review', () => {
    for (const decided of [1395, 1295]) {
      const before = [determined([['2024-01', decided]])];
      const after = decide(
        before,
        schedule(issued, input(BEIJING, { determinations: before })),
        '2024-08-28',
      );
      expect(schedule(issued, input(BEIJING, { determinations: after })).spans).toEqual([]);
    }
  });

  it('a determination of the same days is raised when it still has the old figure, and left when it has the new', () => {
    const late = (base: number) => [determined([['2024-08', base]], { decidedOn: '2024-08-25' })];
    const of = (base: number) => lines(schedule(issued, input(BEIJING, { determinations: late(base) })));
    expect(of(1395)).toEqual(['2024-08: 1450.00 + 0.00']);
    expect(of(1450)).toEqual([]);
    expect(of(1000)).toEqual([]);
  });

  it('leaves months in which nothing was due, months of a taper, and what was decided for later', () => {
    const gap = [
      determined([
        ['2024-05', 1395],
        ['2024-08', 0],
        ['2024-09', 1395],
      ]),
    ];
    expect(lines(schedule(issued, input(BEIJING, { determinations: gap })))).toEqual([
      '2024-07: 1450.00 + 0.00',
      '2024-08: 0.00 + 0.00',
      '2024-09: 1450.00 + 0.00',
    ]);
    const taper = [
      determined([['2024-05', 1395]]),
      determined(
        [
          ['2024-08', 697.5],
          ['2024-11', 0],
        ],
        { number: 2, kind: 'taper' },
      ),
    ];
    expect(lines(schedule(issued, input(BEIJING, { determinations: taper })))).toEqual([
      '2024-07: 1450.00 + 0.00',
      '2024-08: 697.50 + 0.00',
      '2024-11: 0.00 + 0.00',
    ]);
    const later = [
      determined([
        ['2024-05', 1395],
        ['2025-01', 500],
      ]),
    ];
    expect(lines(schedule(issued, input(BEIJING, { determinations: later })))).toEqual([
      '2024-07: 1450.00 + 0.00',
      '2025-01: 500.00 + 0.00',
    ]);
  });

  it('of somebody who left: the months until then', () => {
    const determinations = [determined([['2024-05', 1395]])];
    const left = (lastMonth: string) =>
      lines(schedule(issued, input(BEIJING, { determinations, lastMonth })));
    expect(left('2024-06')).toEqual([]);
    expect(left('2024-07')).toEqual(['2024-07: 1450.00 + 0.00']);
  });

  it('top-ups that are a percentage rise with it', () => {
    const cases = [{ from: '2020-01', household: householdOf([member('P1', { pensionAge: true })]) }];
    const determinations = [determined([['2024-01', 1395, 348.75]])];
    const proposal = schedule(issued, input(BEIJING, { cases, determinations }));
    expect(lines(proposal)).toEqual(['2024-07: 1450.00 + 362.50']);
  });

  it('a month that had no standard is worked out when it gets one', () => {
    const file = dibaoFile(LINKOU);
    const [first] = file.values.filter((row) => row.parameter === 'standard');
    file.values.push({ ...first!, inForceFrom: '2026-01', inForceTo: '2026-03', decidedOn: '2026-05-06' });
    const determinations = [
      determined([
        ['2025-06', 700],
        ['2026-04', 832],
      ]),
    ];
    const change = { kind: 'standard-change', issuedOn: '2026-05-06', through: '2026-05' } as const;
    const proposal = schedule(change, input(LINKOU, { book: bookOfFile(file), determinations }));
    expect(lines(proposal)).toEqual(['2026-01: 780.00 + 0.00', '2026-04: 832.00 + 0.00']);
  });

  it('needs a determination', () => {
    expect(codeOf(proposeSchedule(issued, input(BEIJING)))).toBe('conflict/not-determined');
  });

  describe('reaches back', () => {
    const cases = [{ from: '2020-01', household: householdOf([member('P1', { pensionAge: true })]) }];
    const reaching = (retroactivity: object, spans: Parameters<typeof determined>[0], lastMonth?: string) => {
      const file = dibaoFile(BEIJING);
      const row = file.values.find((one) => one.decidedOn === '2024-08-21')!;
      Object.assign(row.retroactivity, retroactivity);
      const at = { book: bookOfFile(file), cases, determinations: [determined(spans)] };
      return lines(schedule(issued, input(BEIJING, lastMonth === undefined ? at : { ...at, lastMonth })));
    };
    const inForce = [['2024-01', 1395, 348.75]] as const;

    it('not at all', () => {
      expect(reaching({ months: 'none' }, inForce)).toEqual(['2024-08: 1450.00 + 362.50']);
    });

    it('for one component: the other from the month of the decision', () => {
      expect(reaching({ components: ['base'] }, inForce)).toEqual([
        '2024-07: 1450.00 + 348.75',
        '2024-08: 1450.00 + 362.50',
      ]);
      expect(reaching({ components: ['top-up'] }, inForce)).toEqual([
        '2024-07: 1395.00 + 362.50',
        '2024-08: 1450.00 + 362.50',
      ]);
      expect(reaching({ components: ['top-up', 'base'] }, inForce)).toEqual(['2024-07: 1450.00 + 362.50']);
    });

    it('for those on the roll in the month of the decision, or for everyone entitled then', () => {
      const onRoll = { persons: 'on-roll-in-month-of-decision' };
      const ends = (month: string) => [...inForce, [month, 0]] as const;
      expect(reaching(onRoll, inForce)).toEqual(['2024-07: 1450.00 + 362.50']);
      expect(reaching(onRoll, ends('2024-08'))).toEqual([]);
      expect(reaching(onRoll, ends('2024-09'))).toEqual([
        '2024-07: 1450.00 + 362.50',
        '2024-09: 0.00 + 0.00',
      ]);
      expect(reaching({}, ends('2024-08'))).toEqual(['2024-07: 1450.00 + 362.50', '2024-08: 0.00 + 0.00']);
      expect(reaching(onRoll, inForce, '2024-07')).toEqual([]);
      expect(reaching(onRoll, inForce, addMonths('2024-07', 1))).toEqual(['2024-07: 1450.00 + 362.50']);
      expect(reaching({}, inForce, '2024-07')).toEqual(['2024-07: 1450.00 + 362.50']);
    });

    it('says in the derivation what did not', () => {
      const file = dibaoFile(BEIJING);
      const row = file.values.find((one) => one.decidedOn === '2024-08-21')!;
      Object.assign(row.retroactivity, { components: ['base'] });
      const at = { book: bookOfFile(file), cases, determinations: [determined(inForce)] };
      const [july] = schedule(issued, input(BEIJING, at)).spans;
      const codes = july!.derivation.slice(-2).map(({ code, inputs }) => `${code} ${inputs['component']}`);
      expect(codes).toEqual(['standard-difference base', 'not-retroactive top-up']);
    });
  });

  it('单人保 and flat top-ups have documents of their own', () => {
    const household = householdOf([member('P1', { seriousIllness: true })], {
      residence: 'rural',
      application: { kind: 'single-person', familyRecognisedMarginal: true },
    });
    const determinations = [determined([['2025-06', 282]])];
    const change = { kind: 'standard-change', issuedOn: '2026-04-01', through: '2026-05' } as const;
    const at = input(LINKOU, { cases: [{ from: '2020-01', household }], determinations });
    expect(lines(schedule(change, at))).toEqual(['2026-04: 313.00 + 0.00']);
    const file = dibaoFile(LINKOU);
    const [flat] = file.values.filter((row) => row.parameter === 'topUps');
    const tiers = [{ when: [{ group: 'serious-illness' }], urban: '150.00', rural: '120.00' }];
    const value = { tiers, overlap: 'highest' };
    const retroactivity = { ...flat!.retroactivity, persons: 'on-roll-in-month-of-decision' };
    file.values.push({ ...flat!, value, inForceFrom: '2026-06', decidedOn: '2026-08-03', retroactivity });
    const ordinary = { ...household, application: { kind: 'household' as const } };
    const raised = schedule(
      { ...change, issuedOn: '2026-08-03', through: '2026-08' },
      input(LINKOU, {
        book: bookOfFile(file),
        cases: [{ from: '2020-01', household: ordinary }],
        determinations: [determined([['2026-04', 632, 104]])],
      }),
    );
    expect(lines(raised)).toEqual(['2026-06: 632.00 + 120.00']);
  });
});
