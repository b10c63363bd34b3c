// Goal: months of a taper by the packs of the policy book, from the one before the declaration to the one after the last.
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../domain/calendar.ts';
import { proposeSchedule } from '../../../../domain/programmes/dibao/schedule.ts';
import { determinedFor } from '../../../../domain/register/determination.ts';
import { codeOf } from '../samples.ts';
import { decide, determined, family, inputOf, lines, PLACES, schedule } from './samples.ts';

const RULED = PLACES.filter((place) => place !== '110199');

describe('渐退', () => {
  const over: Readonly<Record<string, string>> = {
    '110000': '1450.00',
    '231025': '900.00',
    '321281': '710.00',
  };
  /** Months of paying after the declaration: how many, and what each pays of 600 yuan. */
  const STEPS: Readonly<Record<string, readonly number[]>> = {
    '110000': [600, 600, 600, 300, 300, 300],
    '231025': [600, 600, 600, 600, 600, 600],
    '321281': [600, 600, 600, 600, 600, 600],
  };

  it.each(Object.keys(STEPS))('%s: every month from the one before it to the one after', (place) => {
    const declared = place === '231025' ? '2026-05' : '2025-05';
    const input = inputOf(place, {
      cases: [{ from: '2020-01', household: family(1, over[place]) }],
      determinations: [determined([[addMonths(declared, -2), 600]])],
    });
    const proposal = schedule({ kind: 'taper', declaredOn: `${declared}-31` }, input);
    const after = decide(input.determinations, proposal, `${declared}-31`);
    const paid = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((ahead) => {
      const found = determinedFor(after, addMonths(declared, ahead))!;
      return found.span.components.reduce((sum, { fen }) => sum + fen / 100, 0);
    });
    expect(paid).toEqual([600, ...STEPS[place]!, 0, 0]);
    expect(lines(proposal).at(-1)).toBe(`${addMonths(declared, 7)}: 0.00 + 0.00`);
  });

  it.each(RULED.filter((place) => !(place in STEPS)))('%s has none', (place) => {
    const input = inputOf(place, { determinations: [determined([['2025-01', 600]])] });
    expect(codeOf(proposeSchedule({ kind: 'taper', declaredOn: '2025-05-31' }, input))).toBe(
      'policy/no-taper',
    );
  });
});
