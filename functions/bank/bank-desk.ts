import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, RunId } from '../../domain/ids.ts';
import type { Tie } from '../../domain/reconciliation/tie.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import { resentFile } from '../../domain/run/money-commands.ts';
import type { Run } from '../../domain/run/run.ts';
import type { StatementJob } from '../adapters/bank-statement-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { Page, PageRequest } from '../run/pages.ts';
import type { RunPorts } from '../run/ports.ts';
import { runsOfAccount } from './account-runs.ts';
import { noAccount, tieAccount } from './account-tie.ts';
import { type BankQuery, listBankQueries } from './bank-queries.ts';
import { type BreakFilter, type BreakListing, decideBreak, listBreaks } from './breaks.ts';
import { sendStatement } from './send-statement.ts';
import { statementLayoutOf } from './statement-layout-of.ts';

type Answer<T> = Promise<Result<T>>;
export type StatementListing = Omit<StatementJob, 'objectKey' | 'layout'> & {
  /** Of the statements that it brought in: their days, and the chunks that are matched. */
  readonly statements: readonly {
    readonly name: string;
    readonly sequence?: number;
    readonly from: PlainDate;
    readonly to: PlainDate;
    readonly entries: number;
    readonly chunks: { readonly done: number; readonly of: number };
  }[];
};

/** What the cashier does with the bank beside its answers to files: statements, queries, breaks, and whether it all ties. */
export type BankDesk = {
  submitStatement: (request: {
    readonly jurisdiction: JurisdictionCode;
    readonly account: string;
    readonly objectKey: string;
    readonly by: string;
  }) => Answer<{ readonly statementId: string; readonly at: Instant }>;
  listStatements: (jurisdiction: JurisdictionCode) => Promise<readonly StatementListing[]>;
  listBankQueries: (runId: RunId, page: PageRequest) => Answer<Page<BankQuery>>;
  listBreaks: (
    jurisdiction: JurisdictionCode,
    page: PageRequest & { readonly filter: BreakFilter },
  ) => Promise<Page<BreakListing>>;
  decideBreak: (request: Parameters<typeof decideBreak>[1]) => Answer<BreakListing>;
  tieAccount: (request: Parameters<typeof tieAccount>[1]) => Answer<Tie>;
  /** 重新报送: the same file again, with the same bytes and the same ids; who asked for it and why is kept. */
  resendFile: (request: {
    readonly runId: RunId;
    readonly fileName: string;
    readonly reason: string;
    readonly by: string;
    readonly request?: string;
  }) => Answer<Run>;
};

type DeskPorts = RunPorts & { readonly policies: PolicyStore };

export function bankDesk(ports: DeskPorts): BankDesk {
  return {
    submitStatement: (request) => submitStatement(ports, request),
    listStatements: (jurisdiction) => listStatements(ports, jurisdiction),
    listBankQueries: (runId, page) => listBankQueries(ports, runId, page),
    listBreaks: (jurisdiction, page) => listBreaks(ports, jurisdiction, page),
    decideBreak: (request) => decideBreak(ports, request),
    tieAccount: (request) => tieAccount(ports, request),
    resendFile: ({ runId, fileName, reason, by, request }) =>
      ports.runs.act(runId, (run) => resentFile(run, fileName, reason), {
        at: ports.clock.now(),
        by,
        ...(request !== undefined && { request }),
      }),
  };
}

/** The upload names the job: submitting it twice is one job. What the file is worth is decided where it is read. */
async function submitStatement(
  ports: DeskPorts,
  { jurisdiction, account, objectKey, by }: Parameters<BankDesk['submitStatement']>[0],
): Promise<Result<{ statementId: string; at: Instant }>> {
  const runs = await runsOfAccount(ports, jurisdiction, account);
  if (runs.length === 0) return refuse(noAccount());
  const layout = await statementLayoutOf(ports, runs);
  if (!layout.ok) return layout;
  const statementId = `s${sha256Hex(objectKey).slice(0, 20)}`;
  const job = (await ports.statements.job(jurisdiction, statementId)) ?? {
    statementId,
    account,
    objectKey,
    by,
    at: ports.clock.now(),
    ...(layout.value && { layout: layout.value }),
    state: 'received' as const,
  };
  if (job.state === 'received') await ports.statements.putJob(jurisdiction, job);
  await sendStatement(ports, jurisdiction, job);
  return ok({ statementId, at: job.at });
}

async function listStatements(ports: RunPorts, jurisdiction: JurisdictionCode): Promise<StatementListing[]> {
  const accounts = await ports.statements.accounts(jurisdiction);
  const records = (
    await Promise.all(accounts.map((account) => ports.statements.statements({ jurisdiction, account })))
  ).flat();
  const listings: StatementListing[] = [];
  for (const { objectKey: _objectKey, layout: _layout, ...job } of await ports.statements.jobs(
    jurisdiction,
  )) {
    const mine = records.filter(({ statementId }) => statementId === job.statementId);
    const statements = await Promise.all(
      mine.map(async ({ name, sequence, from, to, entries, chunks, c }) => ({
        name,
        from,
        to,
        entries,
        ...(sequence !== undefined && { sequence }),
        chunks: { done: (await ports.statements.chunksDone(jurisdiction, c)).size, of: chunks },
      })),
    );
    listings.push({ ...job, statements });
  }
  return listings;
}
