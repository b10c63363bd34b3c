import { afterAll, beforeAll, expect, it } from 'vitest';
import { paymentId } from '../../../domain/ids.ts';
import type { Entry } from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import { BankDeathStore } from '../../../functions/adapters/bank-death-store.ts';
import { FollowUpStore } from '../../../functions/adapters/follow-up-store.ts';
import { listOpen } from '../../../functions/bank/list-open.ts';
import { type Engines, startEngines } from '../../engines.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());

const SCOPE = { jurisdiction: '110199', programme: 'high-age' };
const returnOf = (n: number, at: string) => {
  const enrolment = `GL-${String(n).padStart(12, '0')}-1`;
  const payment = paymentId('2026-12', 'R', enrolment);
  const run = '110199.high-age.2026-12.R.1';
  return { ...SCOPE, kind: 'returned', payment, enrolment, attempt: 1, run, fen: fen(100), at } as Entry;
};

it('a return that is listed again by the sweeper does not make a later one pass for counted', async () => {
  const followUps = new FollowUpStore(engines.tables.operations);
  let second = 0;
  const now = () => new Date(Date.UTC(2026, 11, 1, 1, 0, (second += 1))).toISOString();
  const ports = { followUps, bankDeaths: new BankDeathStore(engines.tables.operations), clock: { now } };
  const [first, later] = [returnOf(1, '2026-11-30T01:00:00.000Z'), returnOf(2, '2026-12-01T01:00:00.000Z')];
  const waiting = () => followUps.uncountedReturns(SCOPE);
  await listOpen(ports, first);
  await followUps.putCounted(SCOPE, '2026-12#R', (await waiting()).get('2026-12#R') ?? '');
  expect((await waiting()).size).toBe(0);
  await listOpen(ports, first);
  expect((await waiting()).size).toBe(0);
  await listOpen(ports, later);
  await listOpen(ports, first);
  expect((await waiting()).size).toBe(1);
});
