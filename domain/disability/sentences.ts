import type { Bilingual } from '../bilingual.ts';
import { MONTHLY_STEPS, MONTHLY_WORDS } from '../programmes/monthly-labels.ts';

/** Sentences of the disability subsidies. Never a birth date, a date of death or where somebody moved to. */
export const DISABILITY_STEPS = {
  ...MONTHLY_STEPS,
  'not-reviewed': {
    zh: '残联尚未审核，暂无应发',
    en: "not reviewed by the disabled persons' federation yet, so nothing is due",
  },
  reviewed: {
    zh: '残联已于{result}审核（{document}）',
    en: "reviewed by the disabled persons' federation in {result} ({document})",
  },
  'start-handover': {
    zh: '迁出地发放至{lastMonth}，自{result}起在本地计发',
    en: 'the district moved from pays through {lastMonth}: due here from {result}',
  },
  'stopped-reapply': {
    zh: '{month}：{reason}，本月不发',
    en: '{month}: {reason}, nothing is due',
  },
  'needs-reapplication': {
    zh: '{month}：{reason}的情形已结束，须重新申请，本月不发',
    en: '{month}: {reason} is over and a new application is needed, nothing is due',
  },
  reapplied: {
    zh: '{month}：{reason}的情形结束后已重新申请，自{result}起恢复计发',
    en: '{month}: applied anew after {reason}, due again from {result}',
  },
  'work-injury-care': {
    zh: '{month}：领取工伤生活护理费，本月不发',
    en: '{month}: receives care allowance for a work injury, nothing is due',
  },
  'recheck-missed': {
    zh: '{month}：{from}至{through}的核查期内未核查，本月不发',
    en: '{month}: not checked in the window from {from} to {through}, nothing is due',
  },
  'recheck-late': {
    zh: '{month}：{from}至{through}的核查期已过，{result}补核（{rule}）',
    en: '{month}: checked late, in {result}, after the window from {from} to {through} ({rule})',
  },
  rechecked: {
    zh: '{month}：已于{result}核查（核查期{from}至{through}）',
    en: '{month}: checked on {result} (window from {from} to {through})',
  },
  'card-missing': {
    zh: '{month}：没有残疾人证登记，本月不发',
    en: '{month}: no disability card on record, nothing is due',
  },
  'card-not-recorded': {
    zh: '{month}：没有残疾人证有效期登记，按登记的残疾等级',
    en: '{month}: no validity of a disability card on record, the grade on record counts',
  },
  'card-not-issued': {
    zh: '{month}：残疾人证尚未签发，本月不发',
    en: '{month}: the disability card was not issued yet, nothing is due',
  },
  'card-valid': { zh: '{month}：残疾人证有效', en: '{month}: the disability card is valid' },
  'card-renewed': {
    zh: '{month}：换发的残疾人证签发当月，自本月起按新等级计发',
    en: '{month}: month of issue of the new disability card, due at its grade from here on',
  },
  'card-back-pay': {
    zh: '{month}：残疾人证到期后已于{issued}换证，按新等级补发（最多{months}个月）',
    en: '{month}: the card had lapsed and a new one was issued in {issued}: paid back at its grade (at most {months} months)',
  },
  'card-expired': {
    zh: '{month}：残疾人证已到期，本月不发（停发：{rule}）',
    en: '{month}: the disability card has expired, nothing is due (stop takes effect: {rule})',
  },
  'card-frozen': {
    zh: '{month}：残疾人证已冻结，本月不发（停发：{rule}）',
    en: '{month}: the disability card is frozen, nothing is due (stop takes effect: {rule})',
  },
  'card-cancelled': {
    zh: '{month}：残疾人证已注销，本月不发（停发：{rule}）',
    en: '{month}: the disability card is cancelled, nothing is due (stop takes effect: {rule})',
  },
  'regrading-kept': {
    zh: '{month}：残疾等级重新评定期间，按原等级',
    en: '{month}: the grade is being assessed again, the old one goes on',
  },
  'no-disability': {
    zh: '{month}：没有残疾等级登记，本月不发',
    en: '{month}: no grade of disability on record, nothing is due',
  },
  tier: {
    zh: '{month}：{kind}残疾{grade}级，属{result}（等级升高：{higher}；降低：{lower}）',
    en: '{month}: {kind} disability, grade {grade}: {result} (more severe takes effect: {higher}, less: {lower})',
  },
  'no-tier': {
    zh: '{month}：{kind}残疾{grade}级，不在补贴范围，本月不发（等级升高：{higher}；降低：{lower}）',
    en: '{month}: {kind} disability, grade {grade}, is not covered, nothing is due (more severe takes effect: {higher}, less: {lower})',
  },
  'service-tier': {
    zh: '{month}：{service}{grade}级，属{result}',
    en: '{month}: {service}, grade {grade}: {result}',
  },
  'service-no-tier': {
    zh: '{month}：{service}{grade}级，不在补贴范围',
    en: '{month}: {service}, grade {grade}, is not covered',
  },
  'several-cards': {
    zh: '{month}：持有多种证件，只按一种享受（{result}）',
    en: '{month}: holds several cards, of which one counts ({result})',
  },
  'identity-class': {
    zh: '{month}：人员类别为{result}（变好：{gained}；变差：{lost}）',
    en: '{month}: identity class {result} (gained takes effect: {gained}; lost: {lost})',
  },
  'excluded-class': {
    zh: '{month}：{identity}人员不享受本补贴',
    en: '{month}: {identity} persons do not receive this subsidy',
  },
  class: {
    zh: '{month}：{tier}，{conditions}，按政策表“{class}”一档（多项符合：{overlap}）',
    en: '{month}: {tier}, {conditions}: the line "{class}" of the table (of several: {overlap})',
  },
  'class-aged': {
    zh: '{month}：{tier}，{conditions}，{ages}周岁，按政策表“{class}”一档（多项符合：{overlap}）',
    en: '{month}: {tier}, {conditions}, aged {ages}: the line "{class}" of the table (of several: {overlap})',
  },
  'class-by-age': {
    zh: '{month}：{tier}，{ages}周岁，按政策表“{class}”一档（多项符合：{overlap}）',
    en: '{month}: {tier}, aged {ages}: the line "{class}" of the table (of several: {overlap})',
  },
  'class-by-tier': {
    zh: '{month}：{tier}，按政策表“{class}”一档（多项符合：{overlap}）',
    en: '{month}: {tier}: the line "{class}" of the table (of several: {overlap})',
  },
  'no-class': {
    zh: '{month}：{identity}、{tier}，不符合任何一类补贴条件，本月不发',
    en: '{month}: {identity}, {tier}: no line of the table fits, nothing is due',
  },
  'income-report': {
    zh: '{month}：{result}的收入核对报告在有效期内（{limit}个月）',
    en: '{month}: the report on the income of {result} is still valid ({limit} months)',
  },
  'income-report-old': {
    zh: '{month}：收入核对报告（{reported}）超过{limit}个月，本月不发',
    en: '{month}: the report on the income ({reported}) is more than {limit} months old, nothing is due',
  },
  'dibao-standard': {
    zh: '{month}：当地低保标准（{residence}）每月{result}元',
    en: '{month}: local 低保 standard ({residence}) {result} yuan a month',
  },
  base: {
    zh: '{month}：补贴基数（{residence}）{result}元',
    en: '{month}: base of the rate ({residence}) {result} yuan',
  },
  'amount-percent': {
    zh: '{month}：{base}元的{percent}%，按{unit}{rule}，每月{result}元',
    en: '{month}: {percent} % of {base} yuan, rounded {rule} to the {unit}: {result} yuan a month',
  },
  'amount-less-income': {
    zh: '{month}：{standard}元减本人稳定收入{income}元，每月{result}元',
    en: '{month}: {standard} yuan less an own income of {income} yuan: {result} yuan a month',
  },
  'amount-by-residence': {
    zh: '{month}：{residence}标准每月{result}元',
    en: '{month}: {residence} rate, {result} yuan a month',
  },
  amount: { zh: '{month}：标准每月{result}元', en: '{month}: {result} yuan a month' },
} as const satisfies Record<string, Bilingual>;

/** Words for the options and classes that appear in steps; a class of a pack that is none of them stands as the pack spells it. */
export const DISABILITY_WORDS: Readonly<Record<string, Bilingual>> = {
  ...MONTHLY_WORDS,
  tekun: { zh: '特困', en: 'destitute (tekun)' },
  dibao: { zh: '低保', en: 'minimum living allowance (dibao)' },
  marginal: { zh: '低保边缘（低收入）', en: 'low-income margin' },
  none: { zh: '其他', en: 'other' },
  severe: { zh: '重度', en: 'severe' },
  other: { zh: '非重度', en: 'not severe' },
  'grade-one': { zh: '一级', en: 'grade 1' },
  'grade-two': { zh: '二级', en: 'grade 2' },
  'grade-two-and-mental': { zh: '二级及三级智力、精神', en: 'grade 2, and grade 3 intellectual or mental' },
  'mild-mental': { zh: '三、四级智力、精神', en: 'grades 3 and 4 intellectual or mental' },
  disabled: { zh: '持证残疾人', en: 'holds a disability card' },
  service: { zh: '残疾军人、伤残人民警察1至4级', en: 'disabled in service, grades 1 to 4' },
  unemployed: { zh: '无业', en: 'without work' },
  'no-income': { zh: '无收入', en: 'without income' },
  elderly: { zh: '老年人', en: 'elderly' },
  minor: { zh: '未成年人', en: 'minor' },
  'income-below-standard': { zh: '本人收入低于低保标准', en: 'own income below the dibao standard' },
  'several-disabled': { zh: '一户多残', en: 'several disabled in the family' },
  'cared-for-by-elderly': { zh: '依老养残', en: 'cared for by the elderly' },
  'self-care-full': { zh: '全自理', en: 'self-care full' },
  'self-care-half': { zh: '半护理', en: 'self-care half' },
  'self-care-none': { zh: '全护理', en: 'self-care none' },
  'dibao-severe': { zh: '低保、重度', en: 'dibao, severe' },
  'marginal-severe': { zh: '低保边缘、重度', en: 'low-income margin, severe' },
  'unemployed-severe': { zh: '无业、重度', en: 'without work, severe' },
  'minor-severe': { zh: '未成年人、重度', en: 'minor, severe' },
  'no-income-severe': { zh: '无收入、重度', en: 'without income, severe' },
  'poor-grade-one': { zh: '困难一级', en: 'in hardship, grade 1' },
  'poor-grade-two': { zh: '困难二级', en: 'in hardship, grade 2' },
  'care-full': { zh: '全护理', en: 'full care' },
  'care-half': { zh: '半护理', en: 'half care' },
  'care-light': { zh: '全自理', en: 'light care' },
  hardship: { zh: '一户多残、依老养残', en: 'several disabled, or cared for by the elderly' },
  military: { zh: '残疾军人', en: 'disabled soldier' },
  police: { zh: '伤残人民警察', en: 'disabled police officer' },
  visual: { zh: '视力', en: 'visual' },
  hearing: { zh: '听力', en: 'hearing' },
  speech: { zh: '言语', en: 'speech' },
  limb: { zh: '肢体', en: 'limb' },
  intellectual: { zh: '智力', en: 'intellectual' },
  mental: { zh: '精神', en: 'mental' },
  multiple: { zh: '多重', en: 'multiple' },
  urban: { zh: '城镇', en: 'urban' },
  rural: { zh: '农村', en: 'rural' },
  highest: { zh: '就高', en: 'the highest' },
  'first-listed': { zh: '列在前者', en: 'the first listed' },
  'disability-card': { zh: '以残疾人证为准', en: 'the disability card' },
  'from-review-month': { zh: '自核查当月起恢复', en: 'due again from the month of the check' },
  'back-pay': { zh: '补发此前月份', en: 'the months before are paid back' },
  custody: { zh: '服刑', en: 'custody' },
  missing: { zh: '失踪', en: 'absence' },
  'moved-out': { zh: '户籍迁出', en: 'a move elsewhere' },
  'card-cancelled': { zh: '残疾人证注销', en: 'cancellation of the card' },
  'half-up': { zh: '四舍五入', en: 'half up' },
  'half-even': { zh: '四舍六入五成双', en: 'half to even' },
  up: { zh: '进位', en: 'up' },
  down: { zh: '舍尾', en: 'down' },
  fen: { zh: '分', en: 'fen' },
  jiao: { zh: '角', en: 'jiao' },
  yuan: { zh: '元', en: 'yuan' },
};
