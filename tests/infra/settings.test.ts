import { describe, expect, test } from 'vitest';
import { settingsFrom } from '../../infra/settings.ts';

const from = (context: Record<string, unknown>) => settingsFrom((name) => context[name]);

describe('the settings of a deployment', () => {
  test('are safe when nothing is chosen', () => {
    expect(from({})).toMatchObject({
      demoMode: false,
      cutOffMarginSeconds: 120,
      oidcIssuer: '',
      roleClaim: 'roles',
    });
  });

  test('are read from text, as the command line gives them', () => {
    const chosen = from({ cutOffMarginSeconds: '90', architecture: 'arm64', demoMode: 'true' });
    expect(chosen).toMatchObject({ cutOffMarginSeconds: 90, architecture: 'arm64', demoMode: true });
  });

  test.each([
    // A register write that was stamped before the cut-off could still be on its way when the run reads.
    ['cutOffMarginSeconds', '59'],
    ['cutOffMarginSeconds', 0],
    ['cutOffMarginSeconds', '120.5'],
    ['maxConcurrency', 'many'],
    ['maxConcurrency', '1'],
    ['throttleRate', '0'],
    ['throttleBurst', '-1'],
    ['architecture', 'sparc'],
    ['demoMode', 'yes'],
  ])('%s may not be %s', (name, value) => {
    expect(() => from({ [name]: value })).toThrow(name);
  });
});
