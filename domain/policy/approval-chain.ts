import * as z from 'zod/mini';
import { parseYuan } from '../money.ts';
import { invariant } from '../result.ts';
import type { ApprovalStep } from '../run/manifest.ts';

/**
 * 审批流程: who signs a run, in order, e.g. 业务股室复核, 计财科审核, 分管局长, and 局长 above an amount. Whoever prepares and submits
 * (经办) is no step: nobody signs what they prepared.
 */
const Step = z.strictObject({
  /** Stable code of the step in signatures, e.g. "section". */
  code: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
  role: z.enum(['reviewer', 'approver']),
  office: z.strictObject({ zh: z.string().check(z.minLength(1)), en: z.string().check(z.minLength(1)) }),
  /** Yuan as a decimal string: signed only when the run's payable total is more than this. */
  above: z.optional(
    z.string().check(
      z.refine((text) => {
        const amount = parseYuan(text);
        return amount.ok && amount.value > 0;
      }, '大于 0、以元为单位的金额，例如 "500000.00"|an amount in yuan above zero such as "500000.00"'),
    ),
  ),
});
type Step = z.infer<typeof Step>;

/** What is wrong with a chain: the place within it, and what was expected in Chinese and English. */
type Fault = { readonly path: readonly (string | number)[]; readonly message: string };

function faultsOf(steps: readonly Step[]): Fault[] {
  const faults: Fault[] = [];
  if (steps.length < 2 || steps.length > 5) {
    faults.push({
      path: [],
      message: `二至五步，现为 ${steps.length} 步|two to five steps, not ${steps.length}`,
    });
  }
  for (const [index, { code }] of steps.entries()) {
    if (steps.findIndex((step) => step.code === code) === index) continue;
    faults.push({
      path: [index, 'code'],
      message: `步骤代码不得重复：${code}|distinct step codes, not "${code}" twice`,
    });
  }
  const always = steps.filter(({ above }) => above === undefined);
  if (always.length < 2) {
    faults.push({
      path: [],
      message: `至少两步不带金额条件，使任何批次都有两人签批，现为 ${always.length} 步|at least two steps without an amount, so that two people sign every run, not ${always.length}`,
    });
  }
  // Whichever step comes out as the last one reserves the budget.
  const lastAlways = steps.findLastIndex(({ above }) => above === undefined);
  for (const [index, { code, role }] of steps.entries()) {
    if (index < lastAlways || role === 'approver') continue;
    faults.push({
      path: [index, 'role'],
      message: `最后一步须由审批人签批，带金额条件的末步及其前一无条件步骤也是：${code}|an approver as the last step, with and without the steps that have an amount: "${code}"`,
    });
  }
  return faults;
}

/**
 * Two to five steps with distinct codes. At least two of them have no amount, because two people always sign; whichever step is the
 * last one for some total is an approver's, because it reserves the budget.
 */
export const ApprovalChain = z.array(Step).check(
  z.check((context) => {
    for (const { path, message } of faultsOf(context.value)) {
      context.issues.push({ code: 'custom', input: context.value, path: [...path], message });
    }
  }),
);

/** The chain as a manifest freezes it: amounts in fen. A step without an amount is spelled as it always was. */
export function frozenChain(steps: readonly Step[]): ApprovalStep[] {
  return steps.map(({ above, ...step }) => {
    if (above === undefined) return step;
    const amount = parseYuan(above);
    invariant(amount.ok, 'amounts were checked when the pack was parsed');
    return { ...step, aboveFen: amount.value };
  });
}
