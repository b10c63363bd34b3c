import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { canonicalJson, contentHash } from '../../domain/canonical.ts';
import type { ProposalDecision } from '../../domain/determination/decision.ts';
import type { DeterminationProposal } from '../../domain/determination/proposal.ts';
import { bucketOf, type EnrolmentId, subjectOf } from '../../domain/ids.ts';
import { invariant } from '../../domain/result.ts';
import { inParts } from '../concurrency.ts';
import type { DynamoTable, Item, Key } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { EnrolmentAddress } from './register-store.ts';
import type { Scope } from './sweep-store.ts';

/**
 * Proposals of determinations in the operations table:
 *
 *   PROPOSAL#<j>#<p>#<bucket>  <enrolment>#<0001>#<01>            number and attempt: one proposal, immutable
 *   PROPOSAL#<j>#<p>#<bucket>  <enrolment>#<0001>#<01>#DECISION   what became of it, once
 *   PROPOSALS#<j>#<p>          <enrolment>                        pointer to the last proposal: a projection for lists
 *
 * The pointer is written before the proposal and marked closed after its decision: one that is behind leads to an item that
 * says so.
 */
export type StoredProposal = {
  readonly proposal: DeterminationProposal;
  /** Names the request that decided: asked again, it is told what came of it. */
  readonly decision?: ProposalDecision & { readonly request?: string | undefined };
};

const DECISION = '#DECISION';
const PointerSchema = z.object({ number: z.int(), attempt: z.int(), closed: z.boolean() });
type Pointer = z.infer<typeof PointerSchema> & { readonly enrolment: EnrolmentId };
/** Proposals of a list are read so many at a time. */
const PART = 50;
/** Attempts at one number; more than anybody will make, and two digits wide in the key. */
export const ATTEMPTS_MAX = 99;

export class ProposalStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** All proposals of an enrolment in order of number and attempt. */
  async ofEnrolment(address: EnrolmentAddress): Promise<StoredProposal[]> {
    const proposals: StoredProposal[] = [];
    const decisions = new Map<string, Item>();
    const items: Item[] = [];
    for await (const item of this.#table.query(partition(address), { begins: `${address.id}#` })) {
      if (item.sk.endsWith(DECISION)) decisions.set(item.sk, item);
      else items.push(item);
    }
    for (const item of items) proposals.push(storedFrom(item, decisions.get(`${item.sk}${DECISION}`)));
    return proposals;
  }

  async put(proposal: DeterminationProposal): Promise<'created' | 'exists'> {
    const address = { ...proposal, id: proposal.enrolment };
    await this.#point(address, proposal.number, proposal.attempt);
    const json = canonicalJson(proposal);
    return this.#table.putNew({
      pk: partition(address),
      sk: sortKey(proposal),
      b: deflateRawSync(json, { level: 9 }),
    });
  }

  /** The one decision on a proposal: 'exists' when somebody was faster. */
  async decide(
    proposal: DeterminationProposal,
    decision: NonNullable<StoredProposal['decision']>,
  ): Promise<'created' | 'exists'> {
    const address = { ...proposal, id: proposal.enrolment };
    const c = contentHash(sha256Hex, 'proposal-decision.v1', decision);
    const json = canonicalJson(decision);
    const put = await this.#table.putNewOrSame({
      pk: partition(address),
      sk: `${sortKey(proposal)}${DECISION}`,
      c,
      b: deflateRawSync(json, { level: 9 }),
    });
    return put.outcome === 'divergent' ? 'exists' : 'created';
  }

  /** Marks the pointer once nothing is left to do for the proposal. */
  async close({ jurisdiction, programme, enrolment, number, attempt }: DeterminationProposal): Promise<void> {
    await this.#table.update(
      { pk: pointers({ jurisdiction, programme }), sk: enrolment },
      {
        expression: 'SET #closed = :yes',
        condition: '#number = :number AND #attempt = :attempt',
        names: { '#closed': 'closed', '#number': 'number', '#attempt': 'attempt' },
        values: { ':yes': true, ':number': number, ':attempt': attempt },
      },
    );
  }

  /**
   * Enrolments that ever had a proposal, one by one in their order, behind the place of one; with the last proposal where something
   * is left to do for it.
   */
  async *openFrom(
    scope: Scope,
    startAfter?: EnrolmentId,
  ): AsyncGenerator<{ readonly enrolment: EnrolmentId; readonly stored?: StoredProposal }, void, undefined> {
    for await (const part of inParts(this.#pointers(scope, startAfter), PART)) {
      const open = part.filter(({ closed }) => !closed).map((pointer) => keyOf(scope, pointer));
      const items = await this.#table.batchGet(open.flatMap((key) => [key, decisionOf(key)]));
      const found = new Map(items.map((item) => [item?.sk, item]));
      for (const pointer of part) {
        const { sk } = keyOf(scope, pointer);
        const proposal = found.get(sk);
        const stored = proposal && storedFrom(proposal, found.get(`${sk}${DECISION}`));
        yield { enrolment: pointer.enrolment, ...(stored && { stored }) };
      }
    }
  }

  /** Enrolments whose last proposal was decided, with something left to do. Opens no proposal. */
  async unfinished(scope: Scope): Promise<EnrolmentId[]> {
    const open: Pointer[] = [];
    for await (const pointer of this.#pointers(scope)) if (!pointer.closed) open.push(pointer);
    const decisions = await this.#table.batchGet(
      open.map((pointer) => decisionOf(keyOf(scope, pointer))),
      { only: [] },
    );
    return open.flatMap(({ enrolment }, index) => (decisions[index] ? [enrolment] : []));
  }

  async *#pointers(scope: Scope, startAfter?: EnrolmentId): AsyncGenerator<Pointer, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const item of this.#table.query(pointers(scope), options))
      yield { enrolment: item.sk, ...z.parse(PointerSchema, item) };
  }

  /** Never points back: a slow writer of an earlier attempt changes nothing. */
  async #point(address: EnrolmentAddress, number: number, attempt: number): Promise<void> {
    await this.#table.update(
      { pk: pointers(address), sk: address.id },
      {
        expression: 'SET #number = :number, #attempt = :attempt, #closed = :no',
        condition:
          'attribute_not_exists(pk) OR #number < :number OR (#number = :number AND #attempt < :attempt)',
        names: { '#closed': 'closed', '#number': 'number', '#attempt': 'attempt' },
        values: { ':no': false, ':number': number, ':attempt': attempt },
      },
    );
  }
}

function sortKey({
  enrolment,
  number,
  attempt,
}: {
  readonly enrolment: EnrolmentId;
  readonly number: number;
  readonly attempt: number;
}): string {
  return `${enrolment}#${String(number).padStart(4, '0')}#${String(attempt).padStart(2, '0')}`;
}

const keyOf = (scope: Scope, pointer: Pointer): Key => ({
  pk: partition({ ...scope, id: pointer.enrolment }),
  sk: sortKey(pointer),
});
const decisionOf = ({ pk, sk }: Key): Key => ({ pk, sk: `${sk}${DECISION}` });
const partition = ({ jurisdiction, programme, id }: EnrolmentAddress): string =>
  `PROPOSAL#${jurisdiction}#${programme}#${bucketOf(sha256Hex, subjectOf(id))}`;
const pointers = ({ jurisdiction, programme }: Scope): string => `PROPOSALS#${jurisdiction}#${programme}`;

const DeflatedSchema = z.object({ b: z.instanceof(Uint8Array) });
const inflated = (item: Item): unknown =>
  JSON.parse(inflateRawSync(z.parse(DeflatedSchema, item).b).toString('utf8'));

/** Written by this store alone and checked by its hash when decided. */
function storedFrom(item: Item, decision: Item | undefined): StoredProposal {
  const proposal = inflated(item) as DeterminationProposal;
  invariant(item.sk === sortKey(proposal), 'a proposal stored under another key');
  if (!decision) return { proposal };
  return { proposal, decision: inflated(decision) as NonNullable<StoredProposal['decision']> };
}
