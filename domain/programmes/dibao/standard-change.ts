import type { Month } from '../../calendar.ts';
import { ok, type Result } from '../../result.ts';
import type { WorkedMonth } from '../decided-schedule.ts';
import { proposeStandardChange as moved, type StandardRules } from '../decided-standard-change.ts';
import {
  BASE,
  type PolicyView,
  type ScheduleChange,
  type ScheduleInput,
  type ScheduleProposal,
  TOP_UP,
} from './proposal.ts';
import { propose } from './propose.ts';
import { readParameters } from './read-parameter.ts';
import { caseOf } from './spans.ts';

type StandardChange = Extract<ScheduleChange, { readonly kind: 'standard-change' }>;

/** 调标 of 低保: its standard, its top-ups and 单人保. */
export const proposeStandardChange = (
  change: StandardChange,
  input: ScheduleInput,
): Result<ScheduleProposal> => moved(STANDARDS, change, input);

const STANDARDS: StandardRules = {
  standards: ['standard', 'topUps', 'topUpStandard', 'singlePerson'],
  components: [BASE, TOP_UP],
  workOut: workedMonth,
  behind: namesBehind,
};

/** One household's month by a policy. Refusals: those of `propose`, `missing/household`. */
export function workedMonth(input: ScheduleInput, view: PolicyView, month: Month): Result<WorkedMonth> {
  const household = caseOf(input, month);
  if (!household.ok) return household;
  const proposed = propose(household.value, view, month);
  if (!proposed.ok) return proposed;
  const { components, derivation, sample, shares } = proposed.value;
  return ok({ components, derivation, sample, shares });
}

function namesBehind(
  input: ScheduleInput,
  view: PolicyView,
  month: Month,
): Result<(component: string) => readonly string[]> {
  const household = caseOf(input, month);
  if (!household.ok) return household;
  const values = readParameters(view, month, ['topUps', 'topUpStandard']);
  if (!values.ok) return values;
  const { topUps, topUpStandard } = values.value;
  const isSingle = household.value.application.kind === 'single-person';
  const percent = topUps.value !== 'none' && topUps.value.tiers.some((tier) => 'percent' in tier);
  const ofTopUps = !percent
    ? ['topUps']
    : topUpStandard.value === 'standard'
      ? ['topUps', 'topUpStandard', 'standard']
      : ['topUps', 'topUpStandard'];
  const ofBase = isSingle ? ['singlePerson', 'standard'] : ['standard'];
  return ok((component) => (component === BASE ? ofBase : ofTopUps));
}
