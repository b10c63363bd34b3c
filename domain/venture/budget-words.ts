import type { VentureRules } from '../programmes/venture-fund/rules.ts';

/** The category that a word names in the rules of a place, by id or by its Chinese or English name; the word itself where none does. */
export function categoryNamed({ budget }: VentureRules, word: string): string {
  const plain = word.normalize('NFKC').trim().toLowerCase();
  const all = [...(budget?.categories ?? []), ...(budget?.forbidden ?? [])];
  const found = all.find(
    ({ category, zh, en }) =>
      category === plain || zh.normalize('NFKC') === plain || en.toLowerCase() === plain,
  );
  return found?.category ?? word;
}

/** For people: the category's name in Chinese, where the rules know it. */
export function categoryName({ budget }: VentureRules, category: string): string {
  const all = [...(budget?.categories ?? []), ...(budget?.forbidden ?? [])];
  return all.find((one) => one.category === category)?.zh ?? category;
}
