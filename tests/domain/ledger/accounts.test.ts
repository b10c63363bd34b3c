import { describe, expect, it } from 'vitest';
import { ACCOUNT_CLASSES, type AccountClass, account, classOf } from '../../../domain/ledger/accounts.ts';

const CLASSES = Object.keys(ACCOUNT_CLASSES) as AccountClass[];

describe('accounts', () => {
  it('are a class and what it is for; there is one clearing account', () => {
    expect(account('payable', 'GL-7Z3K9QX2M4BT-1')).toBe('payable:GL-7Z3K9QX2M4BT-1');
    expect(account('clearing', 'whatever')).toBe('clearing');
    expect(() => account('cash' as AccountClass, 'x')).toThrow('cash');
  });

  it('name their class', () => {
    for (const name of CLASSES) expect(classOf(account(name, 'a:b'))).toBe(name);
  });

  it('stand on the side that accountants expect', () => {
    const debit = CLASSES.filter((name) => ACCOUNT_CLASSES[name].side === 'debit');
    expect(debit).toEqual(['expense', 'clearing', 'recoverable', 'waived', 'imprest']);
    expect(new Set(CLASSES.map((name) => ACCOUNT_CLASSES[name].hledger)).size).toBe(CLASSES.length);
  });
});
