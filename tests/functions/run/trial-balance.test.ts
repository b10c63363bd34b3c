import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../domain/ledger/entry.ts';
import type { JournalEntry } from '../../../domain/ledger/funding.ts';
import { trialBalance } from '../../../domain/ledger/trial-balance.ts';
import { fen } from '../../../domain/money.ts';
import { ok } from '../../../domain/result.ts';
import { planShards } from '../../../domain/run/manifest.ts';
import type { Run } from '../../../domain/run/run.ts';
import { journalSections, visitJournal } from '../../../functions/audit/run-entries.ts';
import { auditViews } from '../../../functions/run/audit-views.ts';
import type { RunPorts } from '../../../functions/run/ports.ts';
import { releaseOf } from '../../domain/ledger/samples.ts';
import { value } from './office.ts';

const PER_BUCKET = 12;
const runId = '110199.high-age.2026-12.R.1';
const run = {
  runId,
  manifest: {
    jurisdiction: '110199',
    programme: 'high-age',
    period: '2026-12',
    round: 'R',
    shards: planShards(8),
  },
  shards: [],
  fundings: [{ voucher: 'BK-1' }],
  totals: { periods: ['2026-11', '2026-12'] },
} as unknown as Run;

/** The n-th entry of a bucket: every one of another amount, every third of another run. */
function entryOf(period: string, bucket: string, n: number): Entry {
  const entry = releaseOf(n, fen(1 + n + 100 * Number.parseInt(bucket, 16) + (period === '2026-11' ? 7 : 0)));
  return n % 3 === 0 ? { ...entry, run: 'another' } : entry;
}

/** A ledger that hands over one object per bucket and writes each entry over the one before: who keeps an entry keeps nothing. */
function ledgerOf(reuse: boolean): RunPorts['ledger'] {
  async function* ofBucket(_: unknown, period: string, bucket: string) {
    const shared = {} as Entry;
    for (let n = 0; n < PER_BUCKET; n += 1) {
      const entry = entryOf(period, bucket, n);
      yield reuse ? Object.assign(shared, entry) : entry;
    }
  }
  const funding = { kind: 'funding', voucher: 'BK-1', run: 'voided', fen: 5, postings: [] };
  const fundings = async () => [funding, { ...funding, voucher: 'BK-2' }];
  return { ofBucket, fundings } as unknown as RunPorts['ledger'];
}

async function journalOf(): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const section of journalSections({ ledger: ledgerOf(false) }, run)) entries.push(...section);
  return entries;
}

describe('the trial balance of a run', () => {
  it('adds up entries as they come and keeps none', async () => {
    const ledger = ledgerOf(true);
    const all = await journalOf();
    expect(all).toHaveLength(1 + 256 * 2 * 8);
    const expected = trialBalance();
    for (const { postings } of all) expected.add(postings);
    const ports = { ledger, runs: { get: async () => ok(run) } } as unknown as RunPorts;
    expect(value(await auditViews(ports).trialBalance(runId))).toEqual({
      accounts: expected.totals(),
      entries: all.length,
      afterSeal: [],
    });
  });

  it('comes to the export in sections, of which few are read ahead', async () => {
    const read = new Set<string>();
    async function* ofBucket(_: unknown, period: string, bucket: string) {
      read.add(bucket);
      yield entryOf(period, bucket, 1);
    }
    const ledger = { ofBucket, fundings: async () => [] } as unknown as RunPorts['ledger'];
    let sections = 0;
    for await (const section of journalSections({ ledger }, run)) {
      expect(read.size).toBeLessThanOrEqual(sections + 4);
      expect(section.length).toBeLessThanOrEqual(2);
      sections += 1;
    }
    expect([sections, read.size]).toEqual([257, 256]);
  });

  it('visits what the export has, in key order within a bucket', async () => {
    const seen: JournalEntry[] = [];
    await visitJournal({ ledger: ledgerOf(false) }, run, (entry) => seen.push(entry));
    const all = await journalOf();
    expect(seen[0]).toMatchObject({ kind: 'funding', voucher: 'BK-1' });
    const hashes = (entries: readonly JournalEntry[]) =>
      entries.map(({ h, fen: amount }) => `${h} ${amount}`);
    expect(hashes(seen).sort()).toEqual(hashes(all).sort());
    const amounts = all.slice(1, 17).map((entry) => entry.fen);
    expect(amounts).toEqual([9, 10, 12, 13, 15, 16, 18, 19, 2, 3, 5, 6, 8, 9, 11, 12]);
  });
});
