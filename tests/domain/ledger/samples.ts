import { paymentId } from '../../../domain/ids.ts';
import { type Entry, firstRelease, makeEntry, nextRelease } from '../../../domain/ledger/entry.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';

export const sha256 = (text: string): string => sha256Hex(text);
export const STAMP = { at: '2026-12-01T02:00:00.000Z', by: 'system' };

export const enrolmentOf = (index: number): string => `GL-${String(index).padStart(12, '0')}-1`;
export const paymentOf = (index: number): string => paymentId('2026-12', 'R', enrolmentOf(index));
export const fileOf = (attempt: number): string => `DF_110199_GL_202612_R_000${attempt}`;

/** What attempt `attempt` of the n-th payment sends to the bank. */
export function instruction(index: number, attempt = 1, amount: Fen = fen(10000)) {
  return {
    jurisdiction: '110199',
    programme: 'high-age',
    payment: paymentOf(index),
    enrolment: enrolmentOf(index),
    attempt,
    run: `110199.high-age.2026-12.${attempt === 1 ? 'R' : `S${attempt - 1}`}.1`,
    fen: amount,
    file: fileOf(attempt),
    line: index + 1,
    lines: [{ month: '2026-12', component: 'allowance', fen: amount, kind: 'entitlement' as const }],
    street: '110199001',
    paidTo: `${String(index).padStart(12, '0')}.0`,
  };
}

export function releaseOf(index = 0, amount: Fen = fen(10000)): Entry {
  return makeEntry(sha256, firstRelease(instruction(index, 1, amount)), STAMP);
}

/** The release of attempt 2 or later. */
export function releaseAgain(
  index: number,
  attempt: number,
  amount: Fen,
  after: 'failed' | 'returned',
  previous: Entry,
): Entry {
  const { lines: _lines, ...rest } = instruction(index, attempt, amount);
  return makeEntry(sha256, nextRelease(rest, after), { ...STAMP, previous });
}
