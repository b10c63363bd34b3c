/** Runs the schedules of the plan, and at start what was missed while the host was down. */
import { existsSync, readFileSync } from 'node:fs';
import type { InvocationResult } from './function-pool.ts';
import type { PlannedSchedule } from './plan.ts';
import { nextRun, parseSchedule, startSchedule } from './schedules.ts';
import { writeWhole } from './whole-file.ts';

export type ScheduleRunnerInput = {
  readonly schedules: readonly PlannedSchedule[];
  /** Remembers when each cron schedule last ran to its end. */
  readonly stateFile: string;
  readonly longestRateSeconds: number;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
};

/**
 * Starts all schedules. A rate (the sweep) runs at once: it finds the work a killed host left behind. A cron schedule
 * (the daily tick) runs at once only when its hour passed while the host was down; AWS would have run it.
 */
export function runSchedules(input: ScheduleRunnerInput): { readonly stop: () => void } {
  const lastRuns = readState(input.stateFile);
  const running = new Set<string>();
  const started = input.schedules.map((schedule) => {
    const name = schedule.functionName;
    const run = async (): Promise<void> => {
      // A schedule never overtakes itself: the next one sees the same state.
      if (running.has(name)) return;
      running.add(name);
      const { ok } = await input.invoke(name, JSON.parse(schedule.input));
      running.delete(name);
      // One that failed is missed as well: the next start runs it again.
      if (ok && parseSchedule(schedule.expression).kind === 'cron') remember(name);
    };
    const now = new Date();
    const last = lastRuns[name];
    if (isDue(schedule, last, now)) void run();
    else if (last === undefined && parseSchedule(schedule.expression).kind === 'cron') remember(name);
    return startSchedule(schedule, () => void run(), input.longestRateSeconds);
  });
  return {
    stop: () => {
      for (const schedule of started) schedule.stop();
    },
  };

  function remember(name: string): void {
    lastRuns[name] = new Date().toISOString();
    writeWhole(input.stateFile, JSON.stringify(lastRuns));
  }
}

/** Whether a schedule has to run at start. A cron schedule that never ran waits for its hour. */
export function isDue(schedule: PlannedSchedule, lastRun: string | undefined, now: Date): boolean {
  if (parseSchedule(schedule.expression).kind === 'rate') return true;
  if (lastRun === undefined) return false;
  const next = nextRun(schedule, new Date(lastRun));
  return next !== undefined && next <= now;
}

function readState(file: string): Record<string, string> {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
