import type { Citation } from '../citation.ts';
import { monthlyStep } from '../programmes/monthly.ts';
import type { Step } from '../programmes/programme.ts';
import type { DISABILITY_STEPS } from './sentences.ts';

/** A step that the sentences of the disability subsidies know. */
export function disabilityStep(
  code: keyof typeof DISABILITY_STEPS,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation | undefined,
): Step {
  return monthlyStep(code, inputs, result, citation);
}
