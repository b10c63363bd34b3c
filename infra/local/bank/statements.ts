import type { Statement, StatementEntry } from '../../../domain/bank/statement.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import { addDays } from '../../../domain/working-days.ts';
import { type History, type Move, serialOf } from './histories.ts';
import type { SimulatedFile } from './simulate.ts';

/**
 * How the bank books a file: every payment by itself; the whole file at once, with what failed credited back (gross, 全额); or what it
 * credited each day in one sum (net, 净额).
 */
export const BOOKINGS = ['single', 'gross', 'net'] as const;
export type Booking = (typeof BOOKINGS)[number];

type Booked = { readonly on: PlainDate; readonly fen: Fen; readonly ref: string };

export type StatementOptions = {
  readonly account: string;
  readonly opening: Fen;
  /** What the finance bureau pays in. */
  readonly fundings: readonly Booked[];
  /** What the cashier draws in cash or transfers by hand. */
  readonly withdrawals?: readonly Booked[];
  readonly booking: Booking;
  /** Whether the payments below a batch booking are named. */
  readonly detailed?: boolean;
  /** Number of the first statement, 1 by default. */
  readonly firstNumber?: number;
};

type Entry = Omit<StatementEntry, 'position'>;

/**
 * 对账单: what the bank booked on the payer's account, one statement for each day on which something moved. They follow one another
 * without gaps: numbers rise by one, and each opens with the balance that the one before closed with.
 */
export function statementsOf(files: readonly SimulatedFile[], options: StatementOptions): Statement[] {
  const { account, opening, fundings, withdrawals = [], firstNumber = 1 } = options;
  const entries = [
    ...fundings.map((one) => byVoucher('credit', one)),
    ...withdrawals.map((one) => byVoucher('debit', one)),
    ...files.flatMap((file) => bookingsOf(file, options)),
  ];
  const days = [...new Set(entries.map(({ bookedOn }) => bookedOn))].sort();
  let balance = opening;
  return days.map((day, index) => {
    const booked = entries.filter(({ bookedOn }) => bookedOn === day);
    const before = balance;
    balance = fen(
      before + sumFen(booked.map(({ side, fen: amount }) => fen(side === 'credit' ? amount : 0 - amount))),
    );
    return {
      account,
      sequence: firstNumber + index,
      from: day,
      to: day,
      opening: before,
      closing: balance,
      entries: booked.map((entry, at) => ({ position: at + 1, ...entry })),
    };
  });
}

const byVoucher = (side: Entry['side'], { on, fen: amount, ref }: Booked): Entry => ({
  side,
  fen: amount,
  booked: true,
  bookedOn: on,
  serviceRef: ref,
  details: [],
});

type Moved = { readonly history: History; readonly move: Move };

function bookingsOf(simulated: SimulatedFile, { booking, detailed = false }: StatementOptions): Entry[] {
  const { file, histories } = simulated;
  const moved = histories.flatMap((history) => history.moves.map((move) => ({ history, move })));
  const out = moved.filter(({ move }) => move.side === 'debit');
  const back = moved.filter(({ move }) => move.side === 'credit');
  const returns = back.map((one) => single(simulated, one, true));
  if (booking === 'single') return [...out.map((one) => single(simulated, one)), ...returns];
  if (booking === 'net') {
    const days = [...new Set(out.map(({ move }) => move.day))].sort((a, b) => a - b);
    const debits = days.map((day) =>
      batch(
        simulated,
        day,
        out.filter(({ move }) => move.day === day).map(({ history }) => history),
        detailed,
      ),
    );
    return [...debits, ...returns];
  }
  const failed = histories
    .filter(({ end }) => end === 'failed')
    .map((history) => {
      const day = Math.max(0, ...history.words.map((word) => word.day));
      return single(simulated, { history, move: { day, side: 'credit' } });
    });
  return file.lines.length === 0 ? [] : [batch(simulated, 0, histories, detailed), ...failed, ...returns];
}

function single({ file }: SimulatedFile, { history, move }: Moved, returnOf = false): Entry {
  const { line } = history;
  const reason = move.reason?.means;
  return {
    side: move.side,
    fen: line.fen,
    booked: true,
    bookedOn: addDays(file.payDate, move.day),
    serviceRef: `${move.side === 'debit' ? 'D' : 'C'}${serialOf(file.fileName, line, 'settled').slice(1)}`,
    ...(returnOf && { returnOf: true as const }),
    ...(reason && { reason }),
    details: line.endToEndId === '' ? [] : [{ endToEndId: line.endToEndId, fen: line.fen, side: move.side }],
  };
}

function batch(
  { file }: SimulatedFile,
  day: number,
  histories: readonly History[],
  detailed: boolean,
): Entry {
  const total = sumFen(histories.map(({ line }) => line.fen));
  return {
    side: 'debit',
    fen: total,
    booked: true,
    bookedOn: addDays(file.payDate, day),
    serviceRef: `B${day}-${file.batchNumber}`,
    batch: { id: file.batchNumber, count: histories.length, fen: total },
    details: detailed
      ? histories.flatMap(({ line }) =>
          line.endToEndId === ''
            ? []
            : [{ endToEndId: line.endToEndId, fen: line.fen, side: 'debit' as const }],
        )
      : [],
  };
}
