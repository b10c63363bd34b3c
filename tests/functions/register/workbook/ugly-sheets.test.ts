import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SheetRow, shownText } from '../../../../domain/register/sheet-cell.ts';
import { columnOf, readRow, SHEET_KINDS, SHEETS } from '../../../../domain/register/sheets.ts';
import { importHandler } from '../../../../functions/register/import.ts';
import type { ImportServices } from '../../../../functions/register/import-services.ts';
import { parseReadRows } from '../../../../functions/register/read-row.ts';
import { splitSheet } from '../../../../functions/register/split-sheet.ts';
import { startImport } from '../../../../functions/register/start-import.ts';
import { chooseSheet } from '../../../../functions/register/workbook/choose-sheet.ts';
import { openWorkbook } from '../../../../functions/register/workbook/open-workbook.ts';
import { templateXlsx } from '../../../../functions/register/workbook/template.ts';
import { unpackedText, zipEntries } from '../../../../functions/register/workbook/zip-reader.ts';
import { packedText, zipArchive } from '../../../../functions/register/workbook/zip-writer.ts';
import { type Engines, startEngines } from '../../../engines.ts';
import { idNumber, request, runImport, servicesFor } from '../sheet-fixture.ts';
import { sourceOf } from '../sheet-source.ts';
import { REFUSED_SHEETS } from './refused-sheets.ts';
import { HEADS, person, UGLY_SHEETS } from './ugly-sheets.ts';
import { xlsOf } from './xls-fixture.ts';
import { xlsxOf } from './xlsx-fixture.ts';

let engines: Engines;
let services: ImportServices;
beforeAll(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterAll(() => engines.stop());

/** Why rows were rejected, by row of the sheet. */
async function reasonsOf(importId: string): Promise<Record<number, string>> {
  const reasons: Record<number, string> = {};
  const bytes = await engines.files.read(`imports/${importId}/rejected/000000.json`);
  for (const { row, faults } of bytes ? parseReadRows(bytes) : [])
    reasons[row] = faults.map(({ column, zh }) => (column ? `【${column}】${zh}` : zh)).join('；');
  return reasons;
}

describe('spreadsheets as bureaus send them', () => {
  it.each(UGLY_SHEETS.map((ugly, index) => ({ ...ugly, id: `ugly-${index}` })))(
    '$what',
    async ({ id, bytes, accepted, rejected = {}, told = [] }) => {
      const { status } = await runImport(engines, services, request(id), bytes);
      expect(status?.refusal).toBeUndefined();
      const reasons = await reasonsOf(id);
      expect(Object.keys(reasons)).toEqual(Object.keys(rejected));
      for (const [row, words] of Object.entries(rejected)) expect(reasons[Number(row)]).toContain(words);
      expect(status?.counts).toMatchObject({ accepted, rejected: Object.keys(rejected).length });
      const notes = status?.notes.map(({ zh }) => zh).join('\n') ?? '';
      for (const words of told) expect(notes).toContain(words);
      expect(JSON.stringify(status?.notes)).not.toMatch(/\d{11}/);
    },
  );

  it('are at least twenty', () => expect(UGLY_SHEETS.length).toBeGreaterThanOrEqual(20));

  it('say of people what they say, whatever their shape', async () => {
    const facts = async (n: number) => {
      const record = (await services.register.personByIdNumber(idNumber(n)))?.record;
      const [enrolment] = record ? await services.register.enrolmentsOfPerson(record.personKey) : [];
      const fact = (kind: string) => enrolment?.facts.find((one) => one.kind === kind);
      return [
        record?.legalName,
        fact('application')?.value ?? fact('application')?.validFrom,
        fact('street')?.value,
      ];
    };
    expect((await facts(1016))[0]).toBe('张三');
    expect((await facts(1018))[0]).toBe('阿依古丽 麦麦提');
    expect((await facts(1008))[2]).toBe('110199007');
    expect((await facts(1053))[0]).toBe('𬎆老三');
    const days = await Promise.all(
      [1020, 1021, 1022, 1023, 1024, 1025, 1026, 1027, 1031, 1032, 1048, 1049].map(facts),
    );
    expect(days.map(([, day]) => day)).toEqual([
      ...Array.from({ length: 5 }, () => '2024-03-05'),
      '2024-03-06',
      ...Array.from({ length: 5 }, () => '2024-03-05'),
      '2024-03-06',
    ]);
  });

  it.each(REFUSED_SHEETS.map((refused, index) => ({ ...refused, id: `refused-${index}` })))(
    'refuses $what',
    async ({ id, bytes, code }) => {
      const { report, status } = await runImport(engines, services, request(id), bytes);
      expect(report.failed).toBe(0);
      expect(status).toMatchObject({ state: 'refused', refusal: { code } });
      expect(status?.refusal?.zh).toMatch(/重新上传|请/);
    },
  );
});

describe('the two formats', () => {
  it('read the same from the same cells', async () => {
    const rows = [
      HEADS,
      ...Array.from({ length: 700 }, (_, n) => person(n, { 申请日期: { date: 40_000 + n } })),
    ];
    const fixture = { sheets: [{ rows, merges: ['D2:D4'] }] };
    const read = async (bytes: Buffer) => {
      const kept: string[] = [];
      const cut = await splitSheet(sourceOf(bytes), 'register', async (_, __, part) => {
        kept.push(Buffer.from(part).toString());
      });
      return {
        ok: cut.ok,
        chunks: cut.ok && cut.value.chunks.map(({ sha256 }) => sha256),
        kept: kept.sort(),
      };
    };
    const [xlsx, xls, inline] = await Promise.all([
      read(xlsxOf(fixture)),
      read(xlsOf(fixture)),
      read(xlsxOf(fixture, { inline: true })),
    ]);
    expect(xlsx.chunks).toHaveLength(3);
    expect(xls).toEqual(xlsx);
    expect(inline).toEqual(xlsx);
  });

  it('fail with a sentence wherever bytes are damaged, and never hang', async () => {
    const fixture = { sheets: [{ rows: [HEADS, ...Array.from({ length: 30 }, (_, n) => person(n))] }] };
    for (const whole of [xlsxOf(fixture), xlsOf(fixture)]) {
      for (let at = 0; at < whole.length; at += 37) {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at]! ^ 0xff) & 0xff;
        const cut = await splitSheet(sourceOf(damaged), 'register', async () => {});
        if (!cut.ok) expect(cut.error.code).toMatch(/^(?:invalid|limit|forbidden)\//);
      }
    }
  });

  it('are told by their bytes', async () => {
    const fixture = { sheets: [{ rows: [HEADS, person(1)] }] };
    expect((await openWorkbook(sourceOf(xlsxOf(fixture)))).format).toBe('xlsx');
    expect((await openWorkbook(sourceOf(xlsOf(fixture)))).format).toBe('xls');
    expect((await openWorkbook(sourceOf(Buffer.from('姓名')))).format).toBe('csv');
  });
});

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
        const after = name.includes('worksheets/') ? change(xml) : xml;
        if (name.includes('worksheets/')) expect(after).not.toBe(xml);
        return packedText(name, after);
      }),
    );
    return Buffer.from(zipArchive(parts));
  }
});

describe('templates', () => {
  it.each(SHEET_KINDS)('of %s are read back: text cells, all columns, an example', async (kind) => {
    const bytes = Buffer.from(templateXlsx(kind));
    const workbook = await openWorkbook(sourceOf(bytes));
    expect(workbook.sheets.map(({ name }) => name)).toEqual(['填写', '示例']);
    const chosen = await chooseSheet(workbook, kind);
    if (!chosen.ok) throw new Error(chosen.error.zh);
    expect(chosen.value.sheet.name).toBe('填写');
    const columns = SHEETS[kind];
    const required = Object.keys(columns).filter((id) => columns[id]!.required);
    expect(chosen.value.frame.headings.columnIds).toEqual(expect.arrayContaining(required));
    expect(await splitSheet(sourceOf(bytes), kind, async () => {})).toMatchObject({
      ok: false,
      error: { code: 'invalid/no-rows' },
    });
  });

  it('of the register hold an example that would be taken', async () => {
    const [, example] = (await openWorkbook(sourceOf(templateXlsx('register')))).sheets;
    const rows: SheetRow[] = [];
    for await (const each of example!.rows()) rows.push(each);
    const cells = rows[1]!.cells.map(shownText);
    const headings = rows[0]!.cells.map(shownText);
    const ids = headings.map((heading) => columnOf(SHEETS.register, heading)!);
    const read = readRow('register', ids, cells, { jurisdiction: '110199', today: '2026-11-20' });
    expect(read).toMatchObject({ ok: true });
  });
});
