import {
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
} from '@aws-crypto/caching-materials-manager-node';
import { buildDecrypt } from '@aws-crypto/decrypt-node';
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import {
  AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  type KeyringNode,
} from '@aws-crypto/material-management-node';
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node';

/**
 * The AWS Encryption SDK, and the only module that imports it: key-source.ts loads it with the first record that is sealed or
 * opened. Releasing a shard, and most requests to the API, never come to that.
 */
const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

const CACHE_ENTRIES = 1_000;
const DATA_KEY_AGE_MILLISECONDS = 10 * 60_000;
const RECORDS_PER_DATA_KEY = 10_000;

/** What a sealed record says of itself, readable without the key and bound to it. */
export type Context = Readonly<Record<string, string>>;
export type Opened = { readonly plaintext: Buffer; readonly context: Context };

/** Encrypts and decrypts with data keys, each used for many records: one call of the key service per thousand writes. */
export class RecordCipher {
  readonly #materials: NodeCachingMaterialsManager;

  constructor(keyring: KeyringNode) {
    this.#materials = new NodeCachingMaterialsManager({
      backingMaterials: keyring,
      cache: getLocalCryptographicMaterialsCache(CACHE_ENTRIES),
      maxAge: DATA_KEY_AGE_MILLISECONDS,
      maxMessagesEncrypted: RECORDS_PER_DATA_KEY,
      partition: 'fafang-register',
    });
  }

  /** The same plaintext twice gives different bytes. */
  async encrypt(plaintext: Buffer, context: Context): Promise<Uint8Array> {
    const { result } = await encrypt(this.#materials, plaintext, {
      suiteId: AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
      encryptionContext: context,
      plaintextLength: plaintext.length,
    });
    return result;
  }

  /** @throws whatever the library throws when the bytes are damaged or under another key. */
  async decrypt(sealed: Uint8Array): Promise<Opened> {
    const { plaintext, messageHeader } = await decrypt(this.#materials, sealed);
    return { plaintext, context: messageHeader.encryptionContext };
  }
}

/** @param dataKey 32 bytes */
export function cipherWithKey(dataKey: Uint8Array): RecordCipher {
  const keyring = new RawAesKeyringNode({
    keyNamespace: 'fafang',
    keyName: 'local-1',
    unencryptedMasterKey: dataKey,
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  return new RecordCipher(keyring);
}

/** @param dataKeyArn key in KMS that wraps the data keys; its client is loaded only here. */
export async function cipherWithKms(dataKeyArn: string): Promise<RecordCipher> {
  const { KmsKeyringNode } = await import('@aws-crypto/kms-keyring-node');
  return new RecordCipher(new KmsKeyringNode({ generatorKeyId: dataKeyArn }));
}
