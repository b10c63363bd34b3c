import * as fc from 'fast-check';
import type { InstructionLine } from '../../../../domain/bank/instruction-file.ts';
import {
  type CreditTransferInput,
  writeCreditTransfer,
} from '../../../../domain/bank/iso20022/pain001-writer.ts';
import type { ReportedTransaction } from '../../../../domain/bank/iso20022/pain002-writer.ts';
import type { XmlReading } from '../../../../domain/bank/iso20022/xml.ts';
import { RETURN_REASONS } from '../../../../domain/bank/return-codes.ts';
import type { Statement, StatementEntry } from '../../../../domain/bank/statement.ts';
import { fen } from '../../../../domain/money.ts';
import { readXml } from '../../../../functions/bank/formats/iso20022-xml.ts';
import { anyLines, line } from '../samples.ts';

export const PARTY = {
  name: '示例区民政局',
  organisationCode: '11110199MB0000000E',
  agentBankCode: '102100000011',
};

export const transferInput = (changes: Partial<CreditTransferInput> = {}): CreditTransferInput => ({
  jurisdiction: '110199',
  programmeCode: 'GL',
  period: '2026-12',
  round: 'R',
  fileNumber: 1,
  payerAccount: '11001045300059123456',
  payDate: '2026-12-10',
  createdAt: '2026-12-08T02:00:00.000Z',
  party: PARTY,
  lines: threeLines(),
  ...changes,
});
export const MESSAGE = '110199-GL202612R-0001';
export const FILE = 'DF_110199_GL_202612R_0001.xml';

export function threeLines(): InstructionLine[] {
  return [
    line({ name: '阿依古丽·麦麦提', bankCode: '102332000000' }),
    line({ sequence: 2, name: '王𬎆', endToEndId: '202612-R-1-GL-7Z3K9QX2M4BU-1', fen: fen(30_050) }),
    line({ sequence: 3, name: '㛃<&>"\'', endToEndId: '202612-R-1-GL-7Z3K9QX2M4BV-1', fen: fen(1) }),
  ];
}

export const written = (input = transferInput()) => {
  const file = writeCreditTransfer(input);
  if (!file.ok) throw new Error(file.error.map(({ reason }) => reason.code).join(' '));
  return file.value;
};

export const read = <T>(text: string, reading: XmlReading<T>) =>
  readXml(new TextEncoder().encode(text), reading);

export const anyTransfer: fc.Arbitrary<CreditTransferInput> = fc
  .record({
    lines: anyLines,
    period: fc.constantFrom('2026-12', '2026-Q4', '2026-H2', '2026-Y'),
    round: fc.constantFrom('R', 'S1', 'S12'),
    programmeCode: fc.constantFrom('GL', 'DBCX'),
    fileNumber: fc.integer({ min: 1, max: 9999 }),
  })
  .map(transferInput);

export const transaction = (changes: Partial<ReportedTransaction> = {}): ReportedTransaction => ({
  sequence: 1,
  endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
  fen: fen(120_000),
  status: 'ACCC',
  reasonCode: '',
  reasonText: '',
  bookedOn: '2026-12-10',
  bankSerial: 'BK20261210-1',
  ...changes,
});

export const entry = (changes: Partial<StatementEntry> = {}): StatementEntry => ({
  position: 1,
  side: 'debit',
  fen: fen(150_051),
  booked: true,
  bookedOn: '2026-12-10',
  serviceRef: 'SR1',
  batch: { id: MESSAGE, count: 3, fen: fen(150_051) },
  details: [],
  ...changes,
});

/** A statement that comes out even. */
export const statement = (entries: readonly StatementEntry[], opening = fen(1_000_000)): Statement => ({
  account: '11001045300059123456',
  sequence: 12,
  from: '2026-12-10',
  to: '2026-12-10',
  opening,
  closing: fen(
    entries
      .filter(({ booked }) => booked)
      .reduce(
        (sum, { side, fen: amount }) => (side === 'credit' ? sum + amount : sum - amount),
        opening as number,
      ),
  ),
  entries,
});

const anyAmount = fc.integer({ min: 1, max: 100_000_000 }).map(fen);
const anySide = fc.constantFrom('debit' as const, 'credit' as const);
const anyReason = fc.constantFrom(...RETURN_REASONS.map(({ code }) => code));
const anyDetail = fc.record(
  {
    endToEndId: fc.constantFrom('', '202612-R-1-GL-7Z3K9QX2M4BT-1'),
    fen: anyAmount,
    side: anySide,
    reason: anyReason,
  },
  { requiredKeys: ['endToEndId', 'fen', 'side'] },
);

/** Entries as the writer can say them: a reason stands below a payment, and who has one is a return. */
const anyEntry = fc
  .record(
    {
      side: anySide,
      fen: anyAmount,
      booked: fc.boolean(),
      bookedOn: fc.constantFrom('2026-12-10', '2026-12-11'),
      valueOn: fc.constantFrom('2026-12-10', '2027-01-01'),
      serviceRef: fc.constantFrom('', 'SR/1-2.3'),
      returnOf: fc.constant(true as const),
      batch: fc.record(
        { id: fc.constantFrom(MESSAGE, 'OTHER'), count: fc.integer({ min: 0, max: 99_999 }), fen: anyAmount },
        { requiredKeys: ['id'] },
      ),
      details: fc.array(anyDetail, { maxLength: 4 }),
    },
    { requiredKeys: ['side', 'fen', 'booked', 'bookedOn', 'serviceRef', 'details'] },
  )
  .map((found): Omit<StatementEntry, 'position'> => {
    const reason = found.details.find((detail) => detail.reason)?.reason;
    return { ...found, ...(reason && { reason, returnOf: true as const }) };
  });

export const anyStatement: fc.Arbitrary<Statement> = fc
  .tuple(fc.array(anyEntry, { maxLength: 6 }), fc.integer({ min: -1_000_000, max: 1_000_000_000 }))
  .map(([entries, opening]) =>
    statement(
      entries.map((found, index) => ({ ...found, position: index + 1 })),
      fen(opening),
    ),
  );
