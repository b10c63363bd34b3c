/**
 * `npm run prove`: proofs that take too long for CI.
 *
 *   node tests/prove/main.ts [--people N] [--kills N] [--seed N] [--bank-seeds N] [--only bank|kills]
 *
 * Small months at a simulated bank with random faults, formats and ways of booking: everything ends once and ties.
 *
 * The demo's month is run once undisturbed, and once with the whole service killed (SIGKILL) and started again at random
 * moments. Both must end closed and agreed, with the same business entries.
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runDemo } from '../../infra/local/demo/run-demo.ts';
import { KillableService } from './killed-service.ts';
import { differences, ledgerContent } from './ledger-content.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'bank-seeds': { type: 'string', default: '60' },
    only: { type: 'string' },
  },
});
const kills = Number(values.kills);
let state = Number(values.seed);

/** A small seeded generator (mulberry32): a failing proof can be tried again. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

/** The same keys in both folders, so that opaque keys are the same and entries can be compared. */
function prepare(root: string, name: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'local-keys.json'),
    JSON.stringify({ dataKeyHex: '5a'.repeat(32), lookupKeyHex: 'a5'.repeat(32) }),
    { mode: 0o600 },
  );
  return folder;
}

async function month(
  folder: string,
  port: number,
  disturb: (service: KillableService, ended: () => boolean) => Promise<number>,
) {
  const service = new KillableService(folder, port);
  await service.start();
  let ended = false;
  try {
    const disturbed = disturb(service, () => ended);
    const result = await runDemo({
      address: service.address,
      patienceMs: 300_000,
      // The month of 高龄津贴 alone: a killed one takes long enough.
      households: 0,
      ...(values.people !== undefined && { people: Number(values.people) }),
    });
    ended = true;
    return { agrees: result.agrees, kills: await disturbed };
  } finally {
    ended = true;
    await service.kill();
  }
}

/** A port that nothing listens on now; the service keeps it over its restarts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Spreads the kills over the time that the undisturbed month took; a restart takes its own time in between. */
function killer(undisturbedMs: number) {
  return async (service: KillableService, ended: () => boolean): Promise<number> => {
    let done = 0;
    for (; done < kills && !ended(); done += 1) {
      const wait = (undisturbedMs / kills) * (0.3 + 1.4 * random());
      const until = performance.now() + wait;
      while (performance.now() < until && !ended()) await pause(20);
      if (ended()) break;
      await service.kill();
      console.log(`       killed ${done + 1}/${kills} after ${(wait / 1000).toFixed(1)} s`);
      await service.start();
    }
    return done;
  };
}

/** The handlers run in this process: what they log would bury what is proved. */
async function bankIsProved(): Promise<boolean> {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  const { proveBank } = await import('./bank.ts');
  console.log(`${values['bank-seeds']} months at a simulated bank, from seed ${values.seed}`);
  return proveBank(Number(values['bank-seeds']), Number(values.seed));
}

async function killsAreProved(): Promise<boolean> {
  const root = mkdtempSync(join(tmpdir(), 'fafang-prove-'));
  try {
    return await sameWithKills(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function sameWithKills(root: string): Promise<boolean> {
  console.log('undisturbed month');
  const clean = prepare(root, 'clean');
  const started = performance.now();
  // One address for both: a member of staff is known by it, and an entry may name one.
  const port = await freePort();
  const undisturbed = await month(clean, port, async () => 0);
  const tookMs = performance.now() - started;
  console.log(`month with ${kills} kills, seed ${values.seed}`);
  const killed = prepare(root, 'killed');
  const disturbed = await month(killed, port, killer(tookMs));
  const [entries, others] = [await ledgerContent(clean), await ledgerContent(killed)];
  const unlike = differences(entries, others);
  for (const line of unlike.slice(0, 20)) console.log(line);
  console.log(
    `entries: ${entries.size} undisturbed, ${others.size} with ${disturbed.kills} kills, ${unlike.length} differences`,
  );
  const same =
    unlike.length === 0 &&
    undisturbed.agrees &&
    disturbed.agrees &&
    disturbed.kills >= kills &&
    entries.size > 0;
  console.log(same ? 'proved: the same business entries' : 'NOT PROVED');
  return same;
}

const proofs = { bank: bankIsProved, kills: killsAreProved };
let failed = false;
for (const [name, proved] of Object.entries(proofs)) {
  if (values.only === undefined || values.only === name) failed = !(await proved()) || failed;
}
process.exitCode = failed ? 1 : 0;
