import type { InstructionLine } from '../../domain/bank/instruction-file.ts';
import { endToEndId, type PaymentId, paymentId } from '../../domain/ids.ts';
import { fen } from '../../domain/money.ts';
import type { InstructionHead } from '../../functions/bank/formats/bank-format.ts';

/** A format whose files may have as many payments as a city. */
export const FORMAT = 'tab-fen-gb18030';
export const HEAD: InstructionHead = {
  jurisdiction: '110199',
  programmeCode: 'GL',
  period: '2026-12',
  round: 'R',
  fileNumber: 1,
  payerAccount: '11019900000000000001',
  payDate: '2026-11-30',
};
export const FILE_NAME = 'YQ_110199_GL_202612R_0001.dat';

const NAMES = ['王珅億', '阿依古丽·麦麦提', '李誠', '赵东', '孙璡琝俓', '张𬎆'];

export const enrolmentOf = (index: number): string => `GL-${String(index).padStart(12, '0')}-1`;
export const paymentOf = (index: number): PaymentId => paymentId('2026-12', 'R', enrolmentOf(index));

/** The n-th payment of a file, from 0. */
export function lineOf(index: number): InstructionLine {
  return {
    sequence: index + 1,
    account: `6217${String(index).padStart(15, '0')}`,
    name: NAMES[index % NAMES.length] ?? '',
    fen: fen(10_000 + (index % 50) * 100),
    endToEndId: endToEndId(paymentOf(index), 1),
    summary: '202612高龄津贴',
    ...(index % 3 === 0 && { bankCode: '102100099996' }),
  };
}
