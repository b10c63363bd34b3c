import { addEffects, type EffectTotals, effectHash, NO_EFFECT } from '../../domain/policy/effect.ts';
import type { EffectManifest, PolicyProposal, ScopeEffect } from '../../domain/policy/proposal.ts';
import { ok, type Result } from '../../domain/result.ts';
import { DeterminationMessage } from '../../events/determination.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { effectShardName, type PolicyProposalStore } from '../adapters/policy-proposal-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import type { PolicyPorts } from './ports.ts';

type Answered = Pick<PolicyPorts, 'policyProposals' | 'queues' | 'clock'>;

/** One piece of the work: a shard of the enrolments of a scope. */
type Piece = Scope & { readonly shard: string };

const piecesOf = ({ scopes, shards }: EffectManifest): Piece[] =>
  scopes.flatMap(({ jurisdiction, programme }) =>
    shards.map(({ shard }) => ({ jurisdiction, programme, shard })),
  );

/** Queues the shards that have not answered yet. */
export async function sendEffectShards(
  ports: Pick<Answered, 'policyProposals' | 'queues'>,
  { manifest, proposal: { id }, state }: PolicyProposal,
): Promise<number> {
  if (!manifest || state !== 'working-out') return 0;
  const done = await ports.policyProposals.shards(id, manifest.round);
  const open = piecesOf(manifest).filter((piece) => !done.has(effectShardName(piece, piece.shard)));
  await ports.queues.sendAll(
    'determinations',
    DeterminationMessage,
    open.map(
      (piece) =>
        ({ type: 'policy.effect-shard', version: 1, proposal: id, round: manifest.round, ...piece }) as const,
    ),
  );
  return open.length;
}

/** With the last shard answered the proposal goes to review; the act's number lets exactly one conclude it. */
export async function concludeEffect(
  ports: Pick<Answered, 'policyProposals' | 'clock'>,
  id: string,
): Promise<Result<PolicyProposal>> {
  const before = await ports.policyProposals.load(id);
  const round = before?.manifest?.round ?? 0;
  const done = await ports.policyProposals.shards(id, round);
  return ports.policyProposals.act(
    id,
    ({ manifest, proposal: { packsHash }, state }) => {
      if (!manifest || manifest.round !== round || state !== 'working-out') return undefined;
      const pieces = piecesOf(manifest);
      const answers = pieces.flatMap((piece) => {
        const answer = done.get(effectShardName(piece, piece.shard));
        return answer ? [{ ...piece, ...answer }] : [];
      });
      if (answers.length < pieces.length) return undefined;
      const scopes = manifest.scopes.map(({ jurisdiction, programme }): ScopeEffect => {
        const mine = answers.filter(
          (one) => one.jurisdiction === jurisdiction && one.programme === programme,
        );
        return { jurisdiction, programme, totals: compact(mine.map(({ totals }) => totals)) };
      });
      const { policyHash, through } = manifest;
      const shards = answers.map(({ hash, jurisdiction, programme, shard }) => ({
        jurisdiction,
        programme,
        shard,
        hash,
      }));
      return ok({
        kind: 'effect-found',
        round,
        hash: effectHash(sha256Hex, { packsHash, policyHash, through }, shards),
        scopes,
      });
    },
    { at: ports.clock.now(), by: 'system' },
  );
}

/** Without months and streets, of which a province has more than one act can hold: they stay with the shards. */
const compact = (totals: readonly EffectTotals[]): EffectTotals => ({
  ...totals.reduce(addEffects, NO_EFFECT),
  months: {},
  streets: {},
});

/** The same with months and streets, by a read of all shards. */
export async function fullEffect(
  { policyProposals }: { readonly policyProposals: Pick<PolicyProposalStore, 'shards'> },
  { effect, proposal: { id } }: PolicyProposal,
): Promise<readonly ScopeEffect[]> {
  if (!effect) return [];
  const done = await policyProposals.shards(id, effect.round);
  return effect.scopes.map(({ jurisdiction, programme }) => {
    const prefix = effectShardName({ jurisdiction, programme }, '');
    const mine = [...done].flatMap(([name, { totals }]) => (name.startsWith(prefix) ? [totals] : []));
    return { jurisdiction, programme, totals: mine.reduce(addEffects, NO_EFFECT) };
  });
}
