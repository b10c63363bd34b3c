import type { Bilingual } from '../bilingual.ts';

/** Step of what is settled to an organisation for a block of a list; the rows keep how each came about. */
export const SETTLED_STEPS = {
  'settled-rows': {
    zh: '名册{list}第{block}段：核验通过{rows}行（{persons}人），合计{result}元；各行计算过程见名册',
    en: 'list {list}, block {block}: {rows} verified rows for {persons} persons, {result} yuan in all; the list has how each row came about',
  },
} as const satisfies Record<string, Bilingual>;
