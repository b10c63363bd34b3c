import type { JurisdictionCode } from '../../domain/ids.ts';
import type { RunPorts } from '../run/ports.ts';
import { sendStatement, sendStatementChunks } from './send-statement.ts';

/** Later nobody waits for one any more; it can be uploaded again. */
const LOOKED_AT_DAYS = 60;

/** Statements not read yet and chunks not matched, of every jurisdiction with runs: sent again when they have not moved. */
export async function sweepStatements(ports: RunPorts): Promise<number> {
  const scopes = await ports.sweeps.scopes();
  let mended = 0;
  for (const jurisdiction of new Set(scopes.map((scope) => scope.jurisdiction)))
    mended += await sweepJurisdiction(ports, jurisdiction);
  return mended;
}

async function sweepJurisdiction(ports: RunPorts, jurisdiction: JurisdictionCode): Promise<number> {
  const oldest = new Date(Date.parse(ports.clock.now()) - LOOKED_AT_DAYS * 86_400_000).toISOString();
  let mended = 0;
  for (const job of await ports.statements.jobs(jurisdiction)) {
    if (
      job.state !== 'received' ||
      job.at < oldest ||
      !(await ports.sweeps.stands(`statement ${job.statementId}`, job.state))
    )
      continue;
    await sendStatement(ports, jurisdiction, job);
    mended += 1;
  }
  for (const account of await ports.statements.accounts(jurisdiction)) {
    for (const { c, chunks, at } of await ports.statements.statements({ jurisdiction, account })) {
      if (at < oldest) continue;
      const done = await ports.statements.chunksDone(jurisdiction, c);
      const open = Array.from({ length: chunks }, (_, chunk) => chunk).filter((chunk) => !done.has(chunk));
      if (open.length === 0 || !(await ports.sweeps.stands(`statement ${c}`, `${done.size}`))) continue;
      await sendStatementChunks(ports, jurisdiction, c, open);
      mended += 1;
    }
  }
  return mended;
}
