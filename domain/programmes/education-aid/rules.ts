import { flatAmount, payInParts } from '../../grants/amounts.ts';
import { readValues } from '../../grants/read-values.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal } from '../programme.ts';
import { EDUCATION_AID_PARAMETERS, type EducationAidFacts } from './parameters.ts';

export const EDUCATION = 'education';

/**
 * 教育救助: an amount by pupil and stage for a school year, by the policy of its first month (September), in one payment or several.
 * Refusals: `policy/no-rate`, `invalid/school-year`, those of `lookup`.
 */
export function workOutEducation({ facts: given, appliedOn, view }: GrantInput): Result<GrantProposal> {
  const { schoolYear, stage, pupil } = given as EducationAidFacts;
  if (String(schoolYear) > appliedOn.slice(0, 4)) return refuse(NOT_BEGUN);
  const read = readValues(view, `${schoolYear}-09`, EDUCATION_AID_PARAMETERS);
  if (!read.ok) return read;
  const { educationRates, educationParts, decidedAt } = read.value;
  const rate = educationRates.value.find(
    (line) => line.pupils.includes(pupil) && line.stages.includes(stage),
  );
  if (!rate) return refuse(NO_RATE);
  const flat = flatAmount(stage, rate.amount, educationRates.citation);
  const parts = payInParts(EDUCATION, flat.fen, educationParts.value, educationParts.citation);
  return ok({
    parts: parts.parts,
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: [...flat.steps, ...parts.steps],
    sample: educationRates.sample === true,
  });
}

const NO_RATE = refusal(
  'policy/no-rate',
  '本地政策没有规定这一对象类别和就读阶段的标准',
  'the policy of the place has no amount for this pupil and stage',
);
const NOT_BEGUN = refusal(
  'invalid/school-year',
  '学年尚未开始：请填写已开始的学年的起始年份',
  'this school year has not begun: name the year in which a begun one started',
);
