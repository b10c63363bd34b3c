import type { Bilingual } from '../../bilingual.ts';
import { type Fen, fen, sumFen, toYuan } from '../../money.ts';
import { ok, type Result } from '../../result.ts';
import { refusedField, type VentureRules } from './rules.ts';

/** Why a project waits for an override by another person (重复资助). */
export type SupportFault = Bilingual & {
  readonly code: 'second-project' | 'other-government-money' | 'won-last-year';
};

/**
 * Whether a project would be supported twice: `others` are the projects that got a grant in the same year (`lastYear`: in the year
 * before), by organisation code or key. Empty: nothing stands against it.
 */
export function doubleSupport(
  rules: Pick<VentureRules, 'doubleSupport'>,
  project: { readonly organisation: string; readonly otherGovernmentMoney: boolean },
  others: readonly { readonly organisation: string; readonly lastYear?: true }[],
): SupportFault[] {
  const rule = rules.doubleSupport;
  if (!rule) return [];
  const own = others.filter(({ organisation }) => organisation === project.organisation);
  const count = own.filter(({ lastYear }) => !lastYear).length;
  const faults: SupportFault[] = [];
  if (rule.projectsPerOrganisation !== undefined && count >= rule.projectsPerOrganisation) {
    faults.push({
      code: 'second-project',
      zh: `该单位本年度已有${count}个项目获资助，每个单位限${rule.projectsPerOrganisation}个：确需资助的，由另一人写明理由放行`,
      en: `this organisation has ${count} granted project(s) this year and ${rule.projectsPerOrganisation} is the most: another person may override that with a reason`,
    });
  }
  if (rule.lastYearsWinners === 'blocked' && own.some(({ lastYear }) => lastYear)) {
    faults.push({
      code: 'won-last-year',
      zh: '该单位上一年度已获资助：确需资助的，由另一人写明理由放行',
      en: 'this organisation won in the year before: another person may override that with a reason',
    });
  }
  if (rule.otherGovernmentMoney === 'blocked' && project.otherGovernmentMoney) {
    faults.push({
      code: 'other-government-money',
      zh: '该项目已有其他财政资金：确需资助的，由另一人写明理由放行',
      en: 'this project has other government money: another person may override that with a reason',
    });
  }
  return faults;
}

/** What a pool has left after one more grant. Refusal: `limit/pool`, naming what is left. */
export function withinPool(pool: Fen, granted: readonly Fen[], next: Fen): Result<Fen> {
  const left = fen(pool - sumFen(granted));
  if (next <= left) return ok(fen(left - next));
  return refusedField(
    'limit/pool',
    'pool',
    `资金总盘只剩${toYuan(left)}元，不足${toYuan(next)}元：请核减资助额或减少项目`,
    `the pool has ${toYuan(left)} left, less than ${toYuan(next)}: lower the grant or take fewer projects`,
    { left: toYuan(left), wanted: toYuan(next) },
  );
}
