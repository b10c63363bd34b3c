import type { PlainDate } from '../../domain/calendar.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import {
  type EffectRefusal,
  type EffectRow,
  type EffectSide,
  effectOn,
  summariseEffect,
  sumOf,
} from '../../domain/policy/effect.ts';
import type { EffectManifest, PolicyProposal } from '../../domain/policy/proposal.ts';
import { bookWith } from '../../domain/policy/proposal-checks.ts';
import { supposed } from '../../domain/policy/supposed.ts';
import { relatedUnder, type TouchedScope } from '../../domain/policy/touched.ts';
import { openStop } from '../../domain/programmes/decided-stop.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { EnrolmentFacts, Situation } from '../../domain/programmes/programme.ts';
import { factOn } from '../../domain/register/facts.ts';
import { invariant, type Result } from '../../domain/result.ts';
import { bucketsOf } from '../../domain/run/manifest.ts';
import type { EffectShard } from '../../events/determination.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { effectShardName } from '../adapters/policy-proposal-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { Households } from '../determination/ports.ts';
import type { Log } from '../middleware/queue.ts';
import { concludeEffect } from './effect-conclude.ts';
import { type EffectCase, loadEffectCases } from './load-effect.ts';
import type { PolicyPorts } from './ports.ts';

export type EffectPorts = PolicyPorts & { readonly register: RegisterStore; readonly households: Households };

/** Reasons kept per shard for people to read; all of them are counted. */
const REFUSALS_KEPT = 50;

/**
 * Works out one shard: load, decide, record its rows, and as its last act one answer from a strong re-read. Delivered twice or after a
 * crash it writes the same again, which changes nothing. Another version of the code would compare something else: it leaves the round
 * to the sweeper, who begins a further one.
 */
export async function effectShard(ports: EffectPorts, message: EffectShard, log: Log): Promise<void> {
  const { proposal: id, round } = message;
  const found = await ports.policyProposals.load(id);
  invariant(found, `a message about a policy proposal without acts: ${id}`);
  const { manifest, state } = found;
  if (state !== 'working-out' || manifest?.round !== round) {
    log.info('this effect is worked out, or nobody waits for it', { proposal: id, round });
    return;
  }
  if (manifest.codeVersion !== ports.settings.codeVersion) {
    log.info('the code is another by now: the sweeper begins a further round', { proposal: id });
    return;
  }
  const scope = manifest.scopes.find(
    ({ jurisdiction, programme }) => jurisdiction === message.jurisdiction && programme === message.programme,
  );
  const shard = manifest.shards.find((candidate) => candidate.shard === message.shard);
  invariant(
    scope && shard,
    `effect ${id} has no shard ${message.jurisdiction} ${message.programme} ${message.shard}`,
  );
  const name = effectShardName(scope, shard.shard);
  if (!(await ports.policyProposals.shard(id, round, name))) {
    const buckets = bucketsOf(shard);
    const books = await booksOf(ports, found, manifest);
    const others = { compared: 0, refusals: [] as EffectRefusal[], keep: REFUSALS_KEPT };
    for (const bucket of buckets) await workOutBucket(ports, { id, manifest, scope, bucket, books, others });
    const rows = await ports.policyProposals.rows(id, round, scope, buckets);
    await ports.policyProposals.putShard(
      id,
      round,
      name,
      summariseEffect(sha256Hex, rows, manifest.month, others),
    );
  }
  await concludeEffect(ports, id);
}

type Books = {
  readonly before: PolicyBook;
  readonly after: PolicyBook;
  /** Day on which the first of the proposed values was decided: a change of standard looks at what was known until then as the old one. */
  readonly issuedOn: PlainDate;
};

async function booksOf(
  ports: EffectPorts,
  found: PolicyProposal,
  { policyHash }: EffectManifest,
): Promise<Books> {
  const before = await ports.policies.book(policyHash);
  const packs = await ports.policyProposals.packs(found);
  const after = bookWith(before, packs);
  invariant(after.ok, `the proposal ${found.proposal.id} was checked and does not fit its book`);
  const decided = packs.flatMap(({ values }) => values.map(({ decidedOn }) => decidedOn));
  return { before, after: after.value, issuedOn: decided.sort()[0] ?? '' };
}

type Work = {
  readonly id: string;
  readonly manifest: EffectManifest;
  readonly scope: TouchedScope;
  readonly bucket: Bucket;
  readonly books: Books;
  readonly others: { compared: number; readonly refusals: EffectRefusal[] };
};

async function workOutBucket(
  ports: EffectPorts,
  { books, bucket, id, manifest, others, scope }: Work,
): Promise<void> {
  const rows: EffectRow[] = [];
  const { knownOn, round, through } = manifest;
  const related = relatedUnder(books, scope, knownOn);
  const { from, historyBefore, jurisdiction } = scope;
  const span = { jurisdiction, from, through, knownOn, historyBefore };
  for (const found of await loadEffectCases(ports, manifest, { ...scope, related }, bucket)) {
    others.compared += 1;
    const { enrolment } = found;
    // Without the supposed decision of today's policy, what stands is what would go on being paid.
    const before = sideOf(found, manifest, scope, books, 'before');
    const after = sideOf(found, manifest, scope, books, 'after');
    const lines = after.ok
      ? effectOn(before.ok ? before.value : { ...found, book: books.before }, after.value, span)
      : after;
    if (!lines.ok) others.refusals.push({ enrolment: enrolment.id, refusal: lines.error });
    else if (lines.value.length > 0) {
      const street = factOn(enrolment.facts, 'street', `${through}-31`)?.value ?? '';
      rows.push({ enrolment: enrolment.id, street, lines: lines.value, sum: sumOf(lines.value) });
    }
  }
  await ports.policyProposals.putRows(id, round, scope, bucket, rows);
}

/** What is owed under a book: where a programme pays what was decided, as if the change of standard were decided, too. */
function sideOf(
  { enrolment, households, situation }: EffectCase,
  manifest: EffectManifest,
  { historyFrom, jurisdiction }: TouchedScope,
  books: Books,
  side: 'before' | 'after',
): Result<EffectSide> {
  const { [side]: book, issuedOn } = books;
  const touched = new Set(
    manifest.scopes.flatMap((scope) => (scope.jurisdiction === jurisdiction ? [scope.programme] : [])),
  );
  const { cutOff, knownOn, through } = manifest;
  const decided = new Map<EnrolmentId, EnrolmentFacts>();
  for (const one of situation.enrolments) {
    const programme = PROGRAMMES[one.programme];
    if (!programme?.propose || !touched.has(one.programme) || !one.determinations) continue;
    const from = {
      jurisdiction,
      programme: one.programme,
      issuedOn,
      through,
      knownOn,
      cutOff,
      historyFrom,
    };
    const lastMonth = openStop(one.facts);
    const facts = supposed(programme, from, book, one, {
      knowledge: households.get(one.id),
      ...(lastMonth !== undefined && { lastMonth }),
    });
    if (!facts.ok) return facts;
    decided.set(one.id, facts.value);
  }
  const after: Situation = {
    ...situation,
    enrolments: situation.enrolments.map((one) => decided.get(one.id) ?? one),
  };
  return { ok: true, value: { book, situation: after, enrolment: decided.get(enrolment.id) ?? enrolment } };
}
