import { invariant } from './result.ts';

/** Hashing comes in as an argument, so that `domain` imports no runtime: SHA-256 over UTF-8, as lower-case hex. */
export type Sha256 = (text: string) => string;

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * Canonical JSON in the sense of RFC 8785 for what we store: keys sorted by UTF-16 code unit, no white space, numbers only
 * as safe integers (money is fen), `undefined` members left out. The same value always gives the same bytes.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), `only safe integers have one spelling, got ${value}`);
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const object = value as { readonly [key: string]: Json | undefined };
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** Hash of a typed, versioned value; the tag keeps one kind of content from ever hashing like another. */
export function contentHash(sha256: Sha256, tag: string, value: Json): string {
  return sha256(`${tag}\n${canonicalJson(value)}`);
}
