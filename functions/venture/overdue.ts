import { chinaDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { type Fen, ZERO } from '../../domain/money.ts';
import { unusedSince } from '../../domain/programmes/venture-fund/deadlines.ts';
import {
  inExecution,
  latePayments,
  type OverdueFile,
  overdueFiles,
  releasesOf,
  rulesOf,
  spentFen,
  type TrancheDue,
} from '../../domain/venture/execution-standing.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { WorkingDays } from '../../domain/working-days.ts';
import { mapBounded } from '../concurrency.ts';
import { type CarryPorts, moneyOf, receivedPayments } from './carry-out.ts';

const AT_ONCE = 8;

export type Overdue = {
  /** 逾期材料. */
  readonly files: readonly { readonly project: Project; readonly file: OverdueFile }[];
  /** 逾期未拨付的各期. */
  readonly payments: readonly { readonly project: Project; readonly due: TrancheDue }[];
  /** 逾期未使用的资金, before anybody proposed to recover it. */
  readonly unused: readonly { readonly project: Project; readonly fen: Fen }[];
};
export type OverduePorts = Pick<CarryPorts, 'projects' | 'calls' | 'ledger' | 'runs' | 'clock'> & {
  readonly workingDays: () => Promise<WorkingDays>;
};

/** What projects in execution owe the bureau: files past their day, and money that was not used in time. */
export async function overdueProjects(ports: OverduePorts, jurisdiction: JurisdictionCode): Promise<Overdue> {
  const today = ports.clock.today();
  const days = await ports.workingDays();
  const found: Overdue[] = [];
  for (const { callId } of await ports.calls.calls(jurisdiction)) {
    const keys: string[] = [];
    for await (const listing of ports.projects.listings(jurisdiction, callId))
      if (listing.stage === 'signed') keys.push(listing.projectKey);
    found.push(
      ...(await mapBounded(keys, AT_ONCE, async (key) => {
        const project = await ports.projects.load(key);
        return project ? overdueOf(ports, project, today, days) : NOTHING;
      })),
    );
  }
  return {
    files: found.flatMap(({ files }) => files),
    payments: found.flatMap(({ payments }) => payments),
    unused: found.flatMap(({ unused }) => unused),
  };
}

const NOTHING: Overdue = { files: [], payments: [], unused: [] };

async function overdueOf(
  ports: OverduePorts,
  project: Project,
  today: string,
  days: WorkingDays,
): Promise<Overdue> {
  const files = overdueFiles(project, today).map((file) => ({ project, file }));
  const payments = latePayments(project, today, days).map((due) => ({ project, due }));
  const unused = await unusedOf(ports, project, today);
  return { files, payments, unused: unused > 0 ? [{ project, fen: unused }] : [] };
}

/** The ledger is asked only where something was released so long ago that it may be over. */
async function unusedOf(ports: OverduePorts, project: Project, today: string): Promise<Fen> {
  const running = inExecution(project);
  if (!running.ok) return ZERO;
  const released = releasesOf(project.execution).map(({ proposed, decided }) => ({
    paidOn: chinaDate(decided.at),
    fen: proposed.fen,
  }));
  const spent = spentFen(project.execution);
  if (unusedSince(rulesOf(running.value), released, spent, today) === 0) return ZERO;
  return unusedSince(rulesOf(running.value), receivedPayments(await moneyOf(ports, project)), spent, today);
}
