/** Gives a new data folder what the first sign-in needs: the staff items of the local accounts. */
import { existsSync } from 'node:fs';
import type { Host } from './host.ts';

const SEED = new URL('./seed.ts', import.meta.url);

/** Runs `seed(host)` of infra/local/seed.ts; it must be idempotent, because every start runs it. */
export async function seedIfPresent(host: Host): Promise<void> {
  if (!existsSync(SEED)) return;
  const { seed } = (await import(SEED.href)) as { seed: (host: Host) => Promise<void> };
  await seed(host);
}
