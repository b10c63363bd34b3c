/** The service alone in a process of its own, to be killed: `node tests/prove/service.ts DATA PORT`. Prints "ready". */
import process from 'node:process';
import { startHost } from '../../infra/local/host.ts';

const [dataDir = '', port = '0'] = process.argv.slice(2);
await startHost({ dataDir, port: Number(port), quiet: true, dailyTick: false });
console.log('ready');
