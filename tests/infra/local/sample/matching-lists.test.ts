import { expect, it } from 'vitest';
import { readCell } from '../../../../domain/register/sheet-cell.ts';
import { columnOf, readRow, SHEETS } from '../../../../domain/register/sheets.ts';
import { generateDistrict } from '../../../../infra/local/sample/district.ts';
import { matchingLists } from '../../../../infra/local/sample/matching-lists.ts';

const district = generateDistrict({ seed: 'lists', people: 120, month: '2026-12' });
const lists = matchingLists(district);
const context = { jurisdiction: '110199', today: '2026-11-22' } as const;

/** The rows below the title and the headings, by column. */
function rowsOf(csv: string) {
  const lines = csv
    .trim()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));
  const ids = lines[1]!.map((heading) => columnOf(SHEETS.matching, heading) ?? '-');
  return lines.slice(2).map((cells) => {
    const read = cells.map((cell, index) => {
      const column = SHEETS.matching[ids[index] ?? ''];
      return column ? readCell(column, { kind: 'text', text: cell }, 1900).text : cell;
    });
    return readRow('matching', ids, read, context);
  });
}

it('lists of other authorities are read as they are, and name whom they say they name', () => {
  const known = new Set(district.people.map(({ idNumber }) => idNumber));
  expect(lists.map(({ kind }) => kind)).toEqual(['prison', 'moved-away', 'identity', 'deaths']);
  for (const { csv, matched, strangers, kind } of lists) {
    const rows = rowsOf(csv).map((row) => (row.ok ? row.value : undefined));
    expect(rows).not.toContain(undefined);
    const numbers = rows.map((row) => row?.['idNumber'] ?? '');
    expect([kind, numbers.filter((number) => known.has(number))]).toEqual([kind, matched]);
    expect(numbers.length - matched.length).toBe(strangers);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(kind === 'identity' || rows.every((row) => row?.['since'] === '2026-10-15')).toBe(true);
  }
});

it('name nobody who is in the sample for another reason, and each of the ordinary people once', () => {
  const matched = lists.flatMap((list) => list.matched);
  expect(new Set(matched).size).toBe(matched.length);
  const cast = JSON.stringify(district.planted.cast);
  expect(matched.filter((number) => cast.includes(number))).toEqual([]);
});
