/**
 * `npm run bench`: figures with their units, each ratio with both sides measured in turn in the same run. Nothing fails here: an
 * aim is printed with whether it was met.
 *
 *   node tests/bench/main.ts [--quick] [--only entitlements|ledger|units|bundles|imports|households|bank-file|account-tie|recompute|programmes]
 *
 * `--payments` says how many payments account-tie has, `--people` how many people recompute has (20,000; `--people 100000` for a large
 * district).
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    payments: { type: 'string' },
    people: { type: 'string' },
  },
});
const { quick, only } = values;
const payments = values.payments === undefined ? undefined : Number(values.payments);
const people = values.people === undefined ? undefined : Number(values.people);

// Functions read the log level when they are loaded, and only warnings belong between tables.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';
const { benchEntitlements } = await import('./entitlements.ts');
const { benchLedgerPuts } = await import('./ledger-puts.ts');
const { benchUnits } = await import('./units.ts');
const { benchBundles } = await import('./bundles.ts');
const { benchImports } = await import('./imports.ts');
const { benchHouseholds } = await import('./households.ts');
const { benchBankFile } = await import('./bank-file.ts');
const { benchAccountTie } = await import('./account-tie.ts');
const { benchRecompute } = await import('./recompute.ts');
const { benchProgrammes } = await import('./programmes.ts');

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  entitlements: () => benchEntitlements(quick ? { people: 2_000, rounds: 3 } : { people: 10_000, rounds: 7 }),
  ledger: () => benchLedgerPuts({ people: quick ? 600 : 3_649 }),
  units: () => benchUnits({ people: quick ? 300 : 1_000 }),
  bundles: () => benchBundles({ loads: quick ? 3 : 7 }),
  imports: () =>
    benchImports(
      quick
        ? { sizes: [1_000, 10_000], people: 1_000 }
        : { sizes: [10_000, 50_000, 100_000], people: 100_000 },
    ),
  households: () => benchHouseholds({ households: quick ? 110 : 1_100 }),
  'bank-file': () => benchBankFile({ sizes: quick ? [10_000] : [10_000, 100_000] }),
  'account-tie': () => benchAccountTie({ payments: payments ?? (quick ? 1_000 : 10_000) }),
  recompute: () => benchRecompute({ people: people ?? (quick ? 1_000 : 20_000) }),
  programmes: () => benchProgrammes(quick ? { cases: 20, rounds: 3 } : { cases: 200, rounds: 7 }),
};
if (only !== undefined && BENCHES[only] === undefined)
  throw new Error(`no such part: ${only}; there are ${Object.keys(BENCHES).join(', ')}`);

const started = performance.now();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}${quick ? ', --quick' : ''}`,
);
for (const [name, bench] of Object.entries(BENCHES)) if (only === undefined || only === name) await bench();
console.log(`\n用时 / took ${((performance.now() - started) / 1000).toFixed(0)} s`);
