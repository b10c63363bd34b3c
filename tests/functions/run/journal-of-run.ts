import type { Entry } from '../../../domain/ledger/entry.ts';
import { journalOf } from '../../../domain/ledger/reversal.ts';
import type { Run } from '../../../domain/run/run.ts';
import { journalSections } from '../../../functions/audit/run-entries.ts';
import type { Office } from './office.ts';
import { runNow } from './whole-month.ts';

/**
 * A run's journal is read where the run has drafts, the ledger is scanned: what the one has and the other has not, in words; and how many
 * entries were compared.
 */
export async function compareJournal(
  bureau: Office,
  { runId }: Pick<Run, 'runId'>,
): Promise<{ readonly entries: number; readonly wrong: readonly string[] }> {
  const listed = new Map<string, number>();
  for await (const section of journalSections(bureau.ports, await runNow(bureau, { runId })))
    for (const entry of section) if ('payment' in entry) listed.set(entry.h, (listed.get(entry.h) ?? 0) + 1);
  const items = await bureau.engines.scan('ledger');
  const entries = items.filter(({ payment }) => payment !== undefined) as unknown as Entry[];
  const stored = new Map(entries.flatMap((entry) => (journalOf(entry) === runId ? [[entry.h, entry]] : [])));
  const missing = [...stored.values()]
    .filter(({ h }) => !listed.has(h))
    .map(({ payment, kind }) => `${kind} of ${payment} is not in the journal of ${runId}`);
  const strange = [...listed].flatMap(([h, times]) =>
    stored.has(h) && times === 1 ? [] : [`${h} is not of ${runId}, or is there ${times} times`],
  );
  return { entries: stored.size, wrong: [...missing, ...strange] };
}
