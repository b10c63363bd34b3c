import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { canonicalJson, contentHash } from '../../domain/canonical.ts';
import { type Determination, DeterminationSchema } from '../../domain/register/determination.ts';
import { invariant } from '../../domain/result.ts';
import type { Item, Key } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Determinations lie beside their enrolment, so that one query of a bucket reads both:
 *
 *   E#<j>#<p>#<bucket>   <enrolment>#DET#<0001>   one determination, deflated, put once
 */
const MARK = '#DET#';
const StoredSchema = z.object({ b: z.instanceof(Uint8Array) });

export const isDetermination = ({ sk }: Key): boolean => sk.includes(MARK);
export const determinationsBegin = (enrolment: string): string => `${enrolment}${MARK}`;
/** The id of the enrolment that an item of a bucket belongs to. */
export const enrolmentOfItem = ({ sk }: Key): string => sk.split('#')[0] ?? sk;

/**
 * A determination as stored. The content hash leaves out when it was recorded: recorded again after a crash it is the same
 * decision.
 */
export function determinationItem(pk: string, determination: Determination): Item & { readonly c: string } {
  const { recordedAt: _recordedAt, assessedAt: _assessedAt, ...content } = determination;
  const sk = `${determinationsBegin(determination.enrolment)}${String(determination.number).padStart(4, '0')}`;
  const c = contentHash(sha256Hex, 'determination.v1', content);
  const { recordedAt } = determination;
  const json = canonicalJson(determination);
  return { pk, sk, c, recordedAt, b: deflateRawSync(json, { level: 9 }) };
}

/** @throws when the item is not what its key says. */
export function determinationFrom(item: Item): Determination {
  const { b } = z.parse(StoredSchema, item);
  const parsed = z.parse(DeterminationSchema, JSON.parse(inflateRawSync(b).toString('utf8')));
  const determination = parsed as unknown as Determination;
  invariant(
    item.sk === `${determinationsBegin(parsed.enrolment)}${String(parsed.number).padStart(4, '0')}`,
    'a determination stored under another key',
  );
  return determination;
}
