import type { Month } from '../../calendar.ts';
import { ANY, isSample, said } from '../../care/conditions.ts';
import type { CareAmounts } from '../../care/decided.ts';
import type { CareSetting, PersonCase } from '../../care/person-case.ts';
import { type CareTier, careTierOf } from '../../care/self-care.ts';
import { fraction, percentOf, roundedToFen } from '../../fraction.ts';
import { toYuan, writtenFen } from '../../money.ts';
import type { DatedValue } from '../../policy/book.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { WorkedMonth } from '../decided-schedule.ts';
import { type MonthlyReader, monthlyReader } from '../monthly.ts';
import type { Step } from '../programme.ts';
import type { PolicyView } from '../schedule.ts';
import type { CareStandard, TEKUN_CARE_PARAMETERS } from './parameters.ts';

export const CARE = 'care';

const read: MonthlyReader<typeof TEKUN_CARE_PARAMETERS> = monthlyReader();

/** 照料护理 (国发〔2016〕14号 四；民发〔2021〕43号 第十四至十七条): by what somebody can do for himself. */
export const TEKUN_CARE_AMOUNTS: CareAmounts = {
  components: [CARE],
  standards: ['careStandard', 'minimumWage'],
  amountsOf,
};

/** Refusals: those of `lookup`, `missing/self-care`, `missing/care-setting`, `policy/not-offered`. */
function amountsOf(view: PolicyView, person: PersonCase, month: Month): Result<WorkedMonth> {
  const tier = tierOf(view, person, month);
  if (!tier.ok) return tier;
  const found = read(view.book, view.scope, 'careStandard', month);
  if (!found.ok) return found;
  const due =
    found.value.value.rule === 'amounts'
      ? ofAmounts(view, person, month, tier.value.tier, found.value)
      : ofMinimumWage(view, person, month, tier.value.tier, found.value);
  if (!due.ok) return due;
  return ok({ ...due.value, derivation: [tier.value.step, ...due.value.derivation] });
}

function tierOf(
  view: PolicyView,
  person: PersonCase,
  month: Month,
): Result<{ readonly tier: CareTier; readonly step: Step }> {
  const mapping = read.option(view.book, view.scope, 'careMapping', month);
  if (!mapping.ok) return mapping;
  const found = careTierOf(person, mapping.value?.value ?? {});
  if (!found) return refuse(noTier(person.person, month));
  const { because, tier } = found;
  return ok({ tier, step: said('care-tier', { month, because }, tier, mapping.value?.citation) });
}

type Standard = DatedValue<CareStandard>;

function ofAmounts(
  view: PolicyView,
  person: PersonCase,
  month: Month,
  tier: CareTier,
  { value, citation, ...row }: Standard,
): Result<WorkedMonth> {
  if (value.rule !== 'amounts') return ok(NONE);
  const found = bySetting(value.amounts, view, person, month);
  if (!found.ok) return found;
  const due = writtenFen(found.value.tiers[tier]);
  const inputs = { month, tier, setting: found.value.setting };
  return ok({
    components: [{ component: CARE, fen: due }],
    derivation: [said('care-standard', inputs, toYuan(due), citation)],
    sample: isSample(row),
  });
}

function ofMinimumWage(
  view: PolicyView,
  person: PersonCase,
  month: Month,
  tier: CareTier,
  { value, citation, ...row }: Standard,
): Result<WorkedMonth> {
  if (value.rule !== 'percent-of-minimum-wage') return ok(NONE);
  const wage = read(view.book, view.scope, 'minimumWage', month);
  if (!wage.ok) return wage;
  const found = bySetting(value.percent, view, person, month);
  if (!found.ok) return found;
  const { tiers, setting } = found.value;
  const rounding = { rule: value.rounding, unit: value.unit };
  const due = roundedToFen(percentOf(fraction(wage.value.value), tiers[tier]), rounding);
  const inputs = { month, tier, setting, wage: wage.value.value, percent: tiers[tier], ...rounding };
  return ok({
    components: [{ component: CARE, fen: due }],
    derivation: [said('care-percent', inputs, toYuan(due), citation)],
    sample: isSample(row, wage.value),
  });
}

const NONE: WorkedMonth = { components: [], derivation: [], sample: false };

type Tiers = Readonly<Record<CareTier, string>>;

/** What does not change the amount need not be known. */
function bySetting(
  amounts: Tiers | { readonly institution?: Tiers | undefined; readonly family?: Tiers | undefined },
  { scope }: PolicyView,
  { person, setting }: PersonCase,
  month: Month,
): Result<{ readonly tiers: Tiers; readonly setting: CareSetting | typeof ANY }> {
  if ('full' in amounts) return ok({ tiers: amounts, setting: ANY });
  if (!setting) return refuse(noSetting(person, month));
  const tiers = amounts[setting];
  return tiers ? ok({ tiers, setting }) : refuse(notSet(scope.jurisdiction, setting, month));
}

const noTier = (person: string, month: Month) =>
  refusal(
    'missing/self-care',
    `${person} 在 ${month} 没有生活自理能力的认定或评估，无法确定照料护理档次：请补录`,
    `for ${person} nothing is on record in ${month} of self-care, so there is no tier of care: record the assessment`,
    { person, month },
  );
const noSetting = (person: string, month: Month) =>
  refusal(
    'missing/care-setting',
    `${person} 在 ${month} 没有登记供养方式（集中或分散），而当地照料护理标准不同：请补录`,
    `for ${person} it is not on record in ${month} whether an institution provides, and the care standard differs: add it`,
    { person, month },
  );
const notSet = (jurisdiction: string, setting: CareSetting, month: Month) =>
  refusal(
    'policy/not-offered',
    `${jurisdiction} ${month} 没有公布${setting === 'institution' ? '集中' : '分散'}供养的照料护理标准：请先导入依据`,
    `${jurisdiction} has published no care standard for this setting in ${month}: import the policy first`,
    { jurisdiction, setting, month },
  );
