import type { AttemptKey } from '../adapters/ledger-store.ts';
import type { Claimant, OutsidePaymentStore } from '../adapters/outside-payment-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { UnclaimedStore } from '../adapters/unclaimed-store.ts';

type ClaimPorts = {
  readonly runs: RunStore;
  readonly outside: OutsidePaymentStore;
  readonly unclaimed: UnclaimedStore;
};
const TRIES = 20;

/**
 * Says who makes the next attempt of a payment: a run about to send it again, people who pay it by hand, or those who surrender it, so
 * that there is none. A run claims while it is
 * verified, before the lines of its files are counted, so that nothing has to be taken out of a file again; by hand a payment is
 * claimed before it is confirmed. A claim ends when its run is no longer on the way out, or its payment by hand or
 * its surrender was rejected or withdrawn. The ledger's slot stands behind this: it takes one of the two, whoever claimed.
 *
 * @returns undefined when the attempt is the claimant's, or whose it is
 */
export async function claimAttempt(
  ports: ClaimPorts,
  key: AttemptKey,
  claimant: Claimant,
): Promise<Claimant | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const claim = await ports.outside.claim(key);
    if (claim && same(claim.claimant, claimant)) return undefined;
    if (claim && (await stands(ports, key, claim.claimant, claimant))) return claim.claimant;
    if ((await ports.outside.putClaim(key, claimant, claim?.version ?? 0)) === 'written') return undefined;
  }
  throw new Error(`attempt ${key.attempt} of ${key.payment} is claimed back and forth`);
}

function same(one: Claimant, two: Claimant): boolean {
  if (one.runId !== two.runId) return false;
  if (one.by === 'run') return two.by === 'run' && one.sequence === two.sequence;
  if (one.by === 'surrender') return two.by === 'surrender' && one.surrenderId === two.surrenderId;
  return two.by === 'outside' && one.outsideId === two.outsideId;
}

/** A run that starts over claims anew: whoever looked at it in between must lose against the version. */
async function stands(
  ports: ClaimPorts,
  key: AttemptKey,
  claim: Claimant,
  claimant: Claimant,
): Promise<boolean> {
  if (claim.by === 'run') {
    if (claimant.by === 'run' && claimant.runId === claim.runId) return false;
    const state = (await ports.runs.load(claim.runId))?.state;
    return state === 'verifying' || state === 'releasing';
  }
  if (claim.by === 'surrender') {
    const { surrenders } = await ports.unclaimed.find({ ...key, attempt: key.attempt - 1 });
    const stated = surrenders.find(({ surrenderId }) => surrenderId === claim.surrenderId);
    return stated?.decision?.decision !== 'rejected';
  }
  const decision = (await ports.outside.find(claim.runId, claim.outsideId))?.decision?.decision;
  return decision === undefined || decision === 'confirmed';
}
