import type { EnrolmentInput } from '../programmes/programme.ts';
import { type Result, refusal, refuse } from '../result.ts';

/** What nobody can do without, in words for whoever has to add it. */
const WHAT = {
  'birth-date': ['出生日期，无法判断年龄', 'birth date, so the age cannot be told'],
  residence: ['户籍性质（城镇、农村），无法确定标准', 'urban or rural registration, which sets the rate'],
  employment: ['就业状况，无法判断是否无业', 'employment, so whether there is no work cannot be told'],
  incomes: ['本人收入，无法判断或计算', 'income of their own, which the amount rests on'],
  'self-care': ['生活自理能力，无法确定标准', 'assessment of self-care, which sets the rate'],
} as const;
const POLICY = {
  'policy-base': ['补贴基数（base）', 'a base of percentages ("base")'],
  'policy-income': ['计入的本人稳定收入（stableIncome）', 'which own incomes count ("stableIncome")'],
} as const;

/** `missing/<fact>` of the person, or `policy/no-rule` where the rates name what the place did not set. */
export function missing(
  { enrolment: { id } }: EnrolmentInput,
  what: keyof typeof WHAT | keyof typeof POLICY,
): Result<never> {
  if (what === 'policy-base' || what === 'policy-income') {
    const [zh, en] = POLICY[what];
    return refuse(
      refusal(
        'policy/no-rule',
        `补贴标准用到而当地未设置${zh}：请先导入政策包`,
        `the rates rest on ${en}, which the place has not set: import a policy pack first`,
        { enrolment: id },
      ),
    );
  }
  const [zh, en] = WHAT[what];
  return refuse(
    refusal(
      `missing/${what}`,
      `${id} 的享受人没有${zh}：请在对象信息库补录`,
      `the person of ${id} has no ${en}: add it to the register`,
      { enrolment: id },
    ),
  );
}
