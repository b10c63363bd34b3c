/**
 * A process of its own that takes bank results and reconciles them, so that its memory is that of the functions and not of the
 * engines. Its environment is that of the functions; after each message it prints its memory in bytes as a line of JSON.
 */
import { type ReconcilePorts, reconcileHandler, reconcilePortsFrom } from '../../functions/bank/reconcile.ts';
import { type ResultPorts, resultPortsFrom, resultsHandler } from '../../functions/bank/results.ts';
import type { QueueHandler } from '../../functions/middleware/queue.ts';
import { deliverAll } from '../delivery.ts';

const environment = process.env as Record<string, string>;
const results: ResultPorts = resultPortsFrom(environment);
const reconcile: ReconcilePorts = reconcilePortsFrom(environment);
const reporting =
  (handler: QueueHandler): QueueHandler =>
  async (event, context) => {
    const answer = await handler(event, context);
    const { heapUsed, rss } = process.memoryUsage();
    console.log(JSON.stringify({ heapUsed, rss }));
    return answer;
  };
const { failed } = await deliverAll(environment, {
  results: reporting(resultsHandler(() => results)),
  reconcile: reporting(reconcileHandler(() => reconcile)),
});
process.exitCode = failed > 0 ? 1 : 0;
