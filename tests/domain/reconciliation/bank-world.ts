import * as fc from 'fast-check';
import type { BankAnswer } from '../../../domain/bank/answer.ts';
import type { Statement, StatementEntry } from '../../../domain/bank/statement.ts';
import { endToEndId } from '../../../domain/ids.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import type { DebitBooking } from '../../../domain/reconciliation/statement-item.ts';
import { paymentOf } from '../ledger/samples.ts';

/** What really happens to a payment at the bank, whatever it says and in which order. */
const FATES = ['credited', 'refused', 'bounced', 'silent', 'late', 'unknown'] as const;
type Fate = (typeof FATES)[number];
const NOISE = [
  'wrong-amount',
  'unknown-line',
  'fee',
  'booked-twice',
  'foreign-batch',
  'contradiction',
] as const;
type Noise = (typeof NOISE)[number];

export type World = {
  readonly fates: readonly { readonly fate: Fate; readonly amount: number }[];
  /** How the bank books: each by itself, or the file as one with its payments named or not. */
  readonly style: 'single' | 'named' | 'whole';
  readonly booking: DebitBooking;
  readonly noise: readonly Noise[];
  /** Seed of the order and repetition in which everything is read. */
  readonly order: number;
};

export const worlds: fc.Arbitrary<World> = fc
  .record({
    fates: fc.array(
      fc.record({ fate: fc.constantFrom(...FATES), amount: fc.constantFrom(100, 250, 30_000) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    style: fc.constantFrom('single' as const, 'named' as const, 'whole' as const),
    booking: fc.constantFrom('gross' as const, 'net' as const),
    noise: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray([...NOISE]) },
    ),
    order: fc.integer(),
  })
  // A bank that books each payment by itself books what it paid.
  .map((world) => (world.style === 'single' ? { ...world, booking: 'net' as const } : world));

const id = (index: number): string => endToEndId(paymentOf(index), 1);
export const BATCH = 'GL202612R-0001';
export const DAYS = { funded: '2026-11-24', paid: '2026-11-27', back: '2026-12-03' } as const;

/** Everything that the bank answers to the file, each a file of its own: in any order, and any of them may come twice. */
export function answersOf({ fates, noise }: World): BankAnswer[] {
  const answers = fates.flatMap(({ fate, amount }, index): BankAnswer[] => {
    const said = (status: BankAnswer['status'], more: Partial<BankAnswer> = {}): BankAnswer => ({
      position: index + 1,
      sequence: index + 1,
      endToEndId: id(index),
      fen: fen(amount),
      status,
      bankSerial: status === 'pending' ? '' : `${status[0]}${index}`,
      ...(status === 'settled' && { bookedOn: DAYS.paid }),
      ...(status === 'returned' && { bookedOn: DAYS.back, reason: 'ACCT_CLOSED' as const }),
      ...(status === 'failed' && { reason: 'NAME_MISMATCH' as const }),
      ...more,
    });
    const pending = said('pending', { progress: 'ACSP' });
    switch (fate) {
      case 'credited':
        return [pending, said('settled')];
      case 'refused':
        return [said('failed')];
      case 'bounced':
        return [said('settled'), said('returned')];
      case 'late':
        return [said('failed'), said('settled', { bookedOn: DAYS.back })];
      case 'silent':
        return [];
      case 'unknown':
        return [pending];
      default:
        return fate satisfies never;
    }
  });
  const [first] = fates;
  const strange: BankAnswer = {
    position: 99,
    endToEndId: 'X-1',
    fen: fen(5),
    status: 'settled',
    bankSerial: 'Z',
  };
  const base = {
    position: 98,
    sequence: 1,
    endToEndId: id(0),
    fen: fen(first?.amount ?? 0),
    bankSerial: 'Q',
  };
  return [
    ...answers,
    ...(noise.includes('unknown-line') ? [strange] : []),
    ...(noise.includes('wrong-amount')
      ? [{ ...base, fen: fen(base.fen + 1), status: 'settled' as const }]
      : []),
    ...(noise.includes('contradiction')
      ? [{ ...base, status: 'settled' as const, contradictory: true as const }]
      : []),
  ];
}

const left = (fate: Fate): boolean => fate !== 'refused' && fate !== 'unknown';

/** The account over two months, as the bank books it; November has the payments, December what came back. */
export function statementsOf({ fates, style, booking, noise }: World): Statement[] {
  const paid = fates
    .map((one, index) => ({ ...one, index }))
    .filter(({ fate }) => booking === 'gross' || left(fate));
  const total = sumFen(paid.map(({ amount }) => fen(amount)));
  const detail = ({ index, amount }: { index: number; amount: number }, side: 'debit' | 'credit') => ({
    endToEndId: id(index),
    fen: fen(amount),
    side,
  });
  const funding = sumFen(fates.map(({ amount }) => fen(amount)));
  const whole: Omit<StatementEntry, 'position'>[] =
    total === 0
      ? []
      : [
          {
            ...entry('debit', total, DAYS.paid, 'B1'),
            batch: { id: BATCH, count: paid.length },
            details: style === 'named' ? paid.map((one) => detail(one, 'debit')) : [],
          },
        ];
  const single = paid.map((one) => ({
    ...entry('debit', one.amount, DAYS.paid, `D${one.index}`),
    details: [detail(one, 'debit')],
  }));
  const comesBack = (fate: Fate) => fate === 'bounced' || (booking === 'gross' && fate === 'refused');
  const back = fates
    .map((one, index) => ({ ...one, index }))
    .filter(({ fate }) => comesBack(fate))
    .map((one) => ({
      ...entry('credit', one.amount, DAYS.back, `C${one.index}`),
      returnOf: true as const,
      details: [detail(one, 'credit')],
    }));
  const [first] = single;
  const november = [
    entry('credit', funding, DAYS.funded, 'F1'),
    ...(style === 'single' ? single : whole),
    ...(noise.includes('booked-twice') && style === 'single' && first
      ? [{ ...first, serviceRef: 'D-again' }]
      : []),
    ...(noise.includes('fee') ? [entry('debit', 7, DAYS.paid, 'X1')] : []),
  ];
  const december = [
    ...back,
    ...(noise.includes('foreign-batch')
      ? [{ ...entry('debit', 11, DAYS.back, 'X2'), batch: { id: 'ZZ' } }]
      : []),
  ];
  const middle = sumFen(november.map(moved));
  return [
    statement(1, '2026-11-01', '2026-11-30', 0, november),
    statement(2, '2026-12-01', '2026-12-31', middle, december),
  ];
}

const entry = (side: 'debit' | 'credit', amount: number, bookedOn: string, serviceRef: string) => ({
  side,
  fen: fen(amount),
  booked: true,
  bookedOn,
  serviceRef,
  details: [],
});

const moved = ({ side, fen: amount }: Pick<StatementEntry, 'side' | 'fen'>) =>
  fen(side === 'credit' ? amount : 0 - amount);

function statement(
  sequence: number,
  from: string,
  to: string,
  opening: number,
  entries: readonly Omit<StatementEntry, 'position'>[],
): Statement {
  return {
    account: '11001999000000001',
    sequence,
    from,
    to,
    opening: fen(opening),
    closing: fen(opening + sumFen(entries.map(moved))),
    entries: entries.map((one, index) => ({ ...one, position: index + 1 })),
  };
}
