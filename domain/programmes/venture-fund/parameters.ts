import * as z from 'zod/mini';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';
import { yuanText as yuan } from '../../written-values.ts';
import {
  BudgetRule,
  DoubleSupport,
  Evaluation,
  Failure,
  GrantRule,
  ORGANISATION_KINDS,
  ProjectPeriod,
  Scoring,
  SettlementRule,
  TrancheRounding,
  Tranches,
} from './options.ts';
import { percent } from './shares.ts';

/**
 * What a place sets for 公益创投. Only `grant`, `tranches` and `trancheRounding` must be set before a project can be signed; what else is absent asks
 * for nothing. A contract keeps the values in force on the day of its call, so that a later policy changes no signed contract.
 */
export const VENTURE_PARAMETERS = {
  grant: moneySpec(GrantRule, '资助额度', 'how much a project gets', ['元/项目', 'yuan per project']),
  tranches: moneySpec(Tranches, '分期拨付', 'tranches', ['比例', 'shares']),
  /** Which fen goes into which tranche: practice, as the sum is the grant all the same. */
  trancheRounding: practiceSpec(
    TrancheRounding,
    '各期取整和变更',
    'rounding of tranches, and changes',
    OPTION,
  ),
  /** The match is used up, leaves a gap, and filling alone would give less: texts do not say which route counts. */
  stillShort: moneySpec(
    z.enum(['match-route', 'fill-route']),
    '配比后仍不足',
    'still short after the match',
    OPTION,
  ),
  evaluation: moneySpec(Evaluation, '考核等次', 'bands of evaluation', ['分', 'points']),
  failure: moneySpec(Failure, '考核不合格的处理', 'what a failed evaluation does', OPTION),
  budget: moneySpec(BudgetRule, '预算科目和比例', 'budget categories and caps', ['%', 'percent']),
  settlement: moneySpec(SettlementRule, '结算规则', 'final settlement', OPTION),
  /** What of the money paid is asked back when a project is ended early. */
  termination: moneySpec(
    z.enum(['none', 'unspent', 'all']),
    '终止后追回',
    'recovered after termination',
    OPTION,
  ),
  pool: moneySpec(yuan, '资金总盘', 'pool of a call', ['元/届', 'yuan per call']),
  scoring: practiceSpec(Scoring, '评审计分', 'scoring', OPTION),
  /** Late or missing files: fail, fail unless a reason was accepted, or no more than late. */
  lateFiles: practiceSpec(
    z.enum(['fail', 'fail-unless-reason', 'allowed']),
    '材料逾期',
    'late or missing files',
    OPTION,
  ),
  projectPeriod: practiceSpec(ProjectPeriod, '实施期限', 'length of a project', ['月', 'months']),
  doubleSupport: practiceSpec(DoubleSupport, '重复资助', 'double support', OPTION),
  applicants: practiceSpec(
    z.strictObject({
      kinds: z.array(z.enum(ORGANISATION_KINDS)).check(z.minLength(1)),
      sponsorForUnregistered: z.boolean(),
    }),
    '申报主体',
    'who may apply',
    OPTION,
  ),
  /** 公示 of the projects chosen, in working days. */
  publicity: practiceSpec(wholeBetween(1, 60), '公示期', 'publicity', ['工作日', 'working days']),
  release: practiceSpec(
    z.strictObject({
      /** Percent of the tranches before that must have been spent. */
      previousSpendPercent: z.optional(percent),
      papers: z.array(z.enum(['invoice', 'progress-report', 'spend-report', 'audit-report'])),
    }),
    '拨付条件',
    'conditions of release',
    ['%、材料', 'percent, papers'],
  ),
  /** Years after payment in which the money must have been used. */
  unusedAfterYears: practiceSpec(wholeBetween(1, 10), '资金使用期限', 'years to use the money', [
    '年',
    'years',
  ]),
  /** Years without a grant after a breach of the agreement. */
  banYears: practiceSpec(wholeBetween(1, 10), '违约禁止申报年限', 'ban after a breach', ['年', 'years']),
} as const;
export type VentureParameters = typeof VENTURE_PARAMETERS;
