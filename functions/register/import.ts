import { ImportMessage } from '../../events/imports.ts';
import { grantListBlock } from '../grants/decide-grant-list.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { applyReport } from '../street/apply-report.ts';
import { applyAccountFile } from './account-file.ts';
import { importChunk } from './import-chunk.ts';
import { type ImportServices, importServices } from './import-services.ts';
import { startImport } from './start-import.ts';

/** SQS: an import was requested, one of its chunks is to be recorded, rows that a street reported were accepted, a bank's file was signed, or a list of grants was decided. */
export function importHandler(services: () => ImportServices): QueueHandler {
  return queueHandler(ImportMessage, async (message, { log }) => {
    if (message.type === 'import.requested') await startImport(services(), message, log);
    else if (message.type === 'import.chunk') await importChunk(services(), message, log);
    else if (message.type === 'account-file.chunk') await applyAccountFile(services(), message);
    else if (message.type === 'grant-list.block') await grantListBlock(services(), message);
    else await applyReport(services(), message, log);
  });
}

let shared: ImportServices | undefined;
export const handler = importHandler(() => {
  shared ??= importServices();
  return shared;
});
