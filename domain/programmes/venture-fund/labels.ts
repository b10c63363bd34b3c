import type { Bilingual } from '../../bilingual.ts';
import { GRANTED_STEPS } from '../granted.ts';

/** Sentences of how a grant, a tranche and a settlement were found. Nothing of a natural person is in them. */
export const VENTURE_STEPS = {
  ...GRANTED_STEPS,
  'budget-gap': {
    zh: '预算{budget}元 − 自筹{own}元 − 捐赠{donated}元 = 缺口{result}元',
    en: 'budget {budget} − own funds {own} − donations {donated} = gap {result}',
  },
  'gap-limited': {
    zh: '缺口{need}元，不超过预算的{percent}%（{share}元）和上限（{cap}）：{result}元',
    en: 'gap {need}, at most {percent} percent of the budget ({share}) and the cap of {cap}: {result}',
  },
  matched: {
    zh: '捐赠{donated}元按1:{perYuan}配比{match}元，不超过配比上限{cap}元和缺口：{result}元',
    en: 'donations {donated} matched 1:{perYuan} is {match}, at most the match cap of {cap} and the gap: {result}',
  },
  'gap-filled': {
    zh: '配比后仍不足缺口{need}元（配比{match}元，补差上限{cap}元），按{route}：{result}元',
    en: 'the match leaves part of the gap {need} (match {match}, fill at most {cap}), by the {route}: {result}',
  },
  'grant-fixed': { zh: '每个项目资助{result}元', en: 'every project gets {result}' },
  'grant-capped': {
    zh: '申请{need}元，每个项目{least}元至{cap}元：{result}元',
    en: 'asked for {need}, from {least} to {cap} per project: {result}',
  },
  'grant-by-score': {
    zh: '得分{score}，属{from}分以上档，资助{amount}元，不超过缺口：{result}元',
    en: 'score {score}, in the band from {from} ({amount}), at most the gap: {result}',
  },
  'grant-decided': {
    zh: '按规定测算{worked}元，资助{result}元（尚缺{uncovered}元）',
    en: 'worked out as {worked}, granted {result} ({uncovered} stay uncovered)',
  },
  tranche: {
    zh: '第{number}期（共{count}期），{share}，节点：{milestone}：应拨{result}元（计划{planned}元）',
    en: 'tranche {number} of {count}, {share}, on: {milestone}: {result} ({planned} planned)',
  },
  'spend-disallowed': {
    zh: '不予认可{category}{item}{result}元：{reason}',
    en: 'not counted: {category} {item} {result}: {reason}',
  },
  'eligible-spend': {
    zh: '审计支出{spent}元 − 不予认可{disallowed}元 = 合规支出{result}元',
    en: 'audited spending {spent} − not counted {disallowed} = eligible {result}',
  },
  settled: {
    zh: '资助额{grant}元与合规支出{eligible}元取小 − 已拨付{paid}元 − 应退利息{interest}元 = {result}元',
    en: 'the smaller of grant {grant} and eligible {eligible} − paid {paid} − interest to return {interest} = {result}',
  },
  'interest-apart': {
    zh: '另应退利息{result}元超出已拨付款，不在追缴金额内：请另行收缴',
    en: 'interest of {result} beyond what was paid out is in no recovery order: collect it apart',
  },
  bonus: {
    zh: '第{number}期随付考核奖励{result}元',
    en: 'with tranche {number}, a bonus after evaluation: {result}',
  },
  'nothing-after-failure': {
    zh: '{stage}评估不合格，不再付款：{result}元',
    en: 'the {stage} evaluation was not passed, nothing more is paid: {result}',
  },
  terminated: {
    zh: '终止：已拨付{paid}元，合规支出{eligible}元，追回规则“{rule}”：{result}元',
    en: 'ended early: {paid} paid, {eligible} eligible, recovered by the rule "{rule}": {result}',
  },
  unused: {
    zh: '已拨付{paid}元，已支出{spent}元，超过使用期限未使用：{result}元',
    en: '{paid} paid, {spent} spent, not used in time: {result}',
  },
} as const satisfies Record<string, Bilingual>;

/** Words for the options that appear in steps. */
export const VENTURE_WORDS: Readonly<Record<string, Bilingual>> = {
  none: { zh: '不限', en: 'no limit' },
  nothing: { zh: '不追回', en: 'nothing' },
  unspent: { zh: '未使用部分', en: 'what is unspent' },
  all: { zh: '全部', en: 'all' },
  'mid-term': { zh: '中期', en: 'mid-term' },
  final: { zh: '末期', en: 'final' },
  'match-route': { zh: '配比', en: 'match route' },
  'fill-route': { zh: '补差', en: 'fill route' },
  signed: { zh: '签订协议', en: 'agreement signed' },
  progress: { zh: '项目进度', en: 'progress' },
  'mid-term-passed': { zh: '中期考核通过', en: 'mid-term check passed' },
  accepted: { zh: '验收合格', en: 'accepted' },
  audited: { zh: '审计完成', en: 'audited' },
  implemented: { zh: '实施完成', en: 'implemented' },
  'audited-out': { zh: '审计剔除', en: 'left out by the auditor' },
  forbidden: { zh: '禁止列支', en: 'never paid' },
  'unknown-category': { zh: '不在列支范围', en: 'no category that may be paid' },
  'not-for-kind': { zh: '本类机构不得列支', en: 'not allowed to this kind of organisation' },
  'over-budget': { zh: '超出预算', en: 'over its budget' },
  'over-cap': { zh: '超出比例', en: 'over its percentage' },
};
