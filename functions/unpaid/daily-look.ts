import type { Context } from 'aws-lambda';
import { totalsOfOpen } from '../../domain/unpaid/open-list.ts';
import { loadWorkingDays } from '../adapters/working-days.ts';
import { policiesFrom, runStoresFrom } from '../run/ports.ts';
import { Separately, scheduled } from '../run/scheduled.ts';
import { type Environment, processEnvironment } from '../wiring.ts';
import { type OpenListPorts, openList } from './open-payments.ts';

type Look = { readonly open: number; readonly overdue: number; readonly stuck: number };
/** Figures over all bureaus, and of each bureau: an alarm goes by `waiting`, which is what a person has to see to. */
export type LookReport = Look & {
  readonly waiting: number;
  readonly bureaus: Readonly<Record<string, Look>>;
};

/**
 * 每日清点: counts failed and returned payments that are overdue, and money that stands still. It writes nothing but marks and
 * its figures: for reviews, and to the log, from where a metric and an alarm are made.
 *
 * @throws when looking failed somewhere: after every other bureau had its turn
 */
export async function dailyLook(ports: OpenListPorts): Promise<LookReport> {
  const bureaus: Record<string, Look> = {};
  const apart = new Separately();
  for (const jurisdiction of new Set((await ports.sweeps.scopes()).map((scope) => scope.jurisdiction))) {
    await apart.attempt(async () => {
      const { items, stuck } = await openList(ports, jurisdiction);
      const { open, overdue } = totalsOfOpen(items);
      await ports.sweeps.putLook(jurisdiction, {
        open: open.count,
        overdue: overdue.count,
        at: ports.clock.now(),
      });
      bureaus[jurisdiction] = { open: open.count, overdue: overdue.count, stuck: stuck.length };
    });
  }
  apart.throwFailures();
  const sum = (name: keyof Look): number =>
    Object.values(bureaus).reduce((total, one) => total + one[name], 0);
  const look = { open: sum('open'), overdue: sum('overdue'), stuck: sum('stuck') };
  return { ...look, waiting: look.overdue + look.stuck, bureaus };
}

export function lookPortsFrom(env: Environment = processEnvironment()): OpenListPorts {
  return { ...runStoresFrom(env), policies: policiesFrom(env), workingDays: loadWorkingDays };
}

let ports: OpenListPorts | undefined;
/** Once a day, after the runs that are due were started. */
export const handler: (event: unknown, context: Context) => Promise<LookReport> = scheduled(() =>
  dailyLook((ports ??= lookPortsFrom())),
);
