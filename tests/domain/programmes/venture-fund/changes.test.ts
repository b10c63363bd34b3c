// Goal: a change of the grant touches only unpaid tranches. Method: 滨海新区's plan of 50/40/10 with some of it released.
import { describe, expect, it } from 'vitest';
import { replanTranches, splitGrant } from '../../../../domain/programmes/venture-fund/tranches.ts';
import { codeOf, must } from '../samples.ts';
import { inYuan, refusalOf, rulesFor, yuan } from './samples.ts';

describe('a change of the grant', () => {
  const { tranches: plan } = rulesFor('120116', '2014-06-01');
  const split = must(splitGrant(yuan('48000.00'), plan));
  const changed = (grant: string, released: number[], afterChange = plan.afterChange) =>
    replanTranches({ ...plan, afterChange }, split, released, yuan(grant));

  it.each([
    ['40000.00', [1], ['24000.00', '12800.00', '3200.00']],
    ['60000.00', [1], ['24000.00', '28800.00', '7200.00']],
    ['24000.00', [1], ['24000.00', '0.00', '0.00']],
    ['40000.00', [], ['20000.00', '16000.00', '4000.00']],
    ['50000.00', [1, 2], ['24000.00', '19200.00', '6800.00']],
  ])('to %s after %j touches only what is unpaid: %j', (grant, released, expected) => {
    expect(inYuan(must(changed(grant, released)))).toEqual(expected);
  });

  it('or each unpaid tranche gets its share of the new grant, the last one the rest', () => {
    expect(inYuan(must(changed('60000.00', [1], 'by-share-of-new-grant')))).toEqual([
      '24000.00',
      '24000.00',
      '12000.00',
    ]);
    expect(inYuan(must(changed('40000.00', [1], 'by-share-of-new-grant')))).toEqual([
      '24000.00',
      '16000.00',
      '0.00',
    ]);
  });

  it('is never below what was paid, and there must be something left to change', () => {
    expect(refusalOf(changed('23999.99', [1]))).toMatchObject({
      code: 'limit/below-paid',
      detail: { field: 'grant', paid: '24000.00' },
    });
    expect(codeOf(changed('60000.00', [1, 2, 3]))).toBe('conflict/all-paid');
    expect(inYuan(must(changed('48000.00', [1, 2, 3])))).toEqual(['24000.00', '19200.00', '4800.00']);
    expect(codeOf(changed('0.00', []))).toBe('invalid/grant-amount');
  });
});
