import { describe, expect, it } from 'vitest';
import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import { maySendAgain } from '../../../domain/run/send-again.ts';

const waiting = { accountChanged: false, cleared: false, lateSuccess: false };

describe('what is sent again', () => {
  it.each(RETURN_REASONS.map(({ code, retryClass }) => [code, retryClass] as const))(
    '%s (%s) by itself only when that cannot pay twice',
    (reason, retryClass) => {
      expect(maySendAgain({ ...waiting, reason })).toBe(retryClass === 'retry');
      const changed = maySendAgain({ ...waiting, reason, accountChanged: true });
      expect(changed).toBe(retryClass === 'retry' || retryClass === 'fix-data');
      expect(maySendAgain({ ...waiting, reason, cleared: true })).toBe(true);
    },
  );

  it('follows a decision that the money was not credited', () => {
    expect(maySendAgain({ ...waiting, reason: 'DECIDED:amount-mismatch' })).toBe(true);
  });

  it('never sends what the bank later called credited, whoever cleared it before', () => {
    const late = { reason: 'CUTOFF', accountChanged: true, cleared: true, lateSuccess: true };
    expect(maySendAgain(late)).toBe(false);
    expect(maySendAgain({ ...late, reason: 'DECIDED:duplicate' })).toBe(false);
  });
});
