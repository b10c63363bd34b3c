import { addMonths, monthsOfPeriod } from '../../domain/calendar.ts';
import {
  entitlementFen,
  findingsOnRun,
  type RunControlInput,
  type RunFinding,
} from '../../domain/controls/run-controls.ts';
import type { Fen } from '../../domain/money.ts';
import { sendsNothing } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RunPorts } from './ports.ts';

type Ports = Pick<RunPorts, 'runs'>;

/**
 * What stands out about a computed run, by the controls that policy sets; none for openings and parallel runs. Other runs are as
 * they stand now: what is acknowledged is what the submitter saw.
 */
export async function runFindings(ports: Ports, run: Run): Promise<RunFinding[]> {
  const { manifest, totals } = run;
  const policy = manifest.controls?.runControls;
  if (!policy || !totals || sendsNothing(manifest) || manifest.parallel) return [];
  const beforeFen = await entitlementBefore(ports, run);
  const input: RunControlInput = {
    policy,
    manifest,
    totals,
    overrides: [...run.overrides.values()].filter(({ confirmedBy }) => confirmedBy !== undefined).length,
    ...(beforeFen !== undefined && { beforeFen }),
    others: policy.splitDays === undefined ? [] : await othersOf(ports, run, policy.splitDays),
  };
  return findingsOnRun(input);
}

/** Of the regular run of the last period before this one that went out. */
async function entitlementBefore({ runs }: Ports, { manifest }: Run): Promise<Fen | undefined> {
  if (manifest.round !== 'R') return undefined;
  const pointers = await runs.livePointers(manifest);
  const earlier = pointers.filter(({ period, round }) => round === 'R' && period < manifest.period);
  const last = earlier.sort((a, b) => (a.period < b.period ? -1 : 1)).at(-1);
  const before = last && (await runs.load(last.runId));
  return before?.totals && ['dispatched', 'closed'].includes(before.state)
    ? entitlementFen(before.totals)
    : undefined;
}

/** Payable totals of runs that one of the same people prepared in the days before; the regular run of another period is its own matter. */
async function othersOf({ runs }: Ports, run: Run, days: number): Promise<Fen[]> {
  const { manifest } = run;
  const since = daysBefore(run.startedAt, days);
  const oldest = addMonths(monthsOfPeriod(manifest.period)[0] ?? '', -Math.ceil(days / 28) - 1);
  const near = (await runs.livePointers(manifest)).filter(
    ({ period, round, runId }) =>
      runId !== run.runId &&
      (monthsOfPeriod(period).at(-1) ?? '') >= oldest &&
      (period === manifest.period || round !== 'R'),
  );
  const found = await Promise.all(near.map(({ runId }) => runs.load(runId)));
  return found.flatMap((other) =>
    other?.totals &&
    other.state !== 'void' &&
    !sendsNothing(other.manifest) &&
    !other.manifest.parallel &&
    other.startedAt >= since &&
    other.startedAt <= run.startedAt &&
    other.preparers.some((person) => run.preparers.includes(person))
      ? [other.totals.payable.fen]
      : [],
  );
}

/** The same time of day so many days earlier. */
export const daysBefore = (instant: string, days: number): string =>
  new Date(Date.parse(instant) - days * 86_400_000).toISOString();
