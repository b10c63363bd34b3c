// Goal: a place's own layout of statements is refused in its policy, and not on the day of the statement, when nothing could be read by it.
import { expect, it } from 'vitest';
import { USUAL_STATEMENT } from '../../../domain/bank/statement-layout.ts';
import { readStatementTable } from '../../../domain/bank/statement-table.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';

const own = { ...USUAL_STATEMENT, id: 'ours' };
const { headings, labels } = own;
const { schema } = RUN_PARAMETERS.statementLayout;

it.each([
  ['under the id of the usual one', USUAL_STATEMENT],
  ['without a date', { ...own, headings: { ...headings, date: [] } }],
  ['without either pair of amounts', { ...own, headings: { ...headings, credit: [], amount: [] } }],
  [
    'with a direction that nobody can tell',
    { ...own, headings: { ...headings, credit: [] }, directions: { debit: ['D'], credit: [] } },
  ],
  [
    'without any balance',
    { ...own, headings: { ...headings, balance: [] }, labels: { ...labels, closing: [] } },
  ],
  ['with a word for two columns', { ...own, headings: { ...headings, amount: ['借方'] } }],
  ['with a word for two directions', { ...own, directions: { debit: ['D', 'x'], credit: ['X'] } }],
  ['with a heading that is never met', { ...own, headings: { ...headings, date: ['日期（北京）'] } }],
  ['without a separator', { ...own, separators: [] }],
  ['without a column’s name', { ...own, headings: { date: ['日期'] } }],
])('refused %s', (_, layout) => {
  expect(schema.safeParse(layout).success).toBe(false);
});

it('what is accepted is read: one column of amounts, and directions in any case', () => {
  const layout = {
    ...own,
    headings: { ...headings, date: ['发生日'], debit: [], credit: [], direction: ['DC'], amount: ['发生数'] },
    directions: { debit: ['Dr'], credit: ['Cr'] },
  };
  expect(schema.safeParse(layout).success).toBe(true);
  const rows = [
    ['发生日', 'DC', '发生数(元)', '余额'],
    ['2026-12-01', 'CR', '500.00', '500.00'],
    ['2026-12-02', 'Dr', '300.00', '200.00'],
  ];
  const read = readStatementTable(rows, layout, '11001999000000001');
  expect(read).toMatchObject({ ok: true, value: { closing: 20_000 } });
});
