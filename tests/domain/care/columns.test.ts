// Goal: what a clerk writes into the sheet becomes the fact that was meant. Method: the words of each column, and those that are none.
import { describe, expect, it } from 'vitest';
import { CARE_COLUMNS } from '../../../domain/care/columns.ts';
import { isFactValue } from '../../../domain/register/fact-values.ts';
import { codeOf, must } from '../programmes/samples.ts';

const context = { jurisdiction: '110199', today: '2026-11-22' };
const parse = (column: string, cell: string) => CARE_COLUMNS[column]!.parse(cell, context);

describe('columns of the register sheet', () => {
  it.each([
    ['careSetting', 'care-setting', '集中供养', 'institution'],
    ['careSetting', 'care-setting', '分散', 'family'],
    ['selfCare', 'self-care', '全护理', 'none'],
    ['selfCare', 'self-care', '半自理', 'half'],
    ['residence', 'residence', '农村', 'rural'],
    ['ability', 'ability-assessment', '中度失能', 'level:moderate'],
    ['ability', 'ability-assessment', '洗澡、穿衣', 'adl:bathing,dressing'],
    ['ability', 'ability-assessment', '无', 'adl:'],
    ['funeralDone', 'funeral-done', '2026-11-09', '2026-11-09'],
    ['funeralDone', 'funeral-done', '撤销', ''],
  ] as const)('%s: %s %s', (column, kind, cell, value) => {
    expect(must(parse(column, cell))).toBe(value);
    expect(isFactValue(kind, value)).toBe(true);
  });
  it.each([
    ['careSetting', '医院', 'invalid/care-setting'],
    ['selfCare', '不清楚', 'invalid/self-care'],
    ['residence', '郊区', 'invalid/residence'],
    ['ability', '洗澡、唱歌', 'invalid/ability-assessment'],
    ['ability', '洗澡、洗澡', 'invalid/ability-assessment'],
    ['funeralDone', '2026-12-01', 'invalid/date-future'],
  ])('%s: %s is refused', (column, cell, refused) => {
    expect(codeOf(parse(column, cell))).toBe(refused);
  });
  it('kind and grade of a card go together', () => {
    const column = CARE_COLUMNS['disabilityKind']!;
    const value = 'fact' in column ? column.fact.value! : () => must(parse('disabilityKind', ''));
    expect(value({ disabilityKind: 'limb', disabilityGrade: '2' })).toMatchObject({ value: '2:limb' });
    expect(value({ disabilityKind: 'limb' })).toMatchObject({ ok: false });
  });
});
