import { describe, expect, it, test } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import {
  firstGrantedMonth,
  grantedMonth,
  imprestComponent,
  imprestFundOf,
} from '../../../domain/programmes/granted.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { type Determination, determinedFor } from '../../../domain/register/determination.ts';
import { must } from './samples.ts';

const BOOK = must(policyBook([]));
const PROGRAMMES_OF_GRANTS = Object.values(PROGRAMMES).flatMap((one) => (one?.paidBy ? [one] : []));

const determination = (number: number, changes: Partial<Determination>): Determination => ({
  enrolment: 'LS-7Z3K9QX2M4BT-1',
  number,
  kind: 'grant',
  document: `文〔2026〕${number}号`,
  decidedOn: '2026-03-05',
  spans: [{ from: '2026-03', components: [{ component: 'urgent', fen: fen(300_00) }], derivation: [] }],
  sample: false,
  proposedBy: 'staff-1',
  decidedBy: 'staff-2',
  recordedAt: `2026-03-05T0${number}:00:00.000Z`,
  ...changes,
});

function input(determinations: readonly Determination[]) {
  const enrolment = {
    id: 'LS-7Z3K9QX2M4BT-1',
    programme: 'temporary-aid',
    jurisdiction: '110199',
    subject: '7Z3K9QX2M4BT',
    facts: [],
    determinations,
  };
  return {
    enrolment,
    situation: { persons: {}, enrolments: [enrolment] },
    book: BOOK,
    knownOn: '2026-12-01',
  };
}
const month = (determinations: readonly Determination[], of: string) =>
  must(grantedMonth({ ...input(determinations), month: of }));

describe('a month of grants', () => {
  const withdrawn = determination(2, {
    kind: 'grant-withdrawn',
    spans: [{ from: '2026-03', components: [{ component: 'urgent', fen: fen(100_00) }], derivation: [] }],
  });

  it('is what they give it, less what was withdrawn, with a step of each', () => {
    const due = month([withdrawn, determination(1, {})], '2026-03');
    expect(due).toMatchObject({ fen: 200_00, components: [{ component: 'urgent', fen: 200_00 }] });
    expect(due.derivation.map(({ code, result }) => [code, result])).toEqual([
      ['granted', '300.00'],
      ['grant-withdrawn', '100.00'],
    ]);
  });

  it('is nothing before and after, and never below nothing', () => {
    expect(month([determination(1, {})], '2026-04')).toMatchObject({ fen: 0, components: [] });
    expect(month([withdrawn], '2026-03')).toMatchObject({ fen: 0, components: [] });
    expect(must(firstGrantedMonth(input([determination(1, {}), withdrawn])))).toBe('2026-03');
    expect(must(firstGrantedMonth(input([])))).toBeUndefined();
  });

  it('rests on a sample when one of its grants does', () => {
    expect(month([determination(1, {}), determination(2, { sample: true })], '2026-03').sample).toBe(true);
    expect(month([determination(1, { sample: true })], '2026-04').sample).toBe(false);
  });

  it('is not read as an amount from a month on', () => {
    // Whoever reads determinations in force must ask first how the programme pays.
    expect(determinedFor([determination(1, {})], '2026-09')?.span.from).toBe('2026-03');
    expect(month([determination(1, {})], '2026-09').fen).toBe(0);
  });
});

test.each(PROGRAMMES_OF_GRANTS.map((programme) => [programme.id, programme] as const))(
  'every step of grants has a sentence in %s',
  (_, programme) => {
    const steps = [
      ...month([determination(1, {}), determination(2, { kind: 'grant-withdrawn' })], '2026-03').derivation,
      ...month([], '2026-03').derivation,
    ];
    for (const step of steps) expect(renderStep(programme, step).zh).toContain('2026-03');
    const { zh, en } = renderStep(programme, {
      code: 'grant-stopped',
      inputs: { month: '2026-04' },
      result: '0.00',
    });
    expect(zh).toContain('停发');
    expect(en).toContain('stopped');
  },
);

test('an imprest fund stands in its component', () => {
  expect(imprestFundOf(imprestComponent('DT-1'))).toBe('DT-1');
  expect(imprestFundOf('urgent')).toBeUndefined();
  expect(imprestFundOf('advance:DT-1')).toBeUndefined();
});
