import { describe, expect, it } from 'vitest';
import { StatementLayout, USUAL_STATEMENT } from '../../../domain/bank/statement-layout.ts';
import { readStatementTable } from '../../../domain/bank/statement-table.ts';

const ACCOUNT = '11001999000000001';
const HEAD = ['交易日期', '借方（元）', '贷方', '余额', '摘要', '流水号', '批次号', '对账码'];
const ROWS = [
  ['账号：11001999000000001', '', '对账单号', '12'],
  ['期初余额：1000.00'],
  HEAD,
  ['2026-12-01', '', '500.00', '1500.00', '拨款', 'S1', '', ''],
  ['20261202', '300.00', '0.00', '1200.00', '代发', 'S2', 'GL202612R-0001', ''],
  ['2026/12/3', '', '100', '1300.00', '退票：账户已销户', 'S3', '', '202612-R-1-GL-000000000001-1'],
  ['合计', '300.00', '600.00', '', '', '', '', ''],
];
const read = (rows: readonly (readonly string[])[], account = ACCOUNT) =>
  readStatementTable(rows, USUAL_STATEMENT, account);
const code = (rows: readonly (readonly string[])[], account = ACCOUNT) => {
  const said = read(rows, account);
  return said.ok ? 'read' : said.error.code;
};
const change = (row: number, cell: number, text: string) =>
  ROWS.map((cells, at) => (at === row ? cells.map((one, index) => (index === cell ? text : one)) : cells));

describe('a statement as a table', () => {
  it('is read with its labels, both directions, batches, ids and returns', () => {
    expect(read(ROWS)).toEqual({
      ok: true,
      value: {
        account: ACCOUNT,
        sequence: 12,
        from: '2026-12-01',
        to: '2026-12-03',
        opening: 100_000,
        closing: 130_000,
        entries: [
          {
            position: 1,
            side: 'credit',
            fen: 50_000,
            booked: true,
            bookedOn: '2026-12-01',
            serviceRef: 'S1',
            details: [],
          },
          {
            position: 2,
            side: 'debit',
            fen: 30_000,
            booked: true,
            bookedOn: '2026-12-02',
            serviceRef: 'S2',
            batch: { id: 'GL202612R-0001' },
            details: [],
          },
          {
            position: 3,
            side: 'credit',
            fen: 10_000,
            booked: true,
            bookedOn: '2026-12-03',
            serviceRef: 'S3',
            returnOf: true,
            reason: 'ACCT_CLOSED',
            details: [{ endToEndId: '202612-R-1-GL-000000000001-1', fen: 10_000, side: 'credit' }],
          },
        ],
      },
    });
  });

  it('is the same from new to old, without numbers of its own, and with one amount and its direction', () => {
    const [account, opening, head, ...rest] = ROWS;
    const body = rest.slice(0, 3);
    expect(read([account!, opening!, head!, ...body.toReversed()])).toEqual(read(ROWS));
    const plain = [HEAD.slice(0, 4), ...body.map((cells) => cells.slice(0, 4))];
    expect(read(plain)).toMatchObject({
      ok: true,
      value: { opening: 100_000, closing: 130_000, entries: [{ serviceRef: '=150000' }, {}, {}] },
    });
    const signed = [
      ['记账日期', '借贷标志', '发生额', '账户余额'],
      ['2026-12-01', '贷', '500.00', '1500.00'],
      ['2026-12-02', '借', '300.00', '1200.00'],
    ];
    expect(read(signed)).toMatchObject({
      ok: true,
      value: { entries: [{ side: 'credit' }, { side: 'debit' }] },
    });
  });

  it('nothing of a person gets into it, whatever stands in a column for numbers', () => {
    const named = change(4, 5, '张三 13800000000').map((cells, at) =>
      at === 4 ? cells.with(6, '李四代发') : cells,
    );
    expect(read(named)).toMatchObject({
      ok: true,
      value: { entries: [{}, { serviceRef: '=120000', batch: { id: '?' } }, {}] },
    });
    expect(JSON.stringify(read(named))).not.toMatch(/张三|李四|138/);
  });

  it('of no bookings says its days and balances in its labels', () => {
    const labels = [
      ['起始日期', '2026-12-01', '截止日期：2026-12-31'],
      ['期初余额', '5.00', '期末余额', '5.00'],
      HEAD,
    ];
    expect(read(labels)).toMatchObject({
      ok: true,
      value: { from: '2026-12-01', to: '2026-12-31', opening: 500, entries: [] },
    });
  });

  it.each([
    ['invalid/statement-headings', ROWS.slice(3)],
    ['invalid/statement-row', change(3, 2, '1,500.00')],
    ['invalid/statement-row', change(3, 2, '５００.00')],
    ['invalid/statement-row', change(3, 1, '500.00')],
    ['invalid/statement-row', change(3, 0, '12月1日')],
    ['invalid/statement-row', change(3, 3, '一千')],
    ['invalid/statement-balance', change(4, 3, '1200.01')],
    ['invalid/statement-balance', [HEAD.filter((name) => name !== '余额'), ['2026-12-01', '', '5.00']]],
    ['invalid/statement-period', [['期初余额', '5.00', '期末余额', '5.00'], HEAD]],
    ['conflict/other-account', change(0, 0, '账号：11001999000000002')],
  ])('%s', (expected, rows) => {
    expect(code(rows)).toBe(expected);
  });

  it('red figures are money the other way', () => {
    expect(
      read(change(5, 2, '-100').map((cells, at) => (at === 5 ? cells.with(3, '1100.00') : cells))),
    ).toMatchObject({
      ok: true,
      value: { closing: 110_000, entries: [{}, {}, { side: 'debit', fen: 10_000 }] },
    });
  });

  it('another bank’s headings are other words in the data', () => {
    const layout = { ...USUAL_STATEMENT, headings: { ...USUAL_STATEMENT.headings, date: ['发生日'] } };
    expect(StatementLayout.parse(layout)).toEqual(layout);
    const rows = ROWS.map((cells) => cells.map((cell) => (cell === '交易日期' ? '发生日' : cell)));
    expect(readStatementTable(rows, layout, ACCOUNT)).toEqual(read(ROWS));
    expect(code(rows)).toBe('invalid/statement-headings');
  });
});
