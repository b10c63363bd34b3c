import type { ParameterSpec } from './parameter.ts';
import { practiceSpec, wholeBetween } from './practice-spec.ts';

/** What a place sets for applications for grants. */
export const APPLICATION_PARAMETERS = {
  /** Aid comes first and papers follow (先行救助) only where it is set. */
  urgentPapersDays: practiceSpec(
    wholeBetween(1, 60),
    '先行救助后补齐材料的期限',
    'working days in which the papers follow aid that came first',
    ['工作日', 'working days'],
  ),
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;
