import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /[\\/]node_modules[\\/]@aws-sdk[\\/].+[\\/]schemas[\\/]schemas_0\.js$/;
const CONSTANT = /^const (?<name>_\w+) = "(?<text>[A-Za-z0-9-]+)";$/gm;
const COMPUTED_KEY = /\[(?<name>_\w+)\]:/g;

/**
 * The SDK describes every operation of a service in one module, with keys such as `[_h]:` where `_h` is a constant of the same module.
 * To esbuild a computed key may have side effects, so it keeps all operations of S3 for a function that uses three. Written out as
 * `"http":` the objects are the same and what nobody uses is dropped: 50 kB less at the start of each function with an S3 client.
 */
export const plainSchemaKeys: Plugin = {
  name: 'plain-schema-keys',
  setup: (build) => {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: withPlainKeys(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Computed keys of constants written out. A key that is anything else stays as it is. */
export function withPlainKeys(source: string): string {
  const texts = new Map(
    [...source.matchAll(CONSTANT)].map(({ groups }) => [groups?.['name'], groups?.['text']]),
  );
  return source.replaceAll(COMPUTED_KEY, (key, name: string) => {
    const text = texts.get(name);
    return text === undefined ? key : `${JSON.stringify(text)}:`;
  });
}
