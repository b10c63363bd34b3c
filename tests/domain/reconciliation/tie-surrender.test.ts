import { describe, expect, it } from 'vitest';
import { failed, makeEntry } from '../../../domain/ledger/entry.ts';
import { surrendered } from '../../../domain/ledger/surrender.ts';
import { fen } from '../../../domain/money.ts';
import { TieSums } from '../../../domain/reconciliation/tie.ts';
import { releaseOf, STAMP, sha256 } from '../ledger/samples.ts';

const PAPER = { voucher: 'JK-7', evidence: '缴款书', proposedBy: 'staff-1' };

/** The n-th payment, which failed and was surrendered by the same payment into the treasury as all others. */
function gone(index: number) {
  const release = releaseOf(index);
  const lost = makeEntry(sha256, failed(release, { reason: 'ACCT_CLOSED' }), STAMP);
  const content = surrendered(lost, fen(10_000), '2028-01-10', PAPER, { fiscalYear: '2026' });
  return [release, lost, makeEntry(sha256, content, STAMP)];
}

describe('surrendered money in the reconciliation of the bank balance', () => {
  it('is one debit per payment into the treasury, however many payments it covers', () => {
    const sums = new TieSums('2028-01-31');
    for (const index of [0, 1, 2]) for (const entry of gone(index)) sums.entry(entry);
    const head = { from: '2028-01-01', to: '2028-01-31', opening: fen(30_000), closing: fen(0) };
    const booked = { side: 'debit', fen: fen(30_000), bookedOn: '2028-01-10', serviceRef: 'S1', key: 'k1' };
    const tie = sums.tie([head as never], [booked as never], []);
    expect(tie?.ledger).toBe(-30_000);
    expect(tie?.items.filter(({ kind }) => kind !== 'before-statements' && kind !== 'in-transit')).toEqual(
      [],
    );
  });
});
