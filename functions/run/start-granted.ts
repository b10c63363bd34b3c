import { type Instant, type Month, monthOf, monthsOfPeriod } from '../../domain/calendar.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import { type GrantRuns, RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { hasEnded } from './active-run.ts';
import { type StartPorts, startRun } from './start.ts';

/**
 * Starts the next run of grants of this month where policy lets it start by itself, once there is something that no run has looked at
 * yet. What people made of a run that was started, voided it even, is not gainsaid: only another grant, or the next part of one, starts
 * another.
 *
 * @returns the run's id, or the code why it could not start; undefined when none is due
 */
export async function startGranted(
  ports: StartPorts,
  scope: Scope,
  when: Exclude<GrantRuns, 'manual'>,
): Promise<{ readonly runId: string } | { readonly refused: string } | undefined> {
  if (RUN_RULES[scope.programme]?.paidBy !== 'grants') return undefined;
  const today = ports.clock.today();
  const month = monthOf(today);
  const marks = await ports.sweeps.grantedThrough(scope, month);
  if (marks.length === 0) return undefined;
  // Most looks find what the one before found, and read no more.
  const work = `granted ${when} ${scope.jurisdiction}#${scope.programme}`;
  const state = `${today} ${marks
    .map(({ at }) => at)
    .sort()
    .at(-1)}`;
  if ((await ports.sweeps.isDone(work, state)) || (await isActive(ports, scope))) return undefined;
  const last = await lastStarted(ports, scope);
  // What was granted a moment ago lies behind the cut-off that a run would have now.
  const settled = new Date(
    Date.parse(ports.clock.now()) - ports.settings.cutOffMarginSeconds * 1000,
  ).toISOString();
  const due = marks.some(
    (mark) => mark.at <= settled && (!last || mark.at > last.cutOff || mark.month > last.through),
  );
  if (!due) {
    if (marks.every((mark) => mark.at <= settled)) await ports.sweeps.putDone(work, state);
    return undefined;
  }
  const frozen = await ports.policies.freeze();
  if (!frozen.ok) return { refused: frozen.error.code };
  const query = { ...scope, knownOn: today, parameter: 'grantRuns', month };
  const wanted = lookupOption(frozen.value.book, query, RUN_PARAMETERS.grantRuns);
  if (!wanted.ok) return { refused: wanted.error.code };
  if (wanted.value !== when) {
    await ports.sweeps.putDone(work, state);
    return undefined;
  }
  const run = await startRun(ports, { ...scope, period: month, round: 'S' }, 'system');
  return run.ok ? { runId: run.value.runId } : { refused: run.error.code };
}

async function isActive({ runs }: Pick<StartPorts, 'runs'>, scope: Scope): Promise<boolean> {
  const pointer = await runs.activePointer(scope);
  const run = pointer && (await runs.load(pointer.runId));
  return run !== undefined && !hasEnded(run.state);
}

/** Up to when, and through which month, runs of everybody's grants were started; runs of one street left others out. */
async function lastStarted(
  { runs }: Pick<StartPorts, 'runs'>,
  scope: Scope,
): Promise<{ readonly cutOff: Instant; readonly through: Month } | undefined> {
  const pointers = (await runs.livePointers(scope)).filter(({ round }) => round.startsWith('S'));
  // A run of an earlier month may have been started after one of a later month, hardly one of the month before that.
  const newest = [...new Set(pointers.map(({ period }) => period))].sort().slice(-2);
  const near = pointers.filter(({ period }) => newest.includes(period));
  const loaded = await Promise.all(near.map(({ runId }) => runs.load(runId)));
  const manifests = loaded
    .flatMap((run) => (run ? [run.manifest] : []))
    .filter(({ street }) => street === undefined);
  if (manifests.length === 0) return undefined;
  const latest = (of: (manifest: RunManifest) => string) => manifests.map(of).sort().at(-1) ?? '';
  return {
    cutOff: latest(({ cutOff }) => cutOff),
    through: latest(({ period }) => monthsOfPeriod(period).at(-1) ?? ''),
  };
}
