import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import type { InstructionFileInput, InstructionLine } from '../../../domain/bank/instruction-file.ts';
import { PIPE_GB18030, RESULT_STATUSES } from '../../../domain/bank/layout.ts';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import type { TextCodec } from '../../../domain/bank/text-codec.ts';
import { fen } from '../../../domain/money.ts';

/** What banks without GB 18030 use: characters it lacks silently become "?". */
export const gbk: TextCodec = {
  encode: (text) => iconv.encode(text, 'gbk'),
  decode: (bytes) => iconv.decode(Buffer.from(bytes), 'gbk'),
};

export const line = (changes: Partial<InstructionLine> = {}): InstructionLine => ({
  sequence: 1,
  account: '6222020000000000000',
  name: '张三',
  fen: fen(120000),
  endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
  summary: '202612高龄津贴',
  ...changes,
});

export const fileInput = (changes: Partial<InstructionFileInput> = {}): InstructionFileInput => ({
  layout: PIPE_GB18030,
  jurisdiction: '110199',
  programmeCode: 'GL',
  period: '2026-12',
  round: 'R',
  fileNumber: 1,
  payerAccount: '11001045300059123456',
  payDate: '2026-12-10',
  lines: [line()],
  ...changes,
});

/** Characters that break careless files: trail bytes 0x7C and 0x5C, four-byte characters, the middle dot. */
const character = fc.oneof(
  fc.constantFrom(...Array.from('珅億東瑋鄚銃誠錦璡琝俓㛃𬎆䶮龦鿭㐂龴·张王欧阳')),
  fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x20000, max: 0x2a6d6 }).map((code) => String.fromCodePoint(code)),
);
const anyName = fc.oneof(
  fc.constantFrom('㛃', '王𬎆', '阿依古丽·麦麦提', '𠀀𠀁·𠀂'),
  fc.array(character, { minLength: 1, maxLength: 50 }).map((characters) => characters.join('')),
);
const anyFen = fc.integer({ min: 1, max: 100_000_000 }).map(fen);
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength, maxLength });

export const anyLines = fc
  .array(
    fc.record({
      account: digits(11, 32),
      name: anyName,
      fen: anyFen,
      bankCode: fc.option(digits(12, 12), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((items) =>
    items.map(({ bankCode, ...item }, index) =>
      line({
        ...item,
        ...(bankCode === undefined ? {} : { bankCode }),
        sequence: index + 1,
        endToEndId: `202612-R-1-GL-${String(index).padStart(12, '0')}-1`,
      }),
    ),
  );

export const anyResultLine: fc.Arbitrary<ResultLine> = fc
  .record({
    sequence: fc.integer({ min: 1, max: 999_999 }),
    account: digits(11, 32),
    name: anyName,
    fen: anyFen,
    status: fc.constantFrom(...RESULT_STATUSES),
    returnCode: fc.constantFrom('', '0', 'AC04', 'E.19_2-x'),
    reason: fc.oneof(fc.constantFrom('', '账户不存在', '户名不符'), anyName),
    booked: fc.constantFrom('2026-12-11', '2028-02-29'),
    dated: fc.boolean(),
    bankSerial: fc.constantFrom('', 'B20261211000001'),
    endToEndId: fc.constantFrom('', '202612-R-1-GL-7Z3K9QX2M4BT-1'),
  })
  .map(({ booked, dated, ...rest }) =>
    dated || rest.status === 'settled' || rest.status === 'returned' ? { ...rest, bookedOn: booked } : rest,
  );
