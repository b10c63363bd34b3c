import * as z from 'zod/mini';
import { type Fen, parseYuan, ZERO } from '../money.ts';
import type { ParameterSpec } from './parameter.ts';
import { practiceSpec } from './practice-spec.ts';

/**
 * 抵扣: whether overpaid money may be kept back of later payments of the same enrolment. Never all of a payment; `leave` is what a payment
 * keeps at least, in yuan. Where nothing is set, nothing is set off. Source of the one known prohibition: 重庆市城乡居民最低生活保障条例
 * Art.22 (不得直接抵扣贷款、欠款等款项).
 */
const SetOff = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('forbidden') }),
  z.strictObject({
    action: z.literal('allowed'),
    maxSharePercent: z.int().check(z.minimum(1), z.maximum(90)),
    leave: z.optional(
      z
        .string()
        .check(
          z.refine(
            (text) => parseYuan(text).ok,
            '以元为单位的金额，例如 "500.00"|an amount in yuan such as "500.00"',
          ),
        ),
    ),
  }),
]);
export type SetOff = z.infer<typeof SetOff>;

export const SET_OFF_PARAMETERS = {
  setOff: practiceSpec(SetOff, '追缴款抵扣', 'set-off of recoveries', ['%、元', '%, yuan']),
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;

/** As a run freezes it. `leaveFen`: of each payment. */
export type SetOffRule = { readonly maxSharePercent: number; readonly leaveFen: Fen };

/** Undefined where it is forbidden. */
export function setOffRule(value: SetOff): SetOffRule | undefined {
  if (value.action === 'forbidden') return undefined;
  const leave = value.leave === undefined ? undefined : parseYuan(value.leave);
  return { maxSharePercent: value.maxSharePercent, leaveFen: leave?.ok ? leave.value : ZERO };
}
