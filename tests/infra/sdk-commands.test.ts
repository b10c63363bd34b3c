import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TABLE_ACTIONS } from '../../infra/lambda-function.ts';

/** Commands besides those on tables, with what they need: the roles in infra/lambda-function.ts grant exactly these. */
const GRANTED_ELSEWHERE = [
  'GetObject',
  'HeadObject',
  'PutObject',
  // A large object goes in parts; all three are allowed by s3:PutObject, and reading back parts by kms:Decrypt.
  'CreateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'SendMessage',
  'SendMessageBatch',
  'GetSecretValue',
];

test('the functions send no command that no role allows: the local engines would not notice', () => {
  const sources = globSync('functions/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const commands = new Set(
    sources.flatMap((text) => [...text.matchAll(/\bnew (\w+)Command\(/g)].map(([, name = '']) => name)),
  );
  expect(commands).toContain('PutItem');
  const allowed = new Set([
    ...TABLE_ACTIONS.write.map((action) => action.replace('dynamodb:', '')),
    ...GRANTED_ELSEWHERE,
  ]);
  expect([...commands].filter((command) => !allowed.has(command))).toEqual([]);
});
