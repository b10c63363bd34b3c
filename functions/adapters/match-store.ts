import * as z from 'zod/mini';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { MATCHING_KINDS, MATCHING_SOURCES, type MatchingSource } from '../../domain/matching/list-kinds.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * Matching lists and what they matched. The lists in the operations table; the matches in the register table, because what a list
 * says of a person is personal:
 *
 *   MATCHING-LISTS#<j>   <import>             what list an import is: kind, source, date, file
 *   MATCHES#<import>     <person>             a row whose person is in the register; sealed: the day and what it says
 *
 * Rows of people whom the register does not know are counted and kept nowhere.
 */
const SOURCES = Object.keys(MATCHING_SOURCES) as [MatchingSource, ...MatchingSource[]];
const ListSchema = z.object({
  importId: z.string(),
  jurisdiction: z.string(),
  kind: z.enum(MATCHING_KINDS),
  source: z.enum(SOURCES),
  listDate: z.string(),
  fileName: z.string(),
  by: z.string(),
  at: z.string(),
});
export type MatchingList = z.infer<typeof ListSchema>;

/** What one row says of one person, and what became of it in each of their enrolments. */
export type Match = {
  readonly person: PersonKey;
  readonly row: number;
  readonly at: Instant;
  readonly since?: PlainDate;
  readonly detail: string;
  readonly enrolments: readonly {
    readonly enrolment: EnrolmentId;
    readonly programme: ProgrammeId;
    /** Absent where the list only informs. */
    readonly caseId?: string;
  }[];
};
const SealedSchema = z.object({ since: z.optional(z.string()), detail: z.string() });
const EnrolmentsSchema = z.array(
  z.object({ enrolment: z.string(), programme: z.string(), caseId: z.optional(z.string()) }),
);

export class MatchStore {
  readonly #operations: DynamoTable;
  readonly #register: DynamoTable;
  readonly #personalData: PersonalData;

  constructor(operations: DynamoTable, register: DynamoTable, personalData: PersonalData) {
    this.#operations = operations;
    this.#register = register;
    this.#personalData = personalData;
  }

  /** Says what list an import is, before it is asked for; the same again changes nothing. */
  async addList(list: MatchingList): Promise<void> {
    const { at: _, ...content } = list;
    const c = sha256Hex(canonicalJson(content));
    await this.#operations.putNewOrSame({ pk: listsKey(list.jurisdiction), sk: list.importId, c, ...list });
  }

  async list(jurisdiction: JurisdictionCode, importId: string): Promise<MatchingList | undefined> {
    const item = await this.#operations.get(listsKey(jurisdiction), importId);
    return item && z.parse(ListSchema, item);
  }

  /** In the order of their ids. */
  async lists(jurisdiction: JurisdictionCode): Promise<MatchingList[]> {
    const lists: MatchingList[] = [];
    for await (const item of this.#operations.query(listsKey(jurisdiction)))
      lists.push(z.parse(ListSchema, item));
    return lists;
  }

  /** Keeps a match once; the last thing done for a row. */
  async keep(importId: string, match: Match): Promise<void> {
    const { person, row, at, since, detail, enrolments } = match;
    const sealed = await this.#personalData.sealRecord(recordId(importId, person), {
      ...(since !== undefined && { since }),
      detail,
    });
    await this.#register.putNew({
      pk: `MATCHES#${importId}`,
      sk: person,
      row,
      at,
      enrolments: [...enrolments],
      sealed,
    });
  }

  /** Matches of a list from behind a person, in the order of persons. */
  async *matches(importId: string, startAfter?: PersonKey): AsyncGenerator<Match, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    for await (const item of this.#register.query(`MATCHES#${importId}`, options)) {
      const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
      const opened = await this.#personalData.openRecord(recordId(importId, item.sk), sealed);
      const { since, detail } = z.parse(SealedSchema, opened);
      yield {
        person: item.sk,
        row: Number(item['row']),
        at: String(item['at']),
        ...(since !== undefined && { since }),
        detail,
        enrolments: z
          .parse(EnrolmentsSchema, item['enrolments'])
          .map(({ caseId, ...one }) => ({ ...one, ...(caseId !== undefined && { caseId }) })),
      };
    }
  }
}

const listsKey = (jurisdiction: JurisdictionCode): string => `MATCHING-LISTS#${jurisdiction}`;
const recordId = (importId: string, person: PersonKey): string => `match:${importId}:${person}`;
