import { describe, expect, it } from 'vitest';
import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import { failed, makeEntry, nextRelease, returned, settled } from '../../../domain/ledger/entry.ts';
import { surrendered } from '../../../domain/ledger/surrender.ts';
import { fen } from '../../../domain/money.ts';
import {
  noticeRunsOut,
  notUnclaimed,
  surrenderEntry,
  type UnclaimedKnown,
  unclaimedFrom,
} from '../../../domain/unpaid/unclaimed.ts';
import { instruction, paymentOf, releaseOf, STAMP, sha256 } from '../ledger/samples.ts';

const release = releaseOf();
const entry = (content: Parameters<typeof makeEntry>[1]) => makeEntry(sha256, content, STAMP);
const lost = (reason = 'ACCT_CLOSED') => entry(failed(release, { reason }));
const paid = entry(settled(release, {}));
const back = entry(returned(release, { reason: 'OTHER' }));
const policy = { months: 12, noticeDays: 60 };
const payment = paymentOf(0);

// Recorded on 1 December 2026, so unclaimed from 1 December 2027.
const known = (entries = [release, lost()], more: Partial<UnclaimedKnown> = {}): UnclaimedKnown => ({
  latest: foldAttempts(entries).at(-1),
  lateSuccess: false,
  cleared: false,
  policy,
  today: '2028-03-01',
  ...more,
});
const notice = { on: '2027-12-10', means: 'letter', evidence: '回执', by: 's1', at: STAMP.at } as const;
const stated = { payment, voucher: 'JK-7', evidence: '缴款书', paidInOn: '2028-02-20', by: 's1' };
const code = (
  of: UnclaimedKnown,
  more: Partial<typeof stated & { attempt: number }> = {},
  given: typeof notice | 'none' = notice,
) => {
  const found = surrenderEntry(
    { ...stated, ...more },
    { ...of, notice: given === 'none' ? undefined : given, fundedBy: { fiscalYear: '2026' } },
  );
  return found.ok ? 'accepted' : found.error.code;
};

describe('when money is unclaimed', () => {
  it.each([
    ['2026-12-01', 12, '2027-12-01'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('open since %s, after %d months: from %s', (since, months, from) => {
    expect(unclaimedFrom(since, { ...policy, months })).toBe(from);
  });

  it('on the day itself, and not the day before', () => {
    expect(notUnclaimed(payment, known(undefined, { today: '2027-11-30' }))?.code).toBe(
      'conflict/not-unclaimed-yet',
    );
    expect(notUnclaimed(payment, known(undefined, { today: '2027-12-01' }))).toBeUndefined();
  });

  it('never of what was paid, is on its way, was given back, or may have been credited', () => {
    const gone = entry(
      surrendered(
        lost(),
        fen(10_000),
        '2028-02-20',
        { voucher: 'v', evidence: 'e', proposedBy: 's' },
        'opening',
      ),
    );
    const again = entry(nextRelease({ ...instruction(0, 2), lines: undefined } as never, 'failed'));
    const refused = (entries: Parameters<typeof known>[0], more = {}) =>
      notUnclaimed(payment, known(entries, more))?.code;
    expect(refused([release, paid])).toBe('conflict/settled');
    expect(refused([release])).toBe('conflict/in-transit');
    expect(refused([release, lost(), again])).toBe('conflict/in-transit');
    expect(refused([release, lost(), gone])).toBe('conflict/surrendered');
    expect(refused([release, lost()], { lateSuccess: true })).toBe('conflict/late-success');
    expect(refused([release, lost('OTHER')])).toBe('conflict/outcome-unknown');
    // The bank's written answer, on which somebody cleared it, says that the money is with us.
    expect(refused([release, lost('OTHER')], { cleared: true })).toBeUndefined();
    expect(refused([release, lost('OTHER')], { cleared: true, lateSuccess: true })).toBe(
      'conflict/late-success',
    );
    expect(refused([release, lost('DECIDED:unanswered')])).toBeUndefined();
    // What came back is with us, whatever the reason.
    expect(refused([release, paid, back])).toBeUndefined();
  });
});

describe('a surrender', () => {
  it('waits for the notice to run its days in full', () => {
    expect(noticeRunsOut(notice, policy)).toBe('2028-02-09');
    expect(code(known(), {}, 'none')).toBe('conflict/no-notice');
    expect(code(known(undefined, { today: '2028-02-08' }))).toBe('conflict/notice-running');
    expect(code(known(), { paidInOn: '2028-02-08' })).toBe('invalid/date-too-early');
    expect(code(known(), { paidInOn: '2028-02-09' })).toBe('accepted');
    expect(code(known(), { paidInOn: '2028-03-02' })).toBe('invalid/date-in-future');
  });

  it('is of the attempt that was stated, and of all that is owed', () => {
    const again = entry(nextRelease({ ...instruction(0, 2), lines: undefined } as never, 'failed'));
    expect(code(known([release, lost(), again]), { attempt: 1 })).toBe('conflict/sent-again');
    const found = surrenderEntry(stated, { ...known(), notice, fundedBy: 'opening' });
    expect(found).toMatchObject({
      ok: true,
      value: { kind: 'surrendered', fen: 10_000, bankDate: '2028-02-20' },
    });
  });
});
