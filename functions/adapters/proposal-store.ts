import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { canonicalJson, contentHash } from '../../domain/canonical.ts';
import type { ProposalDecision } from '../../domain/determination/decision.ts';
import type { DeterminationProposal } from '../../domain/determination/proposal.ts';
import { type Bucket, bucketOf, type EnrolmentId, subjectOf } from '../../domain/ids.ts';
import { invariant } from '../../domain/result.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
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

  /** The last proposal of every enrolment that has one which is not closed, in order of enrolments. */
  async open(scope: Scope): Promise<StoredProposal[]> {
    const wanted: { pk: string; sk: string }[] = [];
    for await (const item of this.#table.query(pointers(scope))) {
      const { number, attempt, closed } = z.parse(PointerSchema, item);
      if (closed) continue;
      const pk = partition({ ...scope, id: item.sk });
      const sk = sortKey({ enrolment: item.sk, number, attempt });
      wanted.push({ pk, sk }, { pk, sk: `${sk}${DECISION}` });
    }
    const found = await this.#table.batchGet(wanted);
    const proposals: StoredProposal[] = [];
    for (let at = 0; at < found.length; at += 2) {
      const proposal = found[at];
      if (proposal) proposals.push(storedFrom(proposal, found[at + 1]));
    }
    return proposals;
  }

  /** Approved proposals of a bucket, the last of each enrolment: what a determination must follow from. */
  async approvedIn(scope: Scope, bucket: Bucket): Promise<StoredProposal[]> {
    const last = new Map<EnrolmentId, StoredProposal>();
    let proposal: Item | undefined;
    for await (const item of this.#table.query(
      `PROPOSAL#${scope.jurisdiction}#${scope.programme}#${bucket}`,
    )) {
      if (!item.sk.endsWith(DECISION)) proposal = item;
      else if (proposal && item.sk === `${proposal.sk}${DECISION}`) {
        const stored = storedFrom(proposal, item);
        if (stored.decision?.outcome === 'approved') last.set(stored.proposal.enrolment, stored);
      }
    }
    return [...last.values()];
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
