import * as z from 'zod/mini';
import type { AccountEntry } from '../../domain/grants/service-account.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { fen } from '../../domain/money.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * What was settled for a person's services (服务账户), in the operations table. Every item takes the next number of the account by a
 * conditional put, so that two services that together are too much compete for one number and the second looks again:
 *
 *     SERVICE-ACCOUNT#<j>#<p>#<person>  <000001>  a service by the row of its list, with its month and amount; or that one is cancelled
 *     SERVICE-ACCOUNT#<j>#<p>#<person>#<import>  <000001>  the same of rows of one list that wait for its decision
 *     GRANT-LIST-SETTLED#<import>       <0001>    which rows of a block are settled, and why others are not (immutable)
 */
export type AccountOf = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly person: PersonKey;
  /** Of rows of this list that are not decided yet, apart from what was settled. */
  readonly list?: string;
};
export type SettledBlock = {
  readonly accepted: readonly number[];
  readonly refused: readonly { readonly row: number; readonly zh: string; readonly en: string }[];
};

const Entry = z.object({
  basis: z.string(),
  month: z.string(),
  fen: z.pipe(z.int(), z.transform(fen)),
  cancelled: z.optional(z.literal(true)),
});
const Settled = z.object({
  accepted: z.array(z.int()),
  refused: z.array(z.object({ row: z.int(), zh: z.string(), en: z.string() })),
});

export class ServiceAccounts {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Services that count, in the order in which they were entered. */
  async standing(account: AccountOf): Promise<readonly AccountEntry[]> {
    return (await this.#read(account)).standing;
  }

  /**
   * Enters a service once it still fits beside everything entered before it; the same row again is entered already. Refusals: those of `fits`.
   */
  async enter(
    account: AccountOf,
    entry: AccountEntry,
    fits: (before: readonly AccountEntry[]) => Promise<Result<unknown>>,
  ): Promise<Result<true>> {
    for (;;) {
      const { standing, count } = await this.#read(account);
      if (standing.some(({ basis }) => basis === entry.basis)) return ok(true);
      const may = await fits(standing);
      if (!may.ok) return may;
      // Somebody entered another at this number: everything is looked at again with it.
      if ((await this.#put(account, count + 1, { ...entry })) === 'created') return ok(true);
    }
  }

  /** Takes a service back; nothing where it does not count. */
  async cancel(account: AccountOf, basis: string): Promise<void> {
    for (;;) {
      const { standing, count } = await this.#read(account);
      const entry = standing.find((one) => one.basis === basis);
      if (!entry) return;
      if ((await this.#put(account, count + 1, { ...entry, cancelled: true })) === 'created') return;
    }
  }

  /** What was settled of a block, once for all: whoever is first says it. */
  async keep(importId: string, block: number, settled: SettledBlock): Promise<SettledBlock> {
    await this.#table.putNew({ ...settledKey(importId, block), ...settled });
    return (await this.kept(importId, block)) ?? settled;
  }

  async kept(importId: string, block: number): Promise<SettledBlock | undefined> {
    const { pk, sk } = settledKey(importId, block);
    const item = await this.#table.get(pk, sk);
    return item && z.parse(Settled, item);
  }

  async #read(account: AccountOf): Promise<{ readonly standing: AccountEntry[]; readonly count: number }> {
    const standing = new Map<string, AccountEntry>();
    let count = 0;
    for await (const item of this.#table.query(accountPk(account))) {
      const { cancelled, ...entry } = z.parse(Entry, item);
      if (cancelled) standing.delete(entry.basis);
      else standing.set(entry.basis, entry);
      count += 1;
    }
    return { standing: [...standing.values()], count };
  }

  #put(account: AccountOf, number: number, item: Readonly<Record<string, unknown>>) {
    return this.#table.putNew({ pk: accountPk(account), sk: String(number).padStart(6, '0'), ...item });
  }
}

const accountPk = ({ jurisdiction, programme, person, list }: AccountOf): string =>
  `SERVICE-ACCOUNT#${jurisdiction}#${programme}#${person}${list === undefined ? '' : `#${list}`}`;
const settledKey = (importId: string, block: number) => ({
  pk: `GRANT-LIST-SETTLED#${importId}`,
  sk: String(block).padStart(4, '0'),
});
