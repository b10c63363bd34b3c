import { describe, expect, it } from 'vitest';
import { findHeadings } from '../../../domain/register/find-headings.ts';
import { SheetReading } from '../../../domain/register/read-sheet.ts';
import type { SheetCell } from '../../../domain/register/sheet-cell.ts';
import { SHEETS } from '../../../domain/register/sheets.ts';

const columns = Object.values(SHEETS.households);
const HEADS = [
  SHEETS.households['idNumber']!.zh,
  ...columns
    .filter((column) => column.required && column !== SHEETS.households['idNumber'])
    .map(({ zh }) => zh),
  SHEETS.households['wage']!.zh,
];
const text = (each: string): SheetCell => ({ kind: 'text', text: each });
const amount = (number: number): SheetCell => ({ kind: 'number', number });
/** A row with something in its first cell and in the column of amounts. */
const rowOf = (first: string, last: SheetCell): (SheetCell | undefined)[] => [
  text(first),
  ...HEADS.slice(2).map(() => undefined),
  last,
];
const PERSON = '110101194603050011';

describe('totals of amounts', () => {
  it('are compared to the fen, since the last subtotal and over all', () => {
    const headings = findHeadings('households', [{ row: 1, cells: HEADS.map(text) }], []);
    if (!headings.ok) throw new Error(headings.error.zh);
    const frame = { headings: headings.value, merges: [], hiddenColumns: [], system: 1900 as const };
    const reading = new SheetReading('households', frame);
    const rows: (SheetCell | undefined)[][] = [
      rowOf(PERSON, amount(0.1)),
      rowOf(PERSON, amount(0.2)),
      rowOf('小计', amount(0.1 + 0.2)),
      rowOf(PERSON, amount(740.1)),
      rowOf('小计', text('740.10')),
      rowOf('合计', text('740.40')),
      rowOf('合计', text('740.41')),
    ];
    for (const [index, cells] of rows.entries()) reading.see({ row: index + 2, cells });
    const totals = reading.notes().filter(({ code }) => code.startsWith('total'));
    expect(totals.map(({ code }) => code)).toEqual([
      'total-agrees',
      'total-agrees',
      'total-agrees',
      'total-differs',
    ]);
    expect(totals[3]?.zh).toContain('写的是740.41，读到各行共740.40');
  });

  it('that are shown once for merged rows count once', () => {
    const headings = findHeadings('households', [{ row: 1, cells: HEADS.map(text) }], []);
    if (!headings.ok) throw new Error(headings.error.zh);
    const last = HEADS.length - 1;
    const merges = [{ top: 2, left: last, bottom: 3, right: last }];
    const reading = new SheetReading('households', {
      headings: headings.value,
      merges,
      hiddenColumns: [],
      system: 1900,
    });
    const first = reading.see({ row: 2, cells: rowOf(PERSON, amount(100)) });
    const second = reading.see({ row: 3, cells: [text(PERSON)] });
    expect([first?.cells[last], second?.cells[last]]).toEqual(['100', undefined]);
  });
});
