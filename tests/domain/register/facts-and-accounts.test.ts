import { describe, expect, it } from 'vitest';
import { accountKnownBy, confirmChange, currentAccount } from '../../../domain/register/account.ts';
import { appendDistinctFact, appendFact } from '../../../domain/register/append-fact.ts';
import type { Fact } from '../../../domain/register/facts.ts';

describe('facts and accounts', () => {
  const fact = (value: string, validFrom: string, recordedAt: string): Fact => {
    return { kind: 'identity-class', value, validFrom, recordedAt, source: 's', by: 'b' };
  };

  it('append a value that changed and not one that is the same', () => {
    const facts = [fact('dibao', '2026-01-01', '1'), fact('tekun', '2026-02-01', '2')];
    expect(appendFact(facts, fact('tekun', '2026-03-01', '3'))).toBe(facts);
    expect(appendFact(facts, fact('dibao', '2026-03-01', '3'))).toHaveLength(3);
    expect(appendDistinctFact(facts, fact('dibao', '2026-03-01', '3'))).toBe(facts);
    expect(appendDistinctFact(facts, fact('none', '2026-03-01', '3'))).toHaveLength(3);
  });

  it('know the account of an instant: the last recorded by then', () => {
    const record = (account: string, recordedAt: string) => {
      return { account, holderName: 'x', validFrom: '2026-01-01', recordedAt, source: 's', by: 'b' };
    };
    const person = { accounts: [record('1', '2026-01-01T'), record('2', '2026-03-01T')] };
    const at = (instant: string) => accountKnownBy(person, instant)?.account;
    expect([at('2025'), at('2026-01-01T'), at('2026-02'), at('2026-03-01T')]).toEqual([
      undefined,
      '1',
      '1',
      '2',
    ]);
    expect(currentAccount(person)?.account).toBe('2');
    expect(currentAccount({ accounts: [] })).toBeUndefined();
  });

  it('need a second person for a change of account', () => {
    const change = {
      changeId: 'c',
      account: '6217',
      holderName: 'x',
      validFrom: '2026-01-01',
      evidence: 'e',
      proposedBy: 'a',
      proposedAt: '1',
    };
    expect(confirmChange(change, 'a', '2')).toMatchObject({ error: { code: 'forbidden/same-person' } });
    expect(confirmChange(change, 'b', '2')).toMatchObject({
      ok: true,
      value: { by: 'a', confirmedBy: 'b', evidence: 'c', recordedAt: '2' },
    });
  });
});
