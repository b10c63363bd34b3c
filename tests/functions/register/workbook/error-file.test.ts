import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SheetRow, shownText } from '../../../../domain/register/sheet-cell.ts';
import { importHandler } from '../../../../functions/register/import.ts';
import type { ImportServices } from '../../../../functions/register/import-services.ts';
import { startImport } from '../../../../functions/register/start-import.ts';
import { openWorkbook } from '../../../../functions/register/workbook/open-workbook.ts';
import { unpackedText, zipEntries } from '../../../../functions/register/workbook/zip-reader.ts';
import { packedText, zipArchive } from '../../../../functions/register/workbook/zip-writer.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { type Engines, startEngines } from '../../../engines.ts';
import { request, runImport, servicesFor } from '../sheet-fixture.ts';
import { sourceOf } from '../sheet-source.ts';
import { HEADS, person } from './ugly-sheets.ts';

let engines: Engines;
let services: ImportServices;
beforeAll(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterAll(() => engines.stop());

describe('the error file of an .xlsx', () => {
  const FIXTURE = {
    sheets: [
      { name: '说明', rows: [['说明']] },
      {
        name: '11月',
        rows: [
          ['示例区高龄津贴名册'],
          [],
          [...HEADS, '备注'],
          [...person(1100), undefined],
          [...person(1101, { 街道代码: undefined, 收款账号: 6_217_000_000_001_101 }), '=cmd|x'],
          [...person(1102), { formula: 'HYPERLINK("http://x","y")', value: 'y' } as const],
          ['合计', undefined, undefined, '3人'],
        ],
        merges: ['A1:M1', 'D4:D6'],
        hiddenRows: [6],
        hiddenColumns: [1],
      },
    ],
  };
  const importOf = (id: string, bytes: Uint8Array) => runImport(engines, services, request(id), bytes);
  const errorFile = async (id: string) => {
    const key = `imports/${id}/errors.xlsx`;
    expect((await services.imports.get(id))?.errorFileKey).toBe(key);
    return Buffer.from((await engines.files.read(key))!);
  };
  const openedSheet = async (bytes: Buffer) => {
    const { sheets } = await openWorkbook(sourceOf(bytes));
    expect(sheets).toHaveLength(1);
    const rows = new Map<number, SheetRow>();
    for await (const each of sheets[0]!.rows()) rows.set(each.row, each);
    return { rows, frame: await sheets[0]!.frame(), name: sheets[0]!.name };
  };
  const partOf = async (bytes: Buffer, name: string) => {
    const entries = await zipEntries(sourceOf(bytes));
    return unpackedText(sourceOf(bytes), entries.get(name)!, 1_000_000);
  };

  it('is the same sheet with the reasons beside the rows, and nothing in it acts', async () => {
    const { status } = await importOf('same-sheet', xlsxOf(FIXTURE));
    expect(status?.counts).toMatchObject({ accepted: 2, rejected: 1 });
    const bytes = await errorFile('same-sheet');
    const { rows, frame, name } = await openedSheet(bytes);
    expect(name).toBe('11月');
    expect(frame).toEqual({
      merges: [
        { top: 1, left: 0, bottom: 1, right: 12 },
        { top: 4, left: 3, bottom: 6, right: 3 },
      ],
      hiddenColumns: [1],
    });
    const shown = (row: number) => rows.get(row)?.cells.map(shownText) ?? [];
    expect(shown(1)).toEqual(['示例区高龄津贴名册']);
    expect(shown(3).slice(-3)).toEqual(['备注', '原因', '原因（英文）']);
    expect(shown(4)).toHaveLength(11);
    expect(shown(5)[13]).toMatch(/^【收款账号】.*以文本格式重新填写$/);
    expect(shown(5)[14]).toContain('Account is stored as a number');
    expect(rows.get(6)?.hidden).toBe(true);
    expect(shown(7)).toEqual(['合计', '', '', '3人']);
    const xml = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('<c r="M6" t="str"><v>y</v></c>');
  });

  it('imports as it is once it is mended, and is free of old reasons', async () => {
    const bytes = await errorFile('same-sheet');
    const again = await importOf('unmended', bytes);
    expect(again.status?.counts).toMatchObject({ unchanged: 2, rejected: 1 });
    const second = await openedSheet(await errorFile('unmended'));
    expect(second.rows.get(3)?.cells).toHaveLength(15);
    const mended = await rewritten(await errorFile('unmended'), (xml) =>
      xml.replace('<c r="J5"><v>6217000000001101</v></c>', inlineText('J5', '6217000000001101')),
    );
    const { status } = await importOf('mended-xlsx', mended);
    expect(status?.counts).toMatchObject({ created: 1, unchanged: 2, rejected: 0 });
    expect(status?.errorFileKey).toBeUndefined();
  });

  it('comes as CSV when the upload is not there any more', async () => {
    const message = request('gone');
    await engines.files.put(message.objectKey, xlsxOf(FIXTURE));
    await startImport(services, message, { info: () => {}, warn: () => {} });
    await engines.files.put(message.objectKey, Buffer.from('another file'));
    await engines.deliver({ imports: importHandler(() => services) });
    expect((await services.imports.get('gone'))?.errorFileKey).toBe('imports/gone/errors.csv');
    const csv = Buffer.from((await engines.files.read('imports/gone/errors.csv'))!).toString();
    // A number that lost digits is not handed back as text, where it would look sound.
    expect(csv).not.toContain('6217000000001101');
    expect(csv).toContain(`"'=cmd|x"`);
  });

  const inlineText = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  async function rewritten(bytes: Buffer, change: (xml: string) => string): Promise<Buffer> {
    const entries = await zipEntries(sourceOf(bytes));
    const parts = await Promise.all(
      [...entries].map(async ([name, entry]) => {
        const xml = await unpackedText(sourceOf(bytes), entry, 1_000_000);
        const isSheet = name.includes('worksheets/');
        const after = isSheet ? change(xml) : xml;
        expect(after !== xml).toBe(isSheet);
        return packedText(name, after);
      }),
    );
    return Buffer.from(zipArchive(parts));
  }
});
