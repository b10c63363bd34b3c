import { createHmac } from 'node:crypto';
import type { Json } from '../../domain/canonical.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { unifyDots } from '../../domain/person-name.ts';
import { invariant, unreachable } from '../../domain/result.ts';
import type { KeySource, LookupKey } from './key-source.ts';

/** Constant, because a context per record would need a data key per record; the record id is inside the plaintext. */
const CONTEXT = { purpose: 'fafang-register' };

/** Why a sealed record cannot be used; never says what is in it. */
class SealedRecordError extends Error {
  override readonly name = 'SealedRecordError';
  /** unreadable: damaged or another key; foreign: made for another purpose; swapped: the blob of another record. */
  readonly reason: 'unreadable' | 'foreign' | 'swapped';

  constructor(reason: SealedRecordError['reason'], recordId: string, cause?: unknown) {
    super(`sealed record ${recordId} is ${reason}`, { cause });
    this.reason = reason;
  }
}

/** What can be looked up by its exact value. */
export type LookupKind = 'id' | 'account' | 'name' | 'birth-name' | 'phone';

const HASH_BYTES = 16;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PERSON_KEY_LENGTH = 12;

/** Seals and opens records, and hashes what is looked up. The only module that sees personal data and keys together. */
export class PersonalData {
  readonly #source: KeySource;
  #sealing: ReturnType<KeySource['cipher']> | undefined;
  #lookup: Promise<LookupKey> | undefined;

  constructor(source: KeySource) {
    this.#source = source;
  }

  /** Encrypts a record together with its id. The same record twice gives different bytes. */
  async sealRecord(recordId: string, record: Json): Promise<Uint8Array> {
    const plaintext = Buffer.from(JSON.stringify({ recordId, record }), 'utf8');
    const cipher = await this.#cipher();
    return cipher.encrypt(plaintext, CONTEXT);
  }

  /** @throws SealedRecordError when the bytes are damaged, made for something else, or those of another record. */
  async openRecord(recordId: string, sealed: Uint8Array): Promise<unknown> {
    const cipher = await this.#cipher();
    const { plaintext, context } = await cipher.decrypt(sealed).catch((cause: unknown) => {
      throw new SealedRecordError('unreadable', recordId, cause);
    });
    if (context['purpose'] !== CONTEXT.purpose) throw new SealedRecordError('foreign', recordId);
    const inside = JSON.parse(plaintext.toString('utf8')) as { recordId: unknown; record: unknown };
    if (inside.recordId !== recordId) throw new SealedRecordError('swapped', recordId);
    return inside.record;
  }

  /** Hash for finding a value without storing it: `<key version>.<base64url of 16 bytes of HMAC-SHA-256>`. */
  async lookupHash(kind: LookupKind, value: string): Promise<string> {
    const { version } = await this.#lookupKey();
    const mac = await this.#mac(`lookup|${kind}|${normalised(kind, value)}`);
    return `${version}.${mac.subarray(0, HASH_BYTES).toString('base64url')}`;
  }

  /**
   * The opaque key of a person: 60 bits of a keyed hash of the identity number, so that two writers who meet the same
   * new person give the same key. `attempt` counts up when the key turns out to be another person's.
   */
  async personKeyFor(idNumber: string, attempt = 0): Promise<PersonKey> {
    const suffix = attempt === 0 ? '' : `|${attempt}`;
    return crockford(await this.#mac(`person-key|${normalised('id', idNumber)}${suffix}`));
  }

  /** An opaque id derived from personal data, e.g. of an account change: the same parts give the same id. */
  async opaqueId(purpose: string, parts: readonly string[]): Promise<string> {
    return crockford(await this.#mac(`${purpose}|${JSON.stringify(parts)}`));
  }

  async #mac(text: string): Promise<Buffer> {
    const { secret } = await this.#lookupKey();
    return createHmac('sha256', secret).update(text, 'utf8').digest();
  }

  #cipher(): ReturnType<KeySource['cipher']> {
    this.#sealing ??= this.#retryable(this.#source.cipher(), () => {
      this.#sealing = undefined;
    });
    return this.#sealing;
  }

  #lookupKey(): Promise<LookupKey> {
    this.#lookup ??= this.#retryable(this.#source.lookupKey(), () => {
      this.#lookup = undefined;
    });
    return this.#lookup;
  }

  /** A key service that failed once is asked again by the next call. */
  #retryable<T>(promise: Promise<T>, forget: () => void): Promise<T> {
    promise.catch(forget);
    return promise;
  }
}

/** One spelling per value, so that the same thing typed differently is found. Variant characters stay different. */
function normalised(kind: LookupKind, value: string): string {
  const text = value.normalize('NFC').trim();
  switch (kind) {
    case 'id':
      return text.toUpperCase();
    case 'account':
      return text.replaceAll(' ', '');
    case 'name':
    case 'birth-name':
      return unifyDots(text);
    case 'phone':
      return text.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
    default:
      return unreachable(kind);
  }
}

function crockford(bytes: Uint8Array): string {
  invariant(bytes.length >= PERSON_KEY_LENGTH, 'too few bytes for an opaque key');
  // 256 is a multiple of 32: every character is equally likely.
  return Array.from(bytes.subarray(0, PERSON_KEY_LENGTH), (byte) => CROCKFORD[byte % 32]).join('');
}
