import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import { type ResponseOf, waitFor } from './api-client.ts';
import { type Amount, type Desk, fenOf } from './payment-run.ts';

/** The ledger of a run as the auditor gets it: figures, and both files. */
export type Books = {
  readonly runId: string;
  readonly balance: ResponseOf<'getTrialBalance'>;
  readonly csv: Readonly<Record<keyof typeof COUNTED, Amount>>;
  readonly journal: Uint8Array;
  readonly entries: number;
};

/** What each kind of entry moves, counted once: the side that touches the bank's accounts. */
const COUNTED = {
  release: 'in-transit',
  settled: 'clearing',
  failed: 'in-transit',
  returned: 'clearing',
  'paid-outside': 'clearing',
  'imprest-paid': 'imprest',
  funding: 'clearing',
} as const;

export async function readBooks(desk: Desk, runId: string): Promise<Books> {
  const balance = await desk.api.call('auditor', 'getTrialBalance', { params: { runId } });
  const [csv, journal] = await Promise.all([exported(desk, runId, 'csv'), exported(desk, runId, 'hledger')]);
  return {
    runId,
    balance,
    csv: csvAmounts(csv.bytes),
    journal: journal.bytes,
    entries: csv.entries,
  };
}

async function exported(
  { api, key }: Desk,
  runId: string,
  format: 'csv' | 'hledger',
): Promise<{ readonly bytes: Uint8Array; readonly entries: number }> {
  const body = { runId, format };
  const { exportId } = await api.call('auditor', 'createExport', {
    body,
    key: key(`export-${runId}-${format}`),
  });
  const read = () => api.call('auditor', 'getExport', { params: { exportId } });
  const done = await waitFor(`export ${format}`, async () => {
    const listing = await read();
    return listing.state === 'done' ? listing : undefined;
  });
  return { bytes: await api.download(async () => (await read()).url ?? ''), entries: done.entries ?? 0 };
}

function csvAmounts(bytes: Uint8Array): Books['csv'] {
  const [headings = [], ...rows] = parse(Buffer.from(bytes), { bom: true });
  const column = (name: string): number => {
    const index = headings.findIndex((heading) => heading.includes(name));
    if (index === -1) throw new Error(`the ledger's CSV has no column "${name}"`);
    return index;
  };
  const [kind, account, amount] = [column('kind'), column('account'), column('amount')];
  const of = (name: keyof typeof COUNTED): Amount => {
    const counted = rows.filter((row) => row[kind] === name && row[account]?.startsWith(COUNTED[name]));
    return { count: counted.length, fen: sumFen(counted.map((row) => fenOf(row[amount] ?? ''))) };
  };
  return {
    release: of('release'),
    settled: of('settled'),
    failed: of('failed'),
    returned: of('returned'),
    'paid-outside': of('paid-outside'),
    'imprest-paid': of('imprest-paid'),
    funding: of('funding'),
  };
}

/** Balance of a class of accounts over several runs, by our own trial balances. */
export function balanceOf(books: readonly Books[], accountClass: string): Fen {
  const balances = books
    .flatMap(({ balance }) => balance.accounts)
    .filter(({ account }) => account === accountClass || account.startsWith(`${accountClass}:`))
    .map(({ balance }) => fenOf(balance));
  return sumFen(balances);
}

/** What an auditor's own program says of the exported journals. */
export type HledgerVerdict =
  | { readonly installed: false }
  | {
      readonly installed: true;
      readonly strict: boolean;
      readonly message: string;
      /** Balance of an account with everything below it; credit balances are negative. */
      readonly balance: (account: string) => Fen;
    };

/** Runs `hledger check -s` over the journals and asks for balances; assertions hold for each journal by itself. */
export function askHledger(books: readonly Books[]): HledgerVerdict {
  const environment = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  const run = (args: readonly string[]) => spawnSync('hledger', args, { encoding: 'utf8', env: environment });
  if (run(['--version']).status !== 0) return { installed: false };
  const folder = mkdtempSync(join(tmpdir(), 'fafang-journal-'));
  try {
    const files = books.map(({ runId, journal }) => {
      const file = join(folder, `${runId}.journal`);
      writeFileSync(file, journal, { mode: 0o600 });
      return file;
    });
    const all = files.flatMap((file) => ['-f', file]);
    const check = run([...all, 'check', '-s']);
    const balances = run([...all, 'balance', '--flat', '--no-total', '-O', 'csv']);
    const failed = [check, balances].find(({ status }) => status !== 0);
    const rows = failed ? [] : parse(balances.stdout).slice(1);
    return {
      installed: true,
      strict: failed === undefined,
      message: failed?.stderr.trim().slice(0, 500) ?? '',
      balance: (account) => balanceIn(rows, account),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function balanceIn(rows: readonly string[][], account: string): Fen {
  const mine = rows.filter(([name = '']) => name === account || name.startsWith(`${account}:`));
  return fen(
    mine.reduce(
      (sum, [, amount = '']) => sum + (amount === '0' ? 0 : fenOf(amount.replace(/ ?CNY$/, ''))),
      0,
    ),
  );
}
