// Goal: of two townships that draw at once on the last money of a fund exactly one gets it, whatever engine keeps the acts. Method: the
// same race many times on the embedded engine and on DynamoDB Local.
import { describe, expect, it } from 'vitest';
import { drawCash, openFund } from '../../../domain/imprest/commands.ts';
import type { ImprestFund } from '../../../domain/imprest/fund.ts';
import { fen } from '../../../domain/money.ts';
import { ImprestStore } from '../../../functions/adapters/imprest-store.ts';
import { tableFrom } from '../../../functions/wiring.ts';
import { startEngines } from '../../engines.ts';
import { lacks } from '../../programs.ts';
import { code, DISTRICT, movingClock } from '../run/office.ts';
import { EAST, WEST } from './fund-office.ts';

const LIMITS = { perDraw: fen(500_000) };
const drawing = (street: string, amount: number) => (found: ImprestFund | undefined) =>
  drawCash(
    found!,
    {
      draw: `ga-${street}.2`,
      application: `ga-${street}`,
      fen: fen(amount),
      street,
      payee: street,
      receipt: street,
    },
    LIMITS,
    '2026-11-22',
  );

/** What became of the draws of each round, what the loser was told, and what is left. */
async function racing(dynamo: 'dynalite' | 'dynamodb-local', rounds: number): Promise<unknown[]> {
  const became: unknown[] = [];
  const engines = await startEngines({ dynamo });
  const store = new ImprestStore(tableFrom('operations', engines.env));
  const { now } = movingClock();
  const stamp = (by: string) => ({ now, by });
  for (let round = 0; round < rounds; round += 1) {
    const fund = `fund-${round}`;
    const opening = { name: fund, streets: [EAST, WEST], organisation: 'T0WNSH1P', broughtIn: fen(100_000) };
    await store.act(
      DISTRICT,
      fund,
      (found) => openFund(found, { jurisdiction: DISTRICT, document: '示民救〔2026〕1号', ...opening }),
      stamp('a'),
    );
    await store.act(DISTRICT, fund, () => ({ ok: true, value: { kind: 'opening-confirmed' } }), stamp('b'));
    const drawn = await Promise.all(
      [EAST, WEST].map((street) => store.act(DISTRICT, fund, drawing(street, 100_000), stamp(street))),
    );
    const lost = drawn.find(({ ok }) => !ok);
    const left = await store.get(DISTRICT, fund);
    const listed = (await store.listings(DISTRICT)).find((one) => one.fund === fund);
    became.push({
      codes: drawn.map(code).sort(),
      told: lost && !lost.ok && lost.error.detail,
      left: left.ok && [left.value.balance, left.value.sequence, listed?.balance],
    });
  }
  await engines.stop();
  return became;
}

const ONE_WINS = {
  codes: ['accepted', 'conflict/imprest-balance'],
  told: { balance: '0.00', asked: '1000.00' },
  left: [0, 3, 0],
};

it('on the embedded engine', async () => {
  expect(await racing('dynalite', 5)).toEqual(Array.from({ length: 5 }, () => ONE_WINS));
});

describe.skipIf(lacks('java'))('DynamoDB Local (needs java)', () => {
  it('the same', { timeout: 120_000 }, async () => {
    expect(await racing('dynamodb-local', 5)).toEqual(Array.from({ length: 5 }, () => ONE_WINS));
  });
});
