// Goal: of starts that die, return late or meet each other, one batch of a programme is active; what was done is not refused when asked again.
// Method: the real office, with processes that die at a write and a clock that is moved on.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BatchStore } from '../../../functions/adapters/batch-store.ts';
import { batchInScope, startBatch, voidStandardChange } from '../../../functions/determination/batch.ts';
import { code, type Office, value } from '../run/office.ts';
import { DIBAO, dibaoOffice } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
const START = { document: '京民社救发〔2026〕70号', issuedOn: '2026-07-08', through: '2026-08' } as const;
const asked = (request: string) => ({ by: 'staff-preparer', request });
const portsOf = () => ({ ...bureau.ports, households: facts.households });
const start = (request: string) => startBatch(portsOf(), DIBAO, START, asked(request));

beforeEach(async () => {
  bureau = await dibaoOffice({
    historyFrom: '2026-05',
    quickReads: false,
    households: () => facts.households,
  });
  facts = householdFacts(bureau);
  bureau.clock.moveTo('2026-07-20');
});
afterEach(() => bureau.stop());

type Append = BatchStore['append'];
/** A start whose first act is written in another way than it should be. */
function startWith(request: string, append: (really: Append) => Append) {
  class Odd extends BatchStore {
    override append = append((...args) => super.append(...args));
  }
  const batches = new Odd(bureau.engines.tables.operations);
  return startBatch({ ...portsOf(), batches }, DIBAO, START, asked(request));
}
/** A start that dies after it has claimed its place and before its first act. */
async function diedInBetween(request: string): Promise<void> {
  const dies: Append = async () => {
    throw new Error('the Lambda died');
  };
  await expect(startWith(request, () => dies)).rejects.toThrow('the Lambda died');
}
const activeBatches = async () => {
  const ids = await bureau.ports.batches.listed(DIBAO);
  const loaded = await Promise.all(ids.map((id) => bureau.ports.batches.load(id)));
  return loaded.flatMap((batch) => (batch && batch.state !== 'void' ? [batch.manifest.batchId] : []));
};

test('a start that is under way keeps its place; one that died gives way later, and does not come back beside another', async () => {
  await diedInBetween('r-1');
  expect(code(await start('r-2'))).toBe('conflict/batch-active');
  expect(value(await start('r-1')).manifest.batchId).toBe('sc-r-1');
  value(await voidStandardChange(bureau.ports, DIBAO, 'sc-r-1', '文件有误', 'staff-approver'));
  await diedInBetween('r-3');
  bureau.clock.moveTo('2026-07-21');
  expect(value(await start('r-4')).manifest.batchId).toBe('sc-r-4');
  expect(code(await start('r-3'))).toBe('conflict/batch-active');
  expect(await activeBatches()).toEqual(['sc-r-4']);
});

test('a start made again long after is not taken for dead while it goes on', async () => {
  await diedInBetween('r-1');
  bureau.clock.moveTo('2026-07-21');
  const overtaken = (really: Append): Append => {
    return async (...args) => {
      expect(code(await start('r-2'))).toBe('conflict/batch-active');
      return really(...args);
    };
  };
  value(await startWith('r-1', overtaken));
  expect(await activeBatches()).toEqual(['sc-r-1']);
});

test('the same start twice at once is one batch, and of two starts at once one is refused', async () => {
  const twice = await Promise.all([start('r-1'), start('r-1')]);
  expect(twice.map((one) => value(one).manifest.batchId)).toEqual(['sc-r-1', 'sc-r-1']);
  value(await voidStandardChange(bureau.ports, DIBAO, 'sc-r-1', '文件有误', 'staff-approver'));
  const two = await Promise.all([start('r-2'), start('r-3')]);
  expect(two.map(code).toSorted()).toEqual(['accepted', 'conflict/batch-active']);
  expect(await activeBatches()).toHaveLength(1);
});

test('a void asked again is the same void; another reason or another person is too late', async () => {
  value(await start('r-1'));
  const voided = (reason: string, by: string) =>
    voidStandardChange(bureau.ports, DIBAO, 'sc-r-1', reason, by);
  value(await voided('文件有误', 'staff-approver'));
  expect(value(await voided('文件有误', 'staff-approver')).state).toBe('void');
  expect(code(await voided('没有变动', 'staff-approver'))).toBe('conflict/batch-state');
  expect(code(await voided('文件有误', 'staff-approver-2'))).toBe('conflict/batch-state');
  expect(value(await batchInScope(bureau.ports, DIBAO, 'sc-r-1')).sequence).toBe(2);
});
