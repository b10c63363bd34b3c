import * as z from 'zod/mini';
import { OPTION, practiceSpec } from '../policy/practice-spec.ts';
import { StackingRules } from './stacking-parameter.ts';

const startOrNext = z.enum(['same-month', 'next-month']);

/**
 * What a jurisdiction may set for several programmes that are due every month; a programme spreads what it uses into its own
 * parameters, and names it in its run rules.
 */
export const MONTHLY_PARAMETERS = {
  /** After death, move-out, custody or going missing: nothing for the month itself on, or for the next month on. */
  stopFrom: practiceSpec(startOrNext, '停发起始', 'stop takes effect', OPTION),
  /** After return, release or being found. */
  resumeFrom: practiceSpec(startOrNext, '恢复起始', 'resumption takes effect', OPTION),
  /** 起发: the month of application, the month of the decision, or the month after it. */
  startMonth: practiceSpec(
    z.enum(['application-month', 'decision-month', 'next-month']),
    '起发月份',
    'first month due',
    OPTION,
  ),
  /** Nothing is due before a decision, even where it then reaches back to the month of application; true when nobody set it. */
  requiresDecision: practiceSpec(z.boolean(), '须经审核确认', 'needs a decision', OPTION),
  /** 叠加关系: what happens to the amount where the person or the household is in another programme too. */
  stacking: practiceSpec(StackingRules, '叠加关系', 'stacking', ['规则', 'rules']),
} as const;
