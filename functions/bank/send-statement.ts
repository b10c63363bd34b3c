import type { JurisdictionCode } from '../../domain/ids.ts';
import { ReconcileStatement, StatementReceived } from '../../events/bank-statement.ts';
import type { StatementJob } from '../adapters/bank-statement-store.ts';
import type { RunPorts } from '../run/ports.ts';

/** Has an uploaded statement read; asked for again, it is the same statement. */
export async function sendStatement(
  ports: Pick<RunPorts, 'queues'>,
  jurisdiction: JurisdictionCode,
  { statementId, objectKey }: StatementJob,
): Promise<void> {
  await ports.queues.send('results', StatementReceived, {
    type: 'bank.statement-received',
    version: 1,
    jurisdiction,
    statementId,
    objectKey,
  });
}

/** Has chunks of an accepted statement, named by its content, matched. */
export async function sendStatementChunks(
  ports: Pick<RunPorts, 'queues'>,
  jurisdiction: JurisdictionCode,
  statement: string,
  chunks: readonly number[],
): Promise<void> {
  const messages = chunks.map(
    (chunk): ReconcileStatement => ({
      type: 'bank.reconcile-statement',
      version: 1,
      jurisdiction,
      statement,
      chunk,
    }),
  );
  await ports.queues.sendAll('reconcile', ReconcileStatement, messages);
}
