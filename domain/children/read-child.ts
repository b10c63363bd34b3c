import type { Citation } from '../citation.ts';
import { monthlyReader, monthlyStep } from '../programmes/monthly.ts';
import type { Step } from '../programmes/programme.ts';
import type { ChildStepCode } from './labels.ts';
import type { ChildParameters } from './parameters.ts';

/** One parameter of a programme for children for a month, typed by its schema. Refusals: those of `lookup`. */
export const readChild = monthlyReader<ChildParameters>();

/** A step of the programmes for children, with the article it rests on. */
export function childStep(
  code: ChildStepCode,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation | undefined,
): Step {
  return monthlyStep(code, inputs, result, citation);
}
