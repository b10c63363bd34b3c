import { monthOf } from '../../calendar.ts';
import { countTimesRate, limitedTo, payInParts } from '../../grants/amounts.ts';
import { readValues } from '../../grants/read-values.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal } from '../programme.ts';
import { ELDERLY_CONSTRUCTION_PARAMETERS, type ElderlyConstructionFacts as Facts } from './parameters.ts';

export const CONSTRUCTION = 'construction';

/**
 * 养老机构建设补贴: once for each new bed, in several payments, by the policy of the month of filing. Refusals: `invalid/opened-on`,
 * `policy/too-few-beds`, those of `lookup`.
 */
export function workOutConstruction({ facts: given, appliedOn, view }: GrantInput): Result<GrantProposal> {
  const { building, beds, openedOn } = given as Facts;
  if (openedOn > appliedOn) return refuse(AHEAD);
  const read = readValues(view, monthOf(openedOn), ELDERLY_CONSTRUCTION_PARAMETERS);
  if (!read.ok) return read;
  const { constructionRates, constructionParts, bedsLeast, decidedAt } = read.value;
  if (beds < bedsLeast.value) return refuse(tooFew(bedsLeast.value));
  const { value: rates, citation } = constructionRates;
  const worth = limitedTo(
    CONSTRUCTION,
    countTimesRate(building, beds, rates[building], citation),
    rates.most,
    citation,
  );
  const { parts, steps } = payInParts(
    CONSTRUCTION,
    worth.fen,
    constructionParts.value,
    constructionParts.citation,
  );
  return ok({
    parts,
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: [...worth.steps, ...steps],
    sample: constructionRates.sample === true,
  });
}

const AHEAD = refusal(
  'invalid/opened-on',
  '备案日期晚于申报日期：请在备案后申报',
  'the day of filing lies after the application: apply once it is filed',
);
const tooFew = (least: number): Refusal =>
  refusal(
    'policy/too-few-beds',
    `新增床位不足 ${least} 张，不予补贴`,
    `fewer than ${least} new beds: nothing is due`,
    { least },
  );
