import { expect, it } from 'vitest';
import { fact } from '../programmes/samples.ts';
import { codesUnder, OTHER, type payment } from './ordinary-payment.ts';

const on = (code: string) => ({ controlsOn: [code] });

it('the payee is the institution that provides, in the months that are paid', () => {
  const setting = (value: string, from = '2026-01-01') => ({
    enrolment: { facts: [fact('care-setting', from, value)], isNew: false },
  });
  const under = (changes: NonNullable<Parameters<typeof payment>[0]>) =>
    codesUnder(on('institution-payee'), changes);
  expect(under(setting('institution'))).toEqual(['institution-payee']);
  expect(under(setting('family'))).toEqual([]);
  expect(under(setting('institution', '2027-01-01'))).toEqual([]);
  expect(
    under({ ...setting('institution'), payee: { key: OTHER, organisation: { village: false } } }),
  ).toEqual([]);
  expect(codesUnder({}, setting('institution'))).toEqual([]);
});
