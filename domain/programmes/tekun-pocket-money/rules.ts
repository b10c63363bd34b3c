import type { Month } from '../../calendar.ts';
import { basicOf, pocketMoneyOf } from '../../care/basic-living.ts';
import { LEADING } from '../../care/conditions.ts';
import type { CareAmounts } from '../../care/decided.ts';
import type { PersonCase } from '../../care/person-case.ts';
import { ok, type Result } from '../../result.ts';
import type { WorkedMonth } from '../decided-schedule.ts';
import type { PolicyView } from '../schedule.ts';

export const POCKET_MONEY = 'pocket-money';

/** 零用钱: what of the basic living standard is paid to the person himself while an institution provides, where policy says so. */
export const POCKET_MONEY_AMOUNTS: CareAmounts = {
  components: [POCKET_MONEY],
  standards: ['standard', 'pocketMoney'],
  policyOf: LEADING,
  amountsOf,
};

function amountsOf(view: PolicyView, person: PersonCase, month: Month): Result<WorkedMonth> {
  const basic = basicOf(view, person, month);
  if (!basic.ok) return basic;
  const pocket = pocketMoneyOf(view, person, month, basic.value.fen);
  if (!pocket.ok) return pocket;
  const money = pocket.value?.paidBy === 'person' ? pocket.value : undefined;
  return ok({
    components: money ? [{ component: POCKET_MONEY, fen: money.fen }] : [],
    derivation: [...basic.value.steps, ...(money?.steps ?? [])],
    sample: money !== undefined && (basic.value.sample || money.sample),
  });
}
