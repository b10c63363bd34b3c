import { describe, expect, it } from 'vitest';
import { foldAttempts, tally } from '../../../domain/ledger/attempts.ts';
import {
  type EntryContent,
  failed,
  firstRelease,
  makeEntry,
  returned,
} from '../../../domain/ledger/entry.ts';
import { imprestPaid } from '../../../domain/ledger/imprest-entry.ts';
import { recoveryEntry } from '../../../domain/ledger/recovery-entry.ts';
import { reversed } from '../../../domain/ledger/reversal.ts';
import { spentOn } from '../../../domain/ledger/spending.ts';
import { surrendered } from '../../../domain/ledger/surrender.ts';
import { fen } from '../../../domain/money.ts';
import { movementOf } from '../../../domain/reconciliation/movement.ts';
import { InvariantError } from '../../../domain/result.ts';
import { enrolmentOf, instruction, paymentOf, STAMP, sha256 } from './samples.ts';

const entry = (content: EntryContent) => makeEntry(sha256, content, STAMP);
const line = (component: string, amount: number) => ({
  month: '2026-12',
  component,
  fen: fen(amount),
  kind: 'entitlement' as const,
});
const postings = (content: EntryContent) =>
  content.postings.map(({ account, side, fen: amount }) => `${side} ${account} ${amount}`);
const ADVANCE = [line('advance:DT-2', 4_000), line('advance:DT-1', 6_000)];
const CASH = [line('imprest:DT-1', 2_500), line('imprest:DT-2', 500), line('imprest:DT-1', 1_000)];
const cash = imprestPaid({
  jurisdiction: '110199',
  programme: 'temporary-aid',
  payment: paymentOf(0),
  enrolment: enrolmentOf(0),
  run: '110199.temporary-aid.2026-12.I1.1',
  fen: fen(4_000),
  lines: CASH,
  street: '110199001',
});

describe('what replenishes imprest funds', () => {
  const content = firstRelease({ ...instruction(0), lines: ADVANCE }, 'imprest');
  const lost = entry(failed(entry(content), { reason: 'ACCT_CLOSED' }));

  it('is an advance to each fund, and no expense', () => {
    expect(postings(content)).toEqual([
      'debit imprest:DT-1 6000',
      'debit imprest:DT-2 4000',
      `credit payable:${enrolmentOf(0)} 10000`,
      `debit payable:${enrolmentOf(0)} 10000`,
      'credit in-transit:DF_110199_GL_202612_R_0001 10000',
    ]);
  });

  it('comes off the advance when it is no longer owed, or was surrendered', () => {
    expect(postings(reversed(lost, [line('advance:DT-2', 4_000)], 'run', 'imprest'))).toEqual([
      `debit payable:${enrolmentOf(0)} 4000`,
      'credit imprest:DT-2 4000',
    ]);
    const paper = { voucher: 'v', evidence: 'e', proposedBy: 'x' };
    const spent = spentOn('imprest', ADVANCE, 'imprest');
    const back = surrendered(lost, fen(10_000), '2028-01-10', paper, { fiscalYear: '2026' }, spent);
    expect(postings(back).slice(-2)).toEqual(['credit imprest:DT-1 6000', 'credit imprest:DT-2 4000']);
  });

  it('comes off the advance when it is ordered back, and is one again when it is owed after all', () => {
    const sent = entry(content);
    const note = { order: 1, step: 2, document: 'd' };
    const back = (kind: 'recovery-ordered' | 'recovery-revoked') =>
      postings(recoveryEntry(sent, { kind, lines: ADVANCE }, fen(10_000), '2027-01-10', note, 'imprest'));
    expect(back('recovery-ordered')).toEqual([
      `debit recoverable:${enrolmentOf(0)} 10000`,
      'credit imprest:DT-1 6000',
      'credit imprest:DT-2 4000',
    ]);
    expect(back('recovery-revoked')).toEqual([
      'debit imprest:DT-1 6000',
      'debit imprest:DT-2 4000',
      `credit recoverable:${enrolmentOf(0)} 10000`,
    ]);
  });

  it('names its fund', () => {
    expect(() => firstRelease(instruction(0), 'imprest')).toThrow(InvariantError);
  });
});

describe('what an imprest fund paid out', () => {
  it('is expense, off the advance of each fund, and touches neither bank nor anything in transit', () => {
    expect(postings(cash)).toEqual([
      'debit expense:temporary-aid 4000',
      'credit imprest:DT-1 3500',
      'credit imprest:DT-2 500',
    ]);
    expect(movementOf(entry(cash))).toBeUndefined();
  });

  it('is settled as it stands, and neither comes back nor is answered', () => {
    const attempts = foldAttempts([entry(cash)]);
    expect(attempts).toMatchObject([{ state: 'settled', fen: 4_000 }]);
    expect(tally(attempts)).toMatchObject({
      released: { count: 1, fen: 4_000 },
      settled: { count: 1, fen: 4_000 },
      paidOutside: { count: 0 },
    });
    expect(() => returned(entry(cash), { reason: 'OTHER' })).toThrow(InvariantError);
    expect(() => failed(entry(cash), { reason: 'OTHER' })).toThrow(InvariantError);
  });

  it('is exactly its lines', () => {
    expect(() => imprestPaid({ ...cash, lines: CASH.slice(1) })).toThrow(InvariantError);
  });
});
