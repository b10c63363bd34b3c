import type { Instant } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { type PolicyBook, policyBook, policyBookHash } from '../../domain/policy/book.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * The policy table:
 *
 *   PACKS          <jur>#<prog>#<hash of the pack>   one imported policy pack, immutable
 *   BOOK#<hash>    <00001>                           a frozen book, in pieces, as runs read it by content hash
 *
 * Staff import packs; the book is all of them together. A run freezes the book it starts with, so that later imports never
 * change what it computes.
 */
export type StoredPack = {
  readonly hash: string;
  readonly pack: PolicyPack;
  readonly by: string;
  readonly at: Instant;
};

/** Room for attribute names below DynamoDB's 400 kB an item. */
const PIECE_CHARACTERS = 90_000;

export class PolicyStore {
  readonly #table: DynamoTable;
  readonly #books = new Map<string, PolicyBook>();

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /** Adds a pack after checking it with all the others; the same pack again changes nothing. */
  async add(
    pack: PolicyPack,
    stamp: { readonly by: string; readonly at: Instant },
  ): Promise<Result<{ hash: string; created: boolean }>> {
    const together = policyBook([...(await this.packs()).map((stored) => stored.pack), pack]);
    if (!together.ok) return together;
    const hash = sha256Hex(canonicalJson(pack));
    const item = { pk: 'PACKS', sk: `${pack.jurisdiction}#${pack.programme}#${hash}`, hash, pack, ...stamp };
    return ok({ hash, created: (await this.#table.putNew(item)) === 'created' });
  }

  /** All packs in order of jurisdiction and programme. */
  async packs(): Promise<StoredPack[]> {
    const packs: StoredPack[] = [];
    for await (const item of this.#table.query('PACKS')) packs.push(item as unknown as StoredPack);
    return packs;
  }

  /** The book of everything imported so far, frozen under its hash. */
  async freeze(): Promise<Result<{ book: PolicyBook; hash: string }>> {
    const packs = (await this.packs()).map((stored) => stored.pack);
    const book = policyBook(packs);
    if (!book.ok) return book;
    const hash = policyBookHash(book.value, sha256Hex);
    const text = canonicalJson(packs);
    for (let piece = 0; piece * PIECE_CHARACTERS < text.length; piece += 1) {
      const part = text.slice(piece * PIECE_CHARACTERS, (piece + 1) * PIECE_CHARACTERS);
      await this.#table.put({ pk: `BOOK#${hash}`, sk: String(piece).padStart(5, '0'), part });
    }
    this.#books.set(hash, book.value);
    return ok({ book: book.value, hash });
  }

  /** A frozen book. @throws InvariantError when it is not there or is not what its hash says. */
  async book(hash: string): Promise<PolicyBook> {
    const cached = this.#books.get(hash);
    if (cached) return cached;
    let text = '';
    for await (const item of this.#table.query(`BOOK#${hash}`)) text += String(item['part']);
    invariant(text !== '', `no policy book ${hash}`);
    const packs = (JSON.parse(text) as unknown[]).map((json) => {
      const parsed = parsePolicyPack(json);
      invariant(parsed.ok, `a pack of book ${hash} no longer parses`);
      return parsed.value.pack;
    });
    const book = policyBook(packs);
    invariant(
      book.ok && policyBookHash(book.value, sha256Hex) === hash,
      `book ${hash} is not what its hash says`,
    );
    this.#books.set(hash, book.value);
    return book.value;
  }
}
