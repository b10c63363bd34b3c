import './quiet.ts';
import { parseArgs } from 'node:util';
import { benchEntitlements } from './entitlements.ts';
import { benchLedgerPuts } from './ledger-puts.ts';
import { benchUnits } from './units.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const quick = values.quick;
await benchEntitlements(quick ? { people: 2_000, rounds: 3 } : { people: 10_000, rounds: 7 });
await benchLedgerPuts({ people: quick ? 600 : 2_000 });
await benchUnits({ people: quick ? 300 : 1_000 });
