import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import { addDays } from '../../../domain/working-days.ts';
import type { BankFormat, StatedLine } from '../../../functions/bank/formats/bank-format.ts';
import { randomFrom } from '../sample/random.ts';
import { type History, historiesOf, serialOf, type Word } from './histories.ts';
import type { BankOptions } from './options.ts';
import { type BankPlan, planAnswers } from './plan.ts';
import type { SentFile } from './sent-file.ts';
import { withoutItsTotals } from './wrong-sums.ts';

/** One answer of the bank, ready to be uploaded. */
export type TimedAnswer = {
  /** The instruction file that it answers. */
  readonly instructionFile: string;
  /** Days after the pay day on which the bank wrote it, and that day. */
  readonly day: number;
  readonly on: PlainDate;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly faults: readonly AnswerFault[];
};
/** What is wrong with an answer as a whole. What is wrong with single lines is in the plan of the file. */
export type AnswerFault = 'part' | 'repeated-line' | 'unknown-line' | 'wrong-sums' | 'repeated-file';

export type Simulated = {
  /** In the order in which the bank hands them over. */
  readonly answers: readonly TimedAnswer[];
  readonly files: readonly SimulatedFile[];
};
export type SimulatedFile = {
  readonly file: SentFile;
  readonly plan: BankPlan;
  readonly histories: readonly History[];
};

/**
 * 代发银行: what a bank would answer to instruction files, in the format of each. Pure: the same seed, files and options give the same
 * bytes in the same order, for ever.
 */
export function simulate(seed: string, files: readonly SentFile[], options: BankOptions): Simulated {
  const simulated = files.map((file) => {
    const plan = planAnswers(file, seed, options);
    return { file, plan, histories: historiesOf(file.lines, plan, options) };
  });
  const answers = simulated
    .flatMap((one) => answersTo(seed, one, options))
    .sort((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
  return {
    files: simulated,
    answers: options.outOfOrder ? randomFrom(`${seed}/order`).shuffled(answers) : answers,
  };
}

type Draft = { readonly day: number; readonly lines: readonly StatedLine[]; readonly faults: AnswerFault[] };

function answersTo(seed: string, one: SimulatedFile, options: BankOptions): TimedAnswer[] {
  const { file } = one;
  const random = randomFrom(`${seed}/${file.fileName}`);
  const drafts = draftsOf(one, options);
  const [first] = drafts;
  if (first && options.repeatedLine) {
    const plain = first.lines.find(({ status }) => status === 'settled');
    if (plain) drafts[0] = faulty(first, [...first.lines, plain], 'repeated-line');
  }
  if (drafts[0] && options.unknownLine) {
    const [model] = drafts[0].lines;
    if (model) drafts[0] = faulty(drafts[0], [...drafts[0].lines, notSent(model)], 'unknown-line');
  }
  const answers = drafts.map((draft, index) => written(file, draft, index + 1));
  const [answer] = answers;
  if (answer && options.wrongSums) {
    const bytes = withoutItsTotals(answer.bytes, file.format.contentType);
    answers.push({ ...answer, bytes, faults: ['wrong-sums'] });
  }
  if (options.repeatedFile) {
    const again = random.pick(answers.filter(({ faults }) => !faults.includes('wrong-sums')));
    answers.push({ ...again, day: again.day + 1, on: addDays(again.on, 1), faults: ['repeated-file'] });
  }
  return answers;
}

/** What is said on one day goes into one answer, the first day's into as many as the options say; returns have their own. */
function draftsOf({ file, histories }: SimulatedFile, { parts }: BankOptions): Draft[] {
  const said = new Map<string, { day: number; lines: StatedLine[] }>();
  const perPart = Math.ceil(histories.length / parts);
  for (const [index, { line, words }] of histories.entries()) {
    for (const word of words) {
      if (!speaksOf(file.format, file, word.status)) continue;
      const part = word.day === 0 ? Math.floor(index / perPart) : 0;
      const key = [String(word.day).padStart(4, '0'), part, word.status === 'returned' ? 1 : 0].join('/');
      const draft = said.get(key) ?? { day: word.day, lines: [] };
      draft.lines.push(statedLine(file, line, word));
      said.set(key, draft);
    }
  }
  return [...said]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { day, lines }]) => ({ day, lines, faults: parts > 1 && day === 0 ? ['part'] : [] }));
}

function written(file: SentFile, { day, lines, faults }: Draft, answer: number): TimedAnswer {
  const on = addDays(file.payDate, day);
  const { fileName, bytes } = file.format.writeResult({
    instructionFile: file.fileName,
    resultDate: on,
    answer,
    lines,
    ...(file.payerAccount !== undefined && { payerAccount: file.payerAccount }),
  });
  return { instructionFile: file.fileName, day, on, name: fileName, bytes, faults };
}

const PROGRESS = ['ACCP', 'ACSP', 'ACSC'] as const;

function statedLine(file: SentFile, line: History['line'], { day, status, fen, reason }: Word): StatedLine {
  const moved = status === 'settled' || status === 'returned';
  const progress = PROGRESS[line.sequence % PROGRESS.length];
  return {
    sequence: line.sequence,
    account: line.account,
    name: line.name,
    fen,
    status,
    ...(status === 'pending' && progress && { progress }),
    returnCode: reason ? codeIn(file.format, reason) : '',
    reason: reason?.text ?? '',
    ...(moved && { bookedOn: addDays(file.payDate, day) }),
    bankSerial: serialOf(file.fileName, line, status),
    endToEndId: line.endToEndId,
  };
}

/** Banks that speak ISO 20022 have its codes, others their own. */
function codeIn({ contentType }: BankFormat, reason: NonNullable<Word['reason']>): string {
  if (!contentType.includes('xml')) return reason.code;
  return RETURN_REASONS.find(({ code }) => code === reason.means)?.iso[0] ?? 'NARR';
}

/** A line that the bureau never sent. */
function notSent(model: StatedLine): StatedLine {
  return {
    ...model,
    sequence: 999_999,
    // No card begins with a nought, so that it is nobody else's in the file.
    account: `0${model.account.slice(1)}`,
    endToEndId: model.endToEndId === '' ? '' : 'UNKNOWN-999999',
    bankSerial: 'U999999',
  };
}

const faulty = (draft: Draft, lines: readonly StatedLine[], fault: AnswerFault): Draft => ({
  ...draft,
  lines,
  faults: [...draft.faults, fault],
});

/** Some formats have no word for a status: their bank says nothing then, or says it on the statement of the account. */
function speaksOf(format: BankFormat, file: SentFile, status: Word['status']): boolean {
  const known = spoken.get(format) ?? new Map<string, boolean>();
  spoken.set(format, known);
  const before = known.get(status);
  if (before !== undefined) return before;
  const speaks = canWrite(file, status);
  known.set(status, speaks);
  return speaks;
}
const spoken = new WeakMap<BankFormat, Map<string, boolean>>();

function canWrite(file: SentFile, status: Word['status']): boolean {
  const [line] = file.lines;
  if (!line) return false;
  const word: Word = { day: 0, status, fen: line.fen };
  try {
    written(file, { day: 0, lines: [statedLine(file, line, word)], faults: [] }, 1);
    return true;
  } catch {
    return false;
  }
}
