import type { Result } from '../../domain/result.ts';

/** The value of a result that the bench counts on; anything else ends it with the refusal. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
