/** Runs dynalite in a thread of its own: the busiest engine does not hold up the gateway. */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

type Dynalite = (options: { path?: string; createTableMs: number; deleteTableMs: number }) => Server;

const dynalite = createRequire(import.meta.url)('dynalite') as Dynalite;
const { path } = workerData as { path?: string };
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, ...(path === undefined ? {} : { path }) });
// Idle connections of functions are kept open: reconnecting costs more than the request.
server.keepAliveTimeout = 60_000;
server.on('error', (cause) => {
  throw cause;
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage({ port: (server.address() as AddressInfo).port });
});
parentPort?.on('message', () => {
  server.closeAllConnections();
  server.close(() => {
    parentPort?.postMessage({ closed: true });
    parentPort?.close();
  });
});
