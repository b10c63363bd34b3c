import * as z from 'zod/mini';
import { STATISTICS_BY } from '../../../domain/statistics/counted.ts';
import { STATISTICS_TERMS } from '../../../domain/statistics/terms.ts';
import type { Contract } from './contract.ts';
import { Amount, Count, MonthText, Names, ProgrammeText, StreetText, sentence } from './primitives.ts';

const about = ({ zh, en }: { readonly zh: string; readonly en: string }) =>
  z.meta({ description: `${zh} / ${en}` });
const query = z.strictObject({
  from: MonthText,
  to: MonthText,
  by: z.optional(
    z.enum(STATISTICS_BY).check(
      about({
        zh: `payment：${STATISTICS_TERMS.payment.zh}（默认）；entitlement：${STATISTICS_TERMS.entitlement.zh}`,
        en: `payment (default): ${STATISTICS_TERMS.payment.en}; entitlement: ${STATISTICS_TERMS.entitlement.en}`,
      }),
    ),
  ),
  programme: z.optional(ProgrammeText),
  street: z.optional(StreetText),
  part: z.optional(
    z.string().check(
      z.regex(/^(?:\d|1[0-5])$/, { error: sentence('应为 0 至 15', 'must be 0 to 15') }),
      about({
        zh: '只统计十六份中的一份（0–15）：各份之间没有重复的人，可以相加',
        en: 'one of sixteen parts that have nobody in common: their figures add up',
      }),
    ),
  ),
});
const TenThousand = z
  .string()
  .check(z.regex(/^-?\d+\.\d{2}$/), about(STATISTICS_TERMS.tenThousand), z.meta({ examples: ['12.35'] }));
const figures = {
  persons: Count.check(about(STATISTICS_TERMS.persons)),
  households: Count.check(about(STATISTICS_TERMS.households)),
  householdsUnknown: Count,
  bodies: Count.check(about(STATISTICS_TERMS.bodies)),
  payments: Count.check(about(STATISTICS_TERMS.payments)),
  amount: Amount,
  amountTenThousand: TenThousand,
  /** 万元取整的尾差，元 */
  remainder: Amount,
} as const;
const Recovery = z.strictObject({ ordered: Amount, recovered: Amount, setOff: Amount, waived: Amount });

export const statisticsContracts = {
  getStatistics: {
    summary: {
      zh: '发放统计：人、户、人次、金额（元、万元）',
      en: 'Statistics: people, households, payments and amounts',
    },
    notes: {
      zh: `按账簿现状逐笔统计，分项目、分街道。${STATISTICS_TERMS.total.zh}。${STATISTICS_TERMS.street.zh}。指标来源只在批次支出全部落在所选月份时列明，其余合为一项。`,
      en: `Counted from the ledger as it stands, by programme and street. ${STATISTICS_TERMS.total.en}. ${STATISTICS_TERMS.street.en}. Budget lines are named of runs that lie wholly in the months; what others paid is one sum.`,
    },
    query,
    status: 200,
    response: z
      .strictObject({
        from: MonthText,
        to: MonthText,
        by: z.enum(STATISTICS_BY),
        programmes: z.array(
          z.strictObject({
            programme: ProgrammeText,
            names: Names,
            unit: z.enum(['person', 'household', 'organisation', 'project']),
            advance: z.boolean(),
            ...figures,
            recovery: Recovery,
            funding: z.array(
              z.strictObject({
                line: z.optional(z.string()),
                level: z.optional(z.string()),
                fund: z.optional(z.string()),
                amount: Amount,
              }),
            ),
            streets: z.array(z.strictObject({ street: z.string(), ...figures })),
          }),
        ),
        total: z.strictObject({
          ...figures,
          /** 各项目万元之和与合计万元之差，元 */
          partsRemainder: Amount,
        }),
        terms: z.record(z.string(), Names),
      })
      .check(z.meta({ id: 'Statistics', description: '发放统计 / statistics of payments' })),
  },
  getStatisticsTable: {
    summary: { zh: '发放统计表（CSV）', en: 'The same as CSV' },
    query,
    status: 200,
    response: z.string(),
    mediaType: 'text/csv',
  },
  getStatisticsSheet: {
    summary: { zh: '发放统计表（打印，附口径）', en: 'The same to print, with what each figure means' },
    query,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
} as const satisfies Record<string, Contract>;
