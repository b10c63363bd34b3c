import type { Instant } from '../../domain/calendar.ts';
import { followsRolls } from '../../domain/programmes/followed-rolls.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { planShards, type RunIdentity } from '../../domain/run/manifest.ts';
import { DeterminationMessage } from '../../events/determination.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { DrawOf } from '../adapters/roll-draws.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { isAbandoned, secondsBefore } from '../instants.ts';
import type { Clock } from '../wiring.ts';

/** How a draw is divided: who asks for it and who does it must mean the same. */
export const ROLL_SHARDS = planShards(16);
/** A run that starts later than this after its draw has the rolls drawn anew: who joined since is to be on it. */
const GOOD_FOR_SECONDS = 2 * 24 * 3600;

type Ports = {
  readonly sweeps: SweepStore;
  readonly queues: MessageQueues;
  readonly clock: Pick<Clock, 'now'>;
};

/**
 * Before a run of a programme that follows rolls: that everybody who stands on them is enrolled, and was so by the run's cut-off. The first
 * request to start a run has the rolls drawn; nobody types them. Refusals: `conflict/rolls-being-drawn`, `conflict/rolls-just-drawn`, which
 * both pass by waiting.
 *
 * @param by 'system' leaves the messages to the sweeper, which may send them
 */
export async function rollsDrawn(
  ports: Ports,
  identity: RunIdentity,
  { runId, cutOff, by }: { readonly runId: string; readonly cutOff: Instant; readonly by: string },
): Promise<Result<true>> {
  const { jurisdiction, programme } = identity;
  if (!followsRolls(programme)) return ok(true);
  const { rolls } = ports.sweeps;
  const now = ports.clock.now();
  const last = await rolls.last(runId);
  if (!last || last.at < secondsBefore(now, GOOD_FOR_SECONDS)) {
    const draw = { jurisdiction, programme, runId, number: (last?.number ?? 0) + 1 };
    await rolls.begin(draw, now);
    if (by !== 'system') await announceDraw(ports, draw);
    return refuse(BEING_DRAWN);
  }
  const draw = { jurisdiction, programme, runId, number: last.number };
  if (last.done.length < ROLL_SHARDS.length) {
    if (by !== 'system' && isAbandoned(last.at, now)) await announceDraw(ports, draw);
    return refuse(BEING_DRAWN);
  }
  await rolls.finish(draw);
  return last.done.every(({ at }) => at <= cutOff) ? ok(true) : refuse(JUST_DRAWN);
}

/** Sends a message for every shard that is not drawn. @returns whether there was any. */
async function announceDraw(
  { sweeps, queues }: Pick<Ports, 'sweeps' | 'queues'>,
  draw: DrawOf,
): Promise<boolean> {
  const last = await sweeps.rolls.last(draw.runId);
  const done = last?.number === draw.number ? last.done : [];
  const open = ROLL_SHARDS.filter(({ shard }) => !done.some((one) => one.shard === shard));
  const { jurisdiction, programme, runId, number } = draw;
  const messages = open.map(
    ({ shard }): DeterminationMessage => ({
      type: 'rolls.draw-shard',
      version: 1,
      jurisdiction,
      programme,
      runId,
      number,
      shard,
    }),
  );
  await queues.sendAll('determinations', DeterminationMessage, messages);
  return open.length > 0;
}

/** Draws that stand where they stood at the last look: their messages are lost, were never sent, or their workers died. */
export async function sweepRolls(ports: Pick<Ports, 'sweeps' | 'queues'>): Promise<number> {
  let mended = 0;
  for (const draw of await ports.sweeps.rolls.open()) {
    const last = await ports.sweeps.rolls.last(draw.runId);
    const done = last?.number === draw.number ? last.done.length : 0;
    if (last && (last.number > draw.number || done === ROLL_SHARDS.length)) {
      await ports.sweeps.rolls.finish(draw);
    } else if (await ports.sweeps.stands(`rolls ${draw.runId} ${draw.number}`, String(done))) {
      if (await announceDraw(ports, draw)) mended += 1;
    }
  }
  return mended;
}

const BEING_DRAWN = refusal(
  'conflict/rolls-being-drawn',
  '正在提取各项目本期名册（自动进行，无须录入）：请过几分钟再启动本批次',
  'the rolls of the other programmes are being drawn by themselves: start the run again in a few minutes',
);
const JUST_DRAWN = refusal(
  'conflict/rolls-just-drawn',
  '名册刚刚提取完，批次的截止时点还没有过：请稍等一两分钟再启动',
  'the rolls were drawn a moment ago, after the cut-off that a run would have now: start it in a minute or two',
);
