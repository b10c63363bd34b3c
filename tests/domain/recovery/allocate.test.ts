import { describe, expect, it } from 'vitest';
import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import { type Entry, firstRelease, makeEntry, returned, settled } from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import { allocate } from '../../../domain/recovery/allocate.ts';
import { sha256 } from '../ledger/samples.ts';
import { ENROLMENT } from './samples.ts';

const STAMP = { at: '2026-03-01T00:00:00.000Z', by: 'x' };

/** A payment of one month in the period of its number, and what the bank said of it. */
function paid(
  number: number,
  month: string,
  amount: number,
  ...said: readonly ('settled' | 'returned')[]
): Entry[] {
  const release = makeEntry(
    sha256,
    firstRelease({
      jurisdiction: '110199',
      programme: 'high-age',
      payment: `2026-0${number}_R_${ENROLMENT}`,
      enrolment: ENROLMENT,
      attempt: 1,
      run: `run-${number}`,
      fen: fen(amount),
      file: 'f',
      line: 1,
      lines: [{ month, component: 'allowance', fen: fen(amount), kind: 'entitlement' }],
      street: '110199001',
      paidTo: 'p.0',
    }),
    STAMP,
  );
  const entries = [release];
  for (const word of said)
    entries.push(
      makeEntry(
        sha256,
        word === 'settled' ? settled(release, {}) : returned(release, { reason: 'ACCT_CLOSED' }),
        STAMP,
      ),
    );
  return entries;
}

const attempts = foldAttempts([
  ...paid(1, '2026-01', 100, 'settled'),
  ...paid(2, '2026-01', 50, 'settled'),
  ...paid(3, '2026-01', 70),
  ...paid(4, '2026-02', 80, 'settled', 'returned'),
]);
const of = (amount: number, lines?: readonly { month: string; component: string; amount: number }[]) => {
  const wanted = lines?.map(({ amount: sum, ...line }) => ({ ...line, fen: fen(sum) }));
  const parts = allocate(attempts, { fen: fen(amount), ...(wanted && { lines: wanted }) }, () => ({
    fiscalYear: '2026',
  }));
  return parts.ok ? parts.value.map((part) => `${part.runId} ${part.fen}`) : parts.error.code;
};

describe('which payments an order takes back', () => {
  it('the latest that reached the payee first, and no more than they paid', () => {
    expect(of(30)).toEqual(['run-2 30']);
    expect(of(60)).toEqual(['run-2 50', 'run-1 10']);
    expect(of(150)).toEqual(['run-2 50', 'run-1 100']);
  });

  it('never what is in transit or came back', () => {
    expect(of(151)).toBe('conflict/not-received');
    expect(of(10, [{ month: '2026-02', component: 'allowance', amount: 10 }])).toBe('conflict/not-received');
  });

  it('of its months only, and of each no more than is named', () => {
    const line = (amount: number) => ({ month: '2026-01', component: 'allowance', amount });
    expect(of(120, [line(120)])).toEqual(['run-2 50', 'run-1 70']);
    expect(of(20, [{ ...line(20), component: 'other' }])).toBe('conflict/not-received');
    // What may be taken of a month is a limit: the sum decides.
    expect(of(20, [line(120)])).toEqual(['run-2 20']);
  });
});
