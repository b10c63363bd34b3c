import { canonicalJson, type Json } from '../canonical.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { PolicyBook } from './book.ts';
import { jurisdictionChain } from './jurisdiction.ts';

/**
 * Whether two books say the same in a place, of the programmes that count: every value that the place or one above it set is in both.
 * What other places set, and what is set for programmes that do not count, makes no difference.
 */
export function samePolicy(
  one: PolicyBook,
  other: PolicyBook,
  jurisdiction: JurisdictionCode,
  counts: (programme: ProgrammeId) => boolean,
): boolean {
  const places = new Set(jurisdictionChain(jurisdiction));
  const keys = [...new Set([...one.rows.keys(), ...other.rows.keys()])].filter((key) => {
    const [place = '', programme = ''] = key.split('/');
    return places.has(place) && counts(programme);
  });
  const said = (book: PolicyBook, key: string) =>
    canonicalJson((book.rows.get(key) ?? []) as unknown as Json);
  return keys.every((key) => said(one, key) === said(other, key));
}
