// Goal: a programme's own columns come in by template, sheet and change report like every other column.
import { describe, expect, it } from 'vitest';
import type { ProgrammeColumns } from '../../../domain/register/fact-columns.ts';
import { ok } from '../../../domain/result.ts';
import { splitSheet } from '../../../functions/register/split-sheet.ts';
import { templateXlsx } from '../../../functions/register/workbook/template.ts';
import { readGivenRows } from '../../../functions/street/read-rows.ts';
import { sourceOf } from '../register/sheet-source.ts';

const OWN: ProgrammeColumns = {
  illness: {
    zh: '是否重病',
    en: 'Serious illness',
    required: true,
    parse: (cell) => ok(cell === '是' ? 'yes' : ''),
    fact: { of: 'person', kind: 'serious-illness', from: 'first-known' },
  },
};
const ROW = { change: '变更', name: '张三', idNumber: '110101194603050011' };
const context = {
  jurisdiction: '110199',
  today: '2026-11-20',
  unit: 'person',
  registerColumns: OWN,
} as const;

describe('own columns of a programme', () => {
  it.each(['register', 'changes'] as const)(
    'are in the template of %s, which is read back with them',
    async (kind) => {
      const template = sourceOf(templateXlsx(kind, OWN));
      expect(await splitSheet(template, kind, async () => {}, OWN)).toMatchObject({
        error: { code: 'invalid/no-rows' },
      });
      expect(await splitSheet(template, kind, async () => {})).toMatchObject({
        error: { code: 'invalid/headings' },
      });
    },
  );

  it('are found in a sheet whatever the heading looks like', async () => {
    const csv =
      '姓名,身份证号,街道代码,申请日期,收款账号,是否 重病*\n张三,110101194603050011,110199001,2026-03-05,6217,是\n';
    const cut = await splitSheet(sourceOf(Buffer.from(csv)), 'register', async () => {}, OWN);
    expect(cut.ok && cut.value.plan.columnIds).toEqual([
      'name',
      'idNumber',
      'street',
      'appliedOn',
      'account',
      'illness',
    ]);
  });

  it('are a change by themselves in a report, and refused where the programme has no such column', () => {
    expect(readGivenRows([{ ...ROW, illness: '是' }], context)).toMatchObject({
      ok: true,
      value: [{ change: 'change', illness: 'yes' }],
    });
    const strange = readGivenRows([{ ...ROW, illness: '是', shoes: '42' }], context);
    expect(strange).toMatchObject({ error: { code: 'invalid/report-rows' } });
    expect(strange.ok ? [] : strange.error.errors).toMatchObject([
      { pointer: '/rows/0', zh: expect.stringContaining('shoes') },
    ]);
    const residence = { ...OWN['illness']!, zh: '城乡类别', en: 'Residence' };
    expect(
      readGivenRows([{ ...ROW, residence: '是' }], { ...context, registerColumns: { residence } }).ok,
    ).toBe(true);
    const bare = { jurisdiction: '110199', today: '2026-11-20', unit: 'person' } as const;
    expect(readGivenRows([{ ...ROW, illness: '是' }], bare).ok).toBe(false);
  });
});
