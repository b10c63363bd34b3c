import { BUCKET_COUNT, bucketName } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/ledger/entry.ts';
import type { Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import { entriesOfRun } from '../run/close.ts';
import type { RunPorts } from '../run/ports.ts';

const READS_AT_ONCE = 16;

/** Everything the journal has of a run: the funding it names (recorded first, maybe, for a voided run), then its payments' entries in bucket and key order, read strongly. */
export async function journalOf(ports: Pick<RunPorts, 'ledger'>, run: Run): Promise<JournalEntry[]> {
  const { period, round } = run.manifest;
  const vouchers = new Set(run.fundings.map(({ voucher }) => voucher));
  const fundings = (await ports.ledger.fundings(run.manifest, period, round)).filter(({ voucher }) =>
    vouchers.has(voucher),
  );
  const buckets = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
  const entries = await mapBounded(buckets, READS_AT_ONCE, (bucket) => entriesOfRun(ports, run, bucket));
  return [...fundings, ...entries.flat()];
}
