import { vi } from 'vitest';
import type { Item } from '../functions/adapters/dynamo-table.ts';

/** All that items say to somebody without a key: what is sealed as its bytes, so that a text left unsealed is found in them. */
export const inClear = (items: readonly Item[]): string =>
  JSON.stringify(items, (_, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    return value instanceof Set ? [...value] : value;
  });

/** Listens to everything that a process logs, at the most talkative level, until `end()` tells it. */
export function listening(): { readonly end: () => string } {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  const written: string[] = [];
  const write = (chunk: unknown): boolean => {
    written.push(String(chunk));
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(write),
    vi.spyOn(process.stderr, 'write').mockImplementation(write),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...parts) => void write(parts.join(' '))),
    ),
  ];
  return {
    end: () => {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllEnvs();
      return written.join('\n');
    },
  };
}
