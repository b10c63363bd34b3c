import * as z from 'zod/mini';
import { dateFact, optionFact, yuanFact } from '../../grants/fact-fields.ts';
import { amountOrNone, amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

/** 基本殡葬服务项目: 遗体接运、消毒、存放、告别、火化、骨灰盒、骨灰寄存. */
export const FUNERAL_ITEMS = [
  'transport',
  'disinfection',
  'storage',
  'farewell',
  'cremation',
  'urn',
  'urn-keeping',
] as const;

/** 户籍居民、非户籍居民、无名遗体（含流浪乞讨、弃婴）. */
export const RESIDENCY = ['registered', 'not-registered', 'unidentified'] as const;
/** 直接免除 (settled with the funeral home) or 先缴后补 (repaid to who paid). */
export const SETTLEMENTS = ['waived', 'repaid'] as const;
/** Other public money for the same funeral. */
export const OTHER_FUNERAL_MONEY = [
  'pension-insurance',
  'public-payroll',
  'tekun',
  'work-injury',
  'military',
] as const;

export const FUNERAL_PARAMETERS = {
  basicItems: moneySpec(
    z.partialRecord(z.enum(FUNERAL_ITEMS), amountText),
    '基本服务项目及最高减免额',
    'basic services and the most for each',
  ),
  totalCap: moneySpec(amountOrNone, '每具最高减免额', 'most for one funeral'),
  residency: practiceSpec(
    z.array(z.enum(RESIDENCY)).check(z.minLength(1)),
    '减免对象（户籍）',
    'whose funerals',
    OPTION,
  ),
  settlement: practiceSpec(
    z.array(z.enum(SETTLEMENTS)).check(z.minLength(1)),
    '结算方式',
    'waived or repaid',
    OPTION,
  ),
  excludedBy: practiceSpec(
    z.array(z.enum(OTHER_FUNERAL_MONEY)),
    '不得与之重复享受的丧葬待遇',
    'other funeral money that excludes it',
    OPTION,
  ),
  applyWithin: practiceSpec(
    z.union([z.literal('none'), wholeBetween(1, 36)]),
    '申请期限（死亡后）',
    'to be applied for within, from the death',
    ['月', 'months'],
  ),
  decidedAt: DECIDED_AT,
} as const;

/** What an application states; amounts are what the funeral home charged, in yuan. */
export const FuneralFacts = z.strictObject({
  diedOn: dateFact('死亡日期', 'day of death'),
  residency: optionFact(
    RESIDENCY,
    '户籍：本地户籍、非本地户籍、无名遗体',
    'registered here, elsewhere, or unidentified',
  ),
  settlement: optionFact(
    SETTLEMENTS,
    '结算方式：直接免除、先缴后补',
    'waived by the funeral home, or repaid',
  ),
  otherMoney: z.array(z.enum(OTHER_FUNERAL_MONEY)).check(
    z.meta({
      description:
        '已有或应有的其他丧葬待遇：养老保险丧葬补助金、财政供养人员丧葬费、特困人员丧葬费、工伤丧葬补助金、军人丧葬费；没有填空列表 / other funeral money that was or will be paid, empty for none',
    }),
  ),
  items: z.partialRecord(z.enum(FUNERAL_ITEMS), yuanFact('实际收费', 'what was charged')).check(
    z.meta({
      description: '各项基本服务的实际收费（元） / what was charged for each basic service, in yuan',
    }),
  ),
});
export type FuneralFacts = z.infer<typeof FuneralFacts>;
