import { PROGRAMMES } from '../programmes/index.ts';
import { wordIn } from '../register/column-words.ts';
import type { RowContext } from '../register/columns.ts';
import { isFactColumn } from '../register/fact-columns.ts';
import { FACT_DESCRIPTIONS } from '../register/fact-descriptions.ts';
import { isFactValue } from '../register/fact-values.ts';
import type { FactKind } from '../register/facts.ts';
import { CLASS_WORDS } from './member-schema.ts';

/** What people call categories of children, by the codes of the packs. */
const CATEGORY_WORDS: Readonly<Record<string, string>> = {
  散居孤儿: '201',
  机构孤儿: '202',
  机构养育孤儿: '202',
  散居事实无人抚养儿童: '120',
  集中事实无人抚养儿童: '121',
  艾滋病病毒感染儿童: '300',
  HIV感染儿童: '300',
  hiv: '300',
  被收养的残疾孤儿: 'adopted-disabled',
  被收养残疾孤儿: 'adopted-disabled',
  低保家庭重病残疾儿童: 'dibao-ill-disabled',
  低保家庭重病重残儿童: 'dibao-ill-disabled',
  低保家庭残疾儿童: 'dibao-ill-disabled',
  低保家庭重病儿童: 'dibao-ill-disabled',
};

/** Lists of words that are wider than what columns and descriptions have. */
const OWN_WORDS: Partial<Record<FactKind, Readonly<Record<string, string>>>> = {
  'child-category': CATEGORY_WORDS,
  'identity-class': CLASS_WORDS,
};

/** A value and its Chinese words, as descriptions of kinds have them: `institution（集中、机构）`. */
const OPTION = /([a-z][a-z:-]*)（([^）]+)）/g;

/**
 * What is meant by a word that is no value of the kind (半护理, 一级, 低保): by lists of words, by what the columns of register sheets make of
 * it, and by the description of the kind, so that whatever a refusal offers is taken.
 */
export function inWords(kind: FactKind, stated: string, context: RowContext): string | undefined {
  const word = stated.replace(/[\s、，,]/g, '');
  const own = OWN_WORDS[kind] ?? {};
  return (
    wordIn(own, word) ??
    wordIn(own, word.toLowerCase()) ??
    ofColumns(kind, stated.trim(), context) ??
    ofDescription(kind, word)
  );
}

function ofColumns(kind: FactKind, word: string, context: RowContext): string | undefined {
  if (kind === 'child-category') return undefined;
  for (const programme of Object.values(PROGRAMMES)) {
    for (const column of Object.values(programme?.registerColumns ?? {})) {
      if (!isFactColumn(column) || column.fact.kind !== kind || column.fact.value) continue;
      const read = column.parse(word, context);
      if (read.ok && isFactValue(kind, read.value)) return read.value;
    }
  }
  return undefined;
}

function ofDescription(kind: FactKind, word: string): string | undefined {
  const options = FACT_DESCRIPTIONS[kind].form.zh.matchAll(OPTION);
  const meant = [...options].filter(([, , words = '']) => words.split('、').includes(word));
  return meant.length === 1 ? meant[0]?.[1] : undefined;
}
