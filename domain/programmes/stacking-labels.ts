import type { Bilingual } from '../bilingual.ts';
import { RUN_RULES } from './run-rules.ts';

/** What another programme made of an amount; every programme may have these steps. */
export const STACKING_STEPS = {
  'stacking-excluded': {
    zh: '{month}：同时享受{with}（{amount}元），按规定不得同享，本项{before}元中应发{result}元',
    en: '{month}: {with} ({amount} yuan) is received too and excludes this: of {before} yuan {result} yuan is due',
  },
  'stacking-lost': {
    zh: '{month}：与{with}（{amount}元）择高发放，本项不高于对方，{before}元中应发{result}元',
    en: '{month}: only the higher of this and {with} ({amount} yuan) is paid, and this is not: of {before} yuan {result} yuan is due',
  },
  'stacking-topped-up': {
    zh: '{month}：标准{before}元，扣除{with}（{reference}）{amount}元，补差{result}元',
    en: '{month}: {before} yuan less {amount} yuan of {with} ({reference}): topped up by {result} yuan',
  },
  'stacking-kept': {
    zh: '{month}：{with}计{amount}元（{action}），本项应发{result}元不变',
    en: '{month}: {with} counts {amount} yuan ({action}); this stays at {result} yuan',
  },
} as const satisfies Record<string, Bilingual>;

/** Words of those steps: what was done, which part of the other was counted, and the programmes. */
export const STACKING_WORDS: Readonly<Record<string, Bilingual>> = {
  ...Object.fromEntries(
    Object.values(RUN_RULES).flatMap((rules) => (rules ? [[rules.id, rules.names]] : [])),
  ),
  excluded: { zh: '不得同享', en: 'exclusive' },
  'higher-of': { zh: '择高', en: 'the higher of both' },
  'top-up': { zh: '补差', en: 'top-up' },
  whole: { zh: '全额', en: 'all of it' },
  'own-share': { zh: '本人份额', en: "the person's own part" },
  'own-base': { zh: '本人低保金份额', en: "the person's own part of the base" },
  'own-top-up': { zh: '本人增发', en: "the person's own top-ups" },
  'per-capita': { zh: '人均', en: 'per capita' },
};
