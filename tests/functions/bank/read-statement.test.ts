import { describe, expect, it } from 'vitest';
import { writeAdvice, writeDayStatement } from '../../../domain/bank/iso20022/camt-writer.ts';
import type { Statement } from '../../../domain/bank/statement.ts';
import { fen } from '../../../domain/money.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { readStatementFile } from '../../../functions/bank/read-statement.ts';
import { STYLE, writeWorkbook } from '../../../functions/register/workbook/sheet-writer.ts';

const ACCOUNT = '11001999000000001';
const ROWS = [
  ['账号', ACCOUNT, '', '', '', ''],
  ['交易日期', '借方', '贷方', '余额', '摘要', '流水号'],
  ['2026-12-01', '', '500.00', '500.00', '拨款|誠,珅', 'S1'],
  ['2026-12-02', '300.00', '', '200.00', '代发', 'S2'],
];
const EXPECTED = {
  opening: 0,
  closing: 20_000,
  entries: [
    { side: 'credit', fen: 50_000 },
    { side: 'debit', fen: 30_000 },
  ],
};
const read = (bytes: Uint8Array, account = ACCOUNT) => readStatementFile(bytes, account);
const lines = (separator: string, cell = (text: string) => text) =>
  ROWS.map((cells) => cells.map(cell).join(separator)).join('\r\n');

const workbook = () => {
  const rows = ROWS.map((cells) => cells.map((text) => ({ text, style: STYLE.text })));
  return Buffer.from(writeWorkbook([{ name: '对账单', rows }]));
};

describe('a statement file is read by what it is', () => {
  it.each([
    ['tabs, UTF-8', Buffer.from(lines('\t'))],
    ['tabs, UTF-8 with its mark', Buffer.from(`\ufeff${lines('\t')}`)],
    ['commas in quotation marks, GB 18030', Buffer.from(gb18030.encode(lines(',', (cell) => `"${cell}"`)))],
    // 誠 ends in 0x5C and 珅 in 0x7C: decoded first, split afterwards.
    ['|!, GB 18030', Buffer.from(gb18030.encode(lines('|!').replace('拨款|', '拨款')))],
    ['semicolons', Buffer.from(lines(';'))],
    ['a workbook', workbook()],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toMatchObject({ ok: true, value: [EXPECTED] });
  });

  const camt: Statement = {
    account: ACCOUNT,
    sequence: 7,
    from: '2026-12-01',
    to: '2026-12-02',
    opening: fen(0),
    closing: fen(50_000),
    entries: [
      {
        position: 1,
        side: 'credit',
        fen: fen(50_000),
        booked: true,
        bookedOn: '2026-12-01',
        serviceRef: 'S1',
        details: [],
      },
    ],
  };
  const message = { messageId: 'M-1', createdAt: '2026-12-02T10:00:00.000Z', statement: camt };

  it('ISO 20022, as the statement of a day or as an advice', async () => {
    expect(await read(Buffer.from(writeDayStatement(message)))).toMatchObject({
      ok: true,
      value: [{ sequence: 7, closing: 50_000 }],
    });
    const advice = await read(Buffer.from(writeAdvice(message)));
    expect(advice).toMatchObject({ ok: true, value: [{ entries: [{ fen: 50_000 }] }] });
    expect(advice.ok && advice.value[0]?.opening).toBeUndefined();
  });

  it('and is refused when it is of another account or does not add up', async () => {
    const code = async (bytes: Uint8Array, account?: string) => {
      const said = await read(bytes, account);
      return said.ok ? 'read' : said.error.code;
    };
    expect(await code(Buffer.from(writeDayStatement(message)), '11001999000000002')).toBe(
      'conflict/other-account',
    );
    const wrong = writeDayStatement({ ...message, statement: { ...camt, closing: fen(1) } });
    expect(await code(Buffer.from(wrong))).toMatch(/balance/);
    expect(await code(Buffer.from('<?xml version="1.0"?><Document/>'))).toMatch(/^invalid\//);
    expect(await code(Buffer.from('%PDF-1.7'))).toBe('invalid/statement-headings');
    expect(await code(Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9]))).toMatch(/^(invalid|limit|conflict)\//);
  });
});
