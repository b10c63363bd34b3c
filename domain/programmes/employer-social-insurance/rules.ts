import { monthOf, monthRange } from '../../calendar.ts';
import { compare, fraction, percentOf, roundedToFen, times } from '../../fraction.ts';
import { countTimesRate, limitedTo, type Priced, payAtOnce } from '../../grants/amounts.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { fen, toYuan, writtenFen } from '../../money.ts';
import { type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import {
  EMPLOYER_SOCIAL_INSURANCE_PARAMETERS,
  type EmployerSocialInsuranceFacts as Facts,
} from './parameters.ts';

export const INSURANCE_SUBSIDY = 'insurance-subsidy';
type Values = GrantValues<typeof EMPLOYER_SOCIAL_INSURANCE_PARAMETERS>;

/**
 * 社保补贴: a share of what the employer paid for its disabled employees, at most so much for each and month, or a flat amount; by the
 * policy of the period's last month. The count of the payroll list proves the employees. Refusals: `invalid/insurance-period`,
 * `invalid/payroll-count`, `invalid/person-months`, `policy/employer-test`, those of `lookup`.
 */
export function workOutInsurance({ facts: given, appliedOn, view }: GrantInput): Result<GrantProposal> {
  const facts = given as Facts;
  const read = readValues(view, facts.to, EMPLOYER_SOCIAL_INSURANCE_PARAMETERS);
  if (!read.ok) return read;
  const no = refusedFor(facts, monthOf(appliedOn), read.value);
  if (no) return refuse(no);
  const { decidedAt, insuranceShare } = read.value;
  const priced = subsidyOf(facts, read.value);
  return payAtOnce({
    components: [{ component: INSURANCE_SUBSIDY, fen: priced.fen }],
    decidedAt: decidedAt.value,
    persons: facts.employees,
    derivation: [testPassed(facts, read.value), ...priced.steps],
    sample: insuranceShare.sample === true,
  });
}

function subsidyOf(facts: Facts, { insuranceShare, insuranceRounding }: Values): Priced {
  const { value: share, citation } = insuranceShare;
  if (share.mode === 'flat')
    return countTimesRate('person-months', facts.personMonths, share.perPersonMonth, citation);
  const paid = fraction(facts.contributions);
  const part = roundedToFen(percentOf(paid, share.percent), insuranceRounding.value);
  const inputs = { contributions: facts.contributions, percent: share.percent };
  const step: Step = { code: 'share-of-contributions', inputs, result: toYuan(part), citation };
  if (share.capPerPersonMonth === 'none') return { fen: part, steps: [step] };
  const limit = fen(writtenFen(share.capPerPersonMonth) * facts.personMonths);
  return limitedTo(INSURANCE_SUBSIDY, { fen: part, steps: [step] }, toYuan(limit), citation);
}

function testPassed(facts: Facts, { employerTest: { value, citation } }: Values): Step {
  const { from, to, employees, staff, payrollCount, proof } = facts;
  const inputs = {
    from,
    to,
    proof,
    staff: String(staff),
    payrollCount: String(payrollCount),
    leastEmployees: String(value.leastEmployees),
    leastPercent: value.leastPercent,
  };
  return { code: 'employer-test', inputs, result: String(employees), citation };
}

function refusedFor(facts: Facts, appliedIn: string, { employerTest }: Values): Refusal | undefined {
  const { from, to, employees, personMonths, staff, payrollCount } = facts;
  if (from > to || to > appliedIn || monthRange(from, to).length > 12) return PERIOD;
  if (payrollCount !== employees) return payrollDiffers(payrollCount, employees);
  const most = employees * monthRange(from, to).length;
  if (personMonths > most || employees > staff) return tooManyMonths(personMonths, most);
  const { leastEmployees, leastPercent } = employerTest.value;
  const enough = compare(times(fraction(leastPercent), staff), times(fraction('100'), employees)) <= 0;
  return employees >= leastEmployees && enough ? undefined : notEnough(leastEmployees, leastPercent);
}

const PERIOD = refusal(
  'invalid/insurance-period',
  '补贴期应为已过去的连续月份，起月不晚于止月，最长12个月',
  'the period is of past months in a row, twelve at most',
);
const payrollDiffers = (payrollCount: number, employees: number): Refusal =>
  refusal(
    'invalid/payroll-count',
    `清册人数 ${payrollCount} 与申报的残疾职工 ${employees} 人不符：请核对工资和社保清册`,
    `${payrollCount} persons on the payroll list, ${employees} stated: check the list`,
    { payrollCount, employees },
  );
const tooManyMonths = (personMonths: number, most: number): Refusal =>
  refusal(
    'invalid/person-months',
    `人月数 ${personMonths} 超过申报人数和月数可有的 ${most}，或残疾职工多于职工总数：请核对`,
    `${personMonths} months of persons, where ${most} are possible, or more disabled employees than employees: check them`,
    { personMonths, most },
  );
const notEnough = (least: number, percent: string): Refusal =>
  refusal(
    'policy/employer-test',
    `应安置残疾职工不少于 ${least} 人且不低于职工总数的 ${percent}%`,
    `at least ${least} disabled employees and ${percent}% of the staff are asked for`,
    { least, percent },
  );
