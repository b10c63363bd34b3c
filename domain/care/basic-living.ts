import type { Month } from '../calendar.ts';
import { fraction, percentOf, roundedToFen } from '../fraction.ts';
import type { Residence } from '../household/household-case.ts';
import { type Fen, fen, toYuan, writtenFen } from '../money.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import type { WorkedMonth } from '../programmes/decided-schedule.ts';
import { type MonthlyReader, monthlyReader } from '../programmes/monthly.ts';
import type { Step } from '../programmes/programme.ts';
import type { PolicyView } from '../programmes/schedule.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { BASIC_PARAMETERS, PocketMoney, Standard } from './basic-parameters.ts';
import { ANY, isSample, LEADING, said } from './conditions.ts';
import type { CareSetting, PersonCase } from './person-case.ts';

const read: MonthlyReader<typeof BASIC_PARAMETERS> = monthlyReader();

type Basic = { readonly fen: Fen; readonly steps: readonly Step[]; readonly sample: boolean };

/** Refusals: those of `lookup`, `missing/residence`, `missing/care-setting`, `policy/not-offered`. */
export function basicOf(view: PolicyView, person: PersonCase, month: Month): Result<Basic> {
  const found = read(view.book, tekunScope(view), 'standard', month);
  if (!found.ok) return found;
  const { value, citation } = found.value;
  const amount = amountFor(value, person, view, month);
  if (!amount.ok) return amount;
  const { yuan, residence, setting } = amount.value;
  const due = writtenFen(yuan);
  const inputs = { month, residence, setting };
  const steps = [said('basic-standard', inputs, toYuan(due), citation)];
  return ok({ fen: due, steps, sample: isSample(found.value) });
}

/** 零用钱 of somebody in an institution, and by whom he gets it; undefined where policy has none or he lives at home. */
export function pocketMoneyOf(
  view: PolicyView,
  { setting }: PersonCase,
  month: Month,
  basic: Fen,
): Result<(Basic & { readonly paidBy: Exclude<PocketMoney, 'none'>['paidBy'] }) | undefined> {
  const found = read.option(view.book, tekunScope(view), 'pocketMoney', month);
  if (!found.ok) return found;
  const rule = found.value?.value ?? 'none';
  if (setting !== 'institution' || rule === 'none' || !found.value) return ok(undefined);
  const { percent, unit, paidBy } = rule;
  const due = roundedToFen(percentOf(fraction(toYuan(basic)), percent), rule);
  const inputs = { month, percent, standard: toYuan(basic), rule: rule.rule, unit, paidBy };
  const steps = [said('pocket-money', inputs, toYuan(due), found.value.citation)];
  return ok({ fen: due, steps, sample: isSample(found.value), paidBy });
}

/** 丧葬费 (国发〔2016〕14号 三(五)): for the month in which the funeral of somebody who died was done. */
export function funeralOf(
  view: PolicyView,
  person: PersonCase,
  month: Month,
  component: string,
): Result<WorkedMonth | undefined> {
  if (person.diedIn === undefined || person.funeralIn !== month) return ok(undefined);
  const found = read.option(view.book, tekunScope(view), 'funeral', month);
  if (!found.ok) return found;
  const rule = found.value?.value ?? 'none';
  if (rule === 'none' || !found.value) return ok(undefined);
  const basic = basicOf(view, person, month);
  if (!basic.ok) return basic;
  const due = fen(basic.value.fen * rule.months);
  const inputs = { month, months: String(rule.months), standard: toYuan(basic.value.fen) };
  return ok({
    components: [{ component, fen: due }],
    derivation: [said('funeral-amount', inputs, toYuan(due), found.value.citation)],
    sample: basic.value.sample || isSample(found.value),
  });
}

const tekunScope = ({ scope }: PolicyView): PolicyScope => ({ ...scope, programme: LEADING });

type Amount = {
  readonly yuan: string;
  readonly residence: Residence | typeof ANY;
  readonly setting: CareSetting | typeof ANY;
};

/** What does not change the amount need not be known. */
function amountFor(
  standard: Standard,
  { person, residence, setting }: PersonCase,
  view: PolicyView,
  month: Month,
): Result<Amount> {
  const same = JSON.stringify(standard.urban) === JSON.stringify(standard.rural);
  if (!residence && !same) return refuse(noResidence(person, month));
  const of = standard[residence ?? 'urban'];
  const where = same ? ANY : (residence ?? ANY);
  if (typeof of === 'string') return ok({ yuan: of, residence: where, setting: ANY });
  if (!setting) return refuse(noSetting(person, month));
  const yuan = of[setting];
  return yuan === undefined ? refuse(notSet(view, setting, month)) : ok({ yuan, residence: where, setting });
}

const noResidence = (person: string, month: Month) =>
  refusal(
    'missing/residence',
    `${person} 在 ${month} 没有登记城乡类别，而当地标准分城乡：请在对象信息库补录`,
    `${person} has no urban or rural residence on record in ${month}, and the standard differs: add it`,
    { person, month },
  );
const noSetting = (person: string, month: Month) =>
  refusal(
    'missing/care-setting',
    `${person} 在 ${month} 没有登记供养方式（集中或分散），而当地标准不同：请补录`,
    `for ${person} it is not on record in ${month} whether an institution provides, and the standard differs: add it`,
    { person, month },
  );
const notSet = ({ scope }: PolicyView, setting: CareSetting, month: Month) =>
  refusal(
    'policy/not-offered',
    `${scope.jurisdiction} ${month} 没有公布${setting === 'institution' ? '集中' : '分散'}供养的基本生活标准：请先导入依据`,
    `${scope.jurisdiction} has published no basic living standard for this setting in ${month}: import the policy first`,
    { jurisdiction: scope.jurisdiction, setting, month },
  );
