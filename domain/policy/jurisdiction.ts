import type { JurisdictionCode } from '../ids.ts';

/** The nation, from which every province inherits. */
const NATION: JurisdictionCode = '000000';

const CODE = /^\d{6}$/;

/** True for a six-digit GB/T 2260 code of a district, city or province, or of the nation. */
export function isJurisdictionCode(text: string): text is JurisdictionCode {
  return CODE.test(text);
}

/**
 * The jurisdictions a place inherits policy from, most specific first: district, city, province, nation by the
 * prefixes of GB/T 2260. Example: 420203 → 420203, 420200, 420000, 000000.
 */
export function jurisdictionChain(code: JurisdictionCode): JurisdictionCode[] {
  const chain = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`, NATION];
  return chain.filter((place, index) => chain.indexOf(place) === index);
}

/** True when `code` (six digits, or nine and more for a street) lies inside the place, or is the place itself. */
export function liesWithin(code: string, place: JurisdictionCode): boolean {
  return code.startsWith(place.replace(/(?:00)+$/, ''));
}
