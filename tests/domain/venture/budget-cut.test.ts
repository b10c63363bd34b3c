import { describe, expect, it } from 'vitest';
import { proposeChange } from '../../../domain/venture/execution-change.ts';
import { draftContract } from '../../../domain/venture/signing.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { desk } from './execution-desk.ts';
import { yuan } from './execution-samples.ts';
import { call, filed, GIVEN, PASSED, PUBLIC, projectOf } from './intake-samples.ts';

const RULE = { rule: 'own-funds-gap', percentMax: '60', overPercent: 'refuse', cap: '500000.00' } as const;
const lines = (text: string) => [{ category: 'activities', item: '活动', fen: yuan(text) }];

/** A budget that is cut after the review takes the grant with it: the place's rule is of the budget as agreed. */
describe('a contract whose budget is another than the one that was filed (广州: at most 60 percent)', () => {
  // 900,000 with 400,000 of its own: 500,000 granted.
  const money = { asked: yuan('500000.00'), budget: yuan('900000.00'), ownFunds: yuan('400000.00') };
  const chosen = projectOf(
    ['filer', filed({ ...money, lines: lines('900000.00') })],
    ['screener', PASSED],
    ['head', { ...GIVEN, grant: yuan('500000.00') }],
    ['clerk', PUBLIC],
  );
  const draft = (text: string) => {
    const done = draftContract(chosen, call({}, { grant: RULE }), { lines: lines(text) }, sha256Hex);
    return done?.ok ? 'drafted' : done?.error.code;
  };
  it.each([
    ['900000.00', 'drafted'],
    ['950000.00', 'drafted'],
    // The gap is less than the grant by a fen.
    ['899999.99', 'limit/grant-over-cap'],
    ['500000.00', 'limit/grant-over-cap'],
    ['400000.00', 'limit/nothing-lacking'],
    // More than 60 percent of it is lacking.
    ['1000000.01', 'limit/share-over'],
  ])('a budget of %s: %s', (text, outcome) => expect(draft(text)).toBe(outcome));

  it('changes only together with a grant that the new budget lacks', () => {
    const project = desk();
    project.release(1);
    const change = (text: string, grant?: string) => {
      const wish = { lines: lines(text), reason: '缩减', ...(grant !== undefined && { grant: yuan(grant) }) };
      const done = proposeChange(project.project, wish);
      return done.ok ? 'proposed' : done.error.code;
    };
    expect(change('48000.00')).toBe('proposed');
    expect(change('47999.99')).toBe('limit/grant-over-cap');
    expect(change('47999.99', '47999.99')).toBe('proposed');
    expect(change('30000.00', '30000.01')).toBe('limit/grant-over-cap');
    expect(change('24000.00', '23999.99')).toBe('limit/below-paid');
  });

  it('and may become smaller than what every project is given, never more than is lacking', () => {
    const project = desk({ rules: { grant: { rule: 'fixed', amount: '48000.00' } } });
    const change = (text: string, grant: string) => {
      const wish = { lines: lines(text), grant: yuan(grant), reason: '缩减' };
      const done = proposeChange(project.project, wish);
      return done.ok ? 'proposed' : done.error.code;
    };
    expect(change('30000.00', '30000.00')).toBe('proposed');
    expect(change('30000.00', '30000.01')).toBe('limit/grant-over-need');
  });
});
