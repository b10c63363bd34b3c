import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { verifyEntry } from '../../domain/ledger/entry.ts';
import { isFunding, type JournalEntry, verifyFunding } from '../../domain/ledger/funding.ts';
import { dynamoClient } from '../../functions/adapters/dynamo-table.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';
import { clientSettings } from '../../functions/wiring.ts';
import { startHost } from '../../infra/local/host.ts';

/**
 * The business entries of a data folder: key and content hash of each, without instants and who wrote them. Two histories that
 * mean the same have the same content.
 * @throws Error on an entry that is not what its hashes say.
 */
export async function ledgerContent(dataDir: string): Promise<Map<string, string>> {
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false });
  try {
    const env = host.environmentOf('run-close');
    const client = dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB'));
    const content = new Map<string, string>();
    let start: Record<string, never> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({ TableName: env['LEDGER_TABLE'], ConsistentRead: true, ExclusiveStartKey: start }),
      );
      for (const raw of page.Items ?? []) {
        const { pk, sk, ...entry } = unmarshall(raw);
        const key = `${String(pk)} ${String(sk)}`;
        if (!verifies(entry as JournalEntry)) throw new Error(`${key} is not what its hashes say`);
        content.set(key, String(entry['c']));
      }
      start = page.LastEvaluatedKey as typeof start;
    } while (start);
    client.destroy();
    return content;
  } finally {
    await host.stop();
  }
}

const verifies = (entry: JournalEntry): boolean =>
  isFunding(entry) ? verifyFunding(sha256Hex, entry) : verifyEntry(sha256Hex, entry);

/** Entries that are in one history and not in the other, or differ; empty when they mean the same. */
export function differences(
  clean: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] {
  const found: string[] = [];
  for (const [key, hash] of clean) {
    const theirs = other.get(key);
    if (theirs !== hash) found.push(theirs === undefined ? `missing: ${key}` : `different: ${key}`);
  }
  for (const key of other.keys()) if (!clean.has(key)) found.push(`extra: ${key}`);
  return found;
}
