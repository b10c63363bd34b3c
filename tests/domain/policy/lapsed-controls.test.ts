// Goal: a control that the place once asked for does not stop looking without a word when its document lapses.
import { expect, it } from 'vitest';
import { optionsOf } from '../../../functions/run/run-options.ts';
import { policyFile } from '../../policy-files.ts';
import { bookOf, codeOf } from '../programmes/samples.ts';

const scope = { jurisdiction: '110199', programme: 'high-age', knownOn: '2026-12-01' };
const bookWith = (dates: Readonly<Record<string, string>>) => {
  const file = policyFile('110199', 'high-age');
  const values = file.values.map((value) =>
    value.parameter === 'controlsOn' ? { ...value, ...dates } : value,
  );
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
