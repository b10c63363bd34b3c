import { contentHash } from '../../domain/canonical.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Who is who, in the operations table. Keys carry a hash of (issuer, subject), never a name:
 *
 * | pk                        | sk              | what                                                            |
 * | ------------------------- | --------------- | --------------------------------------------------------------- |
 * | `STAFF#<identity hash>`   | `PROFILE`       | the jurisdiction of a member of staff; written once             |
 * | `STAFF-OF#<jurisdiction>` | `<staff>`       | the same, for the list of a jurisdiction                        |
 * | `BOOTSTRAP`               | `ADMINISTRATOR` | who registered himself as the first of all, and when; once ever |
 * | `LINK#<identity hash>`    | `PERSON`        | the person a beneficiary's account is bound to; written once    |
 */
export type Identity = { readonly issuer: string; readonly subject: string };
export type StaffMember = {
  readonly staffId: string;
  readonly jurisdiction: string;
  /** The one street (街道) that they work for, nine digits; absent for staff of the district. */
  readonly street?: string;
  /** Name of the member of staff as shown beside a signature. */
  readonly name: string;
  readonly registeredAt: string;
  readonly registeredBy: string;
};
export type BeneficiaryLink = {
  readonly personKey: string;
  readonly jurisdiction: string;
  readonly linkedAt: string;
  readonly linkedBy: string;
};

const identityHash = ({ issuer, subject }: Identity): string => sha256Hex(`${issuer}\n${subject}`);

export class StaffStore {
  readonly #operations: DynamoTable;

  constructor(operations: DynamoTable) {
    this.#operations = operations;
  }

  /** The id that someone has or will have in acts: the same for the same sign-in, and telling nothing. */
  staffIdOf(identity: Identity): string {
    return `st-${identityHash(identity).slice(0, 16)}`;
  }

  async staffMember(identity: Identity): Promise<StaffMember | undefined> {
    const item = await this.#operations.get(`STAFF#${identityHash(identity)}`, 'PROFILE');
    return item && memberFrom(item);
  }

  /** Members of staff of one jurisdiction, in the order of their ids. */
  async staffOf(jurisdiction: string): Promise<StaffMember[]> {
    const members: StaffMember[] = [];
    for await (const item of this.#operations.query(`STAFF-OF#${jurisdiction}`))
      members.push(memberFrom(item));
    return members;
  }

  /** Names of a jurisdiction's staff by their ids, to stand beside the ids that acts carry. */
  async namesOf(jurisdiction: string): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.staffOf(jurisdiction)).map(({ staffId, name }) => [staffId, name]));
  }

  /** The member of a jurisdiction with this id. */
  async memberOf(jurisdiction: string, staffId: string): Promise<StaffMember | undefined> {
    const item = await this.#operations.get(`STAFF-OF#${jurisdiction}`, staffId);
    return item && memberFrom(item);
  }

  /**
   * Registers a member of staff; the same again changes nothing.
   * Refusal: `conflict/staff-registered` when this sign-in belongs to another jurisdiction or street or has another name.
   */
  async register(
    identity: Identity,
    member: { readonly jurisdiction: string; readonly name: string; readonly street?: string },
    stamp: { readonly at: string; readonly by: string },
  ): Promise<Result<StaffMember>> {
    const wanted: StaffMember = {
      staffId: this.staffIdOf(identity),
      jurisdiction: member.jurisdiction,
      ...(member.street !== undefined && { street: member.street }),
      name: member.name,
      registeredAt: stamp.at,
      registeredBy: stamp.by,
    };
    const key = { pk: `STAFF#${identityHash(identity)}`, sk: 'PROFILE' };
    await this.#operations.putNew({ ...key, ...wanted });
    const stored = (await this.staffMember(identity)) ?? wanted;
    const { jurisdiction, street, name } = stored;
    if (jurisdiction !== wanted.jurisdiction || street !== wanted.street || name !== wanted.name) {
      return refuse(
        refusal(
          'conflict/staff-registered',
          '该登录账号已登记，区划、街道或姓名不同；如调动请使用新账号',
          'this sign-in is registered with another jurisdiction, street or name: use a new account after a transfer',
          { staffId: stored.staffId },
        ),
      );
    }
    // The list entry comes second: whoever repeats a registration that died in between writes it.
    await this.#operations.put({ pk: `STAFF-OF#${stored.jurisdiction}`, sk: stored.staffId, ...stored });
    return ok(stored);
  }

  /**
   * Claims the one self-registration that a deployment allows: true for the first who asks, and again for the same person and
   * jurisdiction; false for everybody else, for ever.
   */
  async claimFirst(
    first: { readonly staffId: string; readonly jurisdiction: string },
    stamp: { readonly at: string; readonly by: string },
  ): Promise<boolean> {
    const { staffId, jurisdiction } = first;
    const c = contentHash(sha256Hex, 'first-administrator.v1', { staffId, jurisdiction });
    const claim = { pk: 'BOOTSTRAP', sk: 'ADMINISTRATOR', c, staffId, jurisdiction, ...stamp };
    return (await this.#operations.putNewOrSame(claim)).outcome !== 'divergent';
  }

  async beneficiaryLink(identity: Identity): Promise<BeneficiaryLink | undefined> {
    const item = await this.#operations.get(`LINK#${identityHash(identity)}`, 'PERSON');
    return (
      item && {
        personKey: String(item['personKey']),
        jurisdiction: String(item['jurisdiction']),
        linkedAt: String(item['linkedAt']),
        linkedBy: String(item['linkedBy']),
      }
    );
  }

  /**
   * Binds a beneficiary's sign-in to a person; the same again changes nothing.
   * Refusal: `conflict/link-exists` when it is bound to another person.
   */
  async link(
    identity: Identity,
    wanted: { readonly personKey: string; readonly jurisdiction: string },
    stamp: { readonly at: string; readonly by: string },
  ): Promise<Result<BeneficiaryLink>> {
    const link: BeneficiaryLink = { ...wanted, linkedAt: stamp.at, linkedBy: stamp.by };
    await this.#operations.putNew({ pk: `LINK#${identityHash(identity)}`, sk: 'PERSON', ...link });
    const stored = (await this.beneficiaryLink(identity)) ?? link;
    return stored.personKey === wanted.personKey
      ? ok(stored)
      : refuse(
          refusal(
            'conflict/link-exists',
            '该登录账号已绑定其他享受对象，不能改绑',
            'this sign-in is linked to another beneficiary and cannot be moved',
          ),
        );
  }
}

function memberFrom(item: Readonly<Record<string, unknown>>): StaffMember {
  return {
    staffId: String(item['staffId']),
    jurisdiction: String(item['jurisdiction']),
    ...(typeof item['street'] === 'string' && { street: item['street'] }),
    name: String(item['name']),
    registeredAt: String(item['registeredAt']),
    registeredBy: String(item['registeredBy']),
  };
}
