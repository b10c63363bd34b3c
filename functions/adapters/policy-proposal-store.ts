import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { addMonths, type Instant, type Month } from '../../domain/calendar.ts';
import { canonicalJson, type Json } from '../../domain/canonical.ts';
import type { Bucket, JurisdictionCode } from '../../domain/ids.ts';
import type { EffectRow, EffectShardDone } from '../../domain/policy/effect.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import {
  applyProposalAct,
  foldProposal,
  type PolicyProposal,
  type PolicyProposalAct,
  type PolicyProposalActBody,
} from '../../domain/policy/proposal.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Policy proposals (政策提议) in the operations table:
 *
 *   POLICY-PROPOSAL#<id>                  PACK#<h>#<0001> what is proposed, one pack each, deflated, immutable, by the hash of all; before the first act
 *   POLICY-PROPOSAL#<id>                  ACT#<000001>    one immutable act; the proposal is the fold of its acts
 *   POLICY-PROPOSAL#<id>#EFFECT#<round>   <j>#<p>#<shard> absolute answer of a shard
 *   POLICY-EFFECT#<id>#<round>            <j>#<p>#<b>     for whom it changes something, of one bucket, deflated, immutable
 *   POLICY-PROPOSALS#<j>                  <id>            list, written before the first act
 *   POLICY-WORKING#<YYYY-MM>              <id>            mark, written before an act that leaves work to do
 */
export type WorkingMark = { readonly id: string; readonly at: Instant };
const MarkSchema = z.object({ id: z.string(), at: z.string(), done: z.boolean() });
/** Two who act at once compete for one number; the loser looks again, this often. */
const TRIES = 20;

export class PolicyProposalStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async load(id: string): Promise<PolicyProposal | undefined> {
    return foldProposal(await this.acts(id));
  }

  /** Everything that was done to it, in order. */
  async acts(id: string): Promise<PolicyProposalAct[]> {
    const acts: PolicyProposalAct[] = [];
    for await (const item of this.#table.query(proposalKey(id), { begins: 'ACT#' }))
      acts.push(item['act'] as PolicyProposalAct);
    return acts;
  }

  async append(id: string, act: PolicyProposalAct): Promise<'appended' | 'taken'> {
    const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
    return (await this.#table.putNew({ pk: proposalKey(id), sk, act })) === 'created' ? 'appended' : 'taken';
  }

  /** Load, decide, append; when somebody was faster, again from what they did. Undefined: nothing is left to do. */
  async act(
    id: string,
    decide: (proposal: PolicyProposal) => Result<PolicyProposalActBody> | undefined,
    stamp: { readonly at: Instant; readonly by: string },
  ): Promise<Result<PolicyProposal>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const proposal = await this.load(id);
      if (!proposal) return refuse(noProposal(id));
      const decision = decide(proposal);
      if (!decision) return ok(proposal);
      if (!decision.ok) return decision;
      const act: PolicyProposalAct = { ...decision.value, sequence: proposal.sequence + 1, ...stamp };
      if ((await this.append(id, act)) === 'appended') return ok(applyProposalAct(proposal, act));
    }
    return refuse(busy());
  }

  /** Under the hash of all of them, which is in the proposal: what died before its first act may come again beside another book. */
  async putPacks(id: string, packs: readonly PolicyPack[]): Promise<void> {
    const under = packsPrefix(hashOfPacks(packs));
    for (const [index, pack] of packs.entries()) {
      const sk = `${under}${String(index + 1).padStart(4, '0')}`;
      await this.#table.putNew({ pk: proposalKey(id), sk, b: deflated(pack) });
    }
  }

  /** @throws InvariantError when they are not what the proposal says. */
  async packs({ proposal: { id, packsHash } }: Pick<PolicyProposal, 'proposal'>): Promise<PolicyPack[]> {
    const packs: PolicyPack[] = [];
    for await (const item of this.#table.query(proposalKey(id), { begins: packsPrefix(packsHash) }))
      packs.push(inflated(item) as PolicyPack);
    invariant(hashOfPacks(packs) === packsHash, `the packs of ${id} are not what was proposed`);
    return packs;
  }

  async list(jurisdiction: JurisdictionCode, id: string): Promise<void> {
    await this.#table.putNew({ pk: `POLICY-PROPOSALS#${jurisdiction}`, sk: id });
  }

  async listed(jurisdiction: JurisdictionCode): Promise<string[]> {
    const ids: string[] = [];
    for await (const item of this.#table.query(`POLICY-PROPOSALS#${jurisdiction}`)) ids.push(item.sk);
    return ids;
  }

  /** Before an act that leaves work to do: a mark without one leads to a proposal that has none. */
  async mark({ at, id }: WorkingMark): Promise<void> {
    await this.#table.put({ ...markKey({ at, id }), id, at, done: false });
  }

  /** Takes the mark away, unless another writer has set it since. */
  async settle(mark: WorkingMark): Promise<void> {
    await this.#table.update(markKey(mark), {
      expression: 'SET #done = :done',
      condition: '#at = :at',
      names: { '#done': 'done', '#at': 'at' },
      values: { ':done': true, ':at': mark.at },
    });
  }

  /** Marks of this month and the one before. */
  async working(now: Instant): Promise<WorkingMark[]> {
    const month = now.slice(0, 7);
    const marks: WorkingMark[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const item of this.#table.query(markPartition(each))) {
        const { done, ...mark } = z.parse(MarkSchema, item);
        if (!done) marks.push(mark);
      }
    }
    return marks;
  }

  /** Writes the rows of a bucket once; ones that came out differently the second time are a bug, never overwritten. */
  async putRows(
    id: string,
    round: number,
    scope: Scope,
    bucket: Bucket,
    rows: readonly EffectRow[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const item = { pk: rowsKey(id, round), sk: `${scopeKey(scope)}#${bucket}`, b: deflated(rows) };
    if ((await this.#table.putNew(item)) === 'created') return;
    const existing = await this.#table.get(item.pk, item.sk);
    const same = existing && canonicalJson(inflated(existing)) === canonicalJson(rows);
    invariant(same, `the effect of ${id} on bucket ${bucket} came out differently a second time`);
  }

  /** Rows of some buckets of a scope, in order, by a strong read. */
  async rows(id: string, round: number, scope: Scope, buckets: readonly Bucket[]): Promise<EffectRow[]> {
    const keys = buckets.map((bucket) => ({ pk: rowsKey(id, round), sk: `${scopeKey(scope)}#${bucket}` }));
    const items = await this.#table.batchGet(keys);
    return items.flatMap((item) => (item ? (inflated(item) as EffectRow[]) : []));
  }

  /** Whole buckets of rows after a key, in order of place, programme and bucket. */
  async *rowsAfter(
    id: string,
    round: number,
    after: string | undefined,
  ): AsyncGenerator<{ readonly key: string; readonly rows: readonly EffectRow[] }, void, undefined> {
    const options = after === undefined ? {} : { startAfter: after };
    for await (const item of this.#table.query(rowsKey(id, round), options))
      yield { key: item.sk, rows: inflated(item) as EffectRow[] };
  }

  /** One shard's absolute answer; the first one stays. */
  async putShard(id: string, round: number, name: string, answer: EffectShardDone): Promise<void> {
    await this.#table.putNew({ pk: shardsKey(id, round), sk: name, b: deflated(answer) });
  }

  async shard(id: string, round: number, name: string): Promise<EffectShardDone | undefined> {
    const item = await this.#table.get(shardsKey(id, round), name);
    return item && (inflated(item) as EffectShardDone);
  }

  async shards(id: string, round: number): Promise<Map<string, EffectShardDone>> {
    const answers = new Map<string, EffectShardDone>();
    for await (const item of this.#table.query(shardsKey(id, round)))
      answers.set(item.sk, inflated(item) as EffectShardDone);
    return answers;
  }
}

/** Names the work on one shard of one scope. */
export const effectShardName = (scope: Scope, shard: string): string => `${scopeKey(scope)}#${shard}`;
export const hashOfPacks = (packs: readonly PolicyPack[]): string => sha256Hex(canonicalJson(packs));

const packsPrefix = (packsHash: string): string => `PACK#${packsHash}#`;
const proposalKey = (id: string): string => `POLICY-PROPOSAL#${id}`;
const shardsKey = (id: string, round: number): string => `${proposalKey(id)}#EFFECT#${round}`;
const rowsKey = (id: string, round: number): string => `POLICY-EFFECT#${id}#${round}`;
const scopeKey = ({ jurisdiction, programme }: Scope): string => `${jurisdiction}#${programme}`;
const markPartition = (month: Month): string => `POLICY-WORKING#${month}`;
const markKey = ({ at, id }: WorkingMark) => ({ pk: markPartition(at.slice(0, 7)), sk: id });

const deflated = (content: unknown): Uint8Array =>
  deflateRawSync(canonicalJson(content as Json), { level: 9 });

function inflated(item: Item): Json {
  return JSON.parse(inflateRawSync(z.parse(z.instanceof(Uint8Array), item['b'])).toString('utf8')) as Json;
}

export const noProposal = (proposal: string) =>
  refusal('missing/policy-proposal', '没有这项政策提议', 'there is no such policy proposal', { proposal });

const busy = () =>
  refusal('conflict/busy', '有人正在同时操作，请稍后重试', 'others are acting on this at once: try again');
