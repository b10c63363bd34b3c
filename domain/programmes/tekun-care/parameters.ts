import * as z from 'zod/mini';
import { CareMapping } from '../../care/self-care.ts';
import type { ParameterSpec } from '../../policy/parameter.ts';
import { moneySpec, practiceSpec } from '../../policy/practice-spec.ts';
import { ROUNDING_RULES, ROUNDING_UNITS } from '../../rounding.ts';
import { rateText, yuanText as yuan } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

const tiers = <T>(schema: z.ZodMiniType<T>) => z.strictObject({ full: schema, half: schema, none: schema });
const bySetting = <T>(schema: z.ZodMiniType<T>) =>
  z.union([
    tiers(schema),
    z.strictObject({ institution: z.optional(tiers(schema)), family: z.optional(tiers(schema)) }),
  ]);

/** 全自理、半护理、全护理: published amounts, or percentages of the minimum wage. */
const CareStandard = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('amounts'), amounts: bySetting(yuan) }),
  z.strictObject({
    rule: z.literal('percent-of-minimum-wage'),
    percent: bySetting(rateText),
    rounding: z.enum(ROUNDING_RULES),
    unit: z.enum(ROUNDING_UNITS),
  }),
]);
export type CareStandard = z.infer<typeof CareStandard>;

const standard = <T>(spec: ParameterSpec<T>): ParameterSpec<T> => ({ ...spec, scopedRetroactivity: true });

/** What a jurisdiction sets for 特困人员照料护理; who is provided for, and from when, is with the basic living standard. */
export const TEKUN_CARE_PARAMETERS = {
  careStandard: standard(
    moneySpec(CareStandard, '照料护理标准', 'care standard', ['元/人·月', 'yuan per person and month']),
  ),
  /** 最低工资, a month: only where the standard is a share of it. */
  minimumWage: standard(moneySpec(yuan, '最低工资标准', 'minimum wage', ['元/月', 'yuan a month'])),
  careMapping: practiceSpec(CareMapping, '照料护理档次认定', 'how the tier of care is found', [
    '规则',
    'rules',
  ]),
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
