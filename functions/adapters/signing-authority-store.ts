import type { Instant } from '../../domain/calendar.ts';
import { contentHash } from '../../domain/canonical.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import {
  type Delegation,
  type DelegationWish,
  type Principal,
  revokedBefore,
  SIGNING_ROLES,
} from '../../domain/run/delegation.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Who may sign, in the operations table. A delegation's id is `<jurisdiction>.<principal>.<request>`.
 *
 * | pk                          | sk                  | what                                                        |
 * | --------------------------- | ------------------- | ----------------------------------------------------------- |
 * | `DELEGATION#<jurisdiction>` | `<delegation>`      | one grant, immutable                                        |
 * | 〃                          | `<delegation>#REVOKED` | its end, immutable                                       |
 * | `SIGNER#<staff>`            | `ROLES`             | signing roles as of the last sign-in: what the token said   |
 */
type Stamp = { readonly at: Instant; readonly by: string };

const REVOKED = '#REVOKED';

export class SigningAuthorityStore {
  readonly #operations: DynamoTable;

  constructor(operations: DynamoTable) {
    this.#operations = operations;
  }

  /** Keeps the signing roles that a token names, also that there are none any more. Written only when they changed. */
  async noteRoles(staffId: string, roles: readonly string[], at: Instant): Promise<void> {
    const now = SIGNING_ROLES.filter((role) => roles.includes(role));
    const before = await this.rolesOf(staffId);
    if (before.join() === now.join()) return;
    await this.#operations.put({ pk: signerKey(staffId), sk: 'ROLES', roles: now, at });
  }

  async rolesOf(staffId: string): Promise<readonly string[]> {
    const item = await this.#operations.get(signerKey(staffId), 'ROLES');
    return (item?.['roles'] as readonly string[] | undefined) ?? [];
  }

  /** What someone can lend to a deputy in a jurisdiction, by strong reads. */
  async principal(jurisdiction: JurisdictionCode, staffId: string): Promise<Principal> {
    const [roles, delegations] = await Promise.all([
      this.rolesOf(staffId),
      this.#delegations(jurisdiction, `${jurisdiction}.${staffId}.`),
    ]);
    return { id: staffId, roles, delegations };
  }

  /** Every delegation of a jurisdiction, those that ended too, by principal. */
  async delegationsOf(jurisdiction: JurisdictionCode): Promise<Delegation[]> {
    return this.#delegations(jurisdiction, '');
  }

  /** Undefined when there is none with this id. */
  async delegation(delegationId: string): Promise<Delegation | undefined> {
    const [jurisdiction = ''] = delegationId.split('.');
    const found = await this.#delegations(jurisdiction, delegationId);
    return found.find((one) => one.delegationId === delegationId);
  }

  /** Writes a grant under the name of its request; the same request again finds what it wrote. */
  async grant(wish: DelegationWish, stamp: Stamp, request: string): Promise<Delegation> {
    const { jurisdiction, principal } = wish;
    const delegationId = `${jurisdiction}.${principal}.${request}`;
    const content = { ...wish, delegationId, grantedBy: stamp.by };
    const put = await this.#operations.putNewOrSame({
      pk: delegationKey(jurisdiction),
      sk: delegationId,
      c: contentHash(sha256Hex, 'delegation.v1', content),
      grant: { ...content, grantedAt: stamp.at },
    });
    invariant(
      put.outcome !== 'divergent',
      `divergence: delegation ${delegationId} exists with other content`,
    );
    const granted = await this.delegation(delegationId);
    invariant(granted, `delegation ${delegationId} was written and is not there`);
    return granted;
  }

  /**
   * Ends a delegation at once. The same request again changes nothing; of two that end it at the same moment the first one stands.
   * Refusal: `conflict/delegation-revoked`.
   */
  async revoke(
    delegation: Delegation,
    reason: string,
    stamp: Stamp,
    request: string,
  ): Promise<Result<Delegation>> {
    const { delegationId, jurisdiction } = delegation;
    const revoked = { by: stamp.by, at: stamp.at, reason };
    const put = await this.#operations.putNewOrSame({
      pk: delegationKey(jurisdiction),
      sk: `${delegationId}${REVOKED}`,
      c: contentHash(sha256Hex, 'delegation-revocation.v1', { delegationId, request }),
      revoked,
    });
    if (put.outcome === 'divergent') return refuse(revokedBefore(revocationIn(put.existing)));
    return ok((await this.delegation(delegationId)) ?? { ...delegation, revoked });
  }

  async #delegations(jurisdiction: JurisdictionCode, begins: string): Promise<Delegation[]> {
    const granted = new Map<string, Delegation>();
    for await (const item of this.#operations.query(delegationKey(jurisdiction), { begins })) {
      if (!item.sk.endsWith(REVOKED)) {
        granted.set(item.sk, item['grant'] as Delegation);
        continue;
      }
      // A revocation sorts right behind its grant.
      const grant = granted.get(item.sk.slice(0, -REVOKED.length));
      invariant(grant, `a revocation without its delegation: ${item.sk}`);
      granted.set(grant.delegationId, { ...grant, revoked: revocationIn(item) });
    }
    return [...granted.values()];
  }
}

const revocationIn = (item: Item) => item['revoked'] as NonNullable<Delegation['revoked']>;
const signerKey = (staffId: string): string => `SIGNER#${staffId}`;
const delegationKey = (jurisdiction: JurisdictionCode): string => `DELEGATION#${jurisdiction}`;
