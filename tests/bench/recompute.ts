import { readFileSync } from 'node:fs';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { idNumber, request, row, sheet } from '../functions/register/sheet-fixture.ts';
import { type Bureau, compute, dispatch, onDisk, sign } from './bureau.ts';
import { type Call, meterCalls } from './capacity.ts';
import { timed } from './samples.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';
import { value } from './value.ts';

const SCOPE = { jurisdiction: '110199', programme: 'high-age' } as const;
const SUPPLEMENTARY = { ...SCOPE, period: '2026-12', round: 'S1' } as const;
const MONTHS = 24;
const CITATION = { document: '示例〔2026〕24号', title: '追溯两年的变更（测量用）' };
const WHOLE = { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' };
/** One in so many has a fact that is learned late: a stop that was a mistake. */
const LATE_EVERY = 100;

type Measured = {
  readonly milliseconds: number;
  readonly calls: readonly Call[];
  /** Enrolments whose past came out different, and the months of them that changed. */
  readonly changed: number;
  readonly months: number;
};

/**
 * One retroactive change and 24 months that are paid already: what a whole district costs, what one in a hundred costs, and what a
 * change costs that touches nobody here. Every reading of the tables is counted.
 */
export async function benchRecompute(options: { people: number }): Promise<void> {
  const { people } = options;
  printHeading(
    `九、追溯两年的变更：全区${whole(people)}人已发${MONTHS}个月的重算`,
    `9. One retroactive change: ${MONTHS} paid months of ${whole(people)} people computed again`,
  );
  const { nobody, few, everybody } = await onDisk((bureau) => measure(bureau, people));
  const rows = (
    [
      ['无关的变更 / touches nobody here', nobody],
      ['百分之一的人有迟到事实 / facts of one in a hundred', few],
      ['全区追溯提标 / everybody’s standard', everybody],
    ] as const
  ).map(([name, found]) => [
    name,
    whole(found.changed),
    whole(found.months),
    (found.milliseconds / 1000).toFixed(1),
    (found.milliseconds / everybody.milliseconds).toFixed(3),
    ...readsOf(found, 'ledger-'),
    ...readsOf(found, 'register-'),
  ]);
  printTable({
    headings: [
      '变更 / change',
      '有差额的人 / people changed',
      '有差额的月 / months changed',
      '秒 / s',
      '与全区之比 / of everybody',
      '总账读次 / ledger reads',
      'kB',
      '对象库读次 / register reads',
      'kB',
    ],
    rows,
  });
  printNote(
    `每人已发 ${MONTHS} 个月（2025-01 至 2026-12）；同一补发轮次重算三次，每次从启动到全部核算完毕。无关的变更不读任何人的总账；迟到事实只读这些人的总账。`,
    `${MONTHS} months are paid for everybody (2025-01 to 2026-12); the same supplementary round computed three times, each from start until all is computed. A change that touches nobody reads nobody’s ledger; late facts read the ledger of those people alone.`,
  );
}

async function measure(bureau: Bureau, people: number) {
  await addPack(bureau, [
    ['historyFrom', '2025-01', '2026-01', '2026-01-06'],
    ['arrearsMonthsMax', 60, '2026-01', '2026-01-06'],
  ]);
  const message = request('register-bench', { requestedAt: bureau.clock.now() });
  const rows = Array.from({ length: people }, (_, index) =>
    row(index + 1, {
      id: idOf(index),
      applied: '2020-01-06',
      name: nameOf(index),
      ...(index % LATE_EVERY === 0 && { stop: '2025-06' }),
    }),
  );
  await bureau.engines.files.put(message.objectKey, sheet(rows));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const paid = await compute(bureau);
  await sign(bureau, paid);
  await dispatch(bureau, paid);
  await bureau.deliver();
  const { state, totals } = value(await bureau.views.getRun(paid));
  if (state !== 'dispatched' || totals?.payable.count !== people)
    throw new Error(`the months to compute again were not paid: ${state}, ${totals?.payable.count}`);

  const elsewhere = new URL('../../domain/policy-book/231025/high-age.json', import.meta.url);
  await add(bureau, JSON.parse(readFileSync(elsewhere, 'utf8')));
  const nobody = await again(bureau);
  await learnLate(bureau, people);
  const few = await again(bureau);
  const bands = [
    { fromAge: 80, amount: '110.00' },
    { fromAge: 90, amount: '510.00' },
    { fromAge: 100, amount: '810.00' },
  ];
  await addPack(bureau, [['bands', bands, '2025-01', '2026-11-20']]);
  const everybody = await again(bureau);
  return { nobody, few, everybody };
}

/** Ten thousand are born in each month of 1939: numbers and days of one month are enough for no more. */
function idOf(index: number): string {
  const month = String(1 + Math.floor(index / 10_000)).padStart(2, '0');
  return idNumber((index % 10_000) + 1, `1939${month}01`);
}

/** Surname and two characters, another one for each of a hundred thousand. */
function nameOf(index: number): string {
  const character = (n: number) => String.fromCharCode(0x4e00 + (n % 20_000));
  return `王${character(Math.floor(index / 200))}${character(index % 200)}`;
}

/** The supplementary round from start until it is computed; it is void afterwards, so that the next one is measured alike. */
async function again(bureau: Bureau): Promise<Measured> {
  const calls: Call[] = [];
  const meter = meterCalls((call) => calls.push(call));
  let runId = '';
  const milliseconds = await timed(async () => {
    runId = value(await bureau.actions.startRun(SUPPLEMENTARY, 'staff-preparer')).runId;
    await bureau.deliver();
  }).finally(meter.stop);
  let [changed, months] = [0, 0];
  let startAfter: string | undefined;
  do {
    const asked = { filter: 'all', limit: 500, ...(startAfter !== undefined && { startAfter }) } as const;
    const page = value(await bureau.views.listDrafts(runId, asked));
    for (const { lines, recoveries } of page.drafts) {
      changed += 1;
      months += lines.length + recoveries.length;
    }
    startAfter = page.next;
  } while (startAfter !== undefined);
  value(await bureau.actions.voidRun({ runId, by: 'staff-preparer', reason: '测量' }));
  return { milliseconds, calls, changed, months };
}

/** One in a hundred was stopped from July 2025 on, by mistake: nobody knew until now, and 18 months are owed. */
async function learnLate({ ports, clock }: Bureau, people: number): Promise<void> {
  const { register } = ports;
  let seen = 0;
  for (let bucket = 0; bucket < 256; bucket += 1) {
    const name = bucket.toString(16).padStart(2, '0');
    for await (const { document } of register.enrolmentsOfBucket(SCOPE.jurisdiction, SCOPE.programme, name)) {
      seen += 1;
      if (!document.facts.some(({ kind }) => kind === 'stop')) continue;
      const at = clock.now();
      const stop = {
        kind: 'stop',
        value: '',
        validFrom: '2025-07-01',
        recordedAt: at,
        source: 'desk',
        by: 'staff-preparer',
      } as const;
      await register.saveEnrolment(
        { ...document, facts: [...document.facts, stop], version: document.version + 1, changedAt: at },
        document,
      );
    }
  }
  if (seen !== people) throw new Error(`${seen} enrolments of ${people}`);
  // A run does not see what was recorded within the margin before its start; the clock moves a millisecond at every reading.
  for (let reading = 0; reading < ports.settings.cutOffMarginSeconds * 1_000; reading += 1) clock.now();
}

type Value = readonly [parameter: string, value: unknown, inForceFrom: string, decidedOn: string];

const addPack = (bureau: Bureau, values: readonly Value[]) =>
  add(bureau, {
    ...SCOPE,
    values: values.map(([parameter, said, inForceFrom, decidedOn]) => ({
      parameter,
      value: said,
      inForceFrom,
      decidedOn,
      citation: CITATION,
      retroactivity: WHOLE,
      sample: true,
    })),
  });

/** As an approved proposal leaves it in the book. */
async function add({ ports, clock }: Bureau, json: unknown): Promise<void> {
  const { pack } = value(parsePolicyPack(json));
  value(await ports.policies.add(pack, { by: 'staff-approver', at: clock.now() }));
}

function readsOf({ calls }: Measured, table: string): [count: string, kilobytes: string] {
  const reads = calls.filter((call) => call.kind === 'read' && call.table.startsWith(table));
  return [whole(reads.length), whole(reads.reduce((sum, { size }) => sum + size, 0) / 1000)];
}
