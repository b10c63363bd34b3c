import { monthRange } from '../../calendar.ts';
import { fraction, roundedToFen, times } from '../../fraction.ts';
import { countTimesRate, type Priced, payAtOnce } from '../../grants/amounts.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { toYuan } from '../../money.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal } from '../programme.ts';
import { ELECTRICITY_AID_PARAMETERS, type ElectricityAidFacts } from './parameters.ts';

export const ELECTRICITY = 'electricity';

/**
 * 免费用电: so many kilowatt-hours a month at a price, or a flat amount a month, for each month of the period, rounded once; by the policy
 * of the period's last month. Refusals: `invalid/electricity-period`, `policy/no-rate`, those of `lookup`.
 */
export function workOutElectricity({ facts: given, view }: GrantInput): Result<GrantProposal> {
  const facts = given as ElectricityAidFacts;
  const read = readValues(view, facts.to, ELECTRICITY_AID_PARAMETERS);
  if (!read.ok) return read;
  if (facts.from > facts.to || monthRange(facts.from, facts.to).length > 12) return refuse(PERIOD);
  const { decidedAt, electricityAid } = read.value;
  const priced = aidOf(facts, read.value);
  if (!priced.ok) return priced;
  return payAtOnce({
    components: [{ component: ELECTRICITY, fen: priced.value.fen }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: priced.value.steps,
    sample: electricityAid.sample === true,
  });
}

function aidOf(
  { from, to, category }: ElectricityAidFacts,
  { electricityAid, electricityRounding }: GrantValues<typeof ELECTRICITY_AID_PARAMETERS>,
): Result<Priced> {
  const { value: aid, citation } = electricityAid;
  const months = monthRange(from, to).length;
  if (aid.mode === 'flat') {
    const monthly = aid.monthly[category];
    return monthly === undefined ? refuse(NO_RATE) : ok(countTimesRate(category, months, monthly, citation));
  }
  const units = aid.units[category];
  if (units === undefined) return refuse(NO_RATE);
  const fen = roundedToFen(times(fraction(aid.price), units * months), electricityRounding.value);
  const inputs = { category, months: String(months), units: String(units), price: aid.price };
  return ok({ fen, steps: [{ code: 'free-units', inputs, result: toYuan(fen), citation }] });
}

const PERIOD = refusal(
  'invalid/electricity-period',
  '补助期的起月不晚于止月，最长12个月',
  'the period begins before it ends and has twelve months at most',
);
const NO_RATE = refusal(
  'policy/no-rate',
  '本地政策没有规定这一类别的标准',
  'the policy of the place has no amount for this category',
);
