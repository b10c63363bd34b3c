// Goal: a control that the place once asked for does not stop looking without a word when its document lapses.
import { expect, it } from 'vitest';
import { CASE_KINDS } from '../../../domain/matching/list-kinds.ts';
import { matchingPolicy } from '../../../domain/policy/matching-parameters.ts';
import { optionsOf } from '../../../functions/run/run-options.ts';
import { policyFile } from '../../policy-files.ts';
import { bookOf, codeOf } from '../programmes/samples.ts';

const scope = { jurisdiction: '110199', programme: 'high-age', knownOn: '2026-12-01' };
const bookWith = (dates: Readonly<Record<string, string>>, parameter = 'controlsOn') => {
  const file = policyFile('110199', 'high-age');
  const values = file.values.map((value) => (value.parameter === parameter ? { ...value, ...dates } : value));
  return bookOf({ ...file, values });
};
const lapsed = (dates: Readonly<Record<string, string>>, month: string) =>
  codeOf(optionsOf(bookWith(dates), scope, month));

it('a lapsed one is for people to renew; one that starts later or was never set is not missed', () => {
  expect(lapsed({}, '2026-12')).toBe('ok');
  expect(lapsed({ inForceTo: '2026-11' }, '2026-11')).toBe('ok');
  expect(lapsed({ inForceTo: '2026-11' }, '2026-12')).toBe('policy/gap');
  expect(lapsed({ inForceFrom: '2027-01' }, '2026-12')).toBe('ok');
  expect(codeOf(optionsOf(bookOf(), scope, '2026-12'))).toBe('ok');
});

it('so with the limit of people that one person receives for', () => {
  const ended = bookWith({ inForceTo: '2026-11' }, 'payeeWardsMax');
  expect(codeOf(optionsOf(ended, scope, '2026-11'))).toBe('ok');
  expect(codeOf(optionsOf(ended, scope, '2026-12'))).toBe('policy/gap');
});

it('what a match does is no guess once what was set has lapsed: the money waits', () => {
  const ended = bookWith({ inForceTo: '2026-11' }, 'matching');
  const inNovember = matchingPolicy(ended, scope, '2026-11').actions ?? {};
  expect(inNovember['business-registration']).toBeUndefined();
  const afterwards = matchingPolicy(ended, scope, '2026-12').actions ?? {};
  expect(Object.keys(afterwards).toSorted()).toEqual(CASE_KINDS.toSorted());
  expect(new Set(Object.values(afterwards))).toEqual(new Set(['hold']));
  expect(matchingPolicy(bookOf(), scope, '2026-12')).toEqual({});
});
