import { OBLIGORS, SPECIAL } from '../household/fact-values.ts';
import type { Obligor, SpecialGroup } from '../household/household-case.ts';
import { parseYuan, toYuan } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { wordIn } from './column-words.ts';
import type { Column } from './columns.ts';

/** Yuan of a month or a year, never negative; kept with two decimals. */
export function amount(cell: string): Result<string> {
  const parsed = parseYuan(cell);
  if (!parsed.ok) return parsed;
  if (parsed.value >= 0) return ok(toYuan(parsed.value));
  return refuse(refusal('invalid/amount', '金额不能为负数', 'an amount must not be negative'));
}

export const GROUP_WORDS: Readonly<Record<string, SpecialGroup>> = {
  传统救济对象: 'traditional-relief',
  优抚孤老烈属: 'preferential-lone',
  三无人员: 'three-nos',
  归侨: 'returned-overseas',
  退役军人: 'veteran',
  独居: 'living-alone',
  单亲: 'lone-parent',
  计划生育特殊家庭: 'only-child-lost',
  当地规定的其他人员: 'local-special',
};
const DUTIES: Readonly<Record<string, Obligor['duty']>> = { 赡养: 'parent-support', 抚养: 'child-support' };
const EXEMPT: Readonly<Record<string, NonNullable<Obligor['exempt']>>> = {
  低保: 'dibao',
  特困: 'tekun',
  低收入: 'low-income',
};

/** Several words in one cell; 无 says that there is none. */
export const groups: Column['parse'] = (cell) => {
  if (cell === '无') return ok('');
  const words = cell.split(/[、,，;；]/).map((word) => word.trim());
  const found = words.flatMap((word) => wordIn(GROUP_WORDS, word) ?? []);
  if (found.length === words.length) return ok(SPECIAL.write([...new Set(found)]));
  const expected = Object.keys(GROUP_WORDS).join('、');
  return refuse(
    refusal(
      'invalid/special-group',
      `“${shownCell(cell)}”中有不认识的类别：可填 ${expected}，多项用顿号隔开`,
      `"${shownCell(cell)}" names an unknown group; there are: ${expected}`,
    ),
  );
};

/** 赡养:6000:3:2 — duty, monthly income of the family, its persons, how many it supports; then why it is exempt. */
export const obligors: Column['parse'] = (cell) => {
  if (cell === '无') return ok('');
  const entries = cell.split(/[;；]/).map((entry): Obligor | undefined => {
    const [dutyWord = '', income = '', persons, supported, exemptWord, ...rest] = entry
      .split(/[:：]/)
      .map((part) => part.trim());
    const [duty, monthly] = [wordIn(DUTIES, dutyWord), amount(income)];
    const exempt = exemptWord === undefined ? undefined : wordIn(EXEMPT, exemptWord);
    const unknown = exemptWord !== undefined && exempt === undefined;
    if (!duty || !monthly.ok || unknown || rest.length > 0) return undefined;
    const numbers = { persons: Number(persons), supported: Number(supported) };
    return { duty, monthlyIncome: monthly.value, ...numbers, ...(exempt && { exempt }) };
  });
  const known = entries.filter((entry) => entry !== undefined);
  const written = OBLIGORS.write(known);
  if (known.length === entries.length && OBLIGORS.read(written)) return ok(written);
  return refuse(
    refusal(
      'invalid/obligor',
      '义务人写作“赡养:家庭月收入:人口数:应赡养家庭数”，例如 赡养:6000:3:2；免除的在后面加“:低保”“:特困”或“:低收入”，多人用分号隔开',
      'an obligor is written "赡养:monthly income:persons:families supported", several with a semicolon between them',
    ),
  );
};
