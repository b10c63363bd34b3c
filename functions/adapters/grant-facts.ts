import * as z from 'zod/mini';
import { canonicalJson, type Json } from '../../domain/canonical.ts';
import type { ApplicationId } from '../../domain/grants/application.ts';
import type { GrantFacts } from '../../domain/programmes/programme.ts';
import { invariant } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';
import type { PersonalData } from './personal-data.ts';

/** What an application states about people: the facts as they were given, and who belongs to the family. */
export type SealedStatement = {
  readonly facts: GrantFacts;
  readonly family: readonly { readonly name: string; readonly idNumber: string }[];
};
const Sealed = z.object({
  facts: z.record(z.string(), z.unknown()),
  family: z.array(z.object({ name: z.string(), idNumber: z.string() })),
});

/**
 * What applications for grants state, in the register table because it is personal data:
 *
 *   GRANT-FACTS#<application>   <hash>   one statement, encrypted, once
 *
 * It is written before the act that names its hash; a statement that no act names says nothing.
 */
export class GrantFactStore {
  readonly #table: DynamoTable;
  readonly #personalData: PersonalData;

  constructor(table: DynamoTable, personalData: PersonalData) {
    this.#table = table;
    this.#personalData = personalData;
  }

  /** Keeps a statement and returns its hash, which also depends on the application. */
  async keep(application: ApplicationId, statement: SealedStatement): Promise<string> {
    const hash = hashOf(application, statement);
    const sealed = await this.#personalData.sealRecord(recordId(application, hash), statement as Json);
    await this.#table.putNew({ pk: keyOf(application), sk: hash, sealed });
    return hash;
  }

  /** @throws InvariantError when it is not what was named. */
  async read(application: ApplicationId, hash: string): Promise<SealedStatement> {
    const item = await this.#table.get(keyOf(application), hash);
    invariant(item, `what application ${application} states is gone`);
    const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
    const opened = z.parse(Sealed, await this.#personalData.openRecord(recordId(application, hash), sealed));
    invariant(hashOf(application, opened) === hash, `what application ${application} states was changed`);
    return opened;
  }
}

const keyOf = (application: ApplicationId): string => `GRANT-FACTS#${application}`;
const recordId = (application: ApplicationId, hash: string): string => `grant-facts:${application}:${hash}`;
const hashOf = (application: ApplicationId, statement: SealedStatement): string =>
  sha256Hex(`grant-facts.v1\n${application}\n${canonicalJson(statement as Json)}`);
