// Goal: policy by which a programme rests on one that rests on it is refused by name for whom it concerns, and brings no run down.
import { expect, it } from 'vitest';
import { policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import type { EnrolmentFacts } from '../../../../domain/programmes/programme.ts';
import { policyFile } from '../../../policy-files.ts';
import { must } from '../samples.ts';
import { AT, CHILD, net, owed, PLACE, situation, stackingBook } from './samples.ts';

const subsidy: EnrolmentFacts = {
  id: `JG-${CHILD}-1`,
  programme: 'price-subsidy',
  jurisdiction: PLACE,
  subject: CHILD,
  facts: [],
};
const citation = { document: '示例〔2020〕1号', title: '价格临时补贴（样例）' };
const value = (parameter: string, said: unknown) => ({
  parameter,
  value: said,
  inForceFrom: '2020-01',
  decidedOn: '2020-01-01',
  citation,
  retroactivity: { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' },
  sample: true,
});
const place = {
  jurisdiction: PLACE,
  programme: 'price-subsidy',
  values: [
    value('indices', { cpi: '4.0', food: '7.0', scpi: '4.0', publishedOn: '2026-06-20' }),
    value('priceStandard', '1000.00'),
  ],
};

it.each([
  ['tekun', [{ with: 'price-subsidy', of: 'person', action: 'excluded' }]],
  ['tekun', [{ with: 'price-subsidy', of: 'person', action: 'top-up' }]],
] as const)('%s less what is paid to whoever is on its roll', (programme, rules) => {
  const packs = [policyFile('000000', 'price-subsidy'), place].map(
    (file) => must(parsePolicyPack(file)).pack,
  );
  const others = must(policyBook(packs));
  const book = { ...others, rows: new Map([...others.rows, ...stackingBook({ [programme]: rules }).rows]) };
  const found = situation(owed('tekun', { living: 500 }), subsidy);
  expect(net(book, found)).toEqual({
    tekun: 'missing/stacked-amount',
    'price-subsidy': 'missing/roll-amount',
  });
  expect(net(others, found, AT)).toEqual({ tekun: 50_000, 'price-subsidy': 4_000 });
});
