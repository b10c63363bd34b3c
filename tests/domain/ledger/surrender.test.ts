import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldAttempts, owedOf, tally } from '../../../domain/ledger/attempts.ts';
import {
  type Entry,
  failed,
  makeEntry,
  returned,
  settled,
  verifyEntry,
} from '../../../domain/ledger/entry.ts';
import { hledgerJournal } from '../../../domain/ledger/hledger.ts';
import { reversed } from '../../../domain/ledger/reversal.ts';
import { type FundedBy, surrendered } from '../../../domain/ledger/surrender.ts';
import { classTotals } from '../../../domain/ledger/trial-balance.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { accrualsOf } from '../../../domain/run/accruals.ts';
import { histories } from './histories.ts';
import { enrolmentOf, paymentOf, releaseOf, STAMP, sha256 } from './samples.ts';

const PAPER = { voucher: 'JK-7', evidence: '公告照片', proposedBy: 'staff-1' };
const YEAR = { fiscalYear: '2026' };
const release = releaseOf();
const entry = (content: Parameters<typeof makeEntry>[1]) => makeEntry(sha256, content, STAMP);
const lost = entry(failed(release, { reason: 'ACCT_CLOSED' }));
const paid = entry(settled(release, {}));
const back = entry(returned(release, { reason: 'ACCT_CLOSED' }));
const given = (last: Entry, fundedBy: FundedBy = YEAR) =>
  entry(surrendered(last, last.fen, '2028-01-10', PAPER, fundedBy));

describe('money surrendered to the treasury', () => {
  it('leaves where it stood and the clearing account; neither expense nor appropriation is left of it', () => {
    const of = (one: Entry) => one.postings.map(({ account, side }) => `${side} ${account}`);
    expect(of(given(lost))).toEqual([
      `debit payable:${enrolmentOf(0)}`,
      'credit clearing',
      'debit appropriation:2026',
      'credit expense:high-age',
    ]);
    expect(of(given(back))[0]).toBe(`debit returned:${enrolmentOf(0)}`);
    expect(of(given(back, 'opening'))[2]).toBe('debit opening');
  });

  it('leaves the attempt as it ended, with nothing to pay, in its own run', () => {
    const [attempt] = foldAttempts([given(lost), lost, release]);
    expect(attempt).toMatchObject({ state: 'failed', fen: 10_000, surrendered: { run: release.run } });
    expect(attempt && owedOf(attempt)).toBe(0);
    expect(tally(foldAttempts([release, lost, given(lost)]))).toEqual(tally(foldAttempts([release, lost])));
  });

  it('is not possible of what was paid, of more than there is, or beside a reversal', () => {
    expect(() => given(paid)).toThrow(InvariantError);
    expect(() => surrendered(lost, fen(10_001), '2028-01-10', PAPER, YEAR)).toThrow(InvariantError);
    const part = [{ month: '2026-12', component: 'allowance', fen: fen(1), kind: 'entitlement' as const }];
    const taken = entry(reversed(lost, part, '110199.high-age.2026-12.S1.1'));
    expect(() => foldAttempts([release, lost, taken, given(lost)])).toThrow(InvariantError);
    expect(() => foldAttempts([release, paid, given(lost)])).toThrow(InvariantError);
  });

  it('is hashed with its paper, and is named in the journal', () => {
    const one = given(lost);
    expect(verifyEntry(sha256, one)).toBe(true);
    expect(verifyEntry(sha256, { ...one, surrender: { ...PAPER, voucher: 'JK-8' } } as Entry)).toBe(false);
    const journal = hledgerJournal('x');
    expect(journal.section([release, lost, one])).toContain('2028-01-10');
    expect(journal.section([one])).toContain('surrendered to the treasury, voucher JK-7');
  });
});

describe('its months', () => {
  const standing = (claimed: readonly string[], credited: readonly [string, number][] = []) =>
    accrualsOf(foldAttempts([release, lost, given(lost)]), new Map(credited), new Set(claimed)).map(
      (line) => line.standing,
    );

  it('stay accrued, so that no run pays them by itself, until somebody claims them', () => {
    expect(standing([])).toEqual(['surrendered']);
    expect(standing([paymentOf(0)])).toEqual([]);
    expect(standing([paymentOf(1)])).toEqual(['surrendered']);
  });

  it('are received, claimed or not, when the bank says that it had credited them after all', () => {
    expect(standing([], [[paymentOf(0), 1]])).toEqual(['received']);
    expect(standing([paymentOf(0)], [[paymentOf(0), 1]])).toEqual(['received']);
  });
});

describe('any history in which everything open is surrendered', () => {
  it('leaves nothing owed, and takes from the clearing account what was accrued and not paid', () => {
    fc.assert(
      fc.property(histories, ({ entries }) => {
        const open = foldAttempts(entries).filter(
          (one, _index, all) =>
            (one.state === 'failed' || one.state === 'returned') &&
            !all.some((other) => other.payment === one.payment && other.attempt > one.attempt),
        );
        const gone = open.map((one) => given((one.returned ?? one.outcome) as Entry));
        const totals = classTotals();
        for (const { postings } of [...entries, ...gone]) totals.add(postings);
        const balance = new Map(
          totals.totals().map(({ account, debit, credit }) => [account, debit - credit]),
        );
        const of = (name: 'payable' | 'returned' | 'expense' | 'clearing' | 'in-transit') =>
          balance.get(name) ?? 0;
        expect([of('payable'), of('returned')]).toEqual([0, 0]);
        const surrenderedFen = gone.reduce((sum, one) => sum + one.fen, 0);
        expect(of('expense') + of('in-transit') + of('clearing')).toBe(0 - surrenderedFen);
        expect(foldAttempts([...entries, ...gone]).length).toBe(foldAttempts(entries).length);
      }),
      { numRuns: 60 },
    );
  });
});
