import { hledgerJournal } from '../../domain/ledger/hledger.ts';
import { invariant } from '../../domain/result.ts';
import { ExportRequested } from '../../events/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type RunPorts, runPortsFrom } from '../run/ports.ts';
import { type Environment, filesFrom, processEnvironment } from '../wiring.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { journalOf } from './run-entries.ts';

export type ExportPorts = RunPorts & { readonly files: ObjectStore };

/**
 * Writes the ledger of a run as a file, as it is now; a job that is ready stays as it is. The hash of the bytes is part of the key, so
 * that of two deliveries at once neither replaces the file of which the other states the hash.
 */
export async function writeExport(ports: ExportPorts, message: ExportRequested): Promise<void> {
  const job = await ports.closings.export(message.exportId);
  const run = await ports.runs.load(message.runId);
  invariant(job && run, `a message about an unknown export: ${message.exportId}`);
  if (job.state === 'ready') return;
  const entries = await journalOf(ports, run);
  const text =
    job.format === 'csv'
      ? ledgerCsv(entries)
      : hledgerJournal(entries, `Fafang 发放 ledger of run ${run.runId}, ${entries.length} entries`);
  const bytes = Buffer.from(text, 'utf8');
  const fileName = `${run.runId}.${job.format === 'csv' ? 'csv' : 'journal'}`;
  const sha256 = sha256Hex(bytes);
  const objectKey = `exports/${run.manifest.jurisdiction}/${job.exportId}/${sha256}/${fileName}`;
  await ports.files.put(objectKey, bytes, 'text/plain; charset=utf-8');
  await ports.closings.putExport({
    ...job,
    state: 'ready',
    objectKey,
    fileName,
    bytes: bytes.length,
    sha256,
    entries: entries.length,
  });
}

export function exportPortsFrom(env: Environment = processEnvironment()): ExportPorts {
  return { ...runPortsFrom(env), files: filesFrom(env) };
}

export function exportsHandler(ports: () => ExportPorts): QueueHandler {
  return queueHandler(ExportRequested, (message) => writeExport(ports(), message));
}

let ports: ExportPorts | undefined;
export const handler = exportsHandler(() => (ports ??= exportPortsFrom()));
