import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_XLSX } from '../../../../domain/bank/card-sheet.ts';
import { answerOfLine } from '../../../../domain/bank/result-file.ts';
import { fen, sumFen } from '../../../../domain/money.ts';
import { ok } from '../../../../domain/result.ts';
import { bankFormat } from '../../../../functions/bank/formats/index.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { anyLines, line } from '../../../domain/bank/samples.ts';
import { HEAD, IDENTITY, read, stated } from './reading.ts';

/** The workbook of 一卡通 platforms, both ways. */
const format = await bankFormat(CARD_XLSX);
const fileName = 'YKT_110199_GL_202612R_0003.xlsx';
const uploadName = 'YKT_110199_GL_202612R_0003_HP.xlsx';
const HEADINGS = ['序号', '姓名', '身份证号', '账号', '开户行', '金额', '备注', '结果', '失败原因'];
type Cells = NonNullable<Parameters<typeof xlsxOf>[0]['sheets'][number]['rows'][number]>;
const sent = [
  line({ account: '6217000000000009', endToEndId: 'A-1' }),
  line({ sequence: 2, account: '6217000000000001' }),
];
const answered = (rows: readonly Cells[], name = uploadName) =>
  read(format, xlsxOf({ sheets: [{ name: '回盘', rows }] }), name, sent);
const good: Cells = [
  '1',
  '张三',
  '',
  '6217000000000001',
  '',
  1500,
  '202612-R-1-GL-7Z3K9QX2M4BT-1',
  '成功',
  '',
];
const withCell = (column: string, value: Cells[number]) => good.with(HEADINGS.indexOf(column), value);

describe('the workbook of 一卡通 platforms', () => {
  it('is named, written and read back, with the same bytes every time', async () => {
    expect(format.instructionFileName(IDENTITY)).toBe(fileName);
    expect(format.identityOf(fileName)).toEqual(ok(IDENTITY));
    await fc.assert(
      fc.asyncProperty(anyLines, fc.boolean(), async (drawn, numbered) => {
        const lines = drawn.map(({ bankCode: _bankCode, ...one }) => ({
          ...one,
          summary: '',
          ...(numbered && { idNumber: '11010119400101001X', bankName: '示例 <银行> & 支行' }),
        }));
        const written = lines.map((one) => ({ ...one, summary: '202612高龄津贴' }));
        const file = format.writeInstruction({ ...HEAD, lines: written });
        if (!file.ok) throw new Error(JSON.stringify(file.error));
        const again = format.writeInstruction({ ...HEAD, lines: structuredClone(written) });
        expect(again).toEqual(file);
        const back = await format.readInstruction(file.value.bytes, fileName);
        expect(back).toEqual(
          ok({
            jurisdiction: '110199',
            batchNumber: 'GL202612R-0003',
            totalFen: sumFen(lines.map((one) => one.fen)),
            lines,
          }),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('has accounts and identity numbers as texts, amounts as numbers, and no formula', async () => {
    const lines = [
      line({ account: '0062170000000000001', idNumber: '11010119400101001X', fen: fen(150_050) }),
    ];
    const file = format.writeInstruction({ ...HEAD, lines });
    if (!file.ok) throw new Error('refused');
    const { openWorkbook } = await import('../../../../functions/register/workbook/open-workbook.ts');
    const { bytes } = file.value;
    const book = await openWorkbook({
      bytes: bytes.length,
      read: async (from, length) => bytes.subarray(from, from + length),
    });
    const rows = [];
    for await (const row of book.sheets[0]!.rows()) rows.push(row.cells);
    expect(rows[0]!.map((cell) => cell?.kind === 'text' && cell.text)).toEqual(HEADINGS.slice(0, 7));
    expect(rows[1]).toEqual([
      { kind: 'text', text: '1' },
      { kind: 'text', text: '张三' },
      { kind: 'text', text: '11010119400101001X' },
      { kind: 'text', text: '0062170000000000001' },
      undefined,
      { kind: 'number', number: 1500.5 },
      { kind: 'text', text: '202612-R-1-GL-7Z3K9QX2M4BT-1' },
    ]);
    expect(rows[2]!.filter(Boolean)).toEqual([
      { kind: 'text', text: '合计' },
      { kind: 'number', number: 1500.5 },
    ]);
  });

  it('its answer is read, each row on its payment', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLines,
        fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }),
        async (lines, draw) => {
          const answers = stated(lines, draw);
          const result = format.writeResult({
            instructionFile: fileName,
            resultDate: '2026-12-11',
            lines: answers,
          });
          expect(result.fileName).toBe(uploadName);
          const found = await read(format, result.bytes, result.fileName, lines);
          expect(found).toMatchObject({ instructionFile: fileName, namedByUpload: true });
          expect(found.refused).toBeUndefined();
          expect(found.answers).toEqual(answers.map((answer, index) => answerOfLine(answer, index + 1)));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is understood as platforms write it: title rows, other headings, text amounts, no total row', async () => {
    const found = await answered([
      ['2026年12月高龄津贴发放结果'],
      ['序号', '户名', '银行卡号', '发放金额', '备注', '发放结果', '原因', '入账日期'],
      [2, '张三', '6217000000000001', '300.00', '', '已发放', '', { date: 46_006 }],
      [
        undefined,
        '李四',
        '6217000000000002',
        300,
        '202612-R-1-GL-7Z3K9QX2M4BT-1',
        '退票',
        '账户已销户',
        '20261212',
      ],
    ]);
    expect(found.answers).toEqual([
      {
        position: 1,
        sequence: 2,
        endToEndId: '',
        fen: 30_000,
        status: 'settled',
        bookedOn: '2025-12-15',
        bankSerial: '',
      },
      {
        position: 2,
        endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
        fen: 30_000,
        status: 'returned',
        reason: 'ACCT_CLOSED',
        bookedOn: '2026-12-12',
        bankSerial: '',
      },
    ]);
  });

  it.each([
    ['金额', '1,500.00'],
    ['金额', '１５００'],
    ['金额', 1500.005],
    ['金额', -1],
    ['金额', undefined],
    ['结果', ''],
    ['结果', '可能成功'],
    ['备注', '张三的'],
    ['序号', '一'],
    ['序号', 0],
  ])('a row whose %s is %j is for a person, and the others stay good', async (column, value) => {
    const found = await answered([HEADINGS, withCell(column, value), good.with(0, '2')]);
    expect(found.refused).toBeUndefined();
    expect(found.answers).toMatchObject([
      { position: 1, unreadable: true },
      { position: 2, sequence: 2 },
    ]);
  });

  it.each([
    ['a total that is another', [HEADINGS, good, ['合计', '', '', '', '', 1500.01]], 'invalid/result-totals'],
    ['no column of results', [HEADINGS.slice(0, 7), good], 'invalid/result-header'],
    ['nothing', [['']], 'invalid/result-header'],
  ] as [string, Cells[], string][])('a sheet with %s is refused as a whole', async (_, rows, code) => {
    expect((await answered(rows)).refused?.code).toBe(code);
  });

  it('what is no workbook, or has another name, is refused', async () => {
    const renamed = await answered([HEADINGS, good], '回盘.xlsx');
    expect(renamed.refused?.code).toBe('invalid/bank-file-name');
    const pdf = await read(format, Buffer.from('%PDF-1.7 ...'), uploadName, []);
    expect(pdf.refused?.code).toBe('invalid/file-format');
  });

  it('a name that no workbook can hold is held, and named by what to do', () => {
    for (const name of ['张\ud842', '张\uffff'])
      expect(format.checkLine(line({ name }))?.code).toBe('invalid/bank-line-encoding');
    expect(format.checkLine(line({ name: '王𬎆<&>' }))).toBeUndefined();
  });
});
