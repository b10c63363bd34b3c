import { trialBalance } from '../../domain/ledger/trial-balance.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { ExportRequested } from '../../events/run.ts';
import type { ExportJob } from '../adapters/closing-store.ts';
import { visitJournal } from '../audit/run-entries.ts';
import type { RunPorts } from './ports.ts';
import type { AuditViews, ExportListing } from './service.ts';

/** What auditors ask for: figures from the entries themselves, files as jobs. */
export function auditViews(
  ports: Pick<RunPorts, 'runs' | 'ledger' | 'closings' | 'queues' | 'clock'>,
): AuditViews {
  return {
    trialBalance: async (runId) => {
      const run = await ports.runs.get(runId);
      if (!run.ok) return run;
      const balance = trialBalance();
      let entries = 0;
      await visitJournal(ports, run.value, ({ postings }) => {
        balance.add(postings);
        entries += 1;
      });
      return ok({ accounts: balance.totals(), entries });
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
      const seal = await ports.closings.sealOf(run.value.manifest.jurisdiction, runId);
      if (!seal) return ok(undefined);
      const { sequence, previous, ranges } = seal.checkpoint;
      return ok({ sequence, hash: seal.hash, previous, ranges });
    },
  };
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
