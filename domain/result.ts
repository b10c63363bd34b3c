/**
 * Expected refusals are values; broken invariants are crashes. The two are never mixed.
 *
 * A refusal is a "no" that a person can act on: a stable machine `code`, one sentence in Chinese and one in
 * English, and whatever names the row, field or amount at fault. HTTP and import files print it as it is.
 */
export type Refusal = {
  /** Stable, kebab-case; clients and tests tell refusals apart by this and nothing else. */
  readonly code: RefusalCode;
  readonly zh: string;
  readonly en: string;
  /** Facts that name what was wrong: never personal data. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

/** The class of refusal decides the HTTP status; the part after the slash names the reason. */
export type RefusalCode = `${RefusalClass}/${string}`;
export type RefusalClass = 'invalid' | 'missing' | 'forbidden' | 'conflict' | 'policy' | 'limit';

export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const refuse = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** Builds a refusal; `detail` is left out when there is none. */
export function refusal(code: RefusalCode, zh: string, en: string, detail?: Refusal['detail']): Refusal {
  return detail === undefined ? { code, zh, en } : { code, zh, en, detail };
}

/** Thrown when the code itself is wrong. Never caught below a handler's edge. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** @throws InvariantError when `condition` is false: a bug, not a bad input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** For switches over unions: adding a member without a case does not compile. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${JSON.stringify(value)}`);
}
