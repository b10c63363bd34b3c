import { describe, expect, it } from 'vitest';
import { QUEUE_NAMES } from '../../functions/adapters/message-queues.ts';
import {
  BUCKET_VARIABLE,
  clientSettings,
  queueVariable,
  required,
  settingsFrom,
  TABLE_VARIABLES,
} from '../../functions/wiring.ts';
import { BUCKETS, QUEUES, TABLES } from '../../infra/resources.ts';

const variablesOf = (resources: Record<string, { env: string }>) =>
  Object.fromEntries(Object.entries(resources).map(([name, { env }]) => [name, env]));

describe('the wiring', () => {
  it('reads the variables that the deployment sets', () => {
    expect(TABLE_VARIABLES).toEqual(variablesOf(TABLES));
    expect(Object.fromEntries(QUEUE_NAMES.map((queue) => [queue, queueVariable(queue)]))).toEqual(
      variablesOf(QUEUES),
    );
    expect(BUCKET_VARIABLE).toBe(BUCKETS.files.env);
  });

  it('names a variable that is missing', () => {
    expect(() => required({ A: '' }, 'A')).toThrow('environment variable A is not set');
    expect(required({ A: 'x' }, 'A')).toBe('x');
  });

  it('has careful defaults', () => {
    expect(settingsFrom({})).toEqual({
      codeVersion: 'development',
      cutOffMarginSeconds: 120,
      demoMode: false,
      roleClaim: 'roles',
    });
    expect(() => settingsFrom({ DEMO_MODE: 'yes' })).toThrow('DEMO_MODE');
  });

  it('gives credentials only beside an endpoint of its own', () => {
    const keys = { AWS_REGION: 'r', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
    expect(clientSettings(keys, 'E')).toEqual({ region: 'r' });
    expect(clientSettings({ ...keys, E: 'http://x' }, 'E')).toEqual({
      region: 'r',
      endpoint: 'http://x',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    });
  });
});
