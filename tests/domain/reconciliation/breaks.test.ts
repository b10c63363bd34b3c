import { describe, expect, it } from 'vitest';
import { BREAK_OWNERS, BREAKS, STATEMENT_BREAK_KINDS } from '../../../domain/reconciliation/breaks.ts';
import {
  EXCEPTION_DECISIONS,
  EXCEPTION_KINDS,
  isNoEntry,
  lateSuccessKind,
  storedDecision,
  wrongDuplicate,
} from '../../../domain/run/reconcile.ts';
import { releaseOf } from '../ledger/samples.ts';

describe('kinds of breaks', () => {
  it('are one closed list over lines and statements, each with an owner and what to do', () => {
    expect(Object.keys(BREAKS).sort()).toEqual([...EXCEPTION_KINDS, ...STATEMENT_BREAK_KINDS].sort());
    for (const { names, owner, todo } of Object.values(BREAKS)) {
      expect(BREAK_OWNERS).toContain(owner);
      for (const words of [names, todo]) expect(words.zh.length && words.en.length).toBeGreaterThan(0);
    }
    expect(new Set(Object.values(BREAKS).map(({ owner }) => owner))).toEqual(new Set(BREAK_OWNERS));
  });

  it('a late success is a payment made twice exactly when the next attempt was made', () => {
    expect(lateSuccessKind([])).toBe('late-success');
    expect(lateSuccessKind([releaseOf(0)])).toBe('paid-twice-by-bank');
  });
});

describe('decisions without an entry', () => {
  const stamp = { reason: '已向银行查询', by: 'staff-1', at: '2026-12-01T00:00:00.000Z' };

  it('say why; one that was stored as ignored, before the reasons were told apart, needed none', () => {
    expect(EXCEPTION_DECISIONS.filter(isNoEntry)).toEqual([
      'no-entry-needed',
      'bank-corrects',
      'duplicate-of',
    ]);
    expect(storedDecision({ decision: 'ignored', ...stamp }).decision).toBe('no-entry-needed');
    for (const decision of EXCEPTION_DECISIONS)
      expect(storedDecision({ decision, ...stamp }).decision).toBe(decision);
  });

  it('a duplicate names what it repeats, and nothing else does', () => {
    for (const decision of EXCEPTION_DECISIONS) {
      const duplicate = decision === 'duplicate-of';
      expect(wrongDuplicate(decision, undefined)?.code).toBe(duplicate ? 'invalid/duplicate-of' : undefined);
      expect(wrongDuplicate(decision, 'E-1')?.code).toBe(duplicate ? undefined : 'invalid/duplicate-of');
    }
  });
});
