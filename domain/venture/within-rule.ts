import { type Fen, fen, toYuan } from '../money.ts';
import { grantAmount } from '../programmes/venture-fund/grant-amount.ts';
import type { VentureRules } from '../programmes/venture-fund/rules.ts';
import { ok, type RefusalCode, type Result, refusal, refuse } from '../result.ts';
import type { Project } from './project.ts';

const LEAST: readonly RefusalCode[] = ['limit/grant-over-need', 'limit/grant-below-least'];

/**
 * Whether the place's rule gives so much for a budget: asked again whenever a contract has another budget, or a higher grant, than the
 * committee saw. Refusals: `limit/grant-over-cap`, those of `grantAmount`.
 */
export function withinRule(
  { application, shortlisted }: Pick<Project, 'application' | 'shortlisted'>,
  rules: VentureRules,
  budget: Fen,
  grant: Fen,
): Result<true> {
  const { ownFunds, donated } = application;
  const asked = fen(Math.max(application.asked, grant));
  const score = shortlisted ? { score: shortlisted.average } : {};
  const worked = grantAmount(rules, { budget, ownFunds, donated, asked, ...score });
  // What every project gets at least holds when it is chosen: a smaller one that was agreed on since is no more than its budget lacks.
  const isSmaller = !worked.ok && LEAST.includes(worked.error.code) && grant <= budget - ownFunds - donated;
  if (isSmaller) return ok(true);
  if (!worked.ok) return worked;
  const most = worked.value.fen;
  if (most >= grant) return ok(true);
  return refuse(
    refusal(
      'limit/grant-over-cap',
      `按政策和预算最多资助 ${toYuan(most)} 元，不能为 ${toYuan(grant)} 元：请核减，或一并变更预算`,
      `policy and the budget allow ${toYuan(most)} yuan at most, and ${toYuan(grant)} is wanted: lower it, or change the budget with it`,
      { most: toYuan(most) },
    ),
  );
}
