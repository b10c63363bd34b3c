import { describe, expect, it } from 'vitest';
import type { Statement, StatementEntry } from '../../../domain/bank/statement.ts';
import { endToEndId } from '../../../domain/ids.ts';
import { type Entry, failed, makeEntry, returned, settled } from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import { type BankItem, bankItems } from '../../../domain/reconciliation/bank-items.ts';
import { checkStatement } from '../../../domain/reconciliation/check-statement.ts';
import { type DebitBooking, reconcileItem } from '../../../domain/reconciliation/statement-item.ts';
import { paymentOf, releaseOf, STAMP, sha256 } from '../ledger/samples.ts';

const release = releaseOf(0);
const next = (content: Parameters<typeof makeEntry>[1], previous: Entry) =>
  makeEntry(sha256, content, { ...STAMP, previous });
const done = next(settled(release, {}), release);
const refused = next(failed(release, { reason: 'OTHER' }), release);
const back = next(returned(release, { reason: 'OTHER' }), done);
const SLOTS = {
  none: [],
  open: [release],
  settled: [release, done],
  failed: [release, refused],
  returned: [release, done, back],
};

const item = (side: 'debit' | 'credit', more: Partial<BankItem> = {}): BankItem => ({
  key: 'K',
  position: 1,
  bookedOn: '2026-12-02',
  side,
  fen: release.fen,
  counted: true,
  single: true,
  serviceRef: 'R1',
  endToEndId: endToEndId(paymentOf(0), 1),
  ...more,
});
const verdict = (stated: BankItem, state: keyof typeof SLOTS, booking: DebitBooking = 'net') => {
  const said = reconcileItem(stated, SLOTS[state], booking);
  return said.kind === 'record' ? said.entry.kind : said.kind === 'exception' ? said.exception : said.kind;
};

describe('what a booking means for the payment that it names', () => {
  it.each([
    ['debit', 'none', 'loose', 'loose'],
    ['debit', 'open', 'settled', 'settled'],
    ['debit', 'settled', 'confirmed', 'confirmed'],
    ['debit', 'failed', 'late-success', 'late-success'],
    ['debit', 'returned', 'confirmed', 'confirmed'],
    ['credit', 'none', 'loose', 'loose'],
    ['credit', 'open', 'return-without-success', 'return-without-success'],
    ['credit', 'settled', 'returned', 'returned'],
    // A bank that debits whole files gives back what failed.
    ['credit', 'failed', 'return-without-success', 'confirmed'],
    ['credit', 'returned', 'confirmed', 'confirmed'],
  ] as const)(
    'a %s of one that is %s: %s, or %s where files are debited whole',
    (side, state, net, gross) => {
      expect([verdict(item(side), state), verdict(item(side), state, 'gross')]).toEqual([net, gross]);
    },
  );

  it('a payment below a booking of the whole file says nothing of its outcome, and something of it where only the successful are booked', () => {
    const below = item('debit', { single: false, counted: false });
    for (const state of ['open', 'settled', 'failed'] as const)
      expect(verdict(below, state, 'gross')).toBe('confirmed');
    expect(verdict(below, 'open', 'net')).toBe('settled');
  });

  it('where nobody has said how the bank books files, a payment below a booking of many is not settled by it, and one of its own is', () => {
    const said = (stated: BankItem, state: keyof typeof SLOTS) =>
      reconcileItem(stated, SLOTS[state], undefined).kind;
    const below = item('debit', { single: false, counted: false });
    for (const state of ['open', 'settled'] as const) expect(said(below, state)).toBe('confirmed');
    // It may have been paid after all: it is not sent again before somebody has asked.
    expect(said(below, 'failed')).toBe('exception');
    expect(said(item('debit'), 'open')).toBe('record');
    // What of a whole file was given back is a person's, where nobody said that it was debited whole.
    expect(said(item('credit'), 'failed')).toBe('exception');
  });

  it('another amount, or an id of nothing sent, decides nothing', () => {
    expect(verdict(item('debit', { fen: fen(release.fen + 1) }), 'open')).toBe('amount-mismatch');
    const { endToEndId: _none, ...unnamed } = item('debit');
    expect(verdict(unnamed, 'open')).toBe('loose');
  });

  it('day, reference and reason are those of the statement', () => {
    const said = reconcileItem(item('credit', { reason: 'ACCT_CLOSED' }), SLOTS.settled, 'net');
    expect(said).toEqual({
      kind: 'record',
      entry: returned(release, { bankDate: '2026-12-02', bankSerial: 'R1', reason: 'ACCT_CLOSED' }),
    });
  });
});

it('what stands for the number that the bank does not give is no serial of the bank', () => {
  expect(reconcileItem(item('debit', { serviceRef: '=120000' }), SLOTS.open, 'net')).toEqual({
    kind: 'record',
    entry: settled(release, { bankDate: '2026-12-02' }),
  });
});

const entry = (more: Partial<StatementEntry> = {}): StatementEntry => ({
  position: 1,
  side: 'debit',
  fen: fen(300),
  booked: true,
  bookedOn: '2026-12-01',
  serviceRef: 'R1',
  details: [],
  ...more,
});
const statement = (entries: readonly StatementEntry[], more: Partial<Statement> = {}): Statement => ({
  account: '1',
  from: '2026-12-01',
  to: '2026-12-01',
  opening: fen(1000),
  closing: fen(700),
  entries,
  ...more,
});
const paid = (amount: number, index: number) => ({
  endToEndId: endToEndId(paymentOf(index), 1),
  fen: fen(amount),
  side: 'debit' as const,
});

describe('what a statement comes to, one thing each', () => {
  const shape = (read: Statement) =>
    bankItems(read).map(({ fen: amount, counted, single, endToEndId: id }) => [
      amount,
      counted,
      single,
      id !== undefined,
    ]);

  it('payments that add up to their booking are the booking; below a batch they are only named; what differs is left alone', () => {
    const both = [paid(100, 0), paid(200, 1)];
    expect(shape(statement([entry({ details: [paid(300, 0)] })]))).toEqual([[300, true, true, true]]);
    expect(shape(statement([entry({ details: both })]))).toEqual([
      [100, true, false, true],
      [200, true, false, true],
    ]);
    expect(shape(statement([entry({ details: both, batch: { id: 'B' } })]))).toEqual([
      [300, true, false, false],
      [100, false, false, true],
      [200, false, false, true],
    ]);
    const [differs, ...rest] = bankItems(statement([entry({ details: [paid(100, 0)] })]));
    expect([differs, rest]).toMatchObject([{ fen: 300, detailsDiffer: true }, []]);
  });

  it('what is not booked yet is not there, an advice counts nothing, an id of somebody else’s names nothing', () => {
    expect(shape(statement([entry({ booked: false })]))).toEqual([]);
    const {
      opening: _opening,
      closing: _closing,
      ...advice
    } = statement([entry({ details: [paid(300, 0)] })]);
    expect(shape(advice)).toEqual([[300, false, true, true]]);
    expect(shape(statement([entry({ details: [{ ...paid(300, 0), endToEndId: 'NOTPROVIDED' }] })]))).toEqual([
      [300, true, true, false],
    ]);
  });

  it('a booking has one name in every statement that has it; two that look the same are two', () => {
    const keys = (read: Statement) => bankItems(read).map(({ key }) => key);
    const one = keys(statement([entry()]));
    expect(keys(statement([entry({ position: 9 })], { to: '2026-12-31', sequence: 4 }))).toEqual(one);
    const bare = entry({ serviceRef: '' });
    const [first, second] = keys(statement([bare, { ...bare, position: 2 }]));
    expect(first).not.toBe(second);
    expect(keys(statement([bare], { sequence: 1 }))).not.toEqual(keys(statement([bare], { sequence: 2 })));
  });

  it.each([
    [undefined, {}],
    ['invalid/statement-balance', { closing: fen(699) }],
    ['invalid/statement', { from: '2026-12-02' }],
    ['invalid/statement', { entries: [entry({ fen: fen(0) })] }],
  ] as const)('%s: %o', (code, more) => {
    expect(checkStatement(statement([entry()], more as Partial<Statement>))?.code).toBe(code);
  });

  it('one balance without the other is no statement', () => {
    const { closing: _closing, ...half } = statement([entry()]);
    expect(checkStatement(half)?.code).toBe('invalid/statement-balance');
  });
});
