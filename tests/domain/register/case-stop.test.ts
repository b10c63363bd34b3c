// Goal: what two people decided in a case is not undone by one person's sheet, and not without a word either.
import { expect, it } from 'vitest';
import { caseStopFault } from '../../../domain/register/case-stop.ts';
import type { Fact } from '../../../domain/register/facts.ts';

const stop = (value: string, source: string, recordedAt: string): Fact => ({
  kind: 'stop',
  value,
  validFrom: '2026-11-20',
  recordedAt,
  source,
  by: 'staff-9',
});
const byCase = stop('2026-10', 'case:GL-AAAAAAAAAAAA-1.prison.1', '2026-11-20T02:00:00.000Z');
const FIRST = '2026-09-01';
const answer = (facts: readonly Fact[], stopMonth: string | undefined, appliedOn = FIRST) =>
  caseStopFault({ facts }, { stopMonth, appliedOn }, {})?.column ?? 'counts';

it.each([
  ['says nothing of a stop', undefined, FIRST, 'counts'],
  ['says the same', '2026-10', FIRST, 'counts'],
  ['stops earlier', '2026-09', FIRST, 'counts'],
  ['stops later', '2026-11', FIRST, '停发月份'],
  ['resumes', '', FIRST, '停发月份'],
  ['resumes with an application of the day of the decision', '', '2026-11-20', '停发月份'],
  ['resumes upon a new application', '', '2026-11-21', 'counts'],
])('stopped by a case, a row that %s', (_, stopMonth, appliedOn, expected) => {
  expect(answer([byCase], stopMonth, appliedOn)).toBe(expected);
});

it('a street’s report, signed there and accepted here, takes it back', () => {
  const row = { stopMonth: '', appliedOn: FIRST };
  expect(caseStopFault({ facts: [byCase] }, row, { source: 'street-report:sr-1' })).toBeUndefined();
});

it('nothing else that stopped somebody is touched, and whoever was resumed since is not stopped again', () => {
  expect(answer([stop('2026-10', 'register', '2026-11-20T02:00:00.000Z')], '')).toBe('counts');
  expect(answer([], '')).toBe('counts');
  expect(caseStopFault(undefined, { stopMonth: '', appliedOn: FIRST }, {})).toBeUndefined();
  const resumed = stop('', 'register', '2026-12-01T02:00:00.000Z');
  expect(answer([byCase, resumed], '')).toBe('counts');
});
