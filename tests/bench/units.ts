import { answer } from './bank.ts';
import { type Bureau, compute, dispatch, enrol, onDisk, sign } from './bureau.ts';
import { type Call, meterCalls } from './capacity.ts';
import { aim, printHeading, printNote, printTable } from './table.ts';
import { value } from './value.ts';

const WRITE_UNITS_AIM = 4;

const STEPS = ['register', 'compute', 'sign', 'dispatch', 'reconcile', 'close'] as const;
type Step = (typeof STEPS)[number];
const STEP_NAMES: Record<Step, string> = {
  register: '登记导入 / import (apart)',
  compute: '核算 / compute',
  sign: '复核审批 / review, signatures',
  dispatch: '拨款发放 / fund, dispatch',
  reconcile: '回盘对账 / reconcile',
  close: '关账封存 / close, seal',
};
const KINDS = ['draft', 'release', 'outcome', 'other'] as const;
type Kind = (typeof KINDS)[number];
const KIND_NAMES: Record<Kind, string> = {
  draft: '核算明细 / draft (operations)',
  release: '发放分录 / release (ledger)',
  outcome: '回盘分录 / outcome (ledger)',
  other: '其他 / everything else',
};

/** Read and write units per settled payment, from the size of every item that one whole month reads and writes. */
export async function benchUnits(options: { people: number }): Promise<void> {
  printHeading(
    '三、每笔发放成功的读写单位（按 DynamoDB 计费规则由每个记录的大小算出）',
    '3. Read and write units per settled payment, worked out from item sizes by DynamoDB’s rules',
  );
  const calls: { step: Step; call: Call }[] = [];
  let step: Step = 'register';
  const meter = meterCalls((call) => calls.push({ step, call }));
  const settled = await onDisk((bureau) =>
    wholeMonth(bureau, options.people, (next) => {
      step = next;
    }),
  ).finally(meter.stop);
  const month = calls.filter((each) => each.step !== 'register').map((each) => each.call);
  printKinds(month, settled);
  console.log('');
  printSteps(calls, settled, options.people);
  console.log('');
  printTables(month, settled);
  printNote(
    `${options.people} 人一个月，从核算到封存，其中 ${settled} 笔成功；写按 1 kB、强一致读按 4 kB 向上取整。登记导入按每人计，不计入每笔。`,
    `${options.people} people, one month from compute to seal, ${settled} payments settled; writes round up to 1 kB, strong reads to 4 kB. The import is per person and counted apart.`,
  );
}

/** @returns payments settled */
async function wholeMonth(bureau: Bureau, people: number, enter: (step: Step) => void): Promise<number> {
  await enrol(bureau, people);
  enter('compute');
  const runId = await compute(bureau);
  enter('sign');
  await sign(bureau, runId);
  enter('dispatch');
  await dispatch(bureau, runId);
  await bureau.deliver();
  enter('reconcile');
  await answer(bureau, runId);
  await bureau.deliver();
  enter('close');
  value(await bureau.actions.close({ runId, by: 'staff-reviewer' }));
  await bureau.deliver();
  const end = value(await bureau.views.getRun(runId));
  const settled = end.closing?.tally.settled.count;
  if (end.state !== 'closed' || settled === undefined)
    throw new Error(`the month did not close: ${end.state}`);
  return settled;
}

const isWrite = (call: Call): boolean => call.kind === 'write';
const unitsOf = (calls: readonly Call[]): number => calls.reduce((sum, call) => sum + call.units, 0);
const perPayment = (units: number, payments: number): string => (units / payments).toFixed(2);

function kindOf({ table, pk, sk }: Call): Kind {
  if (table.startsWith('ledger-') && sk.endsWith('release')) return 'release';
  if (table.startsWith('ledger-') && (sk.endsWith('outcome') || sk.endsWith('return'))) return 'outcome';
  return table.startsWith('operations-') && pk.startsWith('D#') ? 'draft' : 'other';
}

function printKinds(month: readonly Call[], settled: number): void {
  const writes = month.filter(isWrite);
  const rows = KINDS.map((kind) => {
    const mine = writes.filter((call) => kindOf(call) === kind);
    const sizes = mine.map((call) => call.size);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
    return [
      KIND_NAMES[kind],
      String(mine.length),
      mean.toFixed(0),
      String(Math.max(0, ...sizes)),
      perPayment(unitsOf(mine), settled),
      '',
    ];
  });
  const total = unitsOf(writes) / settled;
  const met = aim(`≤ ${WRITE_UNITS_AIM.toFixed(1)}`, total <= WRITE_UNITS_AIM);
  printTable({
    headings: [
      '写入 / writes',
      '次数 / writes',
      '平均 B / mean B',
      '最大 B / max B',
      '单位/笔 units each',
      '目标 / aim',
    ],
    rows: [...rows, ['合计 / all', String(writes.length), '', '', total.toFixed(2), met]],
  });
}

function printSteps(calls: readonly { step: Step; call: Call }[], settled: number, people: number): void {
  const row = (name: string, mine: readonly Call[], by: number) => [
    name,
    perPayment(unitsOf(mine.filter(isWrite)), by),
    perPayment(unitsOf(mine.filter((call) => !isWrite(call))), by),
  ];
  const rows = STEPS.map((step) =>
    row(
      STEP_NAMES[step],
      calls.filter((each) => each.step === step).map((each) => each.call),
      step === 'register' ? people : settled,
    ),
  );
  const month = calls.filter((each) => each.step !== 'register').map((each) => each.call);
  printTable({
    headings: ['步骤 / step', '写/笔 write units', '读/笔 read units'],
    rows: [...rows, row('一个月合计 / month', month, settled)],
  });
}

function printTables(month: readonly Call[], settled: number): void {
  const tables = ['register', 'ledger', 'operations', 'policy'];
  printTable({
    headings: ['数据表 / table', '写/笔 write units', '读/笔 read units', '读的次数 / reads'],
    rows: tables.map((table) => {
      const mine = month.filter((call) => call.table.startsWith(`${table}-`));
      const reads = mine.filter((call) => !isWrite(call));
      return [
        table,
        perPayment(unitsOf(mine.filter(isWrite)), settled),
        perPayment(unitsOf(reads), settled),
        String(reads.length),
      ];
    }),
  });
}
