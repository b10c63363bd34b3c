import * as z from 'zod/mini';
import { isPlainDate } from '../../calendar.ts';
import { yuanText as yuan } from '../../written-values.ts';

/** 特困, 低保, 低收入（低保边缘）and all other families. */
export const FAMILY_CLASSES = ['tekun', 'dibao', 'low-income', 'other'] as const;

/** 困难事由: what befell the family. `waiting`: in need while an application for 低保 or 特困 is open. */
export const CAUSES = [
  'illness',
  'accident',
  'fire',
  'traffic',
  'public-health',
  'education',
  'waiting',
  'other',
] as const;

const described = (zh: string, en: string) => z.meta({ description: `${zh} / ${en}` });
const flag = (zh: string, en: string) => z.optional(z.literal(true).check(described(zh, en)));

/** What an application for 临时救助 states. Amounts are decimal yuan; who the persons are is no part of it. */
export const TemporaryAidFacts = z.strictObject({
  kind: z.enum(['urgent', 'spending']).check(described('类型：急难型、支出型', 'urgent, or for spending')),
  persons: z.int().check(z.minimum(1), z.maximum(30), described('救助人数', 'persons helped')),
  residence: z.enum(['urban', 'rural']).check(described('居住地：城镇、农村', 'urban or rural')),
  registration: z
    .enum(['local', 'resident', 'visitor'])
    .check(
      described(
        '户籍：本地户籍；持居住证或有效居住证明；其他非本地户籍',
        'registered here; residence permit or proof; registered elsewhere',
      ),
    ),
  family: z
    .enum(FAMILY_CLASSES)
    .check(described('家庭类别：特困、低保、低收入、其他', 'class of the family')),
  cause: z.enum(CAUSES).check(described('困难事由', 'what befell the family')),
  eventOn: z.string().check(
    z.refine((text) => isPlainDate(text), '存在的日期，写作 YYYY-MM-DD|an existing date written YYYY-MM-DD'),
    described('事由发生日（支出型：最早一笔支出的日期）', 'day of the event; of the earliest spend'),
  ),
  months: z.optional(
    z
      .int()
      .check(z.minimum(1), z.maximum(60), described('救助月数（急难型必填）', 'months; urgent aid needs it')),
  ),
  payFirst: flag('先行救助（手续后补）', 'paid first, papers to follow'),
  continuing: flag('事件后果持续，一次审批、按月救助', 'the effects go on: decided once, paid by the month'),
  spend: z.optional(
    yuan.check(described('必需支出（不含住院照料），元', 'necessary spend without hospital care, in yuan')),
  ),
  care: z.optional(
    z.strictObject({
      spend: yuan.check(described('住院照料支出，元', 'spend on hospital care, in yuan')),
      days: z
        .int()
        .check(z.minimum(1), z.maximum(3660), described('照料人日数', 'days of care, of all persons')),
      aidedOtherwise: flag('已享受护工费补充医疗救助', 'already aided as medical assistance'),
    }),
  ),
  severelyDisabled: flag('家庭有重度残疾人', 'a member is severely disabled'),
  differentCause: flag(
    '与此前救助的事由不同（附说明）',
    'not the same event as the grant before, with a statement',
  ),
  specialAmount: z.optional(
    yuan.check(described('一事一议拟定金额，元', 'amount set case by case, in yuan')),
  ),
});
export type TemporaryAidFacts = z.infer<typeof TemporaryAidFacts>;
