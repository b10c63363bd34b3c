import { describe, expect, it } from 'vitest';
import { type SheetRow, shownText } from '../../../../domain/register/sheet-cell.ts';
import { columnOf, readRow, SHEET_KINDS, SHEETS } from '../../../../domain/register/sheets.ts';
import { splitSheet } from '../../../../functions/register/split-sheet.ts';
import { chooseSheet } from '../../../../functions/register/workbook/choose-sheet.ts';
import { openWorkbook } from '../../../../functions/register/workbook/open-workbook.ts';
import { templateXlsx } from '../../../../functions/register/workbook/template.ts';
import { sourceOf } from '../sheet-source.ts';

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
