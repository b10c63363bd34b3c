import * as z from 'zod/mini';

/**
 * What every message on a queue has: its type and the version of its shape. Messages carry opaque keys only, never
 * personal data, and no id of their own: what makes a step happen once is the state it finds, not the message.
 */
export type Envelope = { readonly type: string; readonly version: 1 };

/** The members that every message schema begins with: `z.strictObject({ ...envelope('run.shard'), runId: ... })`. */
export function envelope<T extends string>(type: T) {
  return { type: z.literal(type), version: z.literal(1) };
}

/** GB/T 2260 code of six digits. */
export const JurisdictionText = z.string().check(z.regex(/^\d{6}$/));
/** Programme id in kebab-case, e.g. "high-age". */
export const ProgrammeText = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/));
/** Opaque id from the service; short, so that no long number passes for one by accident. */
export const OpaqueText = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/));
/** A range of buckets: its first and its last, as two hex digits each. */
export const ShardText = z.string().check(z.regex(/^[0-9a-f]{2}-[0-9a-f]{2}$/));
/** Key of an object in the files bucket. */
export const ObjectKeyText = z.string().check(z.minLength(1), z.maxLength(500));
export const Count = z.int().check(z.nonnegative());
