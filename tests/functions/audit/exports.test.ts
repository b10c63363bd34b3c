import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyEntry } from '../../../domain/ledger/entry.ts';
import { isFunding, type JournalEntry, verifyFunding } from '../../../domain/ledger/funding.ts';
import { parseYuan } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { Item } from '../../../functions/adapters/dynamo-table.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { type ExportPorts, writeExport } from '../../../functions/audit/exports.ts';
import { LEDGER_COLUMNS } from '../../../functions/audit/ledger-csv.ts';
import { hledger, lacks } from '../../programs.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  bankAnswer,
  code,
  failing,
  type Office,
  REGULAR,
  reconciled,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { changedAccount, comingBack, draftsOf, smallOffice, wholeMonth } from '../run/whole-month.ts';

/** Two closed runs with a failure, a return and a reissue, and a third of one month's payments. */
let bureau: Office;
let regular: Run;
let supplementary: Run;
beforeAll(async () => {
  bureau = await smallOffice({ people: 4 });
  regular = await wholeMonth(bureau, { answer: failing([2]) });
  const [back] = await bankAnswer(bureau, regular, comingBack(3), 2);
  await reconciled(bureau, regular, back!);
  const open = await bureau.lists.unsettled(regular.runId);
  for (const draft of await draftsOf(bureau, regular)) {
    if (open.some(({ payment }) => payment === draft.payment))
      await changedAccount(
        bureau,
        draft.account!.payee,
        `62170000099${draft.enrolment.length}${draft.payment.charCodeAt(14)}0`,
      );
  }
  supplementary = await wholeMonth(bureau, { identity: SUPPLEMENTARY });
  bureau.clock.moveTo('2026-12-20');
  await wholeMonth(bureau, { identity: { ...REGULAR, period: '2027-01' }, answer: failing([1]) });
});
afterAll(() => bureau.stop());

async function exported(run: Run, format: 'csv' | 'hledger'): Promise<string> {
  const exportId = `${format}-${run.manifest.round}`;
  value(await bureau.audit.createExport({ runId: run.runId, format, by: 'auditor', exportId }));
  await bureau.deliver();
  const done = value(await bureau.audit.getExport(exportId));
  const bytes = await bureau.engines.files.read(done.objectKey!);
  expect(done).toMatchObject({ state: 'done', sha256: sha256Hex(bytes!) });
  return Buffer.from(bytes!).toString('utf8');
}

it('made by two deliveries at once from a ledger that moved on, is the file that its hash is of', async () => {
  const exportId = 'csv-twice';
  const message = { type: 'audit.export-requested', version: 1, runId: regular.runId, exportId } as const;
  value(await bureau.audit.createExport({ runId: regular.runId, format: 'csv', by: 'auditor', exportId }));
  const earlier = {
    ...bureau.ports,
    runs: { load: async () => ({ ...regular, fundings: [] }) },
  } as unknown as ExportPorts;
  const overtaken = {
    ...bureau.ports,
    files: {
      write: async (...written: Parameters<ExportPorts['files']['write']>) => {
        const stored = await bureau.engines.files.write(...written);
        await writeExport(earlier, message);
        return stored;
      },
    },
  } as unknown as ExportPorts;
  await writeExport(overtaken, message);
  const done = value(await bureau.audit.getExport(exportId));
  expect(sha256Hex((await bureau.engines.files.read(done.objectKey!))!)).toBe(done.sha256);
  await bureau.deliver();
  expect(value(await bureau.audit.getExport(exportId))).toEqual(done);
});

describe('the ledger of a run as CSV', () => {
  it('reads back, and its sums per account are the trial balance', async () => {
    const text = await exported(regular, 'csv');
    expect(text.startsWith('\ufeff')).toBe(true);
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    const [, , , , , , account, side, amount] = LEDGER_COLUMNS;
    const sums = new Map<string, { debit: number; credit: number }>();
    for (const line of rows) {
      // What is owed to persons is one line in the balance, and one account each in the file.
      const name = line[account]!.replace(/^(payable|returned):.*/, '$1');
      const sum = sums.get(name) ?? { debit: 0, credit: 0 };
      sum[line[side] as 'debit' | 'credit'] += value(parseYuan(line[amount]!));
      sums.set(name, sum);
    }
    const { accounts, entries } = value(await bureau.audit.trialBalance(regular.runId));
    // One funding, four releases, four outcomes, one return.
    expect(entries).toBe(10);
    expect(new Set(rows.map((line) => line[LEDGER_COLUMNS[0]])).size).toBe(10);
    expect([...sums].map(([name, sum]) => ({ account: name, ...sum }))).toEqual(
      expect.arrayContaining([...accounts]),
    );
    expect(sums.size).toBe(accounts.length);
    const total = accounts.reduce((sum, { debit, credit }) => sum + debit - credit, 0);
    expect(total).toBe(0);
  });

  it('is written once per job, and a job of nothing is refused', async () => {
    const first = await exported(supplementary, 'csv');
    expect(await exported(supplementary, 'csv')).toBe(first);
    expect(code(await bureau.audit.getExport('none'))).toBe('missing/export');
    const asked = { runId: 'none', format: 'csv', by: 'auditor', exportId: 'x' } as const;
    expect(code(await bureau.audit.createExport(asked))).toBe('missing/run');
  });
});

describe('personal data', () => {
  it('is in no export, no entry and no draft key', async () => {
    const texts: string[] = [];
    for (const format of ['csv', 'hledger'] as const)
      for (const run of [regular, supplementary]) texts.push(await exported(run, format));
    const stored = JSON.stringify(await bureau.engines.scan('ledger'));
    const keys = (await bureau.engines.scan('operations')).map(({ pk, sk }) => `${pk} ${sk}`).join('\n');
    const everything = [...texts, stored, keys].join('\n');
    const personal = [1, 2, 3, 4].flatMap((n) => {
      const [name = '', id = '', phone = ''] = row(n).split(',');
      return [name, id, phone, idNumber(n).slice(6, 14), `6217${String(n).padStart(12, '0')}`];
    });
    expect(personal.filter((text) => everything.includes(text))).toEqual([]);
  });
});

describe.skipIf(lacks('hledger'))('hledger (needs hledger)', () => {
  const check = (journal: string) => hledger(journal, 'check', '-s');

  it('finds nothing wrong with the journals', async () => {
    expect(check(await exported(regular, 'hledger'))).toBe('');
    expect(check(await exported(supplementary, 'hledger'))).toBe('');
  });

  it('finds an amount that was changed, alone or on both sides, and an entry that is missing', async () => {
    const journal = await exported(regular, 'hledger');
    expect(() => check(journal.replace('300.00 CNY', '300.01 CNY'))).toThrow("postings' sum should be 0");
    const entries = journal.split('\n\n');
    const at = entries.findIndex((text) => text.includes(') settled'));
    const both = entries.with(at, entries[at]!.replaceAll('300.00', '299.00')).join('\n\n');
    expect(both).not.toBe(journal);
    expect(() => check(both)).toThrow('assertion');
    expect(() => check(entries.toSpliced(at, 1).join('\n\n'))).toThrow('assertion');
  });
});

describe('entries', () => {
  it('carry hashes that recompute, each naming the one before', async () => {
    const items = await bureau.engines.scan('ledger');
    expect(items.length).toBeGreaterThan(20);
    const all = items.map(({ pk: _pk, sk: _sk, ...entry }) => entry as unknown as JournalEntry);
    const verifies = (entry: JournalEntry) =>
      isFunding(entry) ? verifyFunding(sha256Hex, entry) : verifyEntry(sha256Hex, entry);
    expect(new Set(all.map(({ kind }) => kind)).has('funding')).toBe(true);
    expect(all.filter((entry) => !verifies(entry))).toEqual([]);
    expect(all.filter((entry) => verifies({ ...entry, fen: (entry.fen + 1) as typeof entry.fen }))).toEqual(
      [],
    );
    const entries = all.flatMap((entry) => (isFunding(entry) ? [] : [entry]));
    const hashes = new Set(entries.map(({ h }) => h));
    const later = entries.filter(({ kind, attempt }) => kind !== 'release' || attempt > 1);
    expect(later.length).toBeGreaterThan(9);
    expect(later.filter(({ p }) => !hashes.has(p))).toEqual([]);
  });

  it('of a payment of one month take one write unit each, and so does its draft', async () => {
    const january = (item: Item) => item.pk.includes('2027-01');
    const ledger = (await bureau.engines.scan('ledger')).filter(
      (item) => january(item) && item['kind'] !== 'funding',
    );
    expect(ledger.map((item) => String(item['kind'])).sort()).toEqual([
      'failed',
      ...Array.from({ length: 4 }, () => 'release'),
      ...Array.from({ length: 3 }, () => 'settled'),
    ]);
    const drafts = (await bureau.engines.scan('operations')).filter(
      ({ pk }) => pk.startsWith('D#') && pk.includes('2027-01'),
    );
    expect(drafts).toHaveLength(4);
    expect(Math.max(...[...ledger, ...drafts].map(sizeOf))).toBeLessThanOrEqual(1024);
  });
});

describe('seals', () => {
  it('stand in one chain, each over the one before', async () => {
    const seals = await Promise.all(
      [regular.runId, supplementary.runId, '110199.high-age.2027-01.R.1'].map(async (runId) =>
        value(await bureau.audit.seal(runId)),
      ),
    );
    expect(seals.map((seal) => seal?.sequence)).toEqual([1, 2, 3]);
    expect(seals.map((seal) => seal?.previous)).toEqual(['', seals[0]!.hash, seals[1]!.hash]);
    expect(seals[0]!.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(code(await bureau.audit.seal('none'))).toBe('missing/run');
  });
});

/** Bytes of an item as DynamoDB counts them: names and values, a byte and three per list or map. */
function sizeOf(data: unknown): number {
  if (typeof data === 'string') return Buffer.byteLength(data);
  if (typeof data === 'number') return 1 + Math.ceil(String(data).length / 2);
  if (data instanceof Uint8Array) return data.length;
  if (Array.isArray(data)) return data.reduce<number>((sum, one) => sum + 1 + sizeOf(one), 3);
  if (typeof data === 'object' && data !== null)
    return Object.entries(data).reduce(
      (sum, [name, one]) => sum + Buffer.byteLength(name) + 1 + sizeOf(one),
      3,
    );
  return 1;
}
