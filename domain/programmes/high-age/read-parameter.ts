import { monthlyReader } from '../monthly.ts';
import type { HIGH_AGE_PARAMETERS } from './parameters.ts';

/** One parameter of 高龄津贴 for a month, typed by its schema. Refusals: those of `lookup`. */
export const readParameter = monthlyReader<typeof HIGH_AGE_PARAMETERS>();
