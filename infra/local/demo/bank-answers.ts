import { createHash } from 'node:crypto';
import type { InstructionLine } from '../../../domain/bank/instruction-file.ts';
import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import { PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import { writeResultFile } from '../../../domain/bank/result-writer.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import { type Fen, fen, sumFen } from '../../../domain/money.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';

/** An instruction file as the bank has it. */
export type SentFile = {
  readonly fileName: string;
  readonly payDate: PlainDate;
  readonly lines: readonly InstructionLine[];
};
export type AnswerFile = { readonly name: string; readonly bytes: Uint8Array };

/** What the bank makes of a file: which lines it credits, refuses, credits with another amount, or gets back. */
export type BankPlan = {
  readonly failed: ReadonlyMap<number, Reason>;
  /** Sequence of a line whose result states another amount than the one instructed. */
  readonly misstated: number | undefined;
  readonly returned: ReadonlyMap<number, Reason>;
};
/** `mend`: what the bureau can do before paying again. */
export type Reason = {
  readonly code: string;
  readonly text: string;
  readonly mend: 'account' | 'again' | 'nothing';
};

/** One or two in a hundred fail, as in any month with a register of old people's accounts. */
const FAILED_PER_MILLE = 15;
const FAILURES: readonly Reason[] = [
  { code: 'E0103', text: '户名不符', mend: 'account' },
  { code: 'E0104', text: '账户已销户', mend: 'account' },
  { code: 'E0101', text: '卡号不存在', mend: 'account' },
  { code: 'E0301', text: '已过当日代发截止时间', mend: 'again' },
  { code: 'E0201', text: '社保卡金融账户未激活', mend: 'nothing' },
  { code: 'E0104', text: '该账户已于上月销户', mend: 'account' },
  { code: 'E0202', text: '睡眠户，请本人到网点激活', mend: 'nothing' },
  { code: 'E0103', text: '账号与户名不符', mend: 'account' },
  { code: 'E0900', text: '客户已死亡', mend: 'nothing' },
];
const RETURNS: readonly Reason[] = [
  { code: 'R01', text: '收款账户已销户，退汇', mend: 'account' },
  { code: 'R02', text: '账户只付不收，退汇', mend: 'nothing' },
  { code: 'R01', text: '户名不符，对方行退回', mend: 'account' },
  { code: 'R01', text: '收款人账号有误，退汇', mend: 'account' },
];

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws Error when the file is not what the bureau and the bank agreed on */
export function readSentFile(fileName: string, bytes: Uint8Array): SentFile {
  const read = readInstructionFile(bytes, PIPE_GB18030, gb18030, sha256);
  if (!read.ok) throw new Error(`${fileName}: ${read.error.zh} / ${read.error.en}`);
  const { payDate, lines } = read.value;
  if (payDate === undefined) throw new Error(`${fileName}: no pay date`);
  return { fileName, payDate, lines };
}

/**
 * Decides what happens to a file. Lines are drawn by account and seed, not by their place in the file, so that the same
 * people fail however the file was put together.
 */
export function planAnswers(file: SentFile, seed: string, trouble: 'as-usual' | 'none'): BankPlan {
  if (trouble === 'none') return { failed: new Map(), misstated: undefined, returned: new Map() };
  const drawn = file.lines
    .map((line) => ({ sequence: line.sequence, at: drawOf(seed, line.account, line.fen) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ sequence }) => sequence);
  const failures = Math.max(FAILURES.length, Math.round((file.lines.length * FAILED_PER_MILLE) / 1000));
  const [misstated] = drawn.slice(failures);
  const returned = drawn.slice(failures + 1, failures + 1 + RETURNS.length);
  return {
    failed: withReasons(drawn.slice(0, failures), FAILURES),
    misstated,
    returned: withReasons(returned, RETURNS),
  };
}

/** The first answer: the day's result of every line. */
export function firstAnswer(file: SentFile, plan: BankPlan): AnswerFile {
  const lines = file.lines.map((line): ResultLine => {
    const reason = plan.failed.get(line.sequence);
    const stated = line.sequence === plan.misstated ? misstatedAmount(line.fen) : line.fen;
    return reason
      ? resultLine(line, { fen: line.fen, status: 'failed', reason, bookedOn: undefined })
      : resultLine(line, { fen: stated, status: 'settled', reason: undefined, bookedOn: file.payDate });
  });
  return answer(file, file.payDate, 1, lines);
}

/** The second answer, two days later: what other banks sent back. */
export function secondAnswer(file: SentFile, plan: BankPlan): AnswerFile {
  const day = daysLater(file.payDate, 2);
  const lines = file.lines.flatMap((line): ResultLine[] => {
    const reason = plan.returned.get(line.sequence);
    return reason ? [resultLine(line, { fen: line.fen, status: 'returned', reason, bookedOn: day })] : [];
  });
  return answer(file, day, 2, lines);
}

/** What the bank says it did, by its own books: to be compared with ours. */
export function bankTotals(file: SentFile, plan: BankPlan) {
  const of = (sequences: (sequence: number) => boolean): { count: number; fen: Fen } => {
    const amounts = file.lines.filter(({ sequence }) => sequences(sequence)).map((line) => line.fen);
    return { count: amounts.length, fen: sumFen(amounts) };
  };
  return {
    sent: of(() => true),
    failed: of((sequence) => plan.failed.has(sequence)),
    returned: of((sequence) => plan.returned.has(sequence)),
    // What came back was credited first, but is not with the people in the end.
    kept: of((sequence) => !plan.failed.has(sequence) && !plan.returned.has(sequence)),
  };
}

type Outcome = Pick<ResultLine, 'fen' | 'status'> & {
  readonly reason: Reason | undefined;
  readonly bookedOn: PlainDate | undefined;
};

function resultLine(line: InstructionLine, { fen: amount, status, reason, bookedOn }: Outcome): ResultLine {
  return {
    sequence: line.sequence,
    account: line.account,
    name: line.name,
    fen: amount,
    status,
    returnCode: reason?.code ?? '',
    reason: reason?.text ?? '',
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial: `${status.charAt(0).toUpperCase()}${sha256(Buffer.from(line.endToEndId)).slice(0, 15)}`,
    endToEndId: line.endToEndId,
  };
}

function answer(
  file: SentFile,
  resultDate: PlainDate,
  number: number,
  lines: readonly ResultLine[],
): AnswerFile {
  const input = { layout: PIPE_GB18030, instructionFile: file.fileName, resultDate, answer: number, lines };
  const { fileName, bytes } = writeResultFile(input, gb18030, sha256);
  return { name: fileName, bytes };
}

/** A digit too many: 100.00 becomes 1000.00. */
const misstatedAmount = (instructed: Fen): Fen => fen(instructed * 10);

function withReasons(sequences: readonly number[], reasons: readonly Reason[]): ReadonlyMap<number, Reason> {
  return new Map(
    sequences.flatMap((sequence, index) => {
      const reason = reasons[index % reasons.length];
      return reason ? [[sequence, reason] as const] : [];
    }),
  );
}

const drawOf = (seed: string, account: string, amount: Fen): string =>
  sha256(Buffer.from(`${seed}/${account}/${amount}`));

function daysLater(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
