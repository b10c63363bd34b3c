import { BANK_FORMAT_IDS } from '../../../domain/bank/catalogue.ts';
import { LAYOUTS } from '../../../domain/bank/layouts.ts';
import { addMonths } from '../../../domain/calendar.ts';
import { endToEndId } from '../../../domain/ids.ts';
import { type Attempt, foldAttempts } from '../../../domain/ledger/attempts.ts';
import type { Entry } from '../../../domain/ledger/entry.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { BREAKS } from '../../../domain/reconciliation/breaks.ts';
import type { Run } from '../../../domain/run/run.ts';
import { bankDesk } from '../../../functions/bank/bank-desk.ts';
import type { BreakListing } from '../../../functions/bank/breaks.ts';
import { ALL_FAULTS, type BankOptions } from '../../../infra/local/bank/options.ts';
import { receivedFrom } from '../../../infra/local/bank/received.ts';
import type { SentFile } from '../../../infra/local/bank/sent-file.ts';
import { type Simulated, type SimulatedFile, simulate } from '../../../infra/local/bank/simulate.ts';
import { statementMessage, statementTable } from '../../../infra/local/bank/statement-files.ts';
import { BOOKINGS, statementsOf } from '../../../infra/local/bank/statements.ts';
import { type Random, randomFrom } from '../../../infra/local/sample/random.ts';
import type { Delivery } from '../../engines.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { compareJournal } from '../run/journal-of-run.ts';
import {
  approved,
  computed,
  DISTRICT,
  dispatched,
  type Office,
  openOffice,
  pack,
  SUPPLEMENTARY,
  value,
} from '../run/office.ts';
import { balances, entriesOf, runNow, sentMonth } from '../run/whole-month.ts';

/** A bank that answers with failures alone never says that a payment is settled: there only a statement could. */
const FORMATS = BANK_FORMAT_IDS.filter(
  (id) => LAYOUTS.find((layout) => layout.id === id)?.resultCarries !== 'failures',
);
const PARTY = { name: '示例区民政局', organisationCode: '11110199MB0000000E', agentBankCode: '102100099996' };

/**
 * One seed's small month at a simulated bank with any of its faults: a regular run, a supplementary run of what may be sent again in
 * the middle of the answers, answers and statements in any order and some of them twice, every message delivered twice, closing tried
 * in between. @returns what is not as it must be, in words; nothing personal
 */
export async function violationsOf(seed: number): Promise<string[]> {
  const random = randomFrom(`simulated bank ${seed}`);
  const [format, booking] = [random.pick(FORMATS), random.pick(BOOKINGS)];
  const bureau = await openOffice({
    people: 8 + random.below(20),
    quickReads: true,
    fixedKeys: true,
    packs: [pack('110000'), districtPack(format, booking)],
  });
  try {
    const found = await month(bureau, random, { seed, booking });
    return found.map((text) => `seed ${seed}, ${format}, booked ${booking}: ${text}`);
  } finally {
    await bureau.stop();
  }
}

type Chosen = { readonly seed: number; readonly booking: (typeof BOOKINGS)[number] };
type Errand = () => Promise<unknown>;

async function month(bureau: Office, random: Random, { seed, booking }: Chosen): Promise<string[]> {
  const delivery: Delivery = { times: 2, random: () => random.below(2 ** 30) / 2 ** 30 };
  const regular = await sentMonth(bureau);
  const sent = await filesOf(bureau, regular);
  const named = sent.every(carriesIds);
  const options = () => optionsBy(random, { named, booking });
  const first = simulate(`${seed}/R`, sent, options());
  const answers = random.shuffled(errandsOf(bureau, regular, first, delivery));
  const early = answers.splice(0, random.below(answers.length));
  await all(early);
  const again = await sentAgain(bureau);
  const second = again && simulate(`${seed}/S1`, await filesOf(bureau, again), options());
  if (again && second) answers.push(...errandsOf(bureau, again, second, delivery));
  const files = [...first.files, ...(second?.files ?? [])];
  const runs = [await runNow(bureau, regular), ...(again ? [await runNow(bureau, again)] : [])];
  answers.push(...statementErrands(bureau, files, runs, { booking, random, delivery }));
  const closing = runs.map(
    ({ runId }): Errand =>
      async () => {
        await bureau.actions.close({ runId, by: 'staff-reviewer' });
        await bureau.deliver(delivery);
      },
  );
  const twice = answers.filter(() => random.chance(150));
  await all(random.shuffled([...answers, ...twice, ...closing]));
  await settled(bureau, closing);
  const wrong = await wrongIn(bureau, files, runs);
  const before = JSON.stringify(await entriesOf(bureau));
  await all(random.shuffled([...early, ...answers]).slice(0, 4));
  if (JSON.stringify(await entriesOf(bureau)) !== before)
    wrong.push('the same answers again changed the ledger');
  if (bureau.failures.forget() > 0) wrong.push('a message could not be handled');
  return wrong;
}

async function all(errands: readonly Errand[]): Promise<void> {
  for (const errand of errands) await errand();
}

/** Whatever was lost is found, and what can be closed is closed. */
async function settled(bureau: Office, closing: readonly Errand[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await bureau.sweep();
    await bureau.deliver();
  }
  await all(closing);
}

/** Banks that carry no end-to-end ids have none to name on a statement. */
const carriesIds = ({ lines }: SentFile): boolean => lines.every(({ endToEndId }) => endToEndId !== '');

const filesOf = (bureau: Office, run: Run) => receivedFrom(bureau.engines.env).filesOf(run);

/** What a statement names by id need not be answered at all. */
function optionsBy(
  random: Random,
  { named, booking }: Pick<Chosen, 'booking'> & { readonly named: boolean },
): BankOptions {
  return {
    ...ALL_FAULTS,
    tellsSilent: !named || booking !== 'single' || random.chance(300),
    tellsReturns: !named || random.chance(500),
    parts: 1 + random.below(3),
    returnDays: random.pick([
      [1, 3],
      [1, 60],
    ] as const),
    repeatedFile: random.chance(500),
    repeatedLine: random.chance(500),
    unknownLine: random.chance(500),
    wrongSums: random.chance(500),
  };
}

let uploads = 0;

function errandsOf(bureau: Office, run: Run, { answers }: Simulated, delivery: Delivery): Errand[] {
  return answers.map(({ name, bytes }) => async () => {
    uploads += 1;
    const objectKey = `uploads/${DISTRICT}/answer-${uploads}`;
    await bureau.engines.files.put(objectKey, bytes);
    value(
      await bureau.follow.submitBankResult({
        runId: run.runId,
        objectKey,
        fileName: name,
        by: 'staff-cashier',
      }),
    );
    await bureau.deliver(delivery);
  });
}

function statementErrands(
  bureau: Office,
  files: readonly SimulatedFile[],
  runs: readonly Run[],
  {
    booking,
    random,
    delivery,
  }: Omit<Chosen, 'seed'> & { readonly random: Random; readonly delivery: Delivery },
): Errand[] {
  const account = runs[0]?.manifest.payerAccount ?? '';
  const fundings = runs.flatMap((run) =>
    run.fundings.map(({ date, fen: amount, voucher }) => ({ on: date, fen: amount, ref: voucher })),
  );
  const statements = statementsOf(files, {
    account,
    opening: fen(0),
    fundings,
    booking,
    detailed: random.chance(500),
  });
  const write = random.pick([statementTable, statementMessage]);
  return statements.map((statement) => async () => {
    uploads += 1;
    const objectKey = `uploads/${DISTRICT}/statement-${uploads}`;
    await bureau.engines.files.put(objectKey, write(statement).bytes);
    const request = { jurisdiction: DISTRICT, account, objectKey, by: 'staff-cashier' };
    value(await bankDesk(bureau.ports).submitStatement(request));
    await bureau.deliver(delivery);
  });
}

/** A supplementary run of what failed for a reason that needs no mending; undefined when there is nothing of the kind. */
async function sentAgain(bureau: Office): Promise<Run | undefined> {
  const review = await computed(bureau, SUPPLEMENTARY);
  if ((review.totals?.payable.count ?? 0) > 0) return dispatched(bureau, await approved(bureau, review));
  value(await bureau.actions.voidRun({ runId: review.runId, reason: '无须重发', by: 'staff-preparer' }));
  return undefined;
}

/** What has to hold once everything is told. */
async function wrongIn(
  bureau: Office,
  files: readonly SimulatedFile[],
  runs: readonly Run[],
): Promise<string[]> {
  const wrong: string[] = [];
  const items = await bureau.engines.scan('ledger');
  const entries = items.filter(({ payment }) => payment !== undefined) as unknown as Entry[];
  const attempts = foldAttempts(entries);
  const { items: breaks } = await bankDesk(bureau.ports).listBreaks(DISTRICT, {
    limit: 5_000,
    filter: 'all',
  });
  for (const { kind, breakId } of breaks)
    if (!BREAKS[kind]?.owner) wrong.push(`break ${breakId} has no kind or no owner`);
  wrong.push(...untrue(files, attempts, breaks), ...unnamed(files, breaks), ...paidTwice(attempts));

  const released = sumFen(attempts.map((attempt) => attempt.fen));
  const ended = sumFen(attempts.filter(({ state }) => state !== 'in-transit').map((attempt) => attempt.fen));
  const sentOut = sumFen(files.flatMap(({ file }) => file.lines.map((line) => line.fen)));
  if (released !== sentOut) wrong.push(`released ${released}, in the files ${sentOut}`);
  if (ended !== released) wrong.push(`${released - ended} fen are still in transit`);
  const accounts = await balances(bureau);
  const inTransit = Object.entries(accounts).filter(([account]) => account.startsWith('in-transit'));
  if (inTransit.some(([, balance]) => balance !== 0))
    wrong.push('the account of what is in transit is not empty');
  const sum = Object.values(accounts).reduce((total, balance) => total + balance, 0);
  if (sum !== 0) wrong.push(`debits and credits differ by ${sum}`);
  wrong.push(...(await untied(bureau, files, runs)));
  for (const run of runs) wrong.push(...(await compareJournal(bureau, run)).wrong);
  return wrong;
}

/** Every attempt ended as the bank says, or a break names it. */
function untrue(
  files: readonly SimulatedFile[],
  attempts: readonly Attempt[],
  breaks: readonly BreakListing[],
): string[] {
  const byPlace = new Map(attempts.map((one) => [`${one.release.file}#${one.release.line}`, one]));
  const open = breaks.filter(({ decision }) => decision === undefined);
  const named = new Set(open.map(({ payment, attempt }) => `${payment}#${attempt}`));
  return files.flatMap(({ file, histories }) =>
    histories.flatMap(({ line, end }) => {
      const attempt = byPlace.get(`${file.fileName}#${line.sequence}`);
      if (!attempt) return [`line ${line.sequence} of ${file.fileName} was never released`];
      const told = attempt.state === end || named.has(`${attempt.payment}#${attempt.attempt}`);
      return told
        ? []
        : [`line ${line.sequence} is ${attempt.state}, at the bank ${end}, and no break says so`];
    }),
  );
}

/** A wrong amount and a contradiction leave a break behind, whatever was said later; where ids are carried, of that payment. */
function unnamed(files: readonly SimulatedFile[], breaks: readonly BreakListing[]): string[] {
  const kinds = new Map<string, Set<string>>();
  for (const { payment, attempt, kind } of breaks) {
    const key = payment === undefined ? '' : endToEndId(payment, attempt ?? 1);
    kinds.set(key, (kinds.get(key) ?? new Set()).add(kind));
  }
  return files.flatMap(({ file, plan }) =>
    file.lines.flatMap(({ sequence, endToEndId: id }) => {
      const expected = plan.misstated.has(sequence)
        ? 'amount-mismatch'
        : plan.contradicted.has(sequence)
          ? 'duplicate'
          : undefined;
      const said = id === '' || expected === undefined || kinds.get(id)?.has(expected) === true;
      return said ? [] : [`line ${sequence} of ${file.fileName} has no break "${expected}"`];
    }),
  );
}

/** No payment is settled a second time unless the money of the first came back. */
function paidTwice(attempts: readonly Attempt[]): string[] {
  const kept = new Map<string, number>();
  for (const { payment, state } of attempts)
    if (state === 'settled') kept.set(payment, (kept.get(payment) ?? 0) + 1);
  return [...kept]
    .filter(([, times]) => times > 1)
    .map(([payment, times]) => `${payment} is settled ${times} times`);
}

/** The ledger and the statements come to the same; with names below the bookings, everything between them is explained. */
async function untied(
  bureau: Office,
  files: readonly SimulatedFile[],
  runs: readonly Run[],
): Promise<string[]> {
  const [run] = runs;
  if (!run) return ['no run'];
  const { payerAccount, payDate } = run.manifest;
  const date = `${addMonths(payDate.slice(0, 7), 6)}-28`;
  const tied = await bankDesk(bureau.ports).tieAccount({
    jurisdiction: DISTRICT,
    account: payerAccount,
    date,
  });
  if (!tied.ok) return [`no tie: ${tied.error.code}`];
  const { ledger, items, adjusted, ties } = tied.value;
  const bank = sumFen(
    items.map(({ side, fen: amount }) =>
      fen(side === 'bank-in' ? amount : side === 'bank-out' ? 0 - amount : 0),
    ),
  );
  const wrong =
    ledger + bank === adjusted
      ? []
      : [`ledger ${ledger} and its items make ${ledger + bank}, not ${adjusted}`];
  const named = files.every(({ file }) => carriesIds(file));
  const unexplained = items.map(({ side, kind, fen: amount }) => `${side} ${kind} ${amount}`);
  return named && !ties ? [...wrong, `the account does not tie: ${unexplained.join('; ')}`] : wrong;
}

function districtPack(bankFormat: string, booking: (typeof BOOKINGS)[number]): PolicyFile {
  const own = policyFile(DISTRICT, 'high-age');
  const [model] = own.values.filter(({ parameter }) => parameter === 'historyFrom');
  const set = {
    bankFormat,
    bankParty: PARTY,
    debitBooking: booking === 'gross' ? 'gross' : 'net',
  };
  const values = own.values.filter(({ parameter }) => !(parameter in set));
  for (const [parameter, chosen] of Object.entries(set))
    if (model) values.push({ ...model, parameter, value: chosen });
  return { ...own, values };
}
