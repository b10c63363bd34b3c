/** EventBridge Scheduler expressions, run with croner in their time zone. */
import { Cron } from 'croner';
import type { PlannedSchedule } from './plan.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };
/** Largest value of each cron field, for `start/step`: minutes, hours, day of month, month, day of week, year. */
const FIELD_MAX = [59, 23, 31, 12, 7, 2199] as const;

export type Timing =
  | { readonly kind: 'rate'; readonly seconds: number }
  | { readonly kind: 'cron'; readonly pattern: string };

/** Parses `rate(5 minutes)` and `cron(0 8 * * ? *)`. Throws on anything else, one-time schedules included. */
export function parseSchedule(expression: string): Timing {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const [, count = '0', unit = ''] = rate;
    const seconds = Number(count) * (UNIT_SECONDS[unit] ?? 0);
    if (seconds > 0) return { kind: 'rate', seconds };
  }
  const cron = /^cron\(([^)]+)\)$/.exec(expression);
  const fields = cron?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== FIELD_MAX.length) throw new Error(`schedule ${expression} is not understood`);
  return { kind: 'cron', pattern: `0 ${fields.map(cronField).join(' ')}` };
}

/** croner wants a range before a step: `0/5` becomes `0-59/5`. */
function cronField(field: string, index: number): string {
  return field
    .split(',')
    .map((part) => part.replace(/^(\d+)\/(\d+)$/, `$1-${FIELD_MAX[index]}/$2`))
    .join(',');
}

const CRON_OPTIONS = { mode: '7-part', alternativeWeekdays: true } as const;

/** The next time (UTC instant) a schedule runs after `after`; undefined when it never does again. */
export function nextRun(
  schedule: Pick<PlannedSchedule, 'expression' | 'timeZone'>,
  after: Date,
): Date | undefined {
  const timing = parseSchedule(schedule.expression);
  if (timing.kind === 'rate') return new Date(after.getTime() + timing.seconds * 1000);
  const cron = new Cron(timing.pattern, { ...CRON_OPTIONS, timezone: schedule.timeZone, paused: true });
  return cron.nextRun(after) ?? undefined;
}

/** Runs a schedule until stopped. A rate never runs slower than `longestRateSeconds`. */
export function startSchedule(
  schedule: PlannedSchedule,
  run: () => void,
  longestRateSeconds: number,
): { readonly stop: () => void } {
  const timing = parseSchedule(schedule.expression);
  if (timing.kind === 'rate') {
    const timer = setInterval(run, Math.min(timing.seconds, longestRateSeconds) * 1000);
    return { stop: () => clearInterval(timer) };
  }
  const cron = new Cron(timing.pattern, { ...CRON_OPTIONS, timezone: schedule.timeZone }, run);
  return { stop: () => cron.stop() };
}
