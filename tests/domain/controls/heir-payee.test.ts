import { describe, expect, it } from 'vitest';
import type { ControlInput } from '../../../domain/controls/control.ts';
import { heirPayee } from '../../../domain/controls/heir-payee.ts';
import { findingsOn } from '../../../domain/controls/index.ts';
import { fen } from '../../../domain/money.ts';
import { maySendAgain } from '../../../domain/run/send-again.ts';
import { fact } from '../programmes/samples.ts';

const DEAD = [fact('death-certified', '2026-11-20')];
const line = (month: string) => ({ month, component: 'allowance', fen: fen(100), kind: 'arrears' as const });
const ACCOUNT = { holderMatches: true, sharedWith: 0 };

function input(more: { heir?: boolean; dead?: boolean; heirs?: boolean; month?: string }): ControlInput {
  const { heir, dead = true, heirs, month = '2026-11' } = more;
  const facts = dead ? DEAD : [];
  return {
    lines: [line(month)],
    subject: { key: 'old', facts },
    payee:
      heir === undefined
        ? { key: 'old', facts, account: ACCOUNT }
        : { key: 'child', facts: [], account: ACCOUNT, heir: { confirmed: heir } },
    ...(heirs !== undefined && { policy: { heirs } }),
    sample: false,
    demoMode: true,
  };
}
const words = (more: Parameters<typeof input>[0]) => heirPayee.check(input(more))?.en;

describe('months due before a death', () => {
  it.each(['2026-10', '2026-11'])(
    'of %s pass to an heir whom two persons confirmed, where policy lets them',
    (month) => {
      expect(findingsOn(input({ heir: true, heirs: true, month }))).toEqual([]);
    },
  );

  it('never pass after the month of the death', () => {
    const found = findingsOn(input({ heir: true, heirs: true, month: '2026-12' })).map(
      ({ control }) => control,
    );
    expect(found).toEqual(['deceased', 'heir-payee']);
  });

  it('wait without a policy, without the second person, and while no death is on record', () => {
    expect(words({ heir: true })).toContain('does not let an heir');
    expect(words({ heir: true, heirs: false })).toContain('does not let an heir');
    expect(words({ heir: false, heirs: true })).toContain('does not let an heir');
    expect(words({ heir: true, heirs: true, dead: false })).toContain('no death');
  });

  it('do not go into the account of the dead where the place has a rule', () => {
    expect(words({ heirs: true })).toContain('record an heir');
    expect(words({ heirs: false })).toContain('does not let an heir');
    expect(words({})).toBeUndefined();
    expect(words({ heirs: true, dead: false })).toBeUndefined();
  });
});

it('a payment that failed because of the death is sent again only to an heir, into another account', () => {
  const last = { reason: 'DECEASED', accountChanged: true, cleared: false, lateSuccess: false };
  expect(maySendAgain(last)).toBe(false);
  expect(maySendAgain({ ...last, toHeir: true })).toBe(true);
  expect(maySendAgain({ ...last, toHeir: true, accountChanged: false })).toBe(false);
  expect(maySendAgain({ ...last, toHeir: true, lateSuccess: true })).toBe(false);
  expect(maySendAgain({ ...last, reason: 'OTHER', toHeir: true })).toBe(false);
});
