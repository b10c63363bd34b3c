import { endToEndId, enrolmentId, paymentId } from '../../../../domain/ids.ts';
import { fen } from '../../../../domain/money.ts';
import type { BankFormat } from '../../../../functions/bank/formats/bank-format.ts';
import { bankFormat } from '../../../../functions/bank/formats/index.ts';
import { readSentFile, type SentFile } from '../../../../infra/local/bank/sent-file.ts';
import { cardNumber } from '../../../../infra/local/sample/numbers.ts';

export const PAYER_ACCOUNT = '11019900000000000001';
export const PAY_DATE = '2026-12-30';

/** An instruction file with these serial numbers of cards, in this order, as the bank reads it. */
export async function sent(
  serials: readonly number[],
  format: BankFormat | string = 'pipe-gb18030',
  fileNumber = 1,
): Promise<SentFile> {
  const lines = serials.map((serial, index) => ({
    sequence: index + 1,
    account: cardNumber(serial),
    name: '张三',
    fen: fen(10_000 + 100 * serial),
    endToEndId: endToEndId(
      paymentId('2026-12', 'R', enrolmentId('GL', String(serial).padStart(12, '0'), 1)),
      1,
    ),
    summary: '202612高龄津贴',
  }));
  const written = typeof format === 'string' ? await bankFormat(format) : format;
  const file = written.writeInstruction({
    jurisdiction: '110199',
    programmeCode: 'GL',
    period: '2026-12',
    round: 'R',
    fileNumber,
    payerAccount: PAYER_ACCOUNT,
    payDate: PAY_DATE,
    lines,
  });
  if (!file.ok) throw new Error('the file cannot be written');
  return readSentFile(written, file.value, PAY_DATE);
}

export const serials = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
