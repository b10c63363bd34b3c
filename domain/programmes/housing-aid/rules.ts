import { monthOf } from '../../calendar.ts';
import { flatAmount, limitedTo, payAtOnce } from '../../grants/amounts.ts';
import { outOfTime } from '../../grants/dates.ts';
import { readValues } from '../../grants/read-values.ts';
import { type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal } from '../programme.ts';
import { HOUSING_AID_PARAMETERS, type HousingAidFacts } from './parameters.ts';

export const HOUSING = 'housing';
const ACCEPTED = { zh: '竣工验收日期', en: 'the works were accepted' } as const;

/**
 * 住房救助: an amount by kind of works and category of household, at most what the works cost where policy says so; by the policy of the
 * month in which they were accepted, once for a household and kind of works. Refusals: `policy/no-rate`, `invalid/before-event`, those
 * of `lookup`.
 */
export function workOutHousing({ facts: given, appliedOn, view }: GrantInput): Result<GrantProposal> {
  const { work, category, finishedOn, spend } = given as HousingAidFacts;
  const read = readValues(view, monthOf(finishedOn), HOUSING_AID_PARAMETERS);
  if (!read.ok) return read;
  const { housingRates, housingLimit, decidedAt } = read.value;
  const early = outOfTime(ACCEPTED, finishedOn, appliedOn, 'none');
  if (early) return refuse(early);
  const rate = housingRates.value.find((line) => line.work === work && line.categories.includes(category));
  if (!rate) return refuse(NO_RATE);
  const flat = flatAmount(work, rate.amount, housingRates.citation);
  const limit = housingLimit.value === 'spend' ? spend : 'none';
  const worth = limitedTo('housing-spend', flat, limit, housingLimit.citation);
  return payAtOnce({
    components: [{ component: HOUSING, fen: worth.fen }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: worth.steps,
    sample: housingRates.sample === true,
  });
}

const NO_RATE = refusal(
  'policy/no-rate',
  '本地政策没有规定这种改造方式和类别的标准',
  'the policy of the place has no amount for these works and this category',
);
