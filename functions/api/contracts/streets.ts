import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { DateText, DocumentNumber, InstantText, OpaqueId, sentence } from './primitives.ts';

const PlaceCode = z.string().check(
  z.regex(/^\d{9}(?:\d{3})?$/, {
    error: sentence('街道代码9位，社区代码12位', 'nine digits for a street, twelve for a community'),
  }),
  z.meta({
    description: '街道（9位）或社区（12位）代码 / code of a street or community',
    examples: ['110199001'],
  }),
);
const PlaceName = z.string().check(z.trim(), z.minLength(1), z.maxLength(50));
const Place = z.strictObject({ code: PlaceCode, name: PlaceName });
const Part = z.strictObject({
  code: PlaceCode,
  name: PlaceName,
  communities: z.array(PlaceCode).check(z.maxLength(300)),
});
const ordered = { from: DateText, document: DocumentNumber };
const written = { ...ordered, number: z.int(), at: InstantText, by: OpaqueId };
const codes = z.array(PlaceCode).check(z.minLength(1), z.maxLength(50));
const parts = z.array(Part).check(z.maxLength(20));

export const streetContracts = {
  recordStreetChange: {
    summary: { zh: '登记街道、社区变更', en: 'Record a change of streets or communities' },
    notes: {
      zh: '设立 opened、更名 renamed、合并或划归 merged、拆分 split，写明生效日期和文号；历史保留，不可更改。拆分须写明各部分的社区。此后各批次按期间末日有效的代码归属。',
      en: 'opened, renamed, merged (also taken over) or split, with its first day and document; history is kept and never edited. A split names the communities of each part. Runs go by the codes valid at the end of their period.',
    },
    request: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('opened'), place: Place, ...ordered }),
      z.strictObject({ kind: z.literal('renamed'), place: Place, ...ordered }),
      z.strictObject({ kind: z.literal('merged'), codes, place: Place, ...ordered }),
      z.strictObject({ kind: z.literal('split'), code: PlaceCode, parts, ...ordered }),
    ]),
    status: 201,
    response: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('opened'), place: Place, ...written }),
      z.strictObject({ kind: z.literal('renamed'), place: Place, ...written }),
      z.strictObject({ kind: z.literal('merged'), codes, place: Place, ...written }),
      z.strictObject({ kind: z.literal('split'), code: PlaceCode, parts, ...written }),
    ]),
  },
  listStreets: {
    summary: { zh: '街道、社区及其沿革', en: 'Streets and communities in time' },
    notes: {
      zh: '给出 date 时只列该日存在的；to 为不再存在的第一天。',
      en: 'With a date only those that stand on it; `to` is the first day on which one is no more.',
    },
    query: z.strictObject({ date: z.optional(DateText) }),
    status: 200,
    response: z.strictObject({
      places: z.array(
        z.strictObject({ code: PlaceCode, name: z.string(), from: DateText, to: z.optional(DateText) }),
      ),
    }),
  },
} as const satisfies Record<string, Contract>;
