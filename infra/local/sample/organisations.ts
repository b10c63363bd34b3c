import { bodyCheck, wholeCheck } from '../../../domain/organisation-code.ts';
import type { OrganisationKind } from '../../../domain/programmes/venture-fund/options.ts';
import type { Random } from './random.ts';
import { SAMPLE_JURISDICTION, SAMPLE_STREETS, type SampleStreet } from './streets.ts';

/** An organisation of 示例区 that applies for projects; its code is well formed and nobody's. */
export type SampleOrganisation = {
  readonly code: string;
  readonly name: string;
  readonly kind: Kind;
  readonly street: SampleStreet;
  /** 对公账户, held in its own name. */
  readonly account: string;
};
type Kind = Extract<OrganisationKind, 'association' | 'social-service' | 'foundation' | 'village-committee'>;

const PREFIXES: Readonly<Record<Kind, string>> = {
  association: '51',
  'social-service': '52',
  foundation: '53',
  'village-committee': '55',
};
/** Three each, because a word comes round again after as many organisations as there are streets and themes. */
const WORDS: Readonly<Record<Kind, readonly string[]>> = {
  association: ['志愿者协会', '邻里互助会', '文体协会'],
  'social-service': ['社会工作服务中心', '公益服务中心', '养老服务中心'],
  foundation: ['社区发展基金会', '慈善基金会', '公益基金会'],
  'village-committee': ['社区居民委员会', '新村居民委员会', '北里居民委员会'],
};
const THEMES = [
  '乐龄',
  '阳光',
  '同心',
  '晨曦',
  '益路',
  '暖阳',
  '邻里',
  '青禾',
  '守望',
  '和风',
  '春晖',
  '微光',
  '彩虹',
  '启航',
  '扬帆',
  '橡树',
] as const;
/** Of the bodies that nobody was given. */
const FIRST_BODY = 90_000;

/** The n-th organisation of the sample, from 0 to 383; each has another name, code and account. */
export function organisation(random: Random, index: number): SampleOrganisation {
  const kind = random.weighted<Kind>([
    ['social-service', 6],
    ['association', 3],
    ['village-committee', 2],
    ['foundation', 1],
  ]);
  const street = SAMPLE_STREETS[index % SAMPLE_STREETS.length] ?? random.pick(SAMPLE_STREETS);
  const themed = Math.floor(index / SAMPLE_STREETS.length);
  const word = WORDS[kind][Math.floor(themed / THEMES.length)];
  if (!word) throw new Error(`there are names for fewer than ${index + 1} organisations`);
  return {
    code: organisationCode(PREFIXES[kind], index),
    name: `示例区${street.name.slice(0, 2)}${THEMES[themed % THEMES.length]}${word}`,
    kind,
    street,
    account: `11019950${String(index + 1).padStart(12, '0')}`,
  };
}

/** A credit code with both its check characters (GB 32100-2015). @param prefix authority and kind */
export function organisationCode(prefix: string, index: number): string {
  const body = `MJ9${String(FIRST_BODY + index)}`;
  const first = `${prefix}${SAMPLE_JURISDICTION}${body}${bodyCheck(body)}`;
  return `${first}${wholeCheck(first)}`;
}

/** The same code with another last character, or with another one before it: mistyped. */
export function mistyped(code: string, at: 17 | 18): string {
  const wrong = code.charAt(at - 1) === '3' ? '4' : '3';
  if (at === 18) return `${code.slice(0, 17)}${wrong}`;
  const first = `${code.slice(0, 16)}${wrong}`;
  return `${first}${wholeCheck(first)}`;
}
