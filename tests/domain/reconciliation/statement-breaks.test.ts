import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { BankItem } from '../../../domain/reconciliation/bank-items.ts';
import {
  type ExpectedMovement,
  type SentFile,
  statementBreaks,
} from '../../../domain/reconciliation/statement-breaks.ts';
import { chainFaults, chainOf, type StatementHead } from '../../../domain/reconciliation/statement-chain.ts';
import { TieSums } from '../../../domain/reconciliation/tie.ts';

const head = (
  from: string,
  to: string,
  opening: number,
  closing: number,
  more: Partial<StatementHead> = {},
): StatementHead => ({
  from,
  to,
  opening: fen(opening),
  closing: fen(closing),
  entries: 1,
  ...more,
});
const day = (date: string, opening: number, closing: number, sequence?: number) =>
  head(date, date, opening, closing, sequence === undefined ? {} : { sequence });
const faults = (...heads: readonly StatementHead[]) => chainFaults(heads).map(({ kind }) => kind);

describe('the chain of statements', () => {
  it('has no gap in numbers and balances, in whatever order they came; a year may begin anew', () => {
    const heads = [
      day('2026-12-30', 0, 5, 8),
      day('2026-12-31', 5, 5, 9),
      day('2027-01-02', 5, 7, 1),
      day('2027-01-03', 7, 7, 2),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(heads, { minLength: 4 }), (shuffled) => {
        expect(chainOf(shuffled)).toEqual(heads);
        expect(chainFaults(shuffled)).toEqual([]);
      }),
    );
  });

  it('says where a number is left out, and where a balance is not taken up', () => {
    expect(faults(day('2026-12-01', 0, 5, 1), day('2026-12-03', 5, 5, 3))).toEqual(['statement-gap']);
    expect(faults(day('2026-12-01', 0, 5, 1), day('2026-12-03', 5, 5, 1))).toEqual(['statement-gap']);
    expect(faults(day('2026-11-30', 0, 5, 30), day('2026-12-01', 5, 5, 1))).toEqual([]);
    expect(faults(day('2026-11-30', 0, 5, 30), day('2026-12-01', 5, 5, 2))).toEqual(['statement-gap']);
    expect(faults(day('2026-12-01', 0, 5, 1), day('2026-12-02', 6, 6, 2))).toEqual(['balance-differs']);
    expect(faults(day('2026-12-01', 0, 5), day('2026-12-02', 6, 6))).toEqual(['balance-differs']);
  });

  it('leaves out what a longer statement repeats: half a day, a day of a month', () => {
    const month = head('2026-12-01', '2026-12-31', 0, 9, { entries: 4 });
    expect(chainOf([day('2026-12-05', 3, 4), month])).toEqual([month]);
    const whole = head('2026-12-05', '2026-12-05', 0, 9, { entries: 4 });
    expect(chainOf([whole, day('2026-12-05', 0, 4)])).toEqual([whole]);
  });

  it('puts unnumbered statements of one day one after the other by their balances', () => {
    const [morning, noon, evening] = [
      day('2026-12-05', 9, 4),
      day('2026-12-05', 4, 6),
      day('2026-12-05', 6, 1),
    ];
    expect(chainOf([noon, evening, morning])).toEqual([morning, noon, evening]);
    expect(faults(evening, morning, noon)).toEqual([]);
  });
});

const loose = (
  key: string,
  side: 'debit' | 'credit',
  amount: number,
  more: Partial<BankItem> = {},
): BankItem => ({
  key,
  position: 1,
  bookedOn: '2026-12-02',
  side,
  fen: fen(amount),
  counted: true,
  single: true,
  serviceRef: key,
  ...more,
});
const file = (booking: 'gross' | 'net'): SentFile => ({
  fileName: 'F',
  batchIds: ['B'],
  count: 3,
  fen: fen(900),
  booking,
});
const voucher = (ref: string, date = '2026-12-01'): ExpectedMovement => ({
  ref,
  side: 'credit',
  fen: fen(50),
  date,
});
const breaks = (
  items: readonly BankItem[],
  booking: 'gross' | 'net' = 'net',
  expected: readonly ExpectedMovement[] = [],
) => statementBreaks([], items, { files: [file(booking)], expected }).map(({ kind }) => kind);
const batch = (
  amount: number,
  count?: number,
  stated?: number,
  side: 'debit' | 'credit' = 'debit',
  key = 'K',
) =>
  loose(key, side, amount, {
    single: false,
    batch: {
      id: 'B',
      ...(count !== undefined && { count }),
      ...(stated !== undefined && { fen: fen(stated) }),
    },
  });

describe('breaks of an account', () => {
  it('one voucher explains one booking of its amount, within days of it', () => {
    expect(breaks([loose('a', 'credit', 50)], 'net', [voucher('V1')])).toEqual([]);
    expect(breaks([loose('a', 'credit', 50), loose('b', 'credit', 50)], 'net', [voucher('V1')])).toEqual([
      'unknown-credit',
    ]);
    expect(
      breaks([loose('a', 'credit', 50), loose('b', 'credit', 50)], 'net', [voucher('V1'), voucher('V2')]),
    ).toEqual([]);
    expect(breaks([loose('a', 'debit', 50)], 'net', [voucher('V1')])).toEqual(['unknown-debit']);
    expect(breaks([loose('a', 'credit', 51)], 'net', [voucher('V1')])).toEqual(['unknown-credit']);
    expect(breaks([loose('a', 'credit', 50)], 'net', [voucher('V1', '2026-11-10')])).toEqual([
      'unknown-credit',
    ]);
  });

  it.each([
    ['net', [batch(900, 3)], []],
    ['net', [batch(600, 2)], []],
    ['net', [batch(600, 2), batch(300, 1, 300, 'debit', 'L')], []],
    ['net', [batch(901)], ['batch-differs']],
    ['net', [batch(900, 4)], ['batch-differs']],
    ['net', [batch(900, 3, 800)], ['batch-differs']],
    ['net', [batch(600, 2), batch(301, 1, 301, 'debit', 'L')], ['batch-differs']],
    ['net', [batch(300, 1, 300, 'credit')], ['batch-differs']],
    ['gross', [batch(900, 3)], []],
    ['gross', [batch(900, 3), batch(300, 1, 300, 'credit', 'L')], []],
    ['gross', [batch(600, 2)], ['batch-differs']],
    ['gross', [batch(900, 2)], ['batch-differs']],
  ] as const)('a file booked %s: %o', (booking, items, expected) => {
    expect(breaks(items, booking)).toEqual(expected);
  });

  it('everything else is named for what it is', () => {
    const items = [
      loose('a', 'debit', 1, { batch: { id: 'other' } }),
      loose('b', 'debit', 1, { endToEndId: 'X' }),
      loose('c', 'debit', 1, { endToEndId: 'X', bookedTwice: true }),
      loose('d', 'debit', 1, { detailsDiffer: true }),
    ];
    expect(breaks(items)).toEqual(['unknown-batch', 'unknown-payment', 'booked-twice', 'batch-differs']);
  });
});

describe('the tie', () => {
  const tieOn = (until: string) => {
    const sums = new TieSums(until);
    sums.booking({ side: 'debit', fen: fen(900), bookedOn: '2026-12-02' }, 'F');
    const heads = [day('2026-12-01', 1000, 1000, 1), day('2026-12-02', 1000, 100, 2)];
    return sums.tie(heads, [], [file('net')]);
  };

  it('counts nothing of a later day, and is not there before the first statement', () => {
    expect(tieOn('2026-12-01')).toMatchObject({
      statement: { closing: 1000 },
      items: [{ kind: 'before-statements' }],
    });
    expect(tieOn('2026-11-30')).toBeUndefined();
  });

  it('what is debited beyond what a file can come to is not explained', () => {
    expect(tieOn('2026-12-02')).toMatchObject({
      ties: false,
      items: [
        { side: 'bank-in', kind: 'before-statements', fen: 1000 },
        { side: 'bank-out', kind: 'file-differs', fen: 900 },
      ],
    });
  });

  it('a statement that is missing shows as an amount', () => {
    const heads = [day('2026-12-01', 0, 0, 1), day('2026-12-03', 70, 70, 3)];
    expect(new TieSums('2026-12-31').tie(heads, [], [])).toMatchObject({
      ties: false,
      items: [{ side: 'bank-in', kind: 'statement-missing', fen: 70 }],
    });
  });
});
