/**
 * The host's address must stay the same from start to start: it is the issuer in every token, and people are bound to
 * their records by (issuer, subject). The port a data folder was first used with is therefore kept in it.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeWhole } from './whole-file.ts';

const DEFAULT_PORT = 8787;

/** Listens on the loopback interface and returns the port. `wanted` undefined: the kept port, else the default one. */
export async function listen(server: Server, file: string, wanted: number | undefined): Promise<number> {
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { port: number }).port
    : undefined;
  const port = await listenOn(server, wanted, kept);
  if (port !== kept) writeWhole(file, JSON.stringify({ port }));
  return port;
}

async function listenOn(
  server: Server,
  wanted: number | undefined,
  kept: number | undefined,
): Promise<number> {
  if (wanted !== undefined && wanted !== 0) return await tryPort(server, wanted);
  if (kept !== undefined) return await tryPort(server, kept);
  if (wanted === 0) return await tryPort(server, 0);
  try {
    return await tryPort(server, DEFAULT_PORT);
  } catch {
    // A new data folder is bound to no address yet: any free port will do, and it is kept from now on.
    return await tryPort(server, 0);
  }
}

async function tryPort(server: Server, port: number): Promise<number> {
  await new Promise<void>((listening, failed) => {
    const refuse = (cause: NodeJS.ErrnoException): void => {
      const message =
        cause.code === 'EADDRINUSE'
          ? `端口 ${port} 已被占用，请关闭占用它的程序，或用 --port 另选一个 / port ${port} is in use: stop what uses it, or choose another with --port`
          : cause.message;
      failed(new Error(message, { cause }));
    };
    server.once('error', refuse);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refuse);
      listening();
    });
  });
  return (server.address() as AddressInfo).port;
}
