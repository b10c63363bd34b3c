import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'fast', include: ['tests/{domain,events}/**/*.test.ts', 'tests/*.test.ts'] } },
      {
        test: {
          name: 'engines',
          include: ['tests/{functions,infra,journeys}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
