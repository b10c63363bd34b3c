/** Keys that stand in for KMS and Secrets Manager locally: made once, kept in the data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from './whole-file.ts';

export type LocalKeys = { readonly dataKeyHex: string; readonly lookupKeyHex: string };

/** 32 bytes each, in hexadecimal. Losing this file means losing the personal data in the folder. */
export function localKeys(file: string): LocalKeys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalKeys;
  const key = (): string => randomBytes(32).toString('hex');
  const keys = { dataKeyHex: key(), lookupKeyHex: key() };
  writeWhole(file, JSON.stringify(keys));
  return keys;
}
