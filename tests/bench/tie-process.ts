/**
 * A process of its own that ties an account, or a budget, to the ledger, so that time and memory are those of the function and not of the
 * engines. Prints processor time and peak memory as a line of JSON.
 */
import { tieAccount } from '../../functions/bank/account-tie.ts';
import { budgetReport } from '../../functions/budget/report.ts';
import { runStoresFrom } from '../../functions/run/ports.ts';
import { value } from './value.ts';

const [task, account = ''] = process.argv.slice(2);
const ports = runStoresFrom(process.env);
const jurisdiction = '110199';
const started = { wall: performance.now(), processor: process.cpuUsage() };
const tied =
  task === 'tie'
    ? value(await tieAccount(ports, { jurisdiction, account, date: '2026-12-31' })).ties
    : (await budgetReport(ports, { jurisdiction, fiscalYear: '2026', ledger: true })).length === 1;
const { user, system } = process.cpuUsage(started.processor);
console.log(
  JSON.stringify({
    tied,
    milliseconds: performance.now() - started.wall,
    processor: (user + system) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
