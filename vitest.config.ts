import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// CI names a file here to count what passed; nobody else needs one.
const report = process.env['VITEST_JSON'];

export default defineConfig({
  test: {
    // By default one core is left alone: of two, half of the machine.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    ...(report && { reporters: ['default', 'json'], outputFile: { json: report } }),
    projects: [
      {
        test: {
          name: 'fast',
          include: ['tests/{domain,events}/**/*.test.ts', 'tests/*.test.ts'],
          // Properties of some hundred cases take seconds where a machine has other work.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'engines',
          include: ['tests/{functions,infra,journeys}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Tests that read the log turn it on themselves.
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT' },
        },
      },
    ],
  },
});
