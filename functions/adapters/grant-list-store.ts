import * as z from 'zod/mini';
import { canonicalJson } from '../../domain/canonical.ts';
import type { ListDecision, StagedGrant } from '../../domain/grants/list.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { fen } from '../../domain/money.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import { ServiceAccounts } from './service-accounts.ts';

/**
 * Lists of grants (批量给付名册), in the operations table; the sheet itself is an import. Nothing personal is in them:
 *
 *     GRANT-LIST#<import>       ROW#<000012>             a good row with its amount (immutable)
 *     GRANT-LIST#<import>       WHO#<subject>#<occasion> the row that has this subject for this occasion (immutable)
 *     GRANT-LIST-DONE#<import>  DECISION                 one decision on the whole list (immutable)
 *     GRANT-LIST-DONE#<import>  DONE#<0001>              what became of the rows of a block (immutable)
 *     GRANT-LISTS#<j>#<p>       <import>                 lists of a programme: pointer, written with the first good row
 *     GRANT-LISTS-OPEN          <import>                 decided lists, marked when carried out (projection)
 *     GRANT-LIST-HASH#<j>       <hash>                   the one import by which this content was decided (immutable)
 *     GRANT-ONCE#<p>            <subject>#<occasion>     the one list row that this subject is granted for (immutable); where what it
 *                                                        gave was withdrawn there is <…>#0001#FREED, and who comes next is <…>#0002
 */
export type GrantedBlock = {
  readonly block: number;
  readonly granted: number;
  readonly fen: number;
  readonly refused: readonly { readonly row: number; readonly zh: string; readonly en: string }[];
};

/** Rows of the sheet that are carried out together. */
const ROWS_PER_BLOCK = 250;
export const blockOf = (row: number): number => Math.floor(row / ROWS_PER_BLOCK);

const DecisionSchema = z.object({
  by: z.string(),
  at: z.string(),
  document: z.string(),
  decidedOn: z.string(),
  hash: z.string(),
  count: z.int(),
  fen: z.pipe(z.int(), z.transform(fen)),
  blocks: z.array(z.int()),
});
const BlockSchema = z.object({
  block: z.int(),
  granted: z.int(),
  fen: z.int(),
  refused: z.array(z.object({ row: z.int(), zh: z.string(), en: z.string() })),
});
/** The decision, and in which blocks it is carried out. */
export type StoredListDecision = ListDecision & { readonly blocks: readonly number[] };

export class GrantListStore {
  readonly #table: DynamoTable;
  /** Of services that lists settle. */
  readonly accounts: ServiceAccounts;

  constructor(table: DynamoTable) {
    this.#table = table;
    this.accounts = new ServiceAccounts(table);
  }

  /** Keeps a good row. @returns the row of the same list that has the subject for the occasion already, if another */
  async stage(
    { importId, jurisdiction, programme }: ListKey,
    grant: StagedGrant,
  ): Promise<number | undefined> {
    await this.#table.putNew({ pk: `GRANT-LISTS#${jurisdiction}#${programme}`, sk: importId });
    const who = await this.#table.putNewOrSame({
      pk: listPk(importId),
      sk: `WHO#${onceSk(holderOf(grant), grant.occasion)}`,
      c: String(grant.row),
      row: grant.row,
    });
    if (who.outcome === 'divergent') return z.parse(z.int(), who.existing['row']);
    // The same row delivered again may meet a register that has changed in between: what was staged first stays.
    await this.#table.putNew({ pk: listPk(importId), sk: rowSk(grant.row), staged: grant });
    return undefined;
  }

  /** Good rows in the order of the sheet; of one block, or of all. */
  async rows(importId: string, block?: number): Promise<StagedGrant[]> {
    const first = block === undefined ? 'ROW#' : rowSk(block * ROWS_PER_BLOCK);
    const last = block === undefined ? 'ROW#~' : rowSk((block + 1) * ROWS_PER_BLOCK - 1);
    const rows: StagedGrant[] = [];
    for await (const item of this.#table.query(listPk(importId), { between: [first, last] }))
      rows.push(stagedOf(item));
    return rows;
  }

  async row(importId: string, row: number): Promise<StagedGrant | undefined> {
    const item = await this.#table.get(listPk(importId), rowSk(row));
    return item && stagedOf(item);
  }

  /** Gives a content to one import. @returns the import as which it was decided: another one, if before */
  async claimHash(jurisdiction: JurisdictionCode, hash: string, importId: string): Promise<string> {
    const put = await this.#table.putNewOrSame({
      pk: `GRANT-LIST-HASH#${jurisdiction}`,
      sk: hash,
      c: importId,
    });
    return put.outcome === 'divergent' ? z.parse(z.string(), put.existing['c']) : importId;
  }

  /** The decision, once: 'divergent' when another one stands. Listed first, so that the sweeper finds it. */
  async decide(importId: string, decision: StoredListDecision): Promise<'created' | 'same' | 'divergent'> {
    await this.#table.putNew({ pk: 'GRANT-LISTS-OPEN', sk: importId, finished: false });
    const { at: _at, ...said } = decision;
    const put = await this.#table.putNewOrSame({
      pk: donePk(importId),
      sk: 'DECISION',
      c: sha256Hex(canonicalJson({ ...said, blocks: [...said.blocks] })),
      ...decision,
    });
    return put.outcome;
  }

  async blockDone(importId: string, done: GrantedBlock): Promise<void> {
    const sk = `DONE#${String(done.block).padStart(4, '0')}`;
    await this.#table.putNew({ pk: donePk(importId), sk, ...done });
  }

  /** The decision and what was carried out so far, from one strong read. */
  async read(importId: string): Promise<{ decision?: StoredListDecision; done: readonly GrantedBlock[] }> {
    let decision: StoredListDecision | undefined;
    const done: GrantedBlock[] = [];
    for await (const item of this.#table.query(donePk(importId))) {
      if (item.sk === 'DECISION') decision = z.parse(DecisionSchema, item);
      else done.push(z.parse(BlockSchema, item));
    }
    return { done, ...(decision && { decision }) };
  }

  /** Gives a subject's grant for an occasion to one row of one list, once it is free; a row that had it before has it still. */
  async claimOnce(programme: ProgrammeId, claimed: Claimed, basis: string): Promise<'ours' | 'taken'> {
    const pk = oncePk(programme);
    const first = onceSk(holderOf(claimed), claimed.occasion);
    const holders = await this.#holders(pk, first);
    if (holders.some((one) => one.basis === basis)) return 'ours';
    if (holders.at(-1)?.freed === false) return 'taken';
    const sk = holderSk(first, holders.length + 1);
    const put = await this.#table.putNewOrSame({ pk, sk, c: basis });
    return put.outcome === 'divergent' ? 'taken' : 'ours';
  }

  /** What a row gave for an occasion was withdrawn: another may have it. Nothing where the row does not hold it. */
  async free(programme: ProgrammeId, claimed: Claimed, basis: string): Promise<void> {
    const pk = oncePk(programme);
    const first = onceSk(holderOf(claimed), claimed.occasion);
    const at = (await this.#holders(pk, first)).findIndex((one) => one.basis === basis);
    if (at >= 0) await this.#table.putNew({ pk, sk: freedSk(first, at + 1), c: basis });
  }

  /** The list row that a subject is granted for on an occasion, if any. */
  async claimed(programme: ProgrammeId, subject: PersonKey, occasion: string): Promise<string | undefined> {
    const last = (await this.#holders(oncePk(programme), onceSk(subject, occasion))).at(-1);
    return last?.freed === false ? last.basis : undefined;
  }

  /** Who has had an occasion, one after the other: all but the last were withdrawn. */
  async #holders(pk: string, first: string): Promise<{ readonly basis: string; readonly freed: boolean }[]> {
    const items = new Map<string, Item>();
    for await (const item of this.#table.query(pk, { begins: first })) items.set(item.sk, item);
    const holders = [];
    for (let n = 1; items.has(holderSk(first, n)); n += 1) {
      const basis = z.parse(z.string(), items.get(holderSk(first, n))?.['c']);
      holders.push({ basis, freed: items.has(freedSk(first, n)) });
    }
    return holders;
  }

  /** Lists of a programme, by the id of their import. */
  async listed(jurisdiction: JurisdictionCode, programme: ProgrammeId): Promise<string[]> {
    const found: string[] = [];
    for await (const item of this.#table.query(`GRANT-LISTS#${jurisdiction}#${programme}`))
      found.push(item.sk);
    return found;
  }

  async unfinished(): Promise<string[]> {
    const found: string[] = [];
    for await (const item of this.#table.query('GRANT-LISTS-OPEN'))
      if (item['finished'] !== true) found.push(item.sk);
    return found;
  }

  async markFinished(importId: string): Promise<void> {
    await this.#table.put({ pk: 'GRANT-LISTS-OPEN', sk: importId, finished: true });
  }
}

type ListKey = {
  readonly importId: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
};
type Claimed = Pick<StagedGrant, 'subject' | 'holder' | 'occasion'>;
const holderOf = ({ holder, subject }: Claimed): PersonKey => holder ?? subject;
const listPk = (importId: string): string => `GRANT-LIST#${importId}`;
const donePk = (importId: string): string => `GRANT-LIST-DONE#${importId}`;
const rowSk = (row: number): string => `ROW#${String(row).padStart(6, '0')}`;
const oncePk = (programme: ProgrammeId): string => `GRANT-ONCE#${programme}`;
const numberText = (n: number): string => String(n).padStart(4, '0');
const holderSk = (first: string, n: number): string => (n === 1 ? first : `${first}#${numberText(n)}`);
const freedSk = (first: string, n: number): string => `${first}#${numberText(n)}#FREED`;
const onceSk = (subject: PersonKey, occasion: string): string =>
  `${subject}#${sha256Hex(occasion).slice(0, 24)}`;
const stagedOf = (item: Item): StagedGrant => item['staged'] as StagedGrant;
