import type { Bucket } from '../../domain/ids.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type FundingEntry, type JournalEntry, recordingOf } from '../../domain/ledger/funding.ts';
import { journalOf } from '../../domain/ledger/reversal.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from '../run/ports.ts';

const READS_AT_ONCE = 16;
const SECTIONS_AT_ONCE = 4;

type LedgerPort = Pick<RunPorts, 'ledger'>;

/**
 * Everything the journal has of a run, read strongly: its funding, then its payments' entries in bucket and key order. It comes in
 * sections, each the funding or one bucket, of which a few are in memory: a run may have more than memory holds.
 */
export async function* journalSections(
  ports: LedgerPort,
  run: Run,
): AsyncGenerator<readonly JournalEntry[], void, undefined> {
  yield await fundingsOf(ports, run);
  const drafted = draftedBuckets(run);
  for (let from = 0; from < drafted.length; from += SECTIONS_AT_ONCE) {
    const buckets = drafted.slice(from, from + SECTIONS_AT_ONCE);
    yield* await mapBounded(buckets, SECTIONS_AT_ONCE, async (bucket) => {
      const found: Entry[] = [];
      for await (const entry of entriesOf(ports, run, bucket)) found.push(entry);
      return found;
    });
  }
}

/** Hands over the same entries one by one, in no order over buckets, and keeps none: a run may have more than memory holds. */
export async function visitJournal(
  ports: LedgerPort,
  run: Run,
  visit: (entry: JournalEntry) => void,
): Promise<void> {
  for (const funding of await fundingsOf(ports, run)) visit(funding);
  await mapBounded(draftedBuckets(run), READS_AT_ONCE, async (bucket) => {
    for await (const entry of entriesOf(ports, run, bucket)) visit(entry);
  });
}

/** The funding that the run names, with its reversals; maybe it was recorded first for a run that was voided. */
export async function fundingsOf(
  { ledger }: LedgerPort,
  { manifest, fundings }: Run,
): Promise<FundingEntry[]> {
  const named = new Set(fundings.map(recordingOf));
  const recorded = await ledger.fundings(manifest, manifest.period, manifest.round);
  return recorded.filter((entry) => named.has(recordingOf(entry)));
}

/**
 * Entries of a run's journal in one bucket, in key order. Reissues stand in the periods of their payments; what the run took back
 * belongs to attempts of other runs.
 */
export async function* entriesOf({ ledger }: LedgerPort, run: Run, bucket: Bucket): AsyncGenerator<Entry> {
  for (const period of run.totals?.periods ?? []) {
    for await (const entry of ledger.ofBucket(run.manifest, period, bucket)) {
      if (journalOf(entry) === run.runId) yield entry;
    }
  }
}
