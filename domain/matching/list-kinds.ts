import type { Bilingual } from '../bilingual.ts';
import type { RunRules } from '../programmes/programme.ts';
import { wordIn } from '../register/column-words.ts';

/**
 * Matching lists (比对名单): what other authorities know of people, brought in with its source and date. A match proves nothing; it
 * opens a case that a street verifies. Only deaths are also facts of the register, where they hold payment by themselves.
 */
export const MATCHING_KINDS = [
  'deaths',
  'prison',
  'pension',
  'employment',
  'business-registration',
  'vehicle',
  'property',
  'payroll',
  'moved-away',
  'certificate',
  'low-income-warning',
  'identity',
] as const;
export type MatchingKind = (typeof MATCHING_KINDS)[number];

export type MatchingKindNotes = {
  readonly names: Bilingual;
  /** Why it matters, and where that is said. */
  readonly basis: string;
  /** `means-tested`: only programmes that pay by a decision on income and property (低保 and the like). */
  readonly concerns: 'all' | 'means-tested';
  /** Codes of what a row may say beside the person, by the words that lists use for it. */
  readonly details?: Readonly<Record<string, string>>;
};

export const KIND_NOTES: Readonly<Record<MatchingKind, MatchingKindNotes>> = {
  deaths: {
    names: { zh: '死亡', en: 'deaths' },
    basis: '京民养老发〔2019〕160号（死亡次月起停发）；审计常见问题：死亡人员仍领取',
    concerns: 'all',
  },
  prison: {
    names: { zh: '服刑、强制隔离戒毒', en: 'prison and compulsory rehabilitation' },
    basis: '民发〔2021〕57号：家庭成员情况变化须重新核定；高龄津贴地方办法：服刑期间停发',
    concerns: 'all',
    details: { 服刑: 'custody', 强制隔离戒毒: 'compulsory-rehabilitation', 释放: 'released' },
  },
  pension: {
    names: { zh: '养老保险待遇', en: 'pensions' },
    basis: '民发〔2021〕57号：养老金计入家庭收入',
    concerns: 'means-tested',
  },
  employment: {
    names: { zh: '就业（含毕业生就业）', en: 'employment, graduates included' },
    basis: '民发〔2021〕57号：工资性收入计入家庭收入',
    concerns: 'means-tested',
    details: { 参保: 'insured', 毕业生就业: 'graduate', 失业: 'unemployed' },
  },
  'business-registration': {
    names: { zh: '市场主体登记', en: 'registered businesses' },
    basis: '民发〔2021〕57号：经营净收入和财产计入家庭经济状况',
    concerns: 'means-tested',
    details: { 法定代表人: 'legal-representative', 股东: 'shareholder', 个体工商户: 'sole-trader' },
  },
  vehicle: {
    names: { zh: '机动车', en: 'motor vehicles' },
    basis: '民发〔2021〕57号：机动车辆计入家庭财产',
    concerns: 'means-tested',
  },
  property: {
    names: { zh: '不动产', en: 'real property' },
    basis: '民发〔2021〕57号：房屋、土地计入家庭财产',
    concerns: 'means-tested',
  },
  payroll: {
    names: { zh: '财政供养', en: 'on the public payroll' },
    basis: '审计常见问题：财政供养人员违规享受低保',
    concerns: 'means-tested',
  },
  'moved-away': {
    names: { zh: '户籍迁出', en: 'moved away' },
    basis: '户籍迁出的次月起停发（地方年审方案）',
    concerns: 'all',
  },
  certificate: {
    names: { zh: '证件状态', en: 'state of a certificate' },
    basis: '民发〔2021〕70号：残疾人证过期、冻结、注销的不再享受两项补贴',
    concerns: 'all',
    details: { 过期: 'expired', 冻结: 'frozen', 注销: 'cancelled' },
  },
  'low-income-warning': {
    names: { zh: '低收入人口监测预警', en: 'warning of the low-income monitoring' },
    basis: '国办发〔2023〕39号：低收入人口动态监测',
    concerns: 'means-tested',
  },
  identity: {
    names: { zh: '身份信息核验', en: 'identity check' },
    basis: 'GB 11643；审计常见问题：身份证号与公安登记不符',
    concerns: 'all',
    details: { 查无此人: 'not-found', 姓名不符: 'name-differs' },
  },
};

/** Who a list is from. Among sources of a death the first is believed before those after it. */
export const MATCHING_SOURCES = {
  police: { zh: '公安', en: 'police' },
  funeral: { zh: '殡葬', en: 'funeral homes' },
  health: { zh: '卫生健康', en: 'health commission' },
  'social-insurance': { zh: '社会保险', en: 'social insurance' },
  prison: { zh: '监狱、司法', en: 'prisons' },
  market: { zh: '市场监管', en: 'market regulation' },
  'disabled-federation': { zh: '残联', en: "disabled persons' federation" },
  finance: { zh: '财政工资统发', en: 'public payroll' },
  'vehicle-office': { zh: '车管', en: 'vehicle administration' },
  'property-registry': { zh: '不动产登记', en: 'property registry' },
  monitoring: { zh: '低收入人口监测', en: 'low-income monitoring' },
  other: { zh: '其他', en: 'other' },
} as const satisfies Record<string, Bilingual>;
export type MatchingSource = keyof typeof MATCHING_SOURCES;

/** Whose word of a death weighs most comes first (deregistration, cremation, certificate, funeral benefit), by what sheets call them. */
const DEATH_SOURCES: readonly (readonly [MatchingSource, RegExp])[] = [
  ['police', /公安|police/],
  ['funeral', /殡葬|火化|funeral/],
  ['health', /卫健|卫生|health/],
  ['social-insurance', /社保|社会保险|social-insurance/],
];

/** Of everybody who says so, the one whose word weighs most; undefined when none of them is known. */
export function strongestDeathSource(said: readonly string[]): MatchingSource | undefined {
  return DEATH_SOURCES.find(([, words]) => said.some((text) => words.test(text)))?.[0];
}

/** What a match does, by policy: the payment is held and a case opened, a case alone, or a line on the list. */
export const MATCHING_ACTIONS = ['hold', 'task', 'inform'] as const;
export type MatchingAction = (typeof MATCHING_ACTIONS)[number];

/** What may open a case: a match, somebody's report (群众举报), or staff who came upon something. */
export const CASE_KINDS = [...MATCHING_KINDS, 'public-report', 'staff-doubt'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
const PEOPLE_SAID: Readonly<Record<'public-report' | 'staff-doubt', Bilingual>> = {
  'public-report': { zh: '群众举报', en: 'report from the public' },
  'staff-doubt': { zh: '工作人员发现', en: 'found by staff' },
};

export function kindNames(kind: CaseKind): Bilingual {
  return kind === 'public-report' || kind === 'staff-doubt' ? PEOPLE_SAID[kind] : KIND_NOTES[kind].names;
}

/** The action that policy sets for a kind. Where it says nothing: what people report is held, what a list says is a task. */
export function actionFor(
  kind: CaseKind,
  set: Readonly<Partial<Record<CaseKind, MatchingAction>>> | undefined,
): MatchingAction {
  const reported = kind === 'public-report' || kind === 'staff-doubt';
  return set?.[kind] ?? (reported ? 'hold' : 'task');
}

/** Whether matches of a kind are looked at for a programme: what a grant was decided on is not looked at again. */
export function concerns(
  kind: MatchingKind,
  { amountBasis, paidBy }: Pick<RunRules, 'amountBasis' | 'paidBy'>,
): boolean {
  return KIND_NOTES[kind].concerns === 'all' || (amountBasis === 'decision' && !paidBy);
}

/** The code of what a row says; `other` for words that are not on the list of the kind, which are not kept. */
export function detailCode(kind: MatchingKind, text: string | undefined): string {
  if (text === undefined) return '';
  const words = KIND_NOTES[kind].details ?? {};
  return wordIn(words, text) ?? Object.entries(words).find(([word]) => text.includes(word))?.[1] ?? 'other';
}
