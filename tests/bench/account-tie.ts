import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { reserve } from '../../domain/budget/budget.ts';
import { endToEndId } from '../../domain/ids.ts';
import { firstRelease, makeEntry, settled } from '../../domain/ledger/entry.ts';
import { fen, sumFen } from '../../domain/money.ts';
import { runIdOf } from '../../domain/run/manifest.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';
import { mapBounded } from '../../functions/concurrency.ts';
import { FUNCTIONS } from '../../infra/resources.ts';
import { computedBody, draftOf, manifestOf } from '../domain/run/samples.ts';
import { enrolmentOf, FILE_NAME, lineOf, paymentOf } from './bank-file-lines.ts';
import { type Bureau, onDisk } from './bureau.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';
import { value } from './value.ts';

const TIE_PROCESS = fileURLToPath(new URL('tie-process.ts', import.meta.url));
const IDENTITY = { jurisdiction: '110199', programme: 'high-age', period: '2026-12', round: 'R' } as const;
const RUN_ID = runIdOf(IDENTITY, 1);
const ACCOUNT = manifestOf().payerAccount;
const BOOKED_ON = '2026-12-01';
const WRITES_AT_ONCE = 64;
/** A function with less memory has as much less of a processor: a whole one at 1,769 MB. */
const MEMORY_OF_A_PROCESSOR = 1_769;
const A_CITY = 100_000;
/** What a function of the staff API may have beside its code. */
const HEAP = '--max-old-space-size=384';

type Measured = { tied: boolean; milliseconds: number; processor: number; peakBytes: number };

/** What the staff API does when somebody ties an account, or a budget, to a run that is still open. */
export async function benchAccountTie({ payments }: { readonly payments: number }): Promise<void> {
  printHeading('八、账户调节与预算核对', '8. An account and a budget tied to the ledger');
  const { memoryMb, timeoutSeconds } = FUNCTIONS['api-staff'];
  const share = memoryMb / MEMORY_OF_A_PROCESSOR;
  const few = await measured(Math.ceil(payments / 10));
  const many = await measured(payments);
  const rows = TASKS.map(([name, task]) => {
    const { milliseconds, processor, peakBytes } = many[task];
    // What every payment adds, without what a start takes.
    const each = (processor - few[task].processor) / (payments - Math.ceil(payments / 10));
    const city = (processor + each * (A_CITY - payments)) / 1000;
    return [
      name,
      whole(payments),
      (milliseconds / 1000).toFixed(1),
      (processor / 1000).toFixed(1),
      (peakBytes / 1_000_000).toFixed(0),
      city.toFixed(1),
      (city / share).toFixed(0),
    ];
  });
  console.log('');
  printTable({
    headings: [
      '环节 / step',
      '笔 / payments',
      '秒 / s',
      '处理器秒 / processor s',
      '内存峰值 MB / peak RSS',
      `${whole(A_CITY)} 笔处理器秒 / processor s`,
      `${memoryMb} MB 函数秒 / s`,
    ],
    rows,
  });
  printNote(
    `批次未关闭、逐笔读账时的用时。末两列按每笔增加的处理器用时推算到 ${whole(A_CITY)} 笔；${memoryMb} MB 的函数有 ${share.toFixed(2)} 个处理器，限时 ${timeoutSeconds} 秒。批次关闭后，调节表采用关账时的合计，不再逐笔读账。`,
    `of a run that is still open and read entry by entry. The last two columns extend what every payment adds to ${whole(A_CITY)}; a function of ${memoryMb} MB has ${share.toFixed(2)} of a processor and ${timeoutSeconds} s. Once a run is closed, the tie takes what closing counted.`,
  );
}

const TASKS = [
  ['调节表 / tie', 'tie'],
  ['预算 / budget', 'budget'],
] as const;

const measured = (payments: number) =>
  onDisk(async (bureau) => {
    await write(bureau, payments);
    return { tie: await inProcess(bureau, 'tie'), budget: await inProcess(bureau, 'budget') };
  });

async function inProcess({ engines }: Bureau, task: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [HEAP, TIE_PROCESS, task, ACCOUNT], {
    env: { ...process.env, ...engines.env },
  });
  const found = JSON.parse(stdout) as Measured;
  if (!found.tied) throw new Error(`the ${task} did not come out`);
  return found;
}

/** What a month leaves behind: a release, an outcome and a booking of every payment, and the statement that they stand on. */
async function write({ ports, clock }: Bureau, payments: number): Promise<void> {
  const at = clock.now();
  const stamp = { at, by: 'system', runId: RUN_ID };
  await ports.runs.append({ ...stamp, kind: 'started', manifest: manifestOf(), sequence: 1 });
  const places = Array.from({ length: payments }, (_, index) => index);
  const sum = sumFen(places.map((index) => lineOf(index).fen));
  const file = {
    fileNumber: 1,
    fileName: FILE_NAME,
    objectKey: 'bank/110199/file',
    count: payments,
    fen: sum,
    sha256: '0'.repeat(64),
  };
  const started = await ports.runs.load(RUN_ID);
  if (!started) throw new Error('the run was not started');
  await ports.runs.append({ ...stamp, ...computedBody(started, [draftOf(0)]), sequence: 2 });
  await ports.runs.append({ ...stamp, kind: 'dispatched', files: [file], sequence: 3 });
  const sent = await ports.runs.load(RUN_ID);
  if (sent) await ports.runs.list(sent);
  const { jurisdiction, programme } = IDENTITY;
  const budget = { jurisdiction, programme, fiscalYear: '2026' };
  value(await ports.budgets.change(budget, (found) => reserve(found, RUN_ID, sum)));
  await mapBounded(places, WRITES_AT_ONCE, async (index) => {
    const { fen: amount, sequence } = lineOf(index);
    const content = firstRelease({
      jurisdiction,
      programme,
      payment: paymentOf(index),
      enrolment: enrolmentOf(index),
      attempt: 1,
      run: RUN_ID,
      fen: amount,
      file: FILE_NAME,
      line: sequence,
      lines: [{ month: '2026-12', component: 'allowance', fen: amount, kind: 'entitlement' }],
      street: '110199001',
      paidTo: `${String(index).padStart(12, '0')}.0`,
    });
    const release = makeEntry(sha256Hex, content, { at, by: 'system' });
    await ports.ledger.append(release);
    const word = settled(release, { bankDate: BOOKED_ON, bankSerial: `BK${index}` });
    await ports.ledger.append(makeEntry(sha256Hex, word, { at, by: 'system', previous: release }));
    const booking = {
      key: `K${index}`,
      side: 'debit',
      fen: amount,
      bookedOn: BOOKED_ON,
      file: FILE_NAME,
    } as const;
    await ports.statements.claimBooking(
      { jurisdiction, account: ACCOUNT },
      endToEndId(paymentOf(index), 1),
      booking,
    );
  });
  const record = {
    name: '2026-12-01#000000001',
    statementId: 's1',
    account: ACCOUNT,
    sequence: 1,
    from: BOOKED_ON,
    to: '2026-12-31',
    opening: fen(0),
    closing: fen(0 - sum),
    entries: payments,
    objectKey: 'statements/1',
    itemsKey: 'statements/1.items',
    sha256: '0'.repeat(64),
    chunks: 0,
    at,
    by: 'staff-cashier',
    c: '0'.repeat(64),
  };
  await ports.statements.accept(jurisdiction, record, []);
}
