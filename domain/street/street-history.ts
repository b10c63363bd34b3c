import type { Instant, PlainDate } from '../calendar.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** GB/T 2260 district + three digits: a street (街道、乡镇); three more: a community (社区、村). */
export type PlaceCode = string;
export const PLACE_CODE = /^\d{9}(?:\d{3})?$/;
export type Place = { readonly code: PlaceCode; readonly name: string };

/** What a split leaves: a place, and the communities (old codes) that come to it. It may have the old code of the street. */
export type Part = Place & { readonly communities: readonly PlaceCode[] };

export type StreetChangeBody =
  /** 设立: a place that nothing went before. */
  | { readonly kind: 'opened'; readonly place: Place }
  /** 更名: the same code by another name. */
  | { readonly kind: 'renamed'; readonly place: Place }
  /** 合并、划归、代码变更: the codes end, and what they had is the successor's. */
  | { readonly kind: 'merged'; readonly codes: readonly PlaceCode[]; readonly place: Place }
  /** 拆分、社区划转: each community of the street goes to a part that is named. */
  | { readonly kind: 'split'; readonly code: PlaceCode; readonly parts: readonly Part[] };

/** A change of streets or communities (行政区划调整), with the first day on which it holds and the document that orders it. */
export type StreetChange = StreetChangeBody & {
  /** From 1, in the order recorded. */
  readonly number: number;
  readonly from: PlainDate;
  readonly document: string;
  readonly at: Instant;
  readonly by: string;
};

/** A place by one name and code, from its first day; `to` is the first day on which it is no more. */
export type DatedPlace = Place & { readonly from: PlainDate; readonly to?: PlainDate };

const inOrder = (changes: readonly StreetChange[]): StreetChange[] =>
  changes.toSorted((a, b) => (a.from === b.from ? a.number - b.number : a.from < b.from ? -1 : 1));

/** Every place under every name that it ever had, in order of its first day. */
export function placeHistory(changes: readonly StreetChange[]): DatedPlace[] {
  const past: DatedPlace[] = [];
  const standing = new Map<PlaceCode, DatedPlace>();
  const end = (code: PlaceCode, from: PlainDate) => {
    const place = standing.get(code);
    if (place) past.push({ ...place, to: from });
    standing.delete(code);
  };
  const open = (place: Place, from: PlainDate) => {
    const before = standing.get(place.code);
    if (before?.name === place.name) return;
    end(place.code, from);
    standing.set(place.code, { code: place.code, name: place.name, from });
  };
  for (const change of inOrder(changes)) {
    const { from } = change;
    if (change.kind === 'merged') {
      for (const code of change.codes) {
        if (code !== change.place.code) end(code, from);
      }
    }
    if (change.kind === 'split') {
      if (!change.parts.some(({ code }) => code === change.code)) end(change.code, from);
      for (const part of change.parts) open(part, from);
    } else open(change.place, from);
  }
  return [...past, ...standing.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** The places that stand on a day, by code. */
export function placesOn(
  changes: readonly StreetChange[],
  date: PlainDate,
): ReadonlyMap<PlaceCode, DatedPlace> {
  const standing = placeHistory(changes).filter(
    ({ from, to }) => from <= date && (to === undefined || date < to),
  );
  return new Map(standing.sort((a, b) => (a.code < b.code ? -1 : 1)).map((place) => [place.code, place]));
}

/** Codes of the streets, without communities, that stand on a day. */
export function streetsOn(changes: readonly StreetChange[], date: PlainDate): PlaceCode[] {
  return [...placesOn(changes, date).keys()].filter((code) => code.length === 9);
}

/** Where the register says that an enrolment is kept, and since when it says so. */
export type KeptBy = {
  readonly street: PlaceCode;
  readonly since: PlainDate;
  readonly community?: PlaceCode | undefined;
};

/**
 * The street that keeps an enrolment on a day: the one on record, or its successor. In a split the community decides; what was put
 * on record for a part on the day of the split or later is that part's. Refusal: `conflict/street-split` when nobody said which
 * part it belongs to.
 */
export function streetOn(
  changes: readonly StreetChange[],
  { street, since, community }: KeptBy,
  date: PlainDate,
): Result<PlaceCode> {
  let code = street;
  let place = community;
  for (const change of inOrder(changes)) {
    if (change.from > date) break;
    if (change.kind === 'merged') {
      if (place !== undefined && change.codes.includes(place)) place = change.place.code;
      if (change.codes.includes(code)) code = change.place.code;
      continue;
    }
    if (change.kind !== 'split' || change.code !== code) continue;
    const named = change.parts.some((part) => part.code === code) && since >= change.from;
    if (named) continue;
    const part = change.parts.find(({ communities }) => place !== undefined && communities.includes(place));
    if (!part) return refuse(unmapped(code, change));
    code = part.code;
  }
  return ok(code);
}

function unmapped(code: PlaceCode, { from, parts }: StreetChange & { readonly kind: 'split' }) {
  const names = parts.map(({ name }) => name).join('、');
  return refusal(
    'conflict/street-split',
    `街道 ${code} 自 ${from} 起拆分为 ${names}，名册没有写明归属哪一个：请补登社区代码或新的街道代码`,
    `street ${code} is split since ${from} and the register does not say which part this belongs to: record its community, or the new street`,
    { street: code, from },
  );
}
