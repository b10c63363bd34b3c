import { expect, test } from 'vitest';
import { failedMessages } from '../../../infra/local/event-sources.ts';

const messages = [{ MessageId: 'a' }, { MessageId: 'b' }];
const failed = (value: unknown, partial = true): string[] => [
  ...failedMessages({ ok: true, value }, messages, partial),
];

test.each([
  [undefined, []],
  [null, []],
  [{}, []],
  [{ batchItemFailures: [] }, []],
  [{ batchItemFailures: null }, []],
  [{ batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  // An answer that cannot be understood must not lose a message: the whole batch comes back.
  [{ batchItemFailures: [{ itemIdentifier: 'unknown' }] }, ['a', 'b']],
  [{ batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
  [{ batchItemFailures: [{}] }, ['a', 'b']],
  [{ batchItemFailures: [null] }, ['a', 'b']],
  [{ batchItemFailures: 'b' }, ['a', 'b']],
])('answer %j', (answer, expected) => {
  expect(failed(answer)).toEqual(expected);
});

test('a function that failed keeps all messages', () => {
  const result = { ok: false, error: { errorType: 'Error', errorMessage: '' } } as const;
  expect([...failedMessages(result, messages, true)]).toEqual(['a', 'b']);
});

test('without partial failures the answer does not matter', () => {
  expect(failed({ batchItemFailures: [{ itemIdentifier: 'b' }] }, false)).toEqual([]);
});
