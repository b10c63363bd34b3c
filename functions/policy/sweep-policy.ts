import { ok } from '../../domain/result.ts';
import type { WorkingMark } from '../adapters/policy-proposal-store.ts';
import { isAbandoned } from '../instants.ts';
import { Separately } from '../run/scheduled.ts';
import { enterBook } from './decide-policy.ts';
import { concludeEffect, sendEffectShards } from './effect-conclude.ts';
import type { PolicyPorts } from './ports.ts';
import { startEffect } from './propose-policy.ts';

/**
 * What should be going on for policy proposals: an effect that was never started, shards that did not answer since the last look, and
 * approved packs that are not in the book. A mark is taken away once nothing is left to do.
 */
export async function sweepPolicy(ports: PolicyPorts): Promise<number> {
  const separately = new Separately();
  let mended = 0;
  for (const mark of await ports.policyProposals.working(ports.clock.now()))
    mended += (await separately.attempt(() => sweepMarked(ports, mark))) ?? 0;
  separately.throwFailures();
  return mended;
}

async function sweepMarked(ports: PolicyPorts, mark: WorkingMark): Promise<number> {
  const { policyProposals, sweeps } = ports;
  const found = await policyProposals.load(mark.id);
  if (found?.state === 'approved') {
    await enterBook(ports, mark.id);
    return 1;
  }
  if (found?.state !== 'working-out') {
    if (found || isAbandoned(mark.at, ports.clock.now())) await policyProposals.settle(mark);
    return 0;
  }
  const { manifest } = found;
  const done = manifest ? (await policyProposals.shards(mark.id, manifest.round)).size : 0;
  if (!(await sweeps.stands(`policy ${mark.id}`, `${manifest?.round ?? 0} ${done}`))) return 0;
  if (!manifest) await startOrVoid(ports, mark.id);
  else if (manifest.codeVersion !== ports.settings.codeVersion)
    await startEffect(ports, mark.id, 'again', 'system');
  else if ((await sendEffectShards(ports, found)) === 0) await concludeEffect(ports, mark.id);
  return 1;
}

/** A proposal that does not fit the book any more before its effect was begun can be approved by nobody. */
async function startOrVoid(ports: PolicyPorts, id: string): Promise<void> {
  const started = await startEffect(ports, id, 'if-none', 'system');
  if (started.ok) return;
  const refusal = started.error;
  await ports.policyProposals.act(
    id,
    (now) => (now.state === 'working-out' && !now.manifest ? ok({ kind: 'void', refusal }) : undefined),
    { at: ports.clock.now(), by: 'system' },
  );
}
