import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportServices } from '../../../../functions/register/import-services.ts';
import { parseReadRows } from '../../../../functions/register/read-row.ts';
import { splitSheet } from '../../../../functions/register/split-sheet.ts';
import { openWorkbook } from '../../../../functions/register/workbook/open-workbook.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { type Engines, startEngines } from '../../../engines.ts';
import { idNumber, request, runImport, servicesFor } from '../sheet-fixture.ts';
import { sourceOf } from '../sheet-source.ts';
import { OTHER_UGLY_SHEETS } from './other-ugly-sheets.ts';
import { REFUSED_SHEETS } from './refused-sheets.ts';
import { HEADS, person, UGLY_XLSX } from './ugly-sheets.ts';
import { xlsOf } from './xls-fixture.ts';

const UGLY_SHEETS = [...UGLY_XLSX, ...OTHER_UGLY_SHEETS];

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
      [1020, 1021, 1022, 1023, 1024, 1025, 1026, 1027, 1032, 1048, 1049].map(facts),
    );
    expect(days.map(([, day]) => day)).toEqual([
      ...Array.from({ length: 5 }, () => '2024-03-05'),
      '2024-03-06',
      ...Array.from({ length: 4 }, () => '2024-03-05'),
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
    const codes = new Set<string>();
    for (const whole of [xlsxOf(fixture), xlsOf(fixture)]) {
      for (let at = 0; at < whole.length; at += 37) {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at]! ^ 0xff) & 0xff;
        const cut = await splitSheet(sourceOf(damaged), 'register', async () => {});
        codes.add(cut.ok ? 'read' : cut.error.code);
      }
    }
    expect(codes).toContain('invalid/workbook');
    expect([...codes].filter((code) => !/^(?:read|(?:invalid|limit|forbidden)\/.+)$/.test(code))).toEqual([]);
  });

  it('are told by their bytes', async () => {
    const fixture = { sheets: [{ rows: [HEADS, person(1)] }] };
    expect((await openWorkbook(sourceOf(xlsxOf(fixture)))).title).toBe('XLSX');
    expect((await openWorkbook(sourceOf(xlsOf(fixture)))).title).toBe('XLS');
    expect((await openWorkbook(sourceOf(Buffer.from('姓名')))).title).toBe('CSV (UTF-8)');
  });
});
