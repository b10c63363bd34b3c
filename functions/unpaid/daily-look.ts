import type { Context } from 'aws-lambda';
import { totalsOfOpen } from '../../domain/unpaid/open-list.ts';
import { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import { GrantMarks } from '../adapters/grant-marks.ts';
import { RecoveryStore } from '../adapters/recovery-store.ts';
import { VentureCallStore } from '../adapters/venture-call-store.ts';
import { VentureStore } from '../adapters/venture-store.ts';
import { loadWorkingDays } from '../adapters/working-days.ts';
import { overduePapers } from '../grants/application-list.ts';
import type { ApplicationPorts } from '../grants/application-ports.ts';
import { recoveryList } from '../recovery/recovery-list.ts';
import type { RecoveryPorts } from '../recovery/recovery-ports.ts';
import { policiesFrom, runStoresFrom } from '../run/ports.ts';
import { Separately, scheduled } from '../run/scheduled.ts';
import { type OverduePorts, overdueProjects } from '../venture/overdue.ts';
import { type Environment, processEnvironment, tableFrom } from '../wiring.ts';
import { type OpenListPorts, openList } from './open-payments.ts';

type Look = {
  readonly open: number;
  readonly overdue: number;
  readonly stuck: number;
  /** Recovery orders of which something is not paid in by its day. */
  readonly recoveriesOverdue: number;
  /** Applications whose papers were to follow aid that came first, and did not in time. */
  readonly papersOverdue: number;
  /** Files of projects that are missing after their day, or so late that they count as a failed evaluation. */
  readonly filesOverdue: number;
  /** Tranches of projects that were not released in time. */
  readonly tranchesOverdue: number;
  /** Projects with money that was not used in time. */
  readonly moneyUnused: number;
};
export type LookPorts = OpenListPorts &
  Pick<RecoveryPorts, 'recoveries'> & {
    readonly grants: Pick<ApplicationPorts, 'applications' | 'marks'>;
    readonly venture: Pick<OverduePorts, 'projects' | 'calls'>;
  };
/** Figures over all bureaus, and of each bureau: an alarm goes by `waiting`, which is what a person has to see to. */
export type LookReport = Look & {
  readonly waiting: number;
  readonly bureaus: Readonly<Record<string, Look>>;
};

/**
 * 每日清点: counts failed and returned payments that are overdue, money that stands still, recovery orders, papers and files that
 * are overdue, and projects' money that was not used in time. It writes nothing but marks and its figures: for reviews, and to the log, from where a metric and an alarm are made.
 *
 * @throws when looking failed somewhere: after every other bureau had its turn
 */
export async function dailyLook(ports: LookPorts): Promise<LookReport> {
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
      const projects = await overdueProjects({ ...ports, ...ports.venture }, jurisdiction);
      bureaus[jurisdiction] = {
        open: open.count,
        overdue: overdue.count,
        stuck: stuck.length,
        recoveriesOverdue: await recoveriesOverdue(ports, jurisdiction),
        papersOverdue: (await overduePapers(ports.grants, jurisdiction, ports.clock.today())).length,
        filesOverdue: projects.files.length,
        tranchesOverdue: projects.payments.length,
        moneyUnused: projects.unused.length,
      };
    });
  }
  apart.throwFailures();
  const sum = (name: keyof Look): number =>
    Object.values(bureaus).reduce((total, one) => total + one[name], 0);
  const look = {
    open: sum('open'),
    overdue: sum('overdue'),
    stuck: sum('stuck'),
    recoveriesOverdue: sum('recoveriesOverdue'),
    papersOverdue: sum('papersOverdue'),
    filesOverdue: sum('filesOverdue'),
    tranchesOverdue: sum('tranchesOverdue'),
    moneyUnused: sum('moneyUnused'),
  };
  const { open: _open, ...toSeeTo } = look;
  const waiting = Object.values(toSeeTo).reduce((total, one) => total + one, 0);
  return { ...look, waiting, bureaus };
}

async function recoveriesOverdue(ports: LookPorts, jurisdiction: string): Promise<number> {
  const scopes = (await ports.sweeps.scopes()).filter((scope) => scope.jurisdiction === jurisdiction);
  let overdue = 0;
  for (const scope of scopes)
    overdue += (await recoveryList(ports, scope, { overdue: true }, ports.clock.today())).length;
  return overdue;
}

export function lookPortsFrom(env: Environment = processEnvironment()): LookPorts {
  const operations = tableFrom('operations', env);
  return {
    ...runStoresFrom(env),
    policies: policiesFrom(env),
    recoveries: new RecoveryStore(operations),
    grants: { applications: new GrantApplicationStore(operations), marks: new GrantMarks(operations) },
    venture: { projects: new VentureStore(operations), calls: new VentureCallStore(operations) },
    workingDays: loadWorkingDays,
  };
}

let ports: LookPorts | undefined;
/** Once a day, after the runs that are due were started. */
export const handler: (event: unknown, context: Context) => Promise<LookReport> = scheduled(() =>
  dailyLook((ports ??= lookPortsFrom())),
);
