import type { Context } from 'aws-lambda';
import { addMonths, monthOf, type Period, type PlainDate, periodOf } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { dueDate, type RunPolicy, runPolicy } from '../../domain/policy/run-parameters.ts';
import { invariant } from '../../domain/result.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { type Environment, processEnvironment } from '../wiring.ts';
import type { ActionPorts } from './actions.ts';
import { policiesFrom, runPortsFrom } from './ports.ts';
import { Separately, scheduled } from './scheduled.ts';
import { startRun } from './start.ts';

export type TickPorts = Pick<
  ActionPorts,
  'runs' | 'queues' | 'clock' | 'settings' | 'sweeps' | 'streets' | 'streetReports' | 'policies'
>;
export type TickReport = {
  readonly started: readonly string[];
  readonly refused: Readonly<Record<string, string>>;
};

/** Days before the pay day on which a run is started: time for review, signatures and the finance bureau. */
const LEAD_DAYS = 10;

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
      for (const period of duePeriods(book, scope, today)) {
        if (await ports.runs.livePointer({ ...scope, period, round: 'R' })) continue;
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

/** Periods whose lead time has begun and whose pay day has not passed. */
export function duePeriods(book: PolicyBook, scope: Scope, today: PlainDate): Period[] {
  const month = monthOf(today);
  const due = new Set<Period>();
  for (let offset = -12; offset <= 12; offset += 1) {
    const candidate = addMonths(month, offset);
    const policy = runPolicy(book, { ...scope, knownOn: today }, candidate);
    if (!policy.ok) continue;
    const period = periodOf(candidate, policy.value.payCycle);
    if (isDue(period, policy.value, candidate, today)) due.add(period);
  }
  return [...due];
}

function isDue(period: Period, policy: RunPolicy, month: string, today: PlainDate): boolean {
  if (month < policy.historyFrom) return false;
  const payDay = dueDate(period, policy.payTiming);
  return daysBefore(payDay, LEAD_DAYS) <= today && today <= payDay;
}

function daysBefore(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
}

export function tickPortsFrom(env: Environment = processEnvironment()): TickPorts {
  return { ...runPortsFrom(env), policies: policiesFrom(env) };
}

let ports: TickPorts | undefined;
export const handler: (event: unknown, context: Context) => Promise<TickReport> = scheduled(() =>
  tick((ports ??= tickPortsFrom())),
);
