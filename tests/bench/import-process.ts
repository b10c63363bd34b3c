/**
 * A process of its own that imports whatever is on the queue, so that its memory is that of the function alone and not of the
 * engines. Its environment is that of the functions; after each message it prints its memory in bytes as a line of JSON.
 */
import { importHandler } from '../../functions/register/import.ts';
import { importServices } from '../../functions/register/import-services.ts';
import { deliverAll } from '../delivery.ts';

const services = importServices();
const handler = importHandler(() => services);
const { failed } = await deliverAll(process.env as Record<string, string>, {
  imports: async (event, context) => {
    const answer = await handler(event, context);
    const { heapUsed, rss } = process.memoryUsage();
    console.log(JSON.stringify({ heapUsed, rss }));
    return answer;
  },
});
process.exitCode = failed > 0 ? 1 : 0;
