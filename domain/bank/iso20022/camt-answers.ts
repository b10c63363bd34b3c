import type { BankAnswer, UnreadableAnswer } from '../answer.ts';
import type { Statement, StatementDetail, StatementEntry } from '../statement.ts';

type NamedReturn = { readonly entry: StatementEntry; readonly detail?: StatementDetail };

/**
 * The returns that an advice names payment by payment, in order; what else is booked there is for the statement. A return that names
 * no payment is for a person.
 */
export function returnsOf(statements: readonly Statement[]): readonly (BankAnswer | UnreadableAnswer)[] {
  const returned = statements.flatMap(({ entries }) =>
    entries.filter((entry) => entry.booked && entry.side === 'credit' && entry.returnOf),
  );
  return returned
    .flatMap((entry): NamedReturn[] =>
      entry.details.length === 0 ? [{ entry }] : entry.details.map((detail) => ({ entry, detail })),
    )
    .map(({ entry, detail }, index): BankAnswer | UnreadableAnswer => {
      const position = index + 1;
      if (detail === undefined || detail.endToEndId === '') return { position, unreadable: true };
      return {
        position,
        endToEndId: detail.endToEndId,
        fen: detail.fen,
        status: 'returned',
        reason: detail.reason ?? entry.reason ?? 'OTHER',
        bookedOn: entry.bookedOn,
        bankSerial: entry.serviceRef,
      };
    });
}
