import { describe, expect, it } from 'vitest';
import { AccountChanges } from '../../../functions/adapters/account-changes.ts';
import { type DynamoSender, DynamoTable, dynamoClient } from '../../../functions/adapters/dynamo-table.ts';
import { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { clientSettings, personalDataFrom } from '../../../functions/wiring.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { HOUSEHOLD_HEADINGS, headRow, memberId, memberRow } from './household-sheet.ts';
import { type Interrupted, interruptedImport } from './interrupted-import.ts';
import { request, runImport, servicesFor, sheet } from './sheet-fixture.ts';

const OF_HOUSEHOLDS = { kind: 'households', programme: 'dibao' } as const;
const sheetOf = (rows: readonly string[]) => sheet(rows, HOUSEHOLD_HEADINGS);
const households = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => [headRow(n + 1), memberRow(n + 1, 1)]).flat();

/** Services that count the commands sent to the register table. */
function countingServices(engines: Engines) {
  const client = dynamoClient(clientSettings(engines.env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  const sent: Record<string, number> = {};
  const send = (command: object) => {
    sent[command.constructor.name] = (sent[command.constructor.name] ?? 0) + 1;
    return client.send(command as never);
  };
  const table = new DynamoTable({ send } as DynamoSender, engines.tables.register.name);
  const register = new RegisterStore(table, personalDataFrom(engines.env));
  return {
    services: { ...servicesFor(engines), register, accountChanges: new AccountChanges(register) },
    sent,
  };
}

/** The commands that a sheet of so many households sends to the register: on an empty one, and when it comes again. */
async function commands(count: number) {
  const engines = await startEngines();
  const { services, sent } = countingServices(engines);
  const { status } = await runImport(
    engines,
    services,
    request('h1', OF_HOUSEHOLDS),
    sheetOf(households(count)),
  );
  expect(status?.counts).toMatchObject({ created: 2 * count });
  const first = { ...sent };
  for (const name of Object.keys(sent)) sent[name] = 0;
  const later = { ...OF_HOUSEHOLDS, requestedAt: '2026-11-21T02:00:00.000Z' };
  const again = await runImport(engines, services, request('h2', later), sheetOf(households(count)));
  expect(again.status?.counts).toMatchObject({ unchanged: 2 * count });
  await engines.stop();
  return { first, again: { ...sent } };
}

describe('a chunk of the household sheet', () => {
  it('is read in as many batches whatever its rows, and brought again writes nothing but that its sheet was seen', async () => {
    const [few, many] = [await commands(3), await commands(12)];
    for (const name of ['BatchGetItemCommand', 'QueryCommand', 'GetItemCommand']) {
      expect(many.first[name], name).toBe(few.first[name]);
      expect(many.again[name], name).toBe(few.again[name]);
    }
    expect([few.again['PutItemCommand'], many.again['PutItemCommand']]).toEqual([3, 12]);
  });

  const imported: Interrupted = {
    fields: OF_HOUSEHOLDS,
    earlier: sheetOf([headRow(2, { employment: '在职', wage: '1800' })]),
    sheet: sheetOf([
      headRow(1, { payee: '赵代表', payeeId: memberId(9, 9) }),
      memberRow(1, 1),
      headRow(2, { employment: '在职', wage: '1800', residence: '农村', account: '6217111111110002' }),
    ]),
  };

  it('is finished by doing it again after an interruption at any call', { timeout: 240_000 }, async () => {
    const reference = await interruptedImport(imported, Number.POSITIVE_INFINITY, 'before');
    expect(reference.counts).toMatchObject({ created: 2, changed: 1, accountChanges: 1 });
    expect(reference.reviews).toHaveLength(1);
    // To fail before a call is to fail after the one before it.
    for (let at = 0; at < reference.calls; at += 1) {
      const result = await interruptedImport(imported, at, 'after');
      const where = `call ${at}, failing after it took effect`;
      expect(result.failures, where).toBe(1);
      expect(result.content, where).toEqual(reference.content);
      expect(result.counts, where).toEqual(reference.counts);
      expect(result.reviews, where).toEqual(reference.reviews);
      expect(result.unfinished, where).toEqual([]);
    }
  });
});
