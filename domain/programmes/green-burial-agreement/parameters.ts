import * as z from 'zod/mini';
import { LEAP_DAY_RULES } from '../../calendar.ts';
import { countFact, dateFact, textFact } from '../../grants/fact-fields.ts';
import { amountText, DECIDED_AT } from '../../grants/parameter-specs.ts';
import { moneySpec, OPTION, practiceSpec, wholeBetween } from '../../policy/practice-spec.ts';

export const GREEN_BURIAL_AGREEMENT_PARAMETERS = {
  /** `once`: one payment for the agreement. `yearly`: for each calendar year in which it stood on the first day paid for. */
  inLifeAward: moneySpec(
    z.strictObject({ mode: z.enum(['once', 'yearly']), amount: amountText }),
    '生前享有标准',
    'award in life',
  ),
  /** Age from which an agreement is taken. */
  agreementAge: practiceSpec(
    z.strictObject({ from: wholeBetween(18, 100), leapDay: z.enum(LEAP_DAY_RULES) }),
    '签约年龄',
    'age from which an agreement is taken',
    ['周岁', 'years'],
  ),
  /** What a withdrawal does with what was paid: nothing, or all of it is asked back by a recovery order. */
  withdrawal: practiceSpec(z.enum(['keep', 'recover']), '退出协议的处理', 'what a withdrawal does', OPTION),
  decidedAt: DECIDED_AT,
} as const;

/** The subject is the living signatory. A withdrawal or a death ends it from the next year on. */
export const GreenBurialAgreementFacts = z.strictObject({
  agreement: textFact('协议编号', 'number of the agreement'),
  signedOn: dateFact('签约日期', 'day of signing'),
  year: countFact('享有年度', 'year paid for', 2100),
  withdrawnOn: z.optional(dateFact('退出日期（已退出的填写）', 'day of withdrawal, where withdrawn')),
});
export type GreenBurialAgreementFacts = z.infer<typeof GreenBurialAgreementFacts>;
