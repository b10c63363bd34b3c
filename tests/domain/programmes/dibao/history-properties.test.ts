// Goal: what months that are past cost, whenever and in whatever order they are worked out. Method: fast-check over households, decisions,
// months of history and scopes of a new standard; money is what the differences of a run come to.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, type Month, maxMonth, monthRange } from '../../../../domain/calendar.ts';
import { canonicalJson, type Json } from '../../../../domain/canonical.ts';
import { type Asked, workOut } from '../../../../domain/determination/proposal.ts';
import type { HouseholdCase } from '../../../../domain/household/household-case.ts';
import { dibao } from '../../../../domain/programmes/dibao/programme.ts';
import type { PolicyView, ScheduleInput } from '../../../../domain/programmes/dibao/proposal.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { type AccruedLine, type Difference, differences } from '../../../../domain/programmes/differences.ts';
import type { Entitlement, Situation } from '../../../../domain/programmes/programme.ts';
import type { Determination } from '../../../../domain/register/determination.ts';
import { fact, must } from '../samples.ts';
import { anyHousehold } from './households.ts';
import { bookOfFile, decide, determined, dibaoFile, family, schedule, viewOf } from './samples.ts';

const BEIJING = '110000';
const VIEW = viewOf(BEIJING);
/** Grown-ups only, so that nobody's age changes a group between the months that are compared. */
const steady = anyHousehold.map((household) => ({
  ...household,
  members: household.members.map((one) => ({ ...one, birthDate: '1980-01-15' })),
}));

/** What an enrolment with these determinations is owed, whatever else the register knows. */
function entitled(
  determinations: readonly Determination[],
  months: readonly Month[],
  known: Partial<Situation> = {},
): Entitlement[] {
  const enrolment = {
    id: 'DB-H00000000001-1',
    programme: 'dibao',
    jurisdiction: BEIJING,
    subject: 'H00000000001',
    facts: [],
    determinations,
  };
  const situation: Situation = { persons: {}, ...known, enrolments: [enrolment] };
  const input = { enrolment, situation, book: VIEW.book, knownOn: '2026-12-01' };
  return months.map((month) => must(dibao.assessMonth({ ...input, month })));
}
const asLines = (owed: readonly Entitlement[]): AccruedLine[] =>
  owed.flatMap(({ month, components }) => components.map((one) => ({ month, ...one })));
const money = (found: readonly Difference[]) =>
  found.map(({ month, component, fen }) => ({ month, component, fen }));
const sum = (found: readonly { readonly fen: number }[]) => found.reduce((all, { fen }) => all + fen, 0);
const amountIn = (household: HouseholdCase, view: PolicyView, month: Month, component: string): number =>
  must(propose(household, view, month)).components.find((one) => one.component === component)?.fen ?? 0;

describe('a span of months', () => {
  const MONTHS = monthRange('2025-01', '2025-12');
  const month = fc.constantFrom(...MONTHS);
  const spans = fc.uniqueArray(
    fc.tuple(month, fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 300 })),
    {
      selector: ([from]) => from,
      minLength: 1,
      maxLength: 4,
    },
  );
  const decisions = fc.array(spans, { minLength: 1, maxLength: 4 }).map((all) =>
    all.map((one, index) =>
      determined(
        one.sort((a, b) => (a[0] < b[0] ? -1 : 1)),
        { number: index + 1 },
      ),
    ),
  );
  const accrued = fc.array(
    fc.record({
      month,
      component: fc.constantFrom('base', 'top-up'),
      fen: fc.integer({ min: -50, max: 2000 }),
    }),
    { maxLength: 15 },
  );

  it('split anywhere, and each part split again, comes to the same differences', () => {
    const cuts = fc.uniqueArray(month, { maxLength: 4 });
    fc.assert(
      fc.property(decisions, accrued, cuts, (determinations, lines, at) => {
        const owed = entitled(determinations, MONTHS);
        const whole = money(differences(lines as never, owed, { from: '2025-01', through: '2025-12' }));
        const starts = [...new Set<Month>(['2025-01', ...at])].sort();
        const parts = starts.flatMap((from, index) => {
          const next = starts[index + 1];
          const span = { from, through: next === undefined ? '2025-12' : addMonths(next, -1) };
          return money(differences(lines as never, owed, span));
        });
        expect(parts).toEqual(whole);
        expect(sum(whole)).toBe(sum(asLines(owed)) - sum(lines));
      }),
    );
  });
});

describe('an unchanged past', () => {
  /** From 2024-09; incomes that change in some months, each reviewed back to its month in some order. */
  const changes = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...monthRange('2024-10', '2025-05')), fc.integer({ min: 0, max: 4000 })),
    { selector: ([from]) => from, maxLength: 4 },
  );
  const reviewed = fc.tuple(steady, changes).map(([household, list]) => {
    const cases = [
      { from: '2024-01', household },
      ...list
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([from, income]) => ({
          from,
          household: {
            ...household,
            incomes: [{ kind: 'transfer' as const, amount: `${income}.00`, basis: 'month' as const }],
          },
        })),
    ];
    const input: ScheduleInput = { ...VIEW, cases, determinations: [] };
    const initial = { kind: 'initial', appliedOn: '2024-08-10', decidedOn: '2024-08-30' } as const;
    const start = { ...input, cases: cases.slice(0, 1) };
    let determinations = decide([], schedule(initial, start), '2024-08-30');
    for (const [from] of list) {
      const proposal = schedule(
        { kind: 'review', decidedOn: '2025-06-10', from },
        { ...input, determinations },
      );
      if (proposal.spans.length > 0) determinations = decide(determinations, proposal, '2025-06-10');
    }
    return { ...input, determinations };
  });

  it('proposes nothing, from whatever month it is looked at again', () => {
    fc.assert(
      fc.property(reviewed, fc.constantFrom(...monthRange('2024-08', '2025-07')), (input, from) => {
        const again = { kind: 'review', decidedOn: '2025-06-20', from } as const;
        expect(schedule(again, input).spans).toEqual([]);
        const change = { kind: 'standard-change', issuedOn: '2024-08-21', through: '2025-07' } as const;
        expect(schedule(change, input).spans).toEqual([]);
      }),
    );
  });

  it('costs nothing once it is paid, and the same bytes again', () => {
    const months = monthRange('2024-09', '2025-07');
    fc.assert(
      fc.property(reviewed, ({ determinations }) => {
        const owed = entitled(determinations, months);
        const span = { from: '2024-09', through: '2025-07' };
        expect(differences(asLines(owed), owed, span)).toEqual([]);
        const shuffled = entitled(determinations.toReversed(), months);
        expect(canonicalJson(shuffled as unknown as Json)).toBe(canonicalJson(owed as unknown as Json));
      }),
    );
  });
});

describe('started in July, with a standard issued then and in force from January', () => {
  const MONTHS = monthRange('2024-09', '2025-07');
  const scope = fc.record({
    months: fc.constantFrom('from-in-force', 'none'),
    persons: fc.constantFrom('entitled-in-month', 'on-roll-in-month-of-decision'),
    components: fc.constantFrom('all', ['base'], ['top-up']),
  });
  const CHANGE = { kind: 'standard-change', issuedOn: '2025-07-15', through: '2025-07' } as const;

  it('exactly new minus old for the months that policy names, none before the history and none twice', () => {
    const historyFrom = fc.constantFrom(...MONTHS);
    fc.assert(
      fc.property(steady, scope, historyFrom, (household, retroactivity, from) => {
        const file = dibaoFile(BEIJING);
        const [row] = file.values.filter(({ parameter }) => parameter === 'standard');
        const value = { urban: '1500.00', rural: '1480.00' };
        const issued = { value, inForceFrom: '2025-01', decidedOn: '2025-07-15', retroactivity };
        file.values.push({ ...row!, ...issued });
        const view = viewOf(BEIJING, bookOfFile(file));
        const { components } = must(propose(household, VIEW, '2024-09'));
        const spans = [{ from: '2024-09', components, derivation: [] }];
        const before = [{ ...determined([], { kind: 'opening', decidedOn: '2024-08-30' }), spans }];
        const input = { ...view, cases: [{ from: '2024-01', household }], determinations: before };
        const proposal = schedule(CHANGE, input);
        const after = proposal.spans.length === 0 ? before : decide(before, proposal, '2025-07-18');
        // What Excel paid since the history begins was brought in; July is the first run.
        const opened = asLines(entitled(before, monthRange(from, '2025-06')));
        const span = { from, through: '2025-07' };
        const first = money(differences(opened, entitled(after, MONTHS), span));

        const expected = monthRange(from, '2025-07').flatMap((month) =>
          ['base', 'top-up'].map((component) => {
            const old = components.find((one) => one.component === component)?.fen ?? 0;
            const named =
              month === '2025-07' ||
              (month >= '2025-01' &&
                retroactivity.months === 'from-in-force' &&
                (retroactivity.components === 'all' || retroactivity.components.includes(component)));
            const moved =
              named && components.length > 0 ? amountIn(household, view, '2025-07', component) - old : 0;
            return { month, component, fen: month === '2025-07' ? old + moved : moved };
          }),
        );
        expect(first).toEqual(expected.filter(({ fen }) => fen !== 0));
        expect(first.filter(({ month }) => month < maxMonth(from, '2025-01'))).toEqual([]);
        const paid = [...opened, ...first];
        expect(differences(paid as never, entitled(after, MONTHS), span)).toEqual([]);
        expect(schedule(CHANGE, { ...input, determinations: after }).spans).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('changes of standard, whatever was decided before', () => {
  const issues = ['2024-08-21', '2025-03-10'] as const;
  const file = dibaoFile(BEIJING);
  const [row] = file.values.filter(({ parameter }) => parameter === 'standard');
  const value = { urban: '1505.00', rural: '1505.00' };
  file.values.push({ ...row!, value, inForceFrom: '2025-01', decidedOn: issues[1] });
  const view = viewOf(BEIJING, bookOfFile(file));

  it('each moves each month once, in whatever order, and asked for again at any time', () => {
    // 1395, 1450 and 1505 a head: what was decided may become another standard on its way.
    const decided = fc.constantFrom(1, 1285, 1340, 1395, 1400, 1560);
    const steps = fc.array(fc.constantFrom('first', 'second', 'unchanged'), { maxLength: 6 });
    const order = fc.shuffledSubarray(['first', 'second'], { minLength: 2 });
    const day = fc.constantFrom('2025-03-05', '2025-03-20');
    fc.assert(
      fc.property(decided, steps, order, steps, day, (base, sooner, both, later, decidedOn) => {
        const cases = [{ from: '2020-01', household: family(1) }];
        let determinations = [determined([['2024-01', base]])];
        for (const step of [...sooner, ...both, ...later]) {
          const asked: Asked =
            step === 'unchanged'
              ? { kind: 'unchanged' }
              : { kind: 'standard-change', issuedOn: issues[step === 'first' ? 0 : 1], through: '2025-03' };
          const content = workOut(dibao, asked, decidedOn, { ...view, cases, determinations });
          if (content.ok) determinations = decide(determinations, content.value as never, decidedOn);
        }
        const paid = entitled(determinations, ['2024-06', '2024-07', '2024-12', '2025-01', '2025-03']);
        expect(paid.map(({ fen }) => fen / 100)).toEqual([
          base,
          base + 55,
          base + 55,
          base + 110,
          base + 110,
        ]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an income corrected in May for January', () => {
  const MONTHS = monthRange('2025-01', '2025-05');

  it('moves no money until a decision is recorded, and then exactly new minus old', () => {
    fc.assert(
      fc.property(steady, fc.integer({ min: 0, max: 3000 }), (household, income) => {
        const { components } = must(propose(household, VIEW, '2025-01'));
        const before = [{ ...determined([]), spans: [{ from: '2024-09', components, derivation: [] }] }];
        const paid = asLines(entitled(before, MONTHS));
        const corrected = {
          ...household,
          incomes: [{ kind: 'transfer', amount: `${income}.00`, basis: 'month' } as const],
        };
        const text = `transfer:${income}.00:month`;
        const facts = [fact('household-incomes', '2025-01-01', text, '2025-05-20T02:00:00.000Z')];
        const known = {
          households: { H00000000001: facts },
          persons: { P1: [fact('incomes', '2025-01-01', text)] },
        };
        const span = { from: '2025-01', through: '2025-05' };
        expect(entitled(before, MONTHS, known)).toEqual(entitled(before, MONTHS));
        expect(differences(paid, entitled(before, MONTHS, known), span)).toEqual([]);

        const cases = [
          { from: '2024-01', household },
          { from: '2025-01', household: corrected },
        ];
        const review = { kind: 'review', decidedOn: '2025-05-25', from: '2025-01' } as const;
        const proposal = schedule(review, { ...VIEW, cases, determinations: before });
        const after = proposal.spans.length === 0 ? before : decide(before, proposal, '2025-05-25');
        const expected = MONTHS.flatMap((month) =>
          ['base', 'top-up'].map((component) => {
            const old = components.find((one) => one.component === component)?.fen ?? 0;
            return { month, component, fen: amountIn(corrected, VIEW, month, component) - old };
          }),
        );
        const owed = differences(paid, entitled(after, MONTHS, known), span);
        expect(money(owed)).toEqual(expected.filter(({ fen }) => fen !== 0));
      }),
      { numRuns: 150 },
    );
  });
});
