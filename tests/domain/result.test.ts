import { describe, expect, it } from 'vitest';
import { InvariantError, invariant, ok, refusal, refuse, unreachable } from '../../domain/result.ts';

describe('refusals and invariants', () => {
  it('an answer is either a value or an error, told apart by ok', () => {
    expect(ok(7)).toEqual({ ok: true, value: 7 });
    expect(refuse('why')).toEqual({ ok: false, error: 'why' });
  });

  it('a refusal has both languages, and detail only when there is some', () => {
    expect(refusal('invalid/amount', '金额', 'amount')).toEqual({
      code: 'invalid/amount',
      zh: '金额',
      en: 'amount',
    });
    expect('detail' in refusal('invalid/amount', '金额', 'amount')).toBe(false);
    expect(refusal('limit/funds', '资金', 'funds', { needed: '1.00' }).detail).toEqual({ needed: '1.00' });
  });

  it('an invariant throws its message when it does not hold, and nothing otherwise', () => {
    expect(() => invariant(true, 'no')).not.toThrow();
    for (const no of [false, 0, '', null, undefined]) {
      expect(() => invariant(no, 'broken here')).toThrow(new InvariantError('broken here'));
    }
    expect(new InvariantError('x').name).toBe('InvariantError');
    expect(new InvariantError('x')).toBeInstanceOf(Error);
  });

  it('a case nobody thought of throws with what it was', () => {
    expect(() => unreachable({ kind: 'new' } as never)).toThrow('{"kind":"new"}');
  });
});
