import { ok } from '../../domain/result.ts';
import { isAbandoned } from '../instants.ts';
import { enterBook } from './decide-policy.ts';
import { concludeEffect, sendEffectShards } from './effect-conclude.ts';
import type { PolicyPorts } from './ports.ts';
import { startEffect } from './propose-policy.ts';

/**
 * What should be going on for policy proposals: an effect that was never started, shards that did not answer since the last look, and
 * approved packs that are not in the book. A mark is taken away once nothing is left to do.
 */
export async function sweepPolicy(ports: PolicyPorts): Promise<number> {
  const { policyProposals, sweeps } = ports;
  let mended = 0;
  for (const mark of await policyProposals.working(ports.clock.now())) {
    const found = await policyProposals.load(mark.id);
    if (found?.state === 'approved') {
      await enterBook(ports, mark.id);
      mended += 1;
    } else if (found?.state === 'working-out') {
      const { manifest } = found;
      const done = manifest ? (await policyProposals.shards(mark.id, manifest.round)).size : 0;
      if (!(await sweeps.stands(`policy ${mark.id}`, `${manifest?.round ?? 0} ${done}`))) continue;
      mended += 1;
      if (manifest && manifest.codeVersion !== ports.settings.codeVersion)
        await startEffect(ports, mark.id, 'again', 'system');
      else if (!manifest) {
        const started = await startEffect(ports, mark.id, 'if-none', 'system');
        // It fits the book no more: nobody could approve it.
        if (!started.ok) {
          const refusal = started.error;
          const stamp = { at: ports.clock.now(), by: 'system' };
          await policyProposals.act(
            mark.id,
            (now) =>
              now.state === 'working-out' && !now.manifest ? ok({ kind: 'void', refusal }) : undefined,
            stamp,
          );
        }
      } else if ((await sendEffectShards(ports, found)) === 0) await concludeEffect(ports, mark.id);
    } else if (found || isAbandoned(mark.at, ports.clock.now())) await policyProposals.settle(mark);
  }
  return mended;
}
