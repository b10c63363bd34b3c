import { monthOf, type PlainDate } from '../calendar.ts';
import type { ControlPolicy } from '../policy/control-parameters.ts';
import { type Fact, latestFact } from '../register/facts.ts';
import type { Control } from './control.ts';

/** True in the month of the decision itself, where the place pays for the first time in the month after it. */
export function waitsForMonthAfter(
  enrolment: readonly Fact[],
  policy: ControlPolicy | undefined,
  knownOn: PlainDate,
): boolean {
  if (policy?.firstPayment !== 'month-after-decision') return false;
  const decided = latestFact(enrolment, 'decision')?.value ?? '';
  return decided !== '' && monthOf(knownOn) <= monthOf(decided);
}

/** 批准次月首发: what a newcomer is owed since the application goes out in the month after the decision. Lifted by itself. */
export const firstPayment: Control = {
  code: 'first-payment',
  names: { zh: '批准当月尚不首发', en: 'first payment waits for the month after the decision' },
  basis: '地方残疾人两项补贴实施办法：新增对象自申请当月计发，批准次月首次发放并补发',
  findings: ['C8'],
  needs: { zh: '审核确认日期', en: 'dates of decision' },
  explanation: {
    zh: '新增对象在审核确认的次月首次发放，此前应发月份一并补发；下一批次自动发放',
    en: 'a newcomer is paid for the first time in the month after the decision, with the months due before; the next run pays by itself',
  },
  parameter: 'firstPayment',
  severity: 'hold',
  owner: 'preparer',
  check: ({ enrolment, policy, period }) => {
    if (!enrolment?.isNew || !waitsForMonthAfter(enrolment.facts, policy, period?.knownOn ?? ''))
      return undefined;
    return {
      zh: '审核确认当月不首发：次月的批次连同此前应发月份一并发放',
      en: 'not paid in the month of the decision: the run of the next month pays, with the months due before',
    };
  },
};
