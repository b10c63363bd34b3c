import type { Month } from '../../calendar.ts';
import { basicOf, funeralOf, pocketMoneyOf } from '../../care/basic-living.ts';
import type { CareAmounts } from '../../care/decided.ts';
import type { PersonCase } from '../../care/person-case.ts';
import { fen } from '../../money.ts';
import { ok, type Result } from '../../result.ts';
import type { WorkedMonth } from '../decided-schedule.ts';
import type { PolicyView } from '../schedule.ts';

export const BASIC = 'basic';
export const POCKET_MONEY = 'pocket-money';
export const FUNERAL = 'funeral';

/** 基本生活 (国发〔2016〕14号 四): the published amount by residence and setting; in an institution part of it is pocket money. */
export const TEKUN_AMOUNTS: CareAmounts = {
  components: [BASIC, POCKET_MONEY, FUNERAL],
  standards: ['standard', 'pocketMoney', 'funeral'],
  amountsOf,
  afterwards: (view, person, month) => funeralOf(view, person, month, FUNERAL),
};

function amountsOf(view: PolicyView, person: PersonCase, month: Month): Result<WorkedMonth> {
  const basic = basicOf(view, person, month);
  if (!basic.ok) return basic;
  const pocket = pocketMoneyOf(view, person, month, basic.value.fen);
  if (!pocket.ok) return pocket;
  const money = pocket.value;
  const handedOn = money?.paidBy === 'handed-on' ? [{ component: POCKET_MONEY, fen: money.fen }] : [];
  return ok({
    components: [{ component: BASIC, fen: fen(basic.value.fen - (money?.fen ?? 0)) }, ...handedOn],
    derivation: [...basic.value.steps, ...(money?.steps ?? [])],
    sample: basic.value.sample || (money?.sample ?? false),
  });
}
