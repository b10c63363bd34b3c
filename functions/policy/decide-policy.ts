import type { PlainDate } from '../../domain/calendar.ts';
import { chinaDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { policyBookHash } from '../../domain/policy/book.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import {
  approveProposal,
  type PolicyProposal,
  rejectProposal,
  type Standing,
  withdrawProposal,
} from '../../domain/policy/proposal.ts';
import { bookWith } from '../../domain/policy/proposal-checks.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { noProposal } from '../adapters/policy-proposal-store.ts';
import type { PolicyPorts } from './ports.ts';

type Place = { readonly jurisdiction: JurisdictionCode };

/** A proposal of another bureau does not exist from here. */
export async function proposalInScope(
  { policyProposals }: Pick<PolicyPorts, 'policyProposals'>,
  { jurisdiction }: Place,
  id: string,
): Promise<Result<PolicyProposal>> {
  const found = await policyProposals.load(id);
  return found?.proposal.jurisdiction === jurisdiction ? ok(found) : refuse(noProposal(id));
}

/** The book and the day that an effect has to be of. Refusals: those of the policy book. */
export async function standingOf({
  clock,
  policies,
}: Pick<PolicyPorts, 'clock' | 'policies'>): Promise<Result<Standing>> {
  const book = await policies.current();
  return book.ok ? ok({ policyHash: policyBookHash(book.value, sha256Hex), today: clock.today() }) : book;
}

/**
 * Approves what was read, and puts it into the book: runs that start from now on use it, those that have started keep theirs. Asked
 * again by the same person it is the same approval. Refusals: those of `approveProposal`, `missing/policy-proposal`.
 */
export async function approvePolicy(
  ports: PolicyPorts,
  place: Place,
  id: string,
  seen: { readonly hash: string; readonly document: string; readonly decidedOn: PlainDate },
  by: string,
): Promise<Result<PolicyProposal>> {
  const found = await proposalInScope(ports, place, id);
  if (!found.ok) return found;
  const { decision, effect } = found.value;
  const mine = decision?.by === by && decision.document === seen.document && effect?.hash === seen.hash;
  if (!mine) {
    const standing = await standingOf(ports);
    if (!standing.ok) return standing;
    const at = ports.clock.now();
    await ports.policyProposals.mark({ id, at });
    const approved = await ports.policyProposals.act(
      id,
      (now) => approveProposal(now, seen, by, standing.value, chinaDate),
      { at, by },
    );
    if (!approved.ok) return approved;
  }
  return enterBook(ports, id);
}

/**
 * Puts the packs of an approved proposal into the book, each once. Should other policy have come in between the approval and this, nothing
 * is put in and the proposal says so; once one of its packs is there, the others follow. Finished by the sweeper.
 */
export async function enterBook(ports: PolicyPorts, id: string): Promise<Result<PolicyProposal>> {
  const found = await ports.policyProposals.load(id);
  if (!found) return refuse(noProposal(id));
  if (found.state !== 'approved' || !found.manifest || !found.decision) return ok(found);
  const { at, by } = found.decision;
  const packs = await ports.policyProposals.packs(found);
  const overtaken = await overtakenBy(ports, found.manifest.policyHash, packs);
  const entered = overtaken ?? (await addAll(ports, packs, { by, at, proposal: id }));
  return ports.policyProposals.act(
    id,
    ({ state }) => {
      if (state !== 'approved') return undefined;
      return entered.ok
        ? ok({ kind: 'in-force', packs: entered.value })
        : ok({ kind: 'void', refusal: entered.error });
    },
    { at: ports.clock.now(), by: 'system' },
  );
}

/** A refusal when the book is not the one that the effect was worked out beside. */
async function overtakenBy(
  { policies }: PolicyPorts,
  policyHash: string,
  packs: readonly PolicyPack[],
): Promise<Result<never> | undefined> {
  const stored = new Set((await policies.packs()).map(({ hash }) => hash));
  if (packs.some((pack) => stored.has(policies.hashOf(pack)))) return undefined;
  const [then, now] = [await policies.book(policyHash), await policies.current()];
  if (!now.ok) return now;
  const [expected, actual] = [bookWith(then, packs), bookWith(now.value, packs)];
  if (!actual.ok) return actual;
  const same =
    expected.ok && policyBookHash(expected.value, sha256Hex) === policyBookHash(actual.value, sha256Hex);
  return same ? undefined : refuse(overtaken());
}

async function addAll(
  { policies }: PolicyPorts,
  packs: readonly PolicyPack[],
  stamp: Parameters<PolicyPorts['policies']['add']>[1],
): Promise<Result<readonly string[]>> {
  const hashes: string[] = [];
  for (const pack of packs) {
    const added = await policies.add(pack, stamp);
    if (!added.ok) return added;
    hashes.push(added.value.hash);
  }
  return ok(hashes);
}

/** Asked again with the same reason by the same person it is the same. Refusals: those of `rejectProposal`, `missing/policy-proposal`. */
export function rejectPolicy(ports: PolicyPorts, place: Place, id: string, reason: string, by: string) {
  return endWith(ports, place, id, reason, by, rejectProposal);
}

/** The same of a withdrawal. Refusals: those of `withdrawProposal`, `missing/policy-proposal`. */
export function withdrawPolicy(ports: PolicyPorts, place: Place, id: string, reason: string, by: string) {
  return endWith(ports, place, id, reason, by, withdrawProposal);
}

async function endWith(
  ports: PolicyPorts,
  place: Place,
  id: string,
  reason: string,
  by: string,
  decide: typeof rejectProposal,
): Promise<Result<PolicyProposal>> {
  const found = await proposalInScope(ports, place, id);
  if (!found.ok) return found;
  const ended = (state: string) => state === 'rejected' || state === 'withdrawn';
  const isDone = ({ decision, state }: PolicyProposal) =>
    ended(state) && decision?.by === by && decision.reason === reason;
  return ports.policyProposals.act(id, (now) => (isDone(now) ? undefined : decide(now, reason, by)), {
    at: ports.clock.now(),
    by,
  });
}

const overtaken = () =>
  refusal(
    'conflict/stale-effect',
    '批准的同时另有政策入库，本提议的影响已不同：本提议未入库，请重新提出',
    'other policy came into force in the same moment and the effect is another: this was not put into the book, propose it again',
    { because: 'book' },
  );
