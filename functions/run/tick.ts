import type { Context } from 'aws-lambda';
import {
  addMonths,
  monthOf,
  monthsOfPeriod,
  type Period,
  type PlainDate,
  periodOf,
} from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import type { PolicyScope } from '../../domain/policy/lookup.ts';
import { LEAD_DAYS } from '../../domain/policy/pay-day.ts';
import { dueDate, type RunPolicy, runPolicy } from '../../domain/policy/run-parameters.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { invariant } from '../../domain/result.ts';
import { addDays } from '../../domain/working-days.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { type Environment, processEnvironment } from '../wiring.ts';
import type { ActionPorts } from './actions.ts';
import { plannedPayDay } from './pay-days.ts';
import { policiesFrom, runPortsFrom } from './ports.ts';
import { Separately, scheduled } from './scheduled.ts';
import { startRun } from './start.ts';
import { startGranted } from './start-granted.ts';

export type TickPorts = Pick<
  ActionPorts,
  'runs' | 'queues' | 'clock' | 'settings' | 'sweeps' | 'streets' | 'streetReports' | 'policies'
>;
export type TickReport = {
  readonly started: readonly string[];
  readonly refused: Readonly<Record<string, string>>;
};

/**
 * No pay day is moved further than this: what is due at the end of February may be paid ten working days before a Spring Festival
 * that begins with the month.
 */
const MOVED_DAYS_MAX = 50;
/** Holidays that are still unknown are said this much ahead. */
const UNKNOWN_DAYS = 30;

/**
 * 每日检查: starts the regular runs that are due, at most one per period. Started twice, or by someone else before, the second
 * start is refused and nothing happens. A period whose pay day has passed is left to people.
 *
 * @throws when the policy book is broken, or when starting failed somewhere: after every other district had its turn
 */
export async function tick(ports: TickPorts): Promise<TickReport> {
  const today = ports.clock.today();
  const frozen = await ports.policies.freeze();
  invariant(frozen.ok, `the policy book cannot be read: ${frozen.ok ? '' : frozen.error.code}`);
  const { book } = frozen.value;
  const started: string[] = [];
  const refused: Record<string, string> = {};
  const apart = new Separately();
  for (const scope of await scopesOf(ports)) {
    await apart.attempt(async () => {
      // At once is the sweeper's work; what keeps it from it is said here.
      for (const when of ['daily', 'at-once'] as const) {
        const granted = await startGranted(ports, scope, when);
        if (granted && 'runId' in granted) started.push(granted.runId);
        else if (granted) refused[`${scope.jurisdiction}.${scope.programme}`] = granted.refused;
      }
      for (const period of await duePeriods(book, scope, today)) {
        if (await ports.runs.livePointer({ ...scope, period, round: 'R' })) continue;
        if (hasNothingDue(book, { ...scope, knownOn: today }, period)) continue;
        const run = await startRun(ports, { ...scope, period, round: 'R' }, 'system');
        if (run.ok) started.push(run.value.runId);
        else refused[`${scope.jurisdiction}.${scope.programme}.${period}`] = run.error.code;
      }
    });
  }
  apart.throwFailures();
  return { started, refused };
}

/** Where runs were started before, and every district with a policy pack of its own. */
async function scopesOf(ports: TickPorts): Promise<Scope[]> {
  const packs = (await ports.policies.packs())
    .map(({ pack }) => pack)
    .filter(({ jurisdiction }) => !jurisdiction.endsWith('00'));
  const scopes = new Map<string, Scope>();
  for (const { jurisdiction, programme } of [...(await ports.sweeps.scopes()), ...packs]) {
    scopes.set(`${jurisdiction}#${programme}`, { jurisdiction, programme });
  }
  return [...scopes.values()];
}

/**
 * Periods whose lead time has begun and whose pay day has not passed, and those whose pay day cannot be told: starting them says
 * what is missing, in time for somebody to see to it.
 */
export async function duePeriods(book: PolicyBook, scope: Scope, today: PlainDate): Promise<Period[]> {
  // What is granted is paid when it was, and by no calendar.
  if (RUN_RULES[scope.programme]?.paidBy === 'grants') return [];
  const month = monthOf(today);
  const due = new Set<Period>();
  for (let offset = -12; offset <= 12; offset += 1) {
    const candidate = addMonths(month, offset);
    const policy = runPolicy(book, { ...scope, knownOn: today }, candidate);
    if (!policy.ok) continue;
    const period = periodOf(candidate, policy.value.payCycle);
    if (candidate < policy.value.historyFrom || due.has(period)) continue;
    if (await isDue(book, { ...scope, knownOn: today }, period, policy.value)) due.add(period);
  }
  return [...due];
}

/** A month that policy sets off by what happened in it (价格临时补贴), and did not. Where that cannot be told, starting a run says why. */
function hasNothingDue(book: PolicyBook, scope: PolicyScope, period: Period): boolean {
  const isSetOff = RUN_RULES[scope.programme]?.isSetOff;
  if (!isSetOff) return false;
  return monthsOfPeriod(period).every((month) => {
    const setOff = isSetOff({ book, scope }, month);
    return setOff.ok && !setOff.value;
  });
}

async function isDue(
  book: PolicyBook,
  scope: PolicyScope,
  period: Period,
  { payTiming }: RunPolicy,
): Promise<boolean> {
  const today = scope.knownOn;
  const due = dueDate(period, payTiming);
  if (today < addDays(due, -LEAD_DAYS - MOVED_DAYS_MAX) || today > addDays(due, MOVED_DAYS_MAX)) return false;
  const planned = await plannedPayDay(book, scope, period, payTiming);
  if (!planned.ok) return addDays(due, -LEAD_DAYS - UNKNOWN_DAYS) <= today && today <= due;
  return addDays(planned.value.day, -LEAD_DAYS) <= today && today <= planned.value.day;
}

export function tickPortsFrom(env: Environment = processEnvironment()): TickPorts {
  return { ...runPortsFrom(env), policies: policiesFrom(env) };
}

let ports: TickPorts | undefined;
export const handler: (event: unknown, context: Context) => Promise<TickReport> = scheduled(() =>
  tick((ports ??= tickPortsFrom())),
);
