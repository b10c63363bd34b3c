import { describe, expect, it } from 'vitest';
import type { Month } from '../../../domain/calendar.ts';
import { fen } from '../../../domain/money.ts';
import { determinedMonth, firstDeterminedMonth } from '../../../domain/programmes/determined.ts';
import type { MonthInput } from '../../../domain/programmes/programme.ts';
import {
  type Determination,
  DeterminationSchema,
  determinationsKnownBy,
} from '../../../domain/register/determination.ts';
import type { Fact } from '../../../domain/register/facts.ts';

const ENROLMENT = 'DB-7Z3K9QX2M4BT-1';

function determination(
  number: number,
  spans: readonly [Month, number][],
  recordedAt = '2026-01-05',
): Determination {
  return DeterminationSchema.parse({
    enrolment: ENROLMENT,
    number,
    kind: number === 1 ? 'initial' : 'review',
    document: `示救〔2026〕${number}号`,
    decidedOn: '2026-01-05',
    spans: spans.map(([from, amount]) => ({
      from,
      components: amount === 0 ? [] : [{ component: 'base', fen: amount }],
      derivation: [],
    })),
    sample: false,
    proposedBy: 'staff-a',
    decidedBy: 'staff-b',
    recordedAt: `${recordedAt}T02:00:00.000Z`,
  }) as Determination;
}

function due(month: Month, determinations: readonly Determination[], facts: readonly Fact[] = []) {
  const input = {
    enrolment: {
      id: ENROLMENT,
      programme: 'dibao',
      jurisdiction: '110199',
      subject: '7Z3K9QX2M4BT',
      facts,
      determinations,
    },
    month,
  } as unknown as MonthInput;
  const answer = determinedMonth(input);
  if (!answer.ok) throw new Error(answer.error.en);
  return { ...answer.value, code: answer.value.derivation.at(-1)?.code };
}

describe('a programme paid by decision', () => {
  const first = determination(1, [['2026-02', 195000]]);
  const taper = determination(2, [
    ['2026-06', 195000],
    ['2026-09', 97500],
    ['2026-12', 0],
  ]);

  it('pays nothing before its first determination and never keeps a run from being computed', () => {
    expect(due('2026-02', [])).toMatchObject({ fen: 0, components: [], code: 'not-determined' });
    expect(due('2026-01', [first])).toMatchObject({ fen: 0, code: 'not-determined' });
    expect(due('2026-02', [first])).toMatchObject({ fen: 195000, code: 'determined' });
    expect(firstDeterminedMonth({ enrolment: { determinations: [] } } as never)).toEqual({
      ok: true,
      value: undefined,
    });
  });

  it.each([
    ['2026-05', 195000, '1'],
    ['2026-06', 195000, '2'],
    ['2026-08', 195000, '2'],
    ['2026-09', 97500, '2'],
    ['2026-11', 97500, '2'],
    ['2026-12', 0, '2'],
    ['2027-05', 0, '2'],
  ])(
    'a later determination governs from its own first month: %s is %i fen by number %s',
    (month, amount, number) => {
      const entitled = due(month, [taper, first]);
      expect(entitled.fen).toBe(fen(amount));
      expect(entitled.derivation.at(-1)?.inputs['number']).toBe(number);
    },
  );

  it('a determination that reaches back behind the one before replaces it there too', () => {
    const back = determination(3, [['2025-12', 200000]]);
    expect(due('2025-12', [first, taper, back]).fen).toBe(200000);
    expect(due('2026-09', [first, taper, back]).fen).toBe(200000);
  });

  it('a decided stop ends the payment though the determination goes on, until it is taken back', () => {
    const stop = (value: string, validFrom: string, recordedAt: string): Fact => ({
      kind: 'stop',
      value,
      validFrom,
      recordedAt,
      source: 'counter',
      by: 'staff-a',
    });
    const stopped = [stop('2026-03', '2026-03-20', '2026-03-20T01:00:00.000Z')];
    expect(due('2026-03', [first], stopped).fen).toBe(195000);
    expect(due('2026-04', [first], stopped)).toMatchObject({ fen: 0, code: 'stopped-decision' });
    const resumed = [...stopped, stop('', '2026-05-02', '2026-05-02T01:00:00.000Z')];
    expect(due('2026-04', [first], resumed).fen).toBe(0);
    expect(due('2026-05', [first], resumed).fen).toBe(195000);
  });

  it('a run does not see what was decided after its cut-off', () => {
    const late = determination(2, [['2026-02', 1]], '2026-03-05');
    const known = determinationsKnownBy([first, late], '2026-03-01T00:00:00.000Z');
    expect(due('2026-02', known).fen).toBe(195000);
    expect(due('2026-02', determinationsKnownBy([first, late], '2026-03-31T00:00:00.000Z')).fen).toBe(1);
  });
});
