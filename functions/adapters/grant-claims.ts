import * as z from 'zod/mini';
import type { GrantClaim } from '../../domain/grants/claims.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { mapBounded } from '../concurrency.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * The claims of applications on the caps of a family (domain/grants/claims.ts), in the operations table:
 *
 *   GRANT-CLAIMS#<person>   <000001>   one claim, immutable; the next is put at the next number, once
 */
const Claim = z.object({
  application: z.string(),
  jurisdiction: z.string(),
  sequence: z.int(),
  at: z.string(),
});
const AT_ONCE = 8;

export class GrantClaims {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** The claims of each person in order, as of a strong read. */
  async of(persons: readonly PersonKey[]): Promise<Map<PersonKey, readonly GrantClaim[]>> {
    const found = new Map<PersonKey, readonly GrantClaim[]>();
    await mapBounded(persons, AT_ONCE, async (person) => {
      const claims: GrantClaim[] = [];
      for await (const item of this.#table.query(keyOf(person))) claims.push(z.parse(Claim, item));
      found.set(person, claims);
    });
    return found;
  }

  /**
   * Claims the place after those that were seen, unless the application holds one for this decision already. False when the place is
   * taken: look again.
   */
  async claim(person: PersonKey, seen: readonly GrantClaim[], claim: GrantClaim): Promise<boolean> {
    const mine = ({ application, sequence }: GrantClaim) =>
      application === claim.application && sequence === claim.sequence;
    if (seen.some(mine)) return true;
    const sk = String(seen.length + 1).padStart(6, '0');
    return (await this.#table.putNew({ pk: keyOf(person), sk, ...claim })) === 'created';
  }
}

const keyOf = (person: PersonKey): string => `GRANT-CLAIMS#${person}`;
