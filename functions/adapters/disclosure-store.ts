import * as z from 'zod/mini';
import type { Instant, Month } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { DynamoTable } from './dynamo-table.ts';

/** What left the service with personal data in it. */
export const DISCLOSED = [
  'instruction-files',
  'import-errors',
  'account-file-errors',
  'matching-errors',
  'list-comparison',
  'notice-list',
] as const;

/** 个人信息导出记录: who took what, when, and for which purpose. Nothing personal is in it. */
export type Disclosure = {
  readonly at: Instant;
  readonly by: string;
  readonly what: (typeof DISCLOSED)[number];
  /** The run, import or list it was of. */
  readonly of: string;
  readonly reason: string;
};

/**
 * The log of disclosures in the operations table, immutable:
 *
 *   DISCLOSURES#<j>#<YYYY-MM>   <at>#<staff>#<what>#<of>   the oldest without what it was of
 */
export class DisclosureStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Written before the data is handed over. Two at one instant by one person of one thing are one. */
  async record(jurisdiction: JurisdictionCode, disclosure: Disclosure): Promise<void> {
    const pk = partition(jurisdiction, shanghaiDate(disclosure.at).slice(0, 7));
    await this.#table.putNew({ pk, sk: disclosureKey(disclosure), ...disclosure });
  }

  /** Of one month, in order, from behind a key. */
  async *ofMonth(
    jurisdiction: JurisdictionCode,
    month: Month,
    startAfter?: string,
  ): AsyncGenerator<Disclosure, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const item of this.#table.query(partition(jurisdiction, month), options))
      yield z.parse(Stored, item);
  }
}

export const disclosureKey = ({ at, by, what, of }: Disclosure): string => `${at}#${by}#${what}#${of}`;
const partition = (jurisdiction: JurisdictionCode, month: Month): string =>
  `DISCLOSURES#${jurisdiction}#${month}`;
const Stored = z.object({
  at: z.string(),
  by: z.string(),
  what: z.enum(DISCLOSED),
  of: z.string(),
  reason: z.string(),
});
