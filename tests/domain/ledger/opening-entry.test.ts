// Goal: what was paid before go-live stands on the right sides of the right accounts, also when a correction takes it back.
import { expect, it } from 'vitest';
import { assertBalanced } from '../../../domain/ledger/entry.ts';
import { opening } from '../../../domain/ledger/opening-entry.ts';
import { fen } from '../../../domain/money.ts';

const entry = (paid: number, recoverable: number, accrued = paid - recoverable) =>
  opening({
    jurisdiction: '110199',
    programme: 'high-age',
    payment: 'GL-7Z3K9QX2M4BT-1_2026-01_Q1_1',
    enrolment: 'GL-7Z3K9QX2M4BT-1',
    run: 'r',
    street: '110199001',
    fen: fen(accrued),
    lines:
      accrued === 0 ? [] : [{ month: '2026-01', component: 'c', fen: fen(accrued), kind: 'entitlement' }],
    paidFen: fen(paid),
    recoverableFen: fen(recoverable),
  });

it.each([
  [100, 0, ['debit expense 100', 'credit opening 100']],
  [100, 30, ['debit expense 70', 'debit recoverable 30', 'credit opening 100']],
  [100, 100, ['debit recoverable 100', 'credit opening 100']],
  [-40, 0, ['credit expense 40', 'debit opening 40']],
  [0, 30, ['credit expense 30', 'debit recoverable 30']],
  [0, -30, ['debit expense 30', 'credit recoverable 30']],
])('%i paid, %i of it to be recovered', (paid, recoverable, expected) => {
  const { postings } = entry(paid, recoverable);
  assertBalanced(postings);
  const said = postings.map(({ account, side, fen: amount }) => `${side} ${account.split(':')[0]} ${amount}`);
  expect(said).toEqual(expected);
});

it('accrues neither more nor less than what was paid and is not to be recovered', () => {
  expect(() => entry(100, 30, 71)).toThrow('accrues what was paid');
});
