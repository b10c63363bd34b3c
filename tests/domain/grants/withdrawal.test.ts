// Goal: who may decide what about a granted row that turns out wrong. Method: the command on the fold of its acts, each guard once.
import { expect, it } from 'vitest';
import {
  applyWithdrawalAct,
  decideWithdrawal,
  proposeWithdrawal,
  type Withdrawal,
  type WithdrawalActBody,
  type WithdrawalDecision,
} from '../../../domain/grants/withdrawal.ts';

const ROW = { importId: 'im-1', row: 12 };
const WISH = { jurisdiction: '110199', programme: 'disaster-relief', reason: '重复', document: '核查表1号' };
const SAID: WithdrawalDecision = {
  outcome: 'withdraw',
  document: '撤销1号',
  decidedOn: '2026-11-20',
  dueOn: '2026-12-20',
};
const BY = { by: 'approver', today: '2026-11-22', grantedOn: '2026-11-10' };

const acted = (before: Withdrawal | undefined, body: WithdrawalActBody, by: string): Withdrawal =>
  applyWithdrawalAct(before, {
    ...ROW,
    ...body,
    sequence: (before?.sequence ?? 0) + 1,
    at: '2026-11-21T02:00:00.000Z',
    by,
  });
const proposed = acted(undefined, { kind: 'proposed', ...WISH }, 'preparer');
const answer = (found: Withdrawal | undefined, said: WithdrawalDecision, at: Partial<typeof BY> = {}) => {
  const decision = decideWithdrawal(found, said, { ...BY, ...at });
  return decision === undefined ? 'again' : decision.ok ? decision.value.kind : decision.error.code;
};

it('is decided by another person than who proposed it, on a day between the grant and today, due later', () => {
  expect(answer(undefined, SAID)).toMatch(/^(missing|conflict)\//);
  expect(answer(proposed, SAID)).toBe('decided');
  expect(answer(proposed, { outcome: 'keep', reason: '属实' })).toBe('kept');
  expect(answer(proposed, SAID, { by: 'preparer' })).toBe('forbidden/same-person');
  expect(answer(proposed, { outcome: 'keep', reason: '属实' }, { by: 'preparer' })).toBe(
    'forbidden/same-person',
  );
  expect(answer(proposed, { ...SAID, decidedOn: '2026-11-09' })).toBe('invalid/decision-date');
  expect(answer(proposed, { ...SAID, decidedOn: '2026-11-10' })).toBe('decided');
  expect(answer(proposed, { ...SAID, decidedOn: '2026-11-23' })).toBe('invalid/decision-date');
  expect(answer(proposed, { ...SAID, dueOn: '2026-11-20' })).toBe('invalid/date-too-early');
  expect(answer(proposed, { ...SAID, dueOn: '2026-11-21' })).toBe('decided');
});

it('once decided, the same again is the same, and another decision is refused; kept, it may be proposed again', () => {
  const body = {
    kind: 'decided',
    document: '撤销1号',
    decidedOn: '2026-11-20',
    dueOn: '2026-12-20',
  } as const;
  const decided = acted(proposed, { ...body, proposedBy: 'preparer' }, 'approver');
  expect(answer(decided, SAID)).toBe('again');
  expect(answer(decided, SAID, { by: 'another' })).toBe('conflict/withdrawal-state');
  expect(answer(decided, { outcome: 'keep', reason: '属实' })).toBe('conflict/withdrawal-state');
  const kept = acted(proposed, { kind: 'kept', reason: '属实' }, 'approver');
  expect(proposeWithdrawal(kept, WISH, 'preparer')?.ok).toBe(true);
  expect(proposeWithdrawal(proposed, WISH, 'preparer')).toBeUndefined();
  expect(proposeWithdrawal(proposed, { ...WISH, reason: '其他' }, 'preparer')?.ok).toBe(false);
});
