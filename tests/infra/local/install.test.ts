import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs on Node 20 before anything is installed
import { isAtLeast, missingPackages } from '../../../infra/local/install.mjs';

test.each([
  ['v20.18.3', false],
  ['v20.19.0', true],
  ['v18.20.0', false],
  ['v24.0.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isAtLeast(version, [20, 19])).toBe(expected);
});

test('an outdated or missing package asks for an installation, one for another system does not', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/same': { version: '1.0.0' },
      'node_modules/newer': { version: '2.0.0' },
      'node_modules/missing': { version: '1.0.0' },
      'node_modules/other-system': { version: '1.0.0', optional: true },
    },
  };
  const installed = {
    packages: { 'node_modules/same': { version: '1.0.0' }, 'node_modules/newer': { version: '1.9.0' } },
  };
  expect(missingPackages(lock, installed)).toEqual(['node_modules/newer', 'node_modules/missing']);
});

test('says nothing when all is installed', () => {
  const output = execFileSync(process.execPath, ['infra/local/install.mjs'], { encoding: 'utf8' });
  expect(output).toBe('');
});
