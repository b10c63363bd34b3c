import { describe, expect, it } from 'vitest';
import { accountCoolingOff, coolsOff } from '../../../domain/controls/account-cooling-off.ts';
import { findingOf } from '../../../domain/controls/control.ts';

const policy = { accountCoolingOff: { days: 7 } };
const changed = (daysBefore: number, byBankFile = false) => ({
  changed: { daysBefore, ...(byBankFile && { byBankFile: true as const }) },
});

describe('an account that was confirmed', () => {
  it.each([
    ['on the day of the cut-off', changed(0), true],
    ['six days before', changed(6), true],
    ['seven days before', changed(7), false],
    ['on the day, by the bank’s signed file', changed(0, true), false],
    ['never: it came with the register sheet', {}, false],
  ])('%s', (_, account, waits) => {
    expect(coolsOff(account, policy)).toBe(waits);
    expect(coolsOff(account, {})).toBe(false);
    expect(coolsOff(account, undefined)).toBe(false);
  });

  it('holds the payment, and says that it is lifted by itself', () => {
    const account = { holderMatches: true, sharedWith: 0, ...changed(3) };
    const input = {
      lines: [],
      subject: { key: 'a', facts: [] },
      payee: { key: 'a', facts: [], account },
      sample: false,
      demoMode: true,
    };
    expect(findingOf(accountCoolingOff, input)).toBeUndefined();
    const finding = findingOf(accountCoolingOff, { ...input, policy });
    expect(finding).toMatchObject({ control: 'account-cooling-off', severity: 'hold' });
    expect(finding?.zh).toContain('7 天');
  });
});
