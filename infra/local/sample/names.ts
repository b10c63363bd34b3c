import type { Random } from './random.ts';

/** Names as people now over eighty have them; nobody in particular. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ...Array.from('王李张刘陈').map((name) => [name, 60] as const),
  ...Array.from('杨赵黄周吴徐孙胡朱高').map((name) => [name, 24] as const),
  ...Array.from('林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕').map((name) => [name, 9] as const),
  ...Array.from(
    '苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
  ).map((name) => [name, 3] as const),
  ...['欧阳', '司马', '上官', '诸葛'].map((name) => [name, 1] as const),
];
const GIVEN = {
  female: Array.from('秀桂玉淑凤兰英珍芝芳梅花云霞莲琴素华荣香月琼贞慧敏惠文静美菊翠银巧春'),
  male: Array.from('德福国志文明永贵金宝长庆树清玉世万连振广景洪占生祥喜兴富有成学建新民忠良山林海'),
} as const;
/** Characters that older systems could not write: extension A, extension B to F, and rarer ones of the main block. */
const RARE_NAMES: readonly string[] = ['王㛃', '李𬎆', '赵䶮', '陈堃', '刘玥頔', '张𡒄'];
const MINORITY_NAMES: readonly string[] = [
  '阿依古丽·麦麦提',
  '买买提·艾力',
  '帕提古丽·吐尔逊',
  '阿不都热合曼·依明',
  '次仁·卓玛',
];
/** Twenty-five characters, dots not counted: the longest that appears on identity cards as far as anyone reports. */
const LONG_NAME = '古丽扎代木克孜娜孜古丽帕提曼·阿卜杜热合曼伊敏江艾孜';

export type Sex = 'male' | 'female';

/** An ordinary name; about one in six has a single given character. @param family of that surname */
export function ordinaryName(random: Random, sex: Sex, family?: string): string {
  const surname = family ?? random.weighted(SURNAMES);
  const given = GIVEN[sex];
  return `${surname}${random.pick(given)}${random.chance(160) ? '' : random.pick(given)}`;
}

export const surname = (random: Random): string => random.weighted(SURNAMES);

/** The names that every district has, whatever its size: rare characters, dots, and a very long one. */
export const SPECIAL_NAMES: readonly { readonly name: string; readonly sex: Sex }[] = [
  ...RARE_NAMES.map((name, index) => ({
    name,
    sex: index % 2 === 0 ? ('female' as const) : ('male' as const),
  })),
  ...MINORITY_NAMES.map((name, index) => ({
    name,
    sex: index % 2 === 0 ? ('female' as const) : ('male' as const),
  })),
  { name: LONG_NAME, sex: 'female' },
];
/** The person whose account the local beneficiary sign-in is linked to. */
export const LINKED_NAME = '阿依古丽·麦麦提';
/** As typed with the dot that banks do not know (U+2022 instead of U+00B7). */
export const WRONG_DOT_NAME = '热依汗\u2022买买提';
