import * as z from 'zod/mini';
import type { ParameterSpec } from '../../policy/parameter.ts';
import { leapDaySpec } from '../../policy/practice-spec.ts';
import { yuanText as yuan } from '../../written-values.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

const fromAge = z.int().check(z.minimum(1), z.maximum(130));

/** An age band (年龄档): one amount for everyone, or one per identity class. */
const Band = z.union([
  z.strictObject({ fromAge, amount: yuan }),
  z.strictObject({
    fromAge,
    amounts: z.strictObject({ tekun: yuan, dibao: yuan, marginal: yuan, none: yuan }),
  }),
]);
export type Band = z.infer<typeof Band>;

const Bands = z.array(Band).check(
  z.minLength(1),
  z.refine(
    (bands) => bands.every((band, index) => index === 0 || band.fromAge > (bands[index - 1]?.fromAge ?? 0)),
    '年龄档须按年龄递增且不重复|bands by rising age, each age once',
  ),
);

/** What a late application gets back (逾期申请). */
const LateApplication = z.discriminatedUnion('rule', [
  z.strictObject({
    /** Up to `months` late: from the month of eligibility; later: from the month of application. */
    rule: z.literal('within-months-back-to-eligibility'),
    months: z.int().check(z.minimum(0), z.maximum(120)),
    /**
     * `from-eligibility-month` counts calendar months; `day-exact` counts from the day of eligibility to the same day
     * `months` later. Texts that say only "six months" leave the choice to the bureau.
     */
    count: z.enum(['from-eligibility-month', 'day-exact']),
  }),
  /** Always from the month of eligibility, however late. */
  z.strictObject({ rule: z.literal('back-to-eligibility') }),
  /** Never before the month of application. */
  z.strictObject({ rule: z.literal('application-month') }),
]);
export type LateApplication = z.infer<typeof LateApplication>;

function option<T>(schema: z.ZodMiniType<T>, zh: string, en: string): ParameterSpec<T> {
  return { schema, label: { zh, en }, unit: { zh: '选项', en: 'option' }, bearsAmount: false };
}

/** What a jurisdiction sets for 高龄津贴. */
export const HIGH_AGE_PARAMETERS = {
  bands: {
    schema: Bands,
    label: { zh: '年龄档及标准', en: 'age bands and amounts' },
    unit: { zh: '元/人/月', en: 'yuan per person and month' },
    bearsAmount: true,
  } satisfies ParameterSpec<Band[]> as ParameterSpec<Band[]>,
  /** A band applies from the month of the birthday, or from the month after. */
  bandStart: option(z.enum(['birthday-month', 'next-month']), '年龄档起始', 'start of a band'),
  leapDay: leapDaySpec,
  lateApplication: option(LateApplication, '逾期申请', 'late application'),
  requiresApplication: option(z.boolean(), '须本人申请', 'needs an application'),
  stopFrom: MONTHLY_PARAMETERS.stopFrom,
  resumeFrom: MONTHLY_PARAMETERS.resumeFrom,
  /** The class that counts for a month: as of the end of the month before, of its first day, or of its last day. */
  classChange: option(
    z.enum(['next-month', 'month-start', 'same-month']),
    '人员类别变更起始',
    'change of identity class takes effect',
  ),
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
