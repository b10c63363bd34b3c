import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalJson } from '../../domain/canonical.ts';
import { type Bucket, type PaymentId, parsePaymentId, type RunId } from '../../domain/ids.ts';
import { invariant } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';

/**
 * What every draft says, so that it fits one kilobyte, the unit that writes are paid by. Drafts are read with the text they were
 * written with: it is never changed.
 */
const DICTIONARY = Buffer.from(
  '{"account":{"hash":"","index":0,"payee":""},"attempt":1,"cancelled":[],"derivations":{"2026-12":[{"citation":{"document":"","title":"","url":"https://www.beijing.gov.cn/zhengce/zhengcefagui/"},"code":"start-without-application","inputs":{"applicationMonth":"2026-","eligibleFrom":"2026-","fromAge":"80","month":"2026-12","rule":"next-month","resume":"same-month","bandStart":"birthday-month","leapDay":"feb-28"},"result":"due"}]},"enrolment":"GL-","fen":10000,"findings":[],"kind":"regular","lines":[{"component":"allowance","fen":10000,"kind":"entitlement","month":"2026-12"}],"movement":"same","payment":"2026-12_R_GL-","previousFen":10000,"recoveries":[],"sample":true,"street":"110199001"}',
);

/**
 * Drafts in the operations table, immutable, keyed by the revision at which they were computed:
 *
 *   D#<run>#<revision>#<bucket>   <enrolment>#<period>#<round>#<attempt>
 *
 * A draft with its derivation is kept as deflated canonical JSON, which keeps a month of one person's payment under a kilobyte: one write
 * unit instead of two or three.
 */
export class DraftStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Writes a draft once. An existing one with other content is a bug in the computation, never overwritten. */
  async put(runId: RunId, revision: number, bucket: Bucket, draft: Draft): Promise<void> {
    const json = canonicalJson(draft);
    const item = {
      pk: partition(runId, revision, bucket),
      sk: sortKey(draft.payment, draft.attempt),
      b: deflateRawSync(json, { level: 9, dictionary: DICTIONARY }),
    };
    if ((await this.#table.putNew(item)) === 'created') return;
    const existing = await this.#table.get(item.pk, item.sk);
    invariant(
      existing && inflate(existing) === json,
      `draft ${draft.payment} computed differently a second time`,
    );
  }

  /** Drafts of one bucket in key order. */
  async ofBucket(runId: RunId, revision: number, bucket: Bucket): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for await (const item of this.#table.query(partition(runId, revision, bucket)))
      drafts.push(draftFrom(item));
    return drafts;
  }

  /** The draft of a payment in a run, whichever attempt the run carries. */
  async find(runId: RunId, revision: number, bucket: Bucket, payment: PaymentId): Promise<Draft | undefined> {
    const begins = sortKey(payment, 0).slice(0, -2);
    const { items } = await this.#table.page(partition(runId, revision, bucket), { begins, limit: 1 });
    const [item] = items;
    return item && draftFrom(item);
  }

  /** Some drafts of a bucket after a key, for paging through a run. */
  async page(
    runId: RunId,
    revision: number,
    bucket: Bucket,
    limit: number,
    startAfter?: string,
  ): Promise<{ drafts: { key: string; draft: Draft }[]; more: boolean }> {
    const options = startAfter === undefined ? { limit } : { limit, startAfter };
    const { items, next } = await this.#table.page(partition(runId, revision, bucket), options);
    return {
      drafts: items.map((item) => ({ key: item.sk, draft: draftFrom(item) })),
      more: next !== undefined,
    };
  }
}

const partition = (runId: RunId, revision: number, bucket: Bucket): string =>
  `D#${runId}#${revision}#${bucket}`;

function sortKey(payment: PaymentId, attempt: number): string {
  const { period, round, enrolment } = parsePaymentId(payment);
  return `${enrolment}#${period}#${round}#${String(attempt).padStart(2, '0')}`;
}

function inflate(item: Item): string {
  return inflateRawSync(item['b'] as Uint8Array, { dictionary: DICTIONARY }).toString('utf8');
}

function draftFrom(item: Item): Draft {
  return JSON.parse(inflate(item)) as Draft;
}
