import * as z from 'zod/mini';
import { parseYuan } from '../../money.ts';
import type { ParameterSpec } from '../../policy/parameter.ts';
import { ROUNDING_UNITS } from '../../rounding.ts';
import { rateText as rate, yuanText as yuan } from '../../written-values.ts';
import { CAUSES, FAMILY_CLASSES } from './facts.ts';

const months = z.int().check(z.minimum(1), z.maximum(60));

/** 救助月数的基数: the 低保 standard of the same place, whenever that changes, or amounts of its own. */
const AidStandard = z.union([z.literal('dibao'), z.strictObject({ urban: yuan, rural: yuan })]);
export type AidStandard = z.infer<typeof AidStandard>;

/** 急难型: persons × standard × months, at most so many months. */
const Urgent = z.union([
  z.literal('none'),
  z.strictObject({
    months,
    /** 先行急难救助: at most so many months; absent where no lower limit is set for it. */
    payFirstMonths: z.optional(months),
    /** 一次审批、按月救助: so many months at most, each paid in its own month. */
    continuingMonths: z.optional(months),
  }),
]);
export type Urgent = z.infer<typeof Urgent>;

/** A part of the spend up to and including `through` (absent: all above), at its own percentage. */
const Band = z.strictObject({ through: z.optional(yuan), percent: rate });
const fenOf = (text: string): number => {
  const amount = parseYuan(text);
  return amount.ok ? amount.value : Number.NaN;
};
const rising = (bands: readonly { readonly through?: string | undefined }[]) =>
  bands.every(({ through }, index) => {
    if (through === undefined) return index === bands.length - 1;
    const before = index === 0 ? 0 : fenOf(bands[index - 1]?.through ?? '');
    return fenOf(through) > before;
  });

const SpendingClass = z.strictObject({
  families: z.array(z.enum(FAMILY_CLASSES)).check(z.minLength(1)),
  /** Necessary spend from which on anything is due (included). */
  least: yuan,
  bands: z
    .array(Band)
    .check(
      z.minLength(1),
      z.refine(
        rising,
        '各档须递增，只有最后一档可不设上限|rising bands, only the last without an upper limit',
      ),
    ),
  /**
   * 有重度残疾人的家庭: "10%" more may be read as `percentage-points` on every band's rate (40 becomes 50), or as a
   * `share-of-rate` (40 becomes 44). The text does not say which.
   */
  severeDisability: z.optional(
    z.strictObject({ percent: rate, reading: z.enum(['percentage-points', 'share-of-rate']) }),
  ),
});
export type SpendingClass = z.infer<typeof SpendingClass>;

/** Up to and including `through` a fixed amount, or a multiple of the standard. */
const FlatBand = z.union([
  z.strictObject({ through: yuan, amount: yuan }),
  z.strictObject({ through: yuan, multiple: rate }),
]);
export type FlatBand = z.infer<typeof FlatBand>;

/** 支出型: what a family's necessary spend brings it. */
const Spending = z.union([
  z.literal('none'),
  /** Persons × standard × months; `withinSpend`: never above what was really spent. */
  z.strictObject({
    method: z.literal('months'),
    months,
    withinSpend: z.boolean(),
    /** Only for these classes of family; absent: for all. */
    families: z.optional(z.array(z.enum(FAMILY_CLASSES)).check(z.minLength(1))),
  }),
  /** Percentages of the spend, band by band, by class of family. */
  z.strictObject({
    method: z.literal('bands'),
    classes: z.array(SpendingClass).check(z.minLength(1)),
    /**
     * At most so many months of the standard. The text does not say whether of one standard for the `family`, or of one for
     * each `person` helped.
     */
    cap: z.union([z.literal('none'), z.strictObject({ months, per: z.enum(['family', 'person']) })]),
  }),
  /** One amount by how much was spent, for some causes only. */
  z.strictObject({
    method: z.literal('flat'),
    causes: z.array(z.enum(CAUSES)).check(z.minLength(1)),
    bands: z.array(FlatBand).check(z.minLength(1), z.refine(rising, '各档须递增|rising bands')),
  }),
]);
export type Spending = z.infer<typeof Spending>;

/** 住院照料: what of it counts as spend, per person in care and day. */
const HospitalCare = z.union([z.literal('none'), z.strictObject({ tekun: yuan, other: yuan })]);
export type HospitalCare = z.infer<typeof HospitalCare>;

/** Months before the application in which the cause must lie; `none`: not looked at. */
const window = z.union([z.literal('none'), months]);
const EventWindow = z.strictObject({ urgent: window, spending: window });

/** `local`: registered here; `resident`: or with a residence permit or as good a proof; `anyone`: wherever registered. */
const applicants = z.enum(['local', 'resident', 'anyone']);
const WhoMayApply = z.strictObject({ urgent: applicants, spending: applicants });

/** 乡镇（街道）受委托审批: all of a kind, none, or up to so many months of the standard per person helped (included). */
const level = z.union([z.enum(['always', 'never']), z.strictObject({ perCapitaMonths: rate })]);
const TownshipDecides = z.strictObject({ urgent: level, spending: level });

const YearCap = z.union([z.literal('none'), z.strictObject({ amount: yuan })]);
const SameCause = z.union([
  z.literal('none'),
  z.strictObject({ within: z.enum(['calendar-year', 'twelve-months']) }),
]);

/** 临时救助金年度总额: persons of these groups × standard × 12 × percent. */
const YearFund = z.union([
  z.literal('none'),
  z.strictObject({
    persons: z.array(z.enum(['dibao', 'low-income'])).check(z.minLength(1)),
    percent: rate,
  }),
]);

const MONTHS: [string, string] = ['低保标准月数', 'months of the standard'];
const PERSON_MONTH: [string, string] = ['元/人/月', 'yuan per person and month'];

function amount<T>(
  schema: z.ZodMiniType<T>,
  label: [string, string],
  unit: [string, string],
): ParameterSpec<T> {
  return {
    schema,
    label: { zh: label[0], en: label[1] },
    unit: { zh: unit[0], en: unit[1] },
    bearsAmount: true,
  };
}
function option<T>(schema: z.ZodMiniType<T>, [zh, en]: [string, string]): ParameterSpec<T> {
  return { schema, label: { zh, en }, unit: { zh: '选项', en: 'option' }, bearsAmount: false };
}

/** What a jurisdiction sets for 临时救助. Nothing has a default: what a place does not do it says with "none". */
export const TEMPORARY_AID_PARAMETERS = {
  aidStandard: amount(AidStandard, ['救助基数', 'standard that months are counted in'], PERSON_MONTH),
  urgent: amount(Urgent, ['急难型救助月数', 'months of urgent aid'], MONTHS),
  spending: amount(Spending, ['支出型救助标准', 'aid for spending'], ['元、%、月', 'yuan, %, months']),
  hospitalCare: amount(
    HospitalCare,
    ['住院照料限额', 'hospital care'],
    ['元/人/日', 'yuan per person and day'],
  ),
  /** 同一家庭一个自然年度累计: earlier grants of any member count. */
  yearCap: amount(
    YearCap,
    ['家庭年度累计限额', 'most per family and year'],
    ['元/户/年', 'yuan per family and year'],
  ),
  aidRounding: option(
    z.strictObject({ rule: z.enum(['half-up', 'half-even', 'up', 'down']), unit: z.enum(ROUNDING_UNITS) }),
    ['进位', 'rounding'],
  ),
  eventWindow: option(EventWindow, [
    '事由发生期限（申请前月数）',
    'how long before the application the cause may lie',
  ]),
  whoMayApply: option(WhoMayApply, ['申请人户籍要求', 'registration of who may apply']),
  /** 同一事由不得重复: the same cause once in a calendar year, or once in the twelve months before the application. */
  sameCause: option(SameCause, ['同一事由再次申请', 'the same cause again']),
  townshipDecides: option(TownshipDecides, ['乡镇（街道）审批权限', 'what a township may decide']),
  /** What a district puts aside for a year; no grant rests on it. */
  yearFund: option(YearFund, ['临时救助金年度总额', 'money put aside for a year']),
  /** 一事一议: an amount above the caps may be decided on its own. */
  caseByCase: option(z.boolean(), ['一事一议', 'above the caps case by case']),
} as const;
export type TemporaryAidParameters = typeof TEMPORARY_AID_PARAMETERS;
