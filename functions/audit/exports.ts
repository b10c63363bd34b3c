import { hledgerJournal } from '../../domain/ledger/hledger.ts';
import { invariant } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import { ExportRequested } from '../../events/run.ts';
import { newObjectName, type ObjectStore } from '../adapters/object-store.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type RunPorts, runPortsFrom } from '../run/ports.ts';
import { type Environment, filesFrom, processEnvironment } from '../wiring.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { journalSections } from './run-entries.ts';

export type ExportPorts = RunPorts & { readonly files: ObjectStore };

/**
 * Writes the ledger of a run as a file, as it is now, section by section; a job that is ready stays as it is. Every try writes a file
 * of its own, so that of two deliveries at once neither replaces the file of which the other states the hash.
 */
export async function writeExport(ports: ExportPorts, message: ExportRequested): Promise<void> {
  const job = await ports.closings.export(message.exportId);
  const run = await ports.runs.load(message.runId);
  invariant(job && run, `a message about an unknown export: ${message.exportId}`);
  if (job.state === 'ready') return;
  const fileName = `${run.runId}.${job.format === 'csv' ? 'csv' : 'journal'}`;
  const objectKey = `exports/${run.manifest.jurisdiction}/${job.exportId}/${newObjectName()}/${fileName}`;
  const form = job.format === 'csv' ? ledgerCsv() : hledgerJournal(`Fafang 发放 ledger of run ${run.runId}`);
  let entries = 0;
  async function* texts(written: Run): AsyncGenerator<string, void, undefined> {
    yield form.head;
    for await (const section of journalSections(ports, written)) {
      entries += section.length;
      yield form.section(section);
    }
    yield form.foot();
  }
  const stored = await ports.files.write(objectKey, texts(run), 'text/plain; charset=utf-8');
  await ports.closings.putExport({ ...job, state: 'ready', objectKey, fileName, ...stored, entries });
}

export function exportPortsFrom(env: Environment = processEnvironment()): ExportPorts {
  return { ...runPortsFrom(env), files: filesFrom(env) };
}

export function exportsHandler(ports: () => ExportPorts): QueueHandler {
  return queueHandler(ExportRequested, (message) => writeExport(ports(), message));
}

let ports: ExportPorts | undefined;
export const handler = exportsHandler(() => (ports ??= exportPortsFrom()));
