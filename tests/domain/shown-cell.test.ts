import { describe, expect, it } from 'vitest';
import { parseDate } from '../../domain/calendar.ts';
import { parseYuan } from '../../domain/money.ts';
import { SHEET_KINDS, SHEETS } from '../../domain/register/sheets.ts';
import { shownCell } from '../../domain/shown-cell.ts';

describe('what a refusal repeats of a cell', () => {
  it.each([
    ['2026/13/01', '2026/13/01'],
    ['110199001', '110199001'],
    ['11010119460305001X', '…'],
    ['卡号6217 0000 0000 0001', '卡号…'],
    ['６２１７００００００００', '…'],
    ['6222-0212-3456-7890', '…'],
    ['6222\u00a00212\t3456–7890', '…'],
    ['张三13812345678李四13812345679', '张三…李四…'],
    ['一二三四五六七八九十一二三四五六七八九十一二三', '一二三四五六七八九十一二三四五六七八九十'],
  ])('%s: %s', (cell, shown) => {
    expect(shownCell(cell)).toBe(shown);
  });

  const NUMBERS = ['110101194603050014', '6217000000000001', '6217 0000 0000 0001', '13812345678'];
  const context = { jurisdiction: '110199', today: '2026-11-20' };

  it.each(SHEET_KINDS)('is no number of anybody, whichever column of a sheet of %s it stands in', (kind) => {
    let refusals = 0;
    for (const column of Object.values(SHEETS[kind])) {
      for (const number of NUMBERS.flatMap((each) => [each, `${each}元`, `-${each}`])) {
        const parsed = column.parse(number, context);
        if (parsed.ok) continue;
        refusals += 1;
        const said = `${parsed.error.zh} ${parsed.error.en}`;
        for (const digits of NUMBERS) expect(said, column.zh).not.toContain(digits.slice(0, 10));
      }
    }
    expect(refusals).toBeGreaterThan(0);
  });

  it('is none in a date or an amount that the API was sent', () => {
    for (const number of NUMBERS) {
      expect(JSON.stringify(parseDate(number))).not.toContain(number);
      expect(JSON.stringify(parseYuan(`${number}元`))).not.toContain(number);
    }
  });
});
