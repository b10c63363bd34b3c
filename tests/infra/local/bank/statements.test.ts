import { describe, expect, it } from 'vitest';
import type { Statement } from '../../../../domain/bank/statement.ts';
import { USUAL_STATEMENT } from '../../../../domain/bank/statement-layout.ts';
import { readStatementTable } from '../../../../domain/bank/statement-table.ts';
import { type Fen, fen, sumFen } from '../../../../domain/money.ts';
import { checkStatement } from '../../../../domain/reconciliation/check-statement.ts';
import { readStatements } from '../../../../functions/bank/formats/iso20022.ts';
import { ALL_FAULTS } from '../../../../infra/local/bank/options.ts';
import { simulate } from '../../../../infra/local/bank/simulate.ts';
import { statementMessage, statementTable } from '../../../../infra/local/bank/statement-files.ts';
import { BOOKINGS, type StatementOptions, statementsOf } from '../../../../infra/local/bank/statements.ts';
import { bankTotals } from '../../../../infra/local/bank/totals.ts';
import { PAY_DATE, PAYER_ACCOUNT, sent, serials } from './sent.ts';

const files = simulate(
  'a',
  [
    await sent(serials(50)),
    await sent(
      serials(20).map((serial) => serial + 100),
      'pipe-gb18030',
      2,
    ),
  ],
  ALL_FAULTS,
).files;
const total = sumFen(files.flatMap(({ file }) => file.lines.map((line) => line.fen)));
const kept = sumFen(files.map(({ file, plan }) => bankTotals(file, plan).kept.fen));

function statements(options: Partial<StatementOptions>): Statement[] {
  return statementsOf(files, {
    account: PAYER_ACCOUNT,
    opening: fen(500),
    fundings: [{ on: PAY_DATE, fen: total, ref: 'BK-0001' }],
    booking: 'single',
    ...options,
  });
}

describe('the statements of the payer’s account', () => {
  it.each(BOOKINGS.flatMap((booking) => [true, false].map((detailed) => [booking, detailed] as const)))(
    'booked %s, payments named: %s: each adds up, they follow one another, and what is left is what did not stay with the people',
    (booking, detailed) => {
      const all = statements({ booking, detailed });
      expect(all.map(checkStatement)).toEqual(all.map(() => undefined));
      let balance: Fen = fen(500);
      for (const [index, { sequence, opening, closing = fen(0) }] of all.entries()) {
        expect([sequence, opening]).toEqual([index + 1, balance]);
        balance = closing;
      }
      expect(balance).toBe(500 + total - kept);
      const references = all.flatMap(({ entries }) => entries.map(({ serviceRef }) => serviceRef));
      expect(new Set(references).size).toBe(references.length);
    },
  );

  it('read back as a table, they say the same, but for the payments below a batch booking', () => {
    for (const booking of BOOKINGS) {
      for (const statement of statements({ booking })) {
        const text = new TextDecoder().decode(statementTable(statement).bytes);
        const rows = text
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(','));
        const read = readStatementTable(rows, USUAL_STATEMENT, PAYER_ACCOUNT);
        const expected = statement.entries.map(({ batch, ...entry }) =>
          batch ? { ...entry, batch: { id: batch.id } } : entry,
        );
        expect(read).toEqual({ ok: true, value: { ...statement, entries: expected } });
      }
    }
  });

  it('read back as camt.053, they say the same', () => {
    for (const booking of BOOKINGS) {
      for (const statement of statements({ booking, detailed: true })) {
        const read = readStatements(statementMessage(statement).bytes);
        expect(read).toMatchObject({
          ok: true,
          value: [{ opening: statement.opening, closing: statement.closing }],
        });
        const sides = (of: Statement) =>
          of.entries.map(({ side, fen: amount, details }) => [side, amount, details.length]);
        expect(read.ok && read.value.map(sides)).toEqual([sides(statement)]);
      }
    }
  });
});
