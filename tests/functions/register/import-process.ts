/**
 * A process that imports whatever is on the queue, to be killed by a test. Its environment is that of the functions; it
 * says a line for every write it has made, and ends when no message is left.
 */
import process from 'node:process';
import { DynamoTable } from '../../../functions/adapters/dynamo-table.ts';
import { ObjectStore } from '../../../functions/adapters/object-store.ts';
import { importHandler } from '../../../functions/register/import.ts';
import { importServices } from '../../../functions/register/import-services.ts';
import { deliverAll } from '../../delivery.ts';

type Write = (...parameters: unknown[]) => Promise<unknown>;

function announce(prototype: object, names: readonly string[]): void {
  const methods = prototype as Record<string, Write>;
  for (const name of names) {
    const write = methods[name]!;
    methods[name] = async function announced(this: unknown, ...parameters) {
      const answer = await write.apply(this, parameters);
      process.stdout.write(`${name}\n`);
      return answer;
    };
  }
}

announce(DynamoTable.prototype, ['putNew', 'putNewOrSame', 'putIfVersion', 'put', 'addToSet', 'update']);
announce(ObjectStore.prototype, ['put']);
const services = importServices();
const { failed } = await deliverAll(process.env as Record<string, string>, {
  imports: importHandler(() => services),
});
process.exitCode = failed > 0 ? 1 : 0;
