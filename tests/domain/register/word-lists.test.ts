// Goal: a word that a list does not have is refused, whatever JavaScript calls it. Method: every column of every sheet, and names
// that every object answers to.
import { describe, expect, it } from 'vitest';
import { groups, obligors } from '../../../domain/register/household-cells.ts';
import { SHEET_KINDS, SHEETS } from '../../../domain/register/sheets.ts';
import { completePapers } from '../../../domain/street/papers.ts';

const CONTEXT = { jurisdiction: '110199', today: '2026-11-22' };
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
describe('a word that no list has', () => {
  it.each(SHEET_KINDS)('%s: is refused, or kept as it is where any text may stand', (kind) => {
    for (const [id, column] of Object.entries(SHEETS[kind])) {
      for (const name of NAMES) {
        const parsed = column.parse(name, CONTEXT);
        expect([id, parsed.ok ? parsed.value : name]).toEqual([id, name]);
      }
    }
  });

  it.each(NAMES)('obligors and groups: %s', (name) => {
    for (const cell of [`${name}:6000:3:2`, `赡养:6000:3:2:${name}`])
      expect([cell, obligors(cell, CONTEXT).ok]).toEqual([cell, false]);
    expect(groups(`单亲、${name}`, CONTEXT).ok).toBe(false);
  });

  it.each(NAMES)('a class of review: %s', (name) => {
    const papers = { reviewedOn: '2026-11-01', reviewClass: name };
    const answer = completePapers([], papers, { stable: 12 }, '2026-11-22');
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid/review-class' } });
  });
});
