import type { Period } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RunStore } from '../adapters/run-store.ts';
import { paysByMonth } from '../run/rounds.ts';
import { begin, planRun, type StartPorts } from '../run/start.ts';

export type ParallelRequest = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly period: Period;
  readonly by: string;
  readonly request: string;
};

/**
 * 并行核算: the regular run of a period, computed to be compared and never to be paid. It holds no pointer, so that it stands in
 * nobody's way and is no other run's past; it is not submitted, and reserves nothing.
 */
export async function startParallel(ports: StartPorts, asked: ParallelRequest): Promise<Result<Run>> {
  const { jurisdiction, programme, period, by, request } = asked;
  const monthly = paysByMonth(programme);
  if (!monthly.ok) return monthly;
  const mine = await earlier(ports.runs, asked);
  const again = mine.find(({ startedUpon }) => startedUpon === request);
  if (again) return ok(again);
  const identity = { jurisdiction, programme, period, round: 'R' };
  const runId = `${jurisdiction}.${programme}.${period}.P${mine.length + 1}.1`;
  const manifest = await planRun(ports, identity, runId);
  if (!manifest.ok) return manifest;
  await ports.sweeps.remember(identity);
  return begin(ports, { ...manifest.value, parallel: true }, by, request);
}

async function earlier(runs: RunStore, { jurisdiction, programme, period }: ParallelRequest): Promise<Run[]> {
  const found: Run[] = [];
  for (;;) {
    const run = await runs.load(`${jurisdiction}.${programme}.${period}.P${found.length + 1}.1`);
    if (!run) return found;
    found.push(run);
  }
}
