import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMonth, isPlainDate } from '../../../domain/calendar.ts';
import type { Column } from '../../../domain/register/columns.ts';
import { numberText, readCell, type SheetCell } from '../../../domain/register/sheet-cell.ts';
import { dateText, monthText, serialDate } from '../../../domain/register/sheet-dates.ts';
import { sideRow } from '../../../domain/register/side-rows.ts';
import { ok } from '../../../domain/result.ts';

const column = (content: NonNullable<Column['content']>): Column => ({
  zh: '列',
  en: 'C',
  content,
  parse: ok,
});
const CONTENTS = ['long-digits', 'digits', 'date', 'month', 'amount', 'name'] as const;
const day = fc.date({ min: new Date('1900-03-01'), max: new Date('2199-12-31'), noInvalidDate: true });
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const anyCell: fc.Arbitrary<SheetCell> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((text): SheetCell => ({ kind: 'text', text })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((number): SheetCell => ({ kind: 'number', number })),
  fc.integer().map((number): SheetCell => ({ kind: 'number', number, date: true })),
  fc.boolean().map((value): SheetCell => ({ kind: 'boolean', value })),
  fc.constantFrom<SheetCell>({ kind: 'no-value' }, { kind: 'error', shown: '#REF!' }),
);

describe('days', () => {
  it('are counted from the start of either calendar', () => {
    fc.assert(
      fc.property(day, fc.double({ min: 0, max: 0.99, noNaN: true }), (date, time) => {
        const days = Math.floor(date.getTime() / 86_400_000);
        expect(serialDate(days + 25_569 + time, 1900)).toBe(iso(date));
        expect(serialDate(days + 24_107 + time, 1904)).toBe(days + 24_107 < -1_461 ? undefined : iso(date));
      }),
    );
    expect(serialDate(1, 1900)).toBe('1900-01-01');
    expect(serialDate(59, 1900)).toBe('1900-02-28');
    expect(serialDate(60, 1900)).toBeUndefined();
    expect(serialDate(61, 1900)).toBe('1900-03-01');
    expect(serialDate(0, 1904)).toBe('1904-01-01');
    for (const never of [-1, 0, Number.NaN, 1e9]) expect(serialDate(never, 1900)).toBeUndefined();
  });

  it('are the same day in every spelling, and nothing else becomes a day', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [year, month, of] = iso(date).split('-').map(Number) as [number, number, number];
        const two = (part: number) => String(part).padStart(2, '0');
        const spellings = [
          `${year}.${month}.${of}`,
          `${year}/${two(month)}/${two(of)}`,
          `${year} 年 ${month} 月 ${of} 日`,
          `${iso(date)} 00:00:00`,
          ...(year < 2100 ? [`${year}${two(month)}${two(of)}`] : []),
        ];
        for (const text of spellings) expect(dateText(text)).toBe(iso(date));
        expect(monthText(`${year}年${month}月`)).toBe(iso(date).slice(0, 7));
      }),
    );
    for (const text of ['24.3.5', '3/5/2024', '2024.13.1', '2023-02-29', '2024.3', '去年', '', '202403'])
      expect(dateText(text)).toBe(text);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = dateText(text);
        expect(read === text || isPlainDate(read)).toBe(true);
        const month = monthText(text);
        expect(month === text || isMonth(month)).toBe(true);
      }),
    );
  });
});

describe('a cell', () => {
  it('is read for every column without failing, and read again says the same', () => {
    fc.assert(
      fc.property(
        anyCell,
        fc.constantFrom(...CONTENTS),
        fc.constantFrom(1900 as const, 1904 as const),
        (cell, content, system) => {
          const { text, fault } = readCell(column(content), cell, system);
          expect(fault && text).toBeOneOf([undefined, '']);
          expect(readCell(column(content), { kind: 'text', text }, system).text).toBe(text);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never makes an identity or account number of a number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), (number, date) => {
        const cell: SheetCell = date ? { kind: 'number', number, date } : { kind: 'number', number };
        expect(readCell(column('long-digits'), cell, 1900)).toMatchObject({
          text: '',
          fault: expect.anything(),
        });
      }),
    );
    expect(readCell(column('digits'), { kind: 'number', number: 1e15 }, 1900).fault?.zh).toContain(
      '以文本格式重新填写',
    );
    expect(readCell(column('digits'), { kind: 'number', number: 110_199_001 }, 1900).text).toBe('110199001');
  });

  it('keeps the digits of a text as they were typed, whatever their width: the column refuses what it cannot take', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9', 'X'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(digits, (text) => {
        const wide = text.replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
        expect(readCell(column('long-digits'), { kind: 'text', text: wide }, 1900)).toEqual({ text: wide });
        expect(readCell(column('long-digits'), { kind: 'text', text }, 1900)).toEqual({ text });
      }),
    );
  });

  it.each([
    ['张 三', '张三'],
    ['张　三', '张三'],
    ['欧阳 娜', '欧阳娜'],
    ['欧 阳 娜 娜', '欧阳娜娜'],
    ['阿里 木江', '阿里 木江'],
    ['阿依古丽 麦麦提', '阿依古丽 麦麦提'],
    ['John Smith', 'John Smith'],
    ['阿依古丽·麦麦提', '阿依古丽·麦麦提'],
    ['𬎆 三', '𬎆三'],
  ])('of a name: %s is %s', (given, text) => {
    expect(readCell(column('name'), { kind: 'text', text: given }, 1900).text).toBe(text);
  });

  it.each([
    [740.1000000000001, '740.1'],
    [0.1 + 0.2, '0.3'],
    [1_234.5, '1234.5'],
    [100, '100'],
    [-12.34, '-12.34'],
  ])('of a number: %d shows as %s', (number, text) => {
    expect(numberText(number)).toBe(text);
    expect(readCell(column('amount'), { kind: 'number', number }, 1900).text).toBe(text);
  });

  it.each(['1,234.50', '￥1,234.50 元', '１２００', '12,34'])(
    'an amount typed as %s is not repaired',
    (given) => {
      expect(readCell(column('amount'), { kind: 'text', text: given }, 1900)).toEqual({ text: given });
    },
  );
});

describe('rows that are no data', () => {
  it.each([
    [['合计', '', '100人'], 'total'],
    [['', '总 计：'], 'total'],
    [['1', '小计'], 'subtotal'],
    [['（合计）'], 'total'],
    [['制表人：', '', '审核人：'], 'footer'],
    [['填报单位（盖章）：示例街道'], 'footer'],
    [['2024年3月5日'], 'footer'],
    [['以下空白'], 'footer'],
  ] as const)('%s', (texts, side) => {
    expect(sideRow(texts, [])).toBe(side);
  });

  it('are never rows with an identity number, nor people whose names hold such words', () => {
    const word = fc.constantFrom('合计', '小计', '制表人：', '日期', '2024-03-05', '审核');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), fc.nat({ max: 4 }), (texts, at) => {
        const row: string[] = [...texts];
        row.splice(at, 0, '110101194603050011');
        expect(sideRow(row, [row])).toBeUndefined();
      }),
    );
    for (const name of ['张三', '和计', '注云', '单位', '时间来'])
      expect([name, sideRow([name, '', '110199001'], [])]).toEqual([name, undefined]);
  });
});
