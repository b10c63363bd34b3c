import { describe, expect, it } from 'vitest';
import { foldAttempts, owedOf } from '../../../domain/ledger/attempts.ts';
import { type Entry, failed, makeEntry, returned, settled } from '../../../domain/ledger/entry.ts';
import { hledgerJournal } from '../../../domain/ledger/hledger.ts';
import { reversed } from '../../../domain/ledger/reversal.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { enrolmentOf, releaseOf, STAMP, sha256 } from './samples.ts';

const RUN = '110199.high-age.2026-12.S1.1';
const release = releaseOf();
const entry = (content: Parameters<typeof makeEntry>[1]) => makeEntry(sha256, content, STAMP);
const lost = entry(failed(release, { reason: 'ACCT_CLOSED' }));
const paid = entry(settled(release, {}));
const back = entry(returned(release, { reason: 'ACCT_CLOSED' }));
const part = (amount: number) => [
  { month: '2026-12', component: 'allowance', fen: fen(amount), kind: 'entitlement' as const },
];

function journalOf(entries: readonly Entry[]): string {
  const journal = hledgerJournal('x');
  return `${journal.head}${journal.section(entries)}${journal.foot()}`;
}

describe('a reversal', () => {
  it('takes back from where the money stands: payable after a failure, suspense after a return', () => {
    const from = (last: typeof lost) =>
      reversed(last, part(4000), RUN).postings.map(({ account, side, fen: amount }) => [
        account,
        side,
        amount,
      ]);
    expect(from(lost)).toEqual([
      [`payable:${enrolmentOf(0)}`, 'debit', 4000],
      ['expense:high-age', 'credit', 4000],
    ]);
    expect(from(back)[0]).toEqual([`returned:${enrolmentOf(0)}`, 'debit', 4000]);
  });

  it('leaves the attempt as it ended, with less owed; in the name of its run, and of the run that decided', () => {
    const content = reversed(lost, part(4000), RUN);
    expect(content).toMatchObject({ run: release.run, decidedIn: RUN, attempt: 1, lines: part(4000) });
    const [attempt] = foldAttempts([entry(content), lost, release]);
    expect(attempt).toMatchObject({ state: 'failed', fen: 10_000 });
    expect(attempt && owedOf(attempt)).toBe(6000);
    expect(foldAttempts([release, lost]).map(owedOf)).toEqual([10_000]);
  });

  it('is not possible of what was paid, of more than there is, or of nothing', () => {
    expect(() => reversed(paid, part(1), RUN)).toThrow(InvariantError);
    expect(() => reversed(lost, part(10_001), RUN)).toThrow(InvariantError);
    expect(() => entry(reversed(lost, [], RUN))).toThrow(InvariantError);
    expect(() => foldAttempts([release, paid, entry(reversed(lost, part(1), RUN))])).toThrow(InvariantError);
  });

  it('names the run that decided in the journal', () => {
    const text = journalOf([release, lost, entry(reversed(lost, part(4000), RUN))]);
    expect(text).toContain(`no longer owed, decided in ${RUN}`);
  });
});

describe('the journal for hledger', () => {
  it.each([
    ['2026-12-01T15:59:59.999Z', '2026-12-01'],
    ['2026-12-01T16:00:00.000Z', '2026-12-02'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2028-02-28T20:00:00.000Z', '2028-02-29'],
    ['2026-02-28T20:00:00.000Z', '2026-03-01'],
  ])('what was recorded at %s is of %s in China', (at, date) => {
    const { c: _c, h: _h, p: _p, by, at: _at, ...content } = release;
    const text = journalOf([makeEntry(sha256, content, { at, by })]);
    expect(text).toMatch(new RegExp(`^${date} \\(`, 'm'));
    expect(text).toMatch(new RegExp(`^${date} control totals`, 'm'));
  });

  it('where the bank names a day, that day counts', () => {
    const late = entry(settled(release, { bankDate: '2026-12-03' }));
    expect(journalOf([release, late])).toMatch(/^2026-12-03 \(.*settled/m);
  });
});
