import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { RELATIONS, type RelativeDeclaration } from '../../domain/matching/relatives.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Relatives that staff declared (近亲属备案), in the operations table, by opaque keys alone:
 *
 *   RELATIVES#<j>   <staff>#<person>   once; declared again, the first stands
 */
export class RelativeStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** @returns the declaration that stands */
  async declare(jurisdiction: JurisdictionCode, declared: RelativeDeclaration): Promise<RelativeDeclaration> {
    const key = { pk: partition(jurisdiction), sk: `${declared.staff}#${declared.person}` };
    if ((await this.#table.putNew({ ...key, ...declared })) === 'created') return declared;
    const standing = await this.#table.get(key.pk, key.sk);
    return standing ? z.parse(Declaration, standing) : declared;
  }

  /** All of a jurisdiction, or those of one member of staff, in order. One query. */
  async declared(jurisdiction: JurisdictionCode, staff?: string): Promise<RelativeDeclaration[]> {
    const declared: RelativeDeclaration[] = [];
    const options = staff === undefined ? {} : { begins: `${staff}#` };
    for await (const item of this.#table.query(partition(jurisdiction), options))
      declared.push(z.parse(Declaration, item));
    return declared;
  }

  /** Whether a member of staff declared anybody after an instant. */
  async hasDeclaredSince(jurisdiction: JurisdictionCode, staff: string, since: Instant): Promise<boolean> {
    return (await this.declared(jurisdiction, staff)).some(({ at }) => at > since);
  }
}

const partition = (jurisdiction: JurisdictionCode): string => `RELATIVES#${jurisdiction}`;
const Declaration = z.object({
  staff: z.string(),
  person: z.string(),
  relation: z.enum(RELATIONS),
  declaredOn: z.string(),
  at: z.string(),
});
