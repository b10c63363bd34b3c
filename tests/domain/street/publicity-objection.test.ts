import { describe, expect, it } from 'vitest';
import { isFactValue } from '../../../domain/register/fact-values.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import {
  type ObjectionStep,
  objectionStep,
  objectionsOf,
} from '../../../domain/street/publicity-objection.ts';
import { codeOf, must } from '../run/samples.ts';

/** Records steps one after the other, each by a person. */
function after(...steps: readonly (readonly [ObjectionStep, string])[]): Fact[] {
  const facts: Fact[] = [];
  for (const [index, [step, by]] of steps.entries()) {
    const value = must(objectionStep(facts, step, by));
    if (value === undefined) continue;
    const recordedAt = `2026-11-${String(index + 1).padStart(2, '0')}T01:00:00.000Z`;
    facts.push({ kind: 'publicity-objection', value, validFrom: '2026-11-01', recordedAt, source: 's', by });
  }
  return facts;
}
const open = { step: 'open', words: '收入情况' } as const;
const resolve = { step: 'resolve', number: 1, result: 'dismissed', words: '已核查' } as const;
const confirm = { ...resolve, step: 'confirm', words: '同意' } as const;

describe('an objection from the publicity', () => {
  it('is opened, looked into and resolved by two persons', () => {
    const facts = after([open, 'a'], [resolve, 'b'], [confirm, 'c']);
    expect(facts.every(({ value }) => isFactValue('publicity-objection', value))).toBe(true);
    expect(objectionsOf(facts)).toMatchObject([
      { number: 1, state: 'resolved', result: 'dismissed', words: '同意', by: 'c' },
    ]);
  });

  it('is confirmed by another person, with the result that was proposed', () => {
    const facts = after([open, 'a'], [resolve, 'b']);
    expect(codeOf(objectionStep(facts, confirm, 'b'))).toBe('forbidden/same-person');
    expect(codeOf(objectionStep(facts, { ...confirm, result: 'upheld' }, 'c'))).toBe('conflict/objection');
    expect(codeOf(objectionStep(after([open, 'a']), confirm, 'c'))).toBe('conflict/objection');
    expect(codeOf(objectionStep(facts, { ...confirm, number: 2 }, 'c'))).toBe('missing/objection');
  });

  it('changes no more once it is resolved', () => {
    const facts = after([open, 'a'], [resolve, 'b'], [confirm, 'c']);
    expect(codeOf(objectionStep(facts, { ...resolve, result: 'upheld' }, 'b'))).toBe('conflict/objection');
  });

  it('said again by the same person is the same', () => {
    expect(must(objectionStep(after([open, 'a']), open, 'a'))).toBeUndefined();
    expect(must(objectionStep(after([open, 'a'], [resolve, 'b']), resolve, 'b'))).toBeUndefined();
    const done = after([open, 'a'], [resolve, 'b'], [confirm, 'c']);
    expect(must(objectionStep(done, confirm, 'c'))).toBeUndefined();
  });

  it('of two each has its number', () => {
    const facts = after([open, 'a'], [{ step: 'open', words: '车辆' }, 'a']);
    expect(objectionsOf(facts).map(({ number, state }) => [number, state])).toEqual([
      [1, 'open'],
      [2, 'open'],
    ]);
  });

  it('words that would be read as another step are not taken', () => {
    expect(isFactValue('publicity-objection', '1/open/a/b')).toBe(false);
    expect(isFactValue('publicity-objection', '1/resolved/核实')).toBe(false);
  });
});
