import { addMonths, type Month, monthOf } from '../../calendar.ts';
import { fraction, roundedToFen, times } from '../../fraction.ts';
import type { Priced } from '../../grants/amounts.ts';
import { payAtOnce } from '../../grants/amounts.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { type AccountEntry, leftFor } from '../../grants/service-account.ts';
import { type Fen, fen, sumFen, toYuan, writtenFen } from '../../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import { assess } from '../assess.ts';
import { certifiedDeath } from '../fact-history.ts';
import type { GrantInput, GrantProposal, Situation, Step } from '../programme.ts';
import { isVoucher } from '../voucher.ts';
import { ELDERLY_ORDERS_PARAMETERS, type ElderlyOrderFacts as Facts } from './parameters.ts';

export const ORDERS = 'orders';
/** Whose entitlement is what orders of a month may come to. */
const ALLOWANCE_OF = 'elderly-service';
type Values = GrantValues<typeof ELDERLY_ORDERS_PARAMETERS>;

/**
 * 养老服务订单结算: what an order is worth, within what the person served may have for the month of the service after every order settled
 * before. By the policy of that month.
 *
 * Refusals: `invalid/served-on`, `policy/order-too-late`, `conflict/deceased`, `missing/service-enrolment`, `policy/no-allowance`,
 * `policy/over-allowance`, `invalid/order-amount`, those of `lookup` and of the person's assessment.
 */
export function workOutOrder(input: GrantInput): Result<GrantProposal> {
  const { facts: given, appliedOn, view, subject = [], situation, account = [] } = input;
  const facts = given as Facts;
  const { servedOn } = facts;
  const month = monthOf(servedOn);
  if (servedOn > appliedOn) return refuse(AHEAD);
  const read = readValues(view, month, ELDERLY_ORDERS_PARAMETERS);
  if (!read.ok) return read;
  const { orderPricing, orderWithinMonths, unusedAllowance, decidedAt } = read.value;
  if (monthOf(appliedOn) > addMonths(month, orderWithinMonths.value))
    return refuse(tooLate(orderWithinMonths.value));
  const death = certifiedDeath(subject);
  const reported = subject.filter(({ kind }) => kind === 'death-reported').map(({ value }) => value);
  if ([...(death === undefined ? [] : [death]), ...reported].some((day) => day !== '' && day < servedOn))
    return refuse(DECEASED);
  const priced = pricedOrder(facts, read.value, month);
  if (!priced.ok) return priced;
  if (!situation) return refuse(NOT_ENROLLED);
  const within = withinAllowance({
    situation,
    account,
    month,
    priced: priced.value,
    values: read.value,
    view,
  });
  if (!within.ok) return within;
  return payAtOnce({
    components: [{ component: ORDERS, fen: priced.value.fen }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: [...priced.value.steps, within.value.step],
    sample: within.value.sample || orderPricing.sample === true || unusedAllowance.sample === true,
  });
}

function pricedOrder(
  { order, hours, amount }: Facts,
  { orderPricing }: Values,
  month: Month,
): Result<Priced> {
  const { value: pricing, citation } = orderPricing;
  if (pricing.mode === 'stated') {
    if (amount === undefined) return refuse(NO_AMOUNT);
    const stated = writtenFen(amount);
    return ok({
      fen: stated,
      steps: [{ code: 'order-amount', inputs: { order, month }, result: toYuan(stated), citation }],
    });
  }
  if (hours === undefined) return refuse(NO_HOURS);
  const worth = roundedToFen(times(fraction(pricing.rate), fraction(hours)), pricing.rounding);
  if (amount !== undefined && writtenFen(amount) !== worth) return refuse(otherThanHours(worth));
  const inputs = { order, month, hours, rate: pricing.rate };
  return ok({ fen: worth, steps: [{ code: 'order-hours', inputs, result: toYuan(worth), citation }] });
}

type Within = {
  readonly situation: Situation;
  readonly account: readonly AccountEntry[];
  readonly month: Month;
  readonly priced: Priced;
  readonly values: Values;
  readonly view: GrantInput['view'];
};

function withinAllowance({ situation, account, month, priced, values, view }: Within): Result<{
  readonly step: Step;
  readonly sample: boolean;
}> {
  let sample = false;
  const allowance = (one: Month): Result<Fen> => {
    const found = allowanceOf(situation, view, one);
    if (!found.ok) return found;
    sample ||= found.value.sample;
    return ok(found.value.fen);
  };
  const own = allowance(month);
  if (!own.ok) return own;
  if (own.value === 0) return refuse(noAllowance(month));
  const { value: carry, citation } = values.unusedAllowance;
  const left = leftFor(account, month, carry, allowance);
  if (!left.ok) return left;
  if (priced.fen > left.value) return refuse(overAllowance(month, left.value));
  const inputs = { month, allowance: toYuan(own.value), left: toYuan(left.value), rule: carry.rule };
  return ok({ step: { code: 'within-allowance', inputs, result: toYuan(priced.fen), citation }, sample });
}

/** What the person may have in services for a month, after everything that stops or excludes it. */
function allowanceOf(
  situation: Situation,
  { book, scope }: GrantInput['view'],
  month: Month,
): Result<{ readonly fen: Fen; readonly sample: boolean }> {
  const { jurisdiction, knownOn } = scope;
  const assessed = assess(situation, book, { month, knownOn, jurisdiction });
  const mine = assessed.enrolments.filter(({ programme }) => programme === ALLOWANCE_OF);
  if (mine.length === 0) return refuse(NOT_ENROLLED);
  let [total, sample] = [fen(0), false];
  for (const { result } of mine) {
    if (!result.ok) return result;
    const given = result.value.components.filter(({ component }) => isVoucher(component));
    total = sumFen([total, ...given.map((one) => one.fen)]);
    sample ||= result.value.sample;
  }
  return ok({ fen: total, sample });
}

const AHEAD = refusal(
  'invalid/served-on',
  '服务日期晚于申报日期：只结算已完成的服务',
  'the service lies after the day on which it was reported: only what was done is settled',
);
const tooLate = (months: number): Refusal =>
  refusal(
    'policy/order-too-late',
    `超过结算期限：服务当月起 ${months} 个月内申报`,
    `too late: orders are reported within ${months} months of the month of the service`,
    { months },
  );
const DECEASED = refusal(
  'conflict/deceased',
  '服务日期在服务对象去世之后（含比对发现的）：不结算，请核实订单',
  'the service lies after the death of the person, certified or reported: not settled; look into the order',
);
const NOT_ENROLLED = refusal(
  'missing/service-enrolment',
  '服务对象没有养老服务补贴的登记：请先登记并审核，再结算订单',
  'the person is not enrolled for the service subsidy: enrol and decide first',
);
const noAllowance = (month: Month): Refusal =>
  refusal(
    'policy/no-allowance',
    `服务对象 ${month} 没有服务额度（未达等级、未起发、已停发，或按规定不以服务方式提供）`,
    `the person has no allowance for services in ${month}: no such level, not begun, stopped, or not given as services`,
    { month },
  );
const overAllowance = (month: Month, left: Fen): Refusal =>
  refusal(
    'policy/over-allowance',
    `超出服务额度：${month} 尚可用 ${toYuan(left)} 元`,
    `more than is left of the allowance: ${toYuan(left)} yuan for ${month}`,
    { month, left: toYuan(left) },
  );
const NO_AMOUNT = refusal(
  'invalid/order-amount',
  '订单金额须填写',
  'the amount of the order is to be stated',
);
const NO_HOURS = refusal('invalid/order-amount', '服务时长须填写', 'the hours of the order are to be stated');
const otherThanHours = (worth: Fen): Refusal =>
  refusal(
    'invalid/order-amount',
    `订单金额与时长不符：按时长计 ${toYuan(worth)} 元`,
    `the amount is not that of the hours: ${toYuan(worth)} yuan`,
    { worth: toYuan(worth) },
  );
