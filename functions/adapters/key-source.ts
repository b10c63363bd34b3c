import { invariant } from '../../domain/result.ts';
import type { RecordCipher } from './record-cipher.ts';

/**
 * Where keys come from. On AWS: data keys from KMS, the look-up key from Secrets Manager. Elsewhere: two keys given as
 * hex. The Encryption SDK and the AWS clients are loaded only where they are used.
 */
export type KeySource = {
  /** One cipher per call: keep it, for it caches data keys. */
  readonly cipher: () => Promise<RecordCipher>;
  readonly lookupKey: () => Promise<LookupKey>;
};
/** Secret of the keyed hashes. The version is part of every pointer, so that keys can be renewed beside the old. */
export type LookupKey = { readonly version: string; readonly secret: Uint8Array };

const LOOKUP_KEY_BYTES_MIN = 32;

/** @param dataKeyHex 32 bytes; @param lookupKeyHex at least 32 bytes; both as hex */
export function localKeySource(dataKeyHex: string, lookupKeyHex: string): KeySource {
  const dataKey = fromHex(dataKeyHex, 'LOCAL_DATA_KEY');
  invariant(dataKey.length === 32, 'LOCAL_DATA_KEY is not 32 bytes as hex');
  const lookupKey = lookupKeyFrom(fromHex(lookupKeyHex, 'LOCAL_LOOKUP_KEY'));
  return {
    cipher: async () => {
      const { cipherWithKey } = await import('./record-cipher.ts');
      return cipherWithKey(dataKey);
    },
    lookupKey: async () => lookupKey,
  };
}

/** @param dataKeyArn key in KMS that wraps data keys; @param lookupSecretArn secret string of at least 32 characters */
export function awsKeySource(dataKeyArn: string | undefined, lookupSecretArn: string | undefined): KeySource {
  return {
    cipher: async () => {
      invariant(dataKeyArn, 'this function has no PERSONAL_DATA_KEY_ARN');
      const { cipherWithKms } = await import('./record-cipher.ts');
      return cipherWithKms(dataKeyArn);
    },
    lookupKey: async () => {
      invariant(lookupSecretArn, 'this function has no LOOKUP_KEY_SECRET_ARN');
      const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      const client = new SecretsManagerClient({ maxAttempts: 5 });
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: lookupSecretArn }));
      return lookupKeyFrom(Buffer.from(SecretString ?? '', 'utf8'));
    },
  };
}

function lookupKeyFrom(secret: Uint8Array): LookupKey {
  invariant(secret.length >= LOOKUP_KEY_BYTES_MIN, 'the look-up key is shorter than 32 bytes');
  return { version: '1', secret };
}

function fromHex(text: string, name: string): Uint8Array {
  invariant(/^(?:[0-9a-f]{2})+$/i.test(text), `${name} is not hex`);
  return new Uint8Array(Buffer.from(text, 'hex'));
}
