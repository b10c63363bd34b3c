import type { PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { PLACE_CODE, placesOn, type StreetChange, type StreetChangeBody } from './street-history.ts';

/** A change as it is asked for. */
export type StreetChangeWish = StreetChangeBody & { readonly from: PlainDate; readonly document: string };

/**
 * Whether a change may follow those on record. Refusals: `invalid/place-code` (not of the district, or of mixed lengths),
 * `conflict/place-stands`, `missing/place`, `invalid/street-split` (a split that does not say whose each community is).
 */
export function recordStreetChange(
  changes: readonly StreetChange[],
  wish: StreetChangeWish,
  jurisdiction: JurisdictionCode,
): Result<StreetChangeWish> {
  const codes = codesOf(wish);
  const wrong = codes.find((code) => !PLACE_CODE.test(code) || !code.startsWith(jurisdiction));
  if (wrong !== undefined || new Set(codes.map(({ length }) => length)).size > 1)
    return refuse(wrongCode(wrong ?? codes[0] ?? '', jurisdiction));
  const standing = placesOn(changes, wish.from);
  if (wish.kind === 'opened')
    return standing.has(wish.place.code) ? refuse(stands(wish.place.code)) : ok(wish);
  const before =
    wish.kind === 'renamed' ? [wish.place.code] : wish.kind === 'merged' ? wish.codes : [wish.code];
  const missing = before.find((code) => !standing.has(code));
  if (missing !== undefined) return refuse(noPlace(missing, wish.from));
  if (wish.kind === 'merged' && wish.codes.every((code) => code === wish.place.code))
    return refuse(stands(wish.place.code));
  if (wish.kind !== 'split') return ok(wish);
  const communities = wish.parts.flatMap((part) => part.communities);
  const named =
    wish.code.length === 9 &&
    wish.parts.length >= 2 &&
    new Set(wish.parts.map(({ code }) => code)).size === wish.parts.length &&
    wish.parts.every((part) => part.communities.length > 0) &&
    new Set(communities).size === communities.length &&
    communities.every((code) => code.length === 12 && code.startsWith(jurisdiction));
  return named ? ok(wish) : refuse(unnamed());
}

function codesOf(wish: StreetChangeWish): string[] {
  if (wish.kind === 'split') return [wish.code, ...wish.parts.map(({ code }) => code)];
  return wish.kind === 'merged' ? [...wish.codes, wish.place.code] : [wish.place.code];
}

const wrongCode = (code: string, jurisdiction: string): Refusal =>
  refusal(
    'invalid/place-code',
    `代码 ${code.slice(0, 20)} 不正确：街道9位、社区12位，均以 ${jurisdiction} 开头，一次变更只涉及同一级`,
    `code ${code.slice(0, 20)} is wrong: nine digits for a street, twelve for a community, beginning with ${jurisdiction}, and one level at a time`,
  );
const stands = (code: string): Refusal =>
  refusal(
    'conflict/place-stands',
    `${code} 在该日已经存在：更名请用更名，合并请写明被并入的代码`,
    `${code} stands on that day already: use renamed, or name the codes that are merged into it`,
    { code },
  );
const noPlace = (code: string, from: string): Refusal =>
  refusal(
    'missing/place',
    `${code} 在 ${from} 不存在：请先登记设立，或核对代码和日期`,
    `${code} does not stand on ${from}: record its opening first, or check code and date`,
    { code, from },
  );
const unnamed = (): Refusal =>
  refusal(
    'invalid/street-split',
    '拆分须写明每个新街道及划入的社区代码（12位）：至少两个街道，每个至少一个社区，社区不得重复',
    'a split names each part with the twelve-digit codes of its communities: two parts or more, each with a community, none twice',
  );
