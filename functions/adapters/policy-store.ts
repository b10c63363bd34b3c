import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import { canonicalJson, type Json } from '../../domain/canonical.ts';
import { type PolicyBook, policyBook, policyBookHash } from '../../domain/policy/book.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * The policy table:
 *
 *   PACKS          <jur>#<prog>   which packs of a jurisdiction and programme count, with who imported each and when (optimistic lock)
 *   PACK#<hash>    PACK           one policy pack, immutable; it counts once it is on its list
 *   BOOK#<hash>    <00001>        a frozen book, in pieces, as runs read it by content hash
 *
 * Staff import packs; the book is all of them together. A run freezes the book it starts with, so that later imports never
 * change what it computes. Packs are never taken back, so of two that contradict each other only one may ever be let in: they
 * compete for the version of their list.
 */
type StoredPack = Stamp & { readonly hash: string; readonly pack: PolicyPack };
/** Who let a pack in and when; `proposal`: the approved proposal that it came with, absent at the first installation. */
type Stamp = { readonly by: string; readonly at: Instant; readonly proposal?: string | undefined };

const ImportedSchema = z.array(
  z.strictObject({ hash: z.string(), by: z.string(), at: z.string(), proposal: z.optional(z.string()) }),
);
type Imported = z.infer<typeof ImportedSchema>[number];

/** The packs that count, put together; hashed when somebody needs the hash. */
type Latest = {
  readonly hashes: string;
  readonly packs: readonly PolicyPack[];
  readonly book: PolicyBook;
  hash?: string;
};

/** Room for attribute names below DynamoDB's 400 kB an item. */
const PIECE_BYTES = 300_000;
/** Canonical JSON of a pack; the largest known has eight thousand bytes. */
const PACK_BYTES_MAX = 200_000;
const TRIES = 20;

export class PolicyStore {
  readonly #table: DynamoTable;
  readonly #books = new Map<string, PolicyBook>();
  /** Packs never change, so that a process reads each of them once; which of them count it asks every time. */
  readonly #packs = new Map<string, PolicyPack>();
  #latest: Latest | undefined;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /**
   * Adds a pack after checking it with those it may contradict; the same pack again changes nothing. Refusals: those of the policy
   * book (`conflict/policy-overlap`), `limit/pack-size`, `conflict/busy`; with `first` `conflict/policy-installed` where the place and
   * programme have another one already.
   */
  async add(
    pack: PolicyPack,
    stamp: Stamp,
    { first = false }: { readonly first?: boolean } = {},
  ): Promise<Result<{ hash: string; created: boolean }>> {
    const fits = this.fits(pack);
    if (!fits.ok) return fits;
    const hash = this.hashOf(pack);
    const sk = `${pack.jurisdiction}#${pack.programme}`;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const list = await this.#table.get('PACKS', sk);
      const imported = list ? importedFrom(list) : [];
      if (imported.some((earlier) => earlier.hash === hash)) return ok({ hash, created: false });
      if (first && imported.length > 0) return refuse(installed(pack));
      const together = policyBook([...(await this.#stored(imported)).map((stored) => stored.pack), pack]);
      if (!together.ok) return together;
      await this.#table.putNew({ pk: `PACK#${hash}`, sk: 'PACK', pack });
      const expected = list ? z.parse(z.int(), list['version']) : 0;
      const next = { pk: 'PACKS', sk, version: expected + 1, imported: [...imported, { hash, ...stamp }] };
      if ((await this.#table.putIfVersion(next, expected)) === 'written') return ok({ hash, created: true });
    }
    return refuse(busy());
  }

  /** Whether one item can hold the pack. Refusal: `limit/pack-size`. */
  fits(pack: unknown): Result<true> {
    return Buffer.byteLength(canonicalJson(pack as Json)) > PACK_BYTES_MAX ? refuse(tooLarge()) : ok(true);
  }

  /** What a pack is kept under: the same content is the same pack. */
  hashOf(pack: PolicyPack): string {
    return sha256Hex(canonicalJson(pack));
  }

  /** All packs in order of jurisdiction, programme and import. */
  async packs(): Promise<StoredPack[]> {
    const imported: Imported[] = [];
    for await (const list of this.#table.query('PACKS')) imported.push(...importedFrom(list));
    return this.#stored(imported);
  }

  async #stored(imported: readonly Imported[]): Promise<StoredPack[]> {
    const missing = imported.map(({ hash }) => hash).filter((hash) => !this.#packs.has(hash));
    const items = await this.#table.batchGet(missing.map((hash) => ({ pk: `PACK#${hash}`, sk: 'PACK' })));
    for (const [index, hash] of missing.entries()) {
      const pack = items[index]?.['pack'];
      invariant(pack, `policy pack ${hash} is on its list and not in the table`);
      this.#packs.set(hash, pack as PolicyPack);
    }
    return imported.map((one) => {
      const pack = this.#packs.get(one.hash);
      invariant(pack, `policy pack ${one.hash} was read and is gone`);
      return { ...one, pack };
    });
  }

  /** The book of everything imported so far, for who asks now and keeps nothing that refers to it. */
  async current(): Promise<Result<PolicyBook>> {
    const latest = await this.#read();
    return latest.ok ? ok(latest.value.book) : latest;
  }

  /** The same book, frozen under its hash. */
  async freeze(): Promise<Result<{ book: PolicyBook; hash: string }>> {
    const latest = await this.#read();
    if (!latest.ok) return latest;
    const { book, packs } = latest.value;
    const hash = (latest.value.hash ??= policyBookHash(book, sha256Hex));
    // Written by this process before, or read by it: all its pieces are there, and they never change.
    if (this.#books.has(hash)) return ok({ book, hash });
    const bytes = Buffer.from(canonicalJson(packs), 'utf8');
    for (let piece = 0; piece * PIECE_BYTES < bytes.length; piece += 1) {
      const part = bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
      await this.#table.put({ pk: `BOOK#${hash}`, sk: String(piece).padStart(5, '0'), part });
    }
    this.#books.set(hash, book);
    return ok({ book, hash });
  }

  /** Which packs count is asked every time; they are put together, and hashed, once for as long as they are the same. */
  async #read(): Promise<Result<Latest>> {
    const stored = await this.packs();
    const hashes = stored.map(({ hash }) => hash).join();
    if (this.#latest?.hashes === hashes) return ok(this.#latest);
    const packs = stored.map(({ pack }) => pack);
    const book = policyBook(packs);
    if (!book.ok) return book;
    this.#latest = { hashes, packs, book: book.value };
    return ok(this.#latest);
  }

  /** A frozen book. @throws InvariantError when it is not there or is not what its hash says. */
  async book(hash: string): Promise<PolicyBook> {
    const cached = this.#books.get(hash);
    if (cached) return cached;
    const parts: Uint8Array[] = [];
    for await (const item of this.#table.query(`BOOK#${hash}`))
      parts.push(z.parse(z.instanceof(Uint8Array), item['part']));
    invariant(parts.length > 0, `no policy book ${hash}`);
    // Packs were parsed when they were imported; that these are the same ones is what the hash says.
    const packs = JSON.parse(Buffer.concat(parts).toString('utf8')) as PolicyPack[];
    const book = policyBook(packs);
    invariant(
      book.ok && policyBookHash(book.value, sha256Hex) === hash,
      `book ${hash} is not what its hash says`,
    );
    this.#books.set(hash, book.value);
    return book.value;
  }
}

const importedFrom = (list: Item): Imported[] => z.parse(ImportedSchema, list['imported']);

const installed = ({ jurisdiction, programme }: PolicyPack): Refusal =>
  refusal(
    'conflict/policy-installed',
    `${jurisdiction} 的“${programme}”已有政策包，直接导入只用于首次安装：请提出政策提议，查看影响后由另一人批准`,
    `${jurisdiction} has a policy pack of "${programme}", and only the first is brought in directly: propose the change, look at its effect, and have another person approve it`,
    { jurisdiction, programme },
  );

const tooLarge = (): Refusal =>
  refusal(
    'limit/pack-size',
    `政策包超过 ${PACK_BYTES_MAX / 1_000} kB：请按生效时间拆分成几个政策包分别导入`,
    `a policy pack has at most ${PACK_BYTES_MAX / 1_000} kB: split it by date in force and import the parts`,
    { bytesMax: PACK_BYTES_MAX },
  );

const busy = (): Refusal =>
  refusal(
    'conflict/busy',
    '多人正在同时导入本项目的政策包，请稍后重试',
    'many people are importing packs of this programme: try again',
  );
