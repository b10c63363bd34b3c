import { expect, test } from 'vitest';
import { isDue } from '../../../infra/local/schedule-runner.ts';
import { nextRun, parseSchedule } from '../../../infra/local/schedules.ts';

const timeZone = 'Asia/Shanghai';
const next = (expression: string, after: string): string | undefined =>
  nextRun({ expression, timeZone }, new Date(after))?.toISOString();

test.each([
  ['rate(1 minute)', 60],
  ['rate(5 minutes)', 300],
  ['rate(2 hours)', 7200],
  ['rate(1 day)', 86_400],
])('%s', (expression, seconds) => {
  expect(parseSchedule(expression)).toEqual({ kind: 'rate', seconds });
});

test.each(['rate(0 minutes)', 'rate(1 fortnight)', 'cron(0 8 * * ?)', 'at(2026-11-22T08:00:00)', ''])(
  'refuses %j',
  (expression) => {
    expect(() => parseSchedule(expression)).toThrow('not understood');
  },
);

test.each([
  // 08:00 in Shanghai is midnight UTC, whatever the zone of this machine.
  ['cron(0 8 * * ? *)', '2026-11-21T23:59:59.000Z', '2026-11-22T00:00:00.000Z'],
  ['cron(0 8 * * ? *)', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  // A step from a start value, which croner itself would refuse.
  ['cron(0/20 * * * ? *)', '2026-11-22T00:00:00.000Z', '2026-11-22T00:20:00.000Z'],
  ['cron(10/20 * * * ? *)', '2026-11-22T00:00:00.000Z', '2026-11-22T00:10:00.000Z'],
  // Last day of the month; Monday is 2 in this syntax.
  ['cron(0 8 L * ? *)', '2027-02-10T00:00:00.000Z', '2027-02-28T00:00:00.000Z'],
  ['cron(0 8 ? * 2 *)', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ['cron(0 8 1 1 ? 2030)', '2026-11-22T00:00:00.000Z', '2030-01-01T00:00:00.000Z'],
])('%s after %s', (expression, after, expected) => {
  expect(next(expression, after)).toBe(expected);
});

test('at start a rate is due, a cron schedule only when its hour passed since it last ran', () => {
  const schedule = (expression: string) => ({ functionName: 'tick', expression, timeZone, input: '{}' });
  const daily = schedule('cron(0 8 * * ? *)');
  const now = new Date('2026-11-22T01:00:00.000Z');
  expect(isDue(schedule('rate(1 minute)'), undefined, now)).toBe(true);
  expect(isDue(daily, undefined, now)).toBe(false);
  expect(isDue(daily, '2026-11-22T00:00:01.000Z', now)).toBe(false);
  expect(isDue(daily, '2026-11-21T23:00:00.000Z', now)).toBe(true);
});
