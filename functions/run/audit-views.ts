import { actsHash, checkpointHash } from '../../domain/evidence/checkpoint.ts';
import { isFunding, type JournalEntry } from '../../domain/ledger/funding.ts';
import { trialBalance } from '../../domain/ledger/trial-balance.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import { ExportRequested } from '../../events/run.ts';
import type { ExportJob, Seal } from '../adapters/closing-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { visitJournal } from '../audit/run-entries.ts';
import type { RunPorts } from './ports.ts';
import type { AuditViews, ExportListing, TrialBalance } from './service.ts';

/** What auditors ask for: figures from the entries themselves, files as jobs. */
export function auditViews(
  ports: Pick<RunPorts, 'runs' | 'ledger' | 'closings' | 'queues' | 'clock'>,
): AuditViews {
  return {
    trialBalance: async (runId) => {
      const run = await ports.runs.get(runId);
      if (!run.ok) return run;
      const sealedAt = (await sealOf(ports, run.value))?.at;
      const balance = trialBalance();
      const afterSeal: LaterEntry[] = [];
      let entries = 0;
      await visitJournal(ports, run.value, (entry) => {
        balance.add(entry.postings);
        entries += 1;
        if (sealedAt !== undefined && entry.at > sealedAt) afterSeal.push(...named(entry));
      });
      return ok({
        accounts: balance.totals(),
        entries,
        afterSeal: afterSeal.sort((a, b) => (a.at < b.at ? -1 : 1)),
      });
    },
    createExport: (request) => createExport(ports, request),
    getExport: async (exportId) => {
      const job = await ports.closings.export(exportId);
      return job
        ? ok(listing(job))
        : refuse(
            refusal('missing/export', '没有这个导出任务', 'there is no such export', {
              exportId: exportId.slice(0, 80),
            }),
          );
    },
    seal: async (runId) => {
      const run = await ports.runs.get(runId);
      if (!run.ok) return run;
      const seal = await sealOf(ports, run.value);
      if (!seal) return ok(undefined);
      const { sequence, previous, ranges, acts } = seal.checkpoint;
      const intact = await isIntact(ports, run.value, seal);
      return ok({ sequence, hash: seal.hash, previous, acts, ranges, intact });
    },
  };
}

type LaterEntry = TrialBalance['afterSeal'][number];
type SealPorts = Pick<RunPorts, 'runs' | 'closings'>;

/** The seal that the run's closing act names; undefined while the run is open. */
async function sealOf({ closings }: SealPorts, { closing, manifest }: Run): Promise<Seal | undefined> {
  return closing && closings.seal(manifest.jurisdiction, closing.seal.sequence);
}

/** Recomputes the seal from the acts before the closing and the seal before it, as they are stored now. */
async function isIntact({ runs, closings }: SealPorts, run: Run, seal: Seal): Promise<boolean> {
  const { checkpoint, hash } = seal;
  const acts = await runs.acts(run.runId);
  const before = acts.slice(
    0,
    acts.findIndex(({ kind }) => kind === 'closed'),
  );
  const previous =
    checkpoint.sequence > 1
      ? await closings.seal(run.manifest.jurisdiction, checkpoint.sequence - 1)
      : undefined;
  return (
    hash === run.closing?.seal.hash &&
    hash === checkpointHash(sha256Hex, checkpoint) &&
    checkpoint.run === run.runId &&
    checkpoint.acts === actsHash(sha256Hex, before) &&
    checkpoint.previous === (previous?.hash ?? '')
  );
}

/** No funding is ever among them: none is taken for a closed run. */
function named(entry: JournalEntry): LaterEntry[] {
  if (isFunding(entry)) return [];
  const { kind, payment, attempt, fen, at } = entry;
  return [{ kind, payment, attempt, fen, at }];
}

async function createExport(
  ports: Pick<RunPorts, 'runs' | 'closings' | 'queues' | 'clock'>,
  request: Parameters<AuditViews['createExport']>[0],
): Promise<Result<ExportListing>> {
  const { runId, format, by, exportId } = request;
  const run = await ports.runs.get(runId);
  if (!run.ok) return run;
  const existing = await ports.closings.export(exportId);
  const job: ExportJob = existing ?? {
    exportId,
    runId,
    format,
    by,
    at: ports.clock.now(),
    state: 'requested',
  };
  if (!existing) await ports.closings.putExport(job);
  if (job.state === 'requested') {
    await ports.queues.send('exports', ExportRequested, {
      type: 'audit.export-requested',
      version: 1,
      runId: job.runId,
      exportId,
    });
  }
  return ok(listing(job));
}

function listing({
  exportId,
  runId,
  format,
  state,
  fileName,
  objectKey,
  sha256,
  entries,
}: ExportJob): ExportListing {
  return {
    exportId,
    runId,
    format,
    state: state === 'ready' ? 'done' : 'requested',
    ...(fileName !== undefined && { fileName }),
    ...(objectKey !== undefined && { objectKey }),
    ...(sha256 !== undefined && { sha256 }),
    ...(entries !== undefined && { entries }),
  };
}
