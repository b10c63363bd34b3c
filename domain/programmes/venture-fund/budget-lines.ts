import type { Bilingual } from '../../bilingual.ts';
import { ofFen, percentOf, roundedToFen } from '../../fraction.ts';
import { type Fen, fen, sumFen, toYuan } from '../../money.ts';
import type { BudgetRule, OrganisationKind } from './options.ts';
import type { VentureRules } from './rules.ts';

/** One line of a budget, or of what was spent: what it is called and what it is filed as. */
export type Line = { readonly category: string; readonly item: string; readonly fen: Fen };

/** What of a budget cannot be paid by the grant. Of a line over its cap only the excess is disallowed. */
export type BudgetFault = Bilingual & {
  readonly code: 'forbidden' | 'unknown-category' | 'not-for-kind' | 'over-cap';
  readonly category: string;
  /** The line at fault; absent where a category as a whole is over its cap. */
  readonly item?: string;
  readonly disallowed: Fen;
};

/**
 * What is wrong with a budget (预算审核) of an organisation of a kind: lines that are never paid (told by their category or a word in their
 * name), categories that the place does not know or does not allow to this kind, and categories over their percentage of the budget or
 * of the grant. Empty: nothing, also where the place sets no rule.
 */
export function budgetFaults(
  rules: VentureRules,
  lines: readonly Line[],
  kind: OrganisationKind,
  grant?: Fen,
): BudgetFault[] {
  const { budget } = rules;
  if (!budget) return [];
  const total = sumFen(lines.map((line) => line.fen));
  const base = budget.capBase === 'grant' ? (grant ?? total) : total;
  const byLine = lines.flatMap((line) => lineFault(budget, line, kind) ?? []);
  const sound = lines.filter((line) => !lineFault(budget, line, kind));
  const overCap = [...totals(sound)].flatMap(([category, sum]) => {
    const cap = capOf(budget, category, kind, base);
    return cap && sum > cap.fen ? [overCapFault(budget, category, sum, cap)] : [];
  });
  return [...byLine, ...overCap];
}

type LineFault = BudgetFault & { readonly code: 'forbidden' | 'unknown-category' | 'not-for-kind' };

/** Sums by category, in the order in which the categories come. */
export function totals(lines: readonly Line[]): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const line of lines) sums.set(line.category, fen((sums.get(line.category) ?? 0) + line.fen));
  return sums;
}

/** Why no fen of a line is paid; undefined when the line as such may be. */
export function lineFault(
  budget: BudgetRule,
  { category, item, fen: amount }: Line,
  kind: OrganisationKind,
): LineFault | undefined {
  const banned = budget.forbidden.find(
    (each) => each.category === category || each.words.some((word) => item.includes(word)),
  );
  if (banned) {
    return {
      code: 'forbidden',
      category: banned.category,
      item,
      disallowed: amount,
      zh: `“${item}”${toYuan(amount)}元属于${banned.zh}，不得列支：请删除该项`,
      en: `"${item}" (${toYuan(amount)}) is ${banned.en}, which is never paid: take it out`,
    };
  }
  const known = budget.categories.find((each) => each.category === category);
  if (!known) {
    const all = budget.categories;
    return {
      code: 'unknown-category',
      category,
      item,
      disallowed: amount,
      zh: `“${item}”的科目不在允许列支的范围：请改列${all.map(({ zh }) => zh).join('、')}之一`,
      en: `the category of "${item}" is none that may be paid: use one of ${all.map(({ category: id }) => id).join(', ')}`,
    };
  }
  if (!known.kinds || known.kinds.includes(kind)) return undefined;
  return {
    code: 'not-for-kind',
    category,
    item,
    disallowed: amount,
    zh: `“${item}”：本类机构不得列支${known.zh}：请删除该项或改列其他科目`,
    en: `"${item}": ${known.en} is not allowed to this kind of organisation: take it out or file it elsewhere`,
  };
}

type Cap = { readonly percent: string; readonly fen: Fen };

/** The most of a category, rounded down to the fen; undefined where nothing limits it. */
export function capOf(
  budget: BudgetRule,
  category: string,
  kind: OrganisationKind,
  base: Fen,
): Cap | undefined {
  const caps = budget.categories.find((each) => each.category === category)?.caps ?? [];
  const cap = caps.find(({ kinds }) => !kinds || kinds.includes(kind));
  if (!cap) return undefined;
  return {
    percent: cap.percent,
    fen: roundedToFen(percentOf(ofFen(base), cap.percent), { rule: 'down', unit: 'fen' }),
  };
}

function overCapFault(budget: BudgetRule, category: string, sum: Fen, cap: Cap): BudgetFault {
  const names = budget.categories.find((each) => each.category === category);
  const excess = fen(sum - cap.fen);
  return {
    code: 'over-cap',
    category,
    disallowed: excess,
    zh: `${names?.zh ?? category}合计${toYuan(sum)}元，超过${cap.percent}%即${toYuan(cap.fen)}元：请核减${toYuan(excess)}元`,
    en: `${names?.en ?? category} comes to ${toYuan(sum)}, over ${cap.percent} percent or ${toYuan(cap.fen)}: lower it by ${toYuan(excess)}`,
  };
}
