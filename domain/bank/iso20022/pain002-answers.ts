import { sumFen } from '../../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { BankAnswer, UnreadableAnswer } from '../answer.ts';
import type { InstructionLine } from '../instruction-file.ts';
import type { ReturnCode } from '../return-codes.ts';
import { meaningOf, PARTIAL, type SettledAt, type StatusMeaning } from './codes.ts';
import type { StatedTransaction, StatusReport } from './pain002-reader.ts';

/**
 * The answers that a status report gives to the payments of its instruction file. A payment that is named has its own status; of
 * one that is not, the group's status speaks, unless it is PART: then the bank has not reported it yet, and nothing is said of it.
 */
export function answersOf(
  report: StatusReport,
  sent: readonly InstructionLine[],
  settledAt: SettledAt = 'ACCC',
): Result<readonly (BankAnswer | UnreadableAnswer)[]> {
  const wrong = notAsSent(report, sent);
  if (wrong) return refuse(wrong);
  const group = groupMeaning(report, settledAt);
  if (!group.ok) return group;
  const bySequence = new Map(sent.map((line) => [line.sequence, line]));
  const byReference = new Map(sent.map((line) => [line.endToEndId, line]));
  const named = new Set<InstructionLine>();
  const answers = report.transactions.map((stated): BankAnswer | UnreadableAnswer => {
    if (stated.unreadable) return stated;
    const line = byReference.get(stated.endToEndId) ?? bySequence.get(stated.sequence ?? 0);
    if (line) named.add(line);
    return answerOf(stated, line, meaningOf(stated.status, settledAt));
  });
  const contradicted = contradiction(group.value, answers);
  if (contradicted) return refuse(contradicted);
  // Which payment a transaction means that cannot be read is not known: the group's word for the others would be a guess.
  if (!group.value || answers.some((answer) => 'unreadable' in answer)) return ok(answers);
  const meaning = group.value;
  const unnamed = sent.filter((line) => !named.has(line));
  return ok([
    ...answers,
    ...unnamed.map((line, index) => ({
      position: report.transactions.length + index + 1,
      sequence: line.sequence,
      endToEndId: line.endToEndId,
      fen: line.fen,
      ...wordsOf(meaning, report.reason),
      bankSerial: '',
    })),
  ]);
}

type Readable = Exclude<StatedTransaction, { readonly unreadable: true }>;

function answerOf(
  stated: Readable,
  line: InstructionLine | undefined,
  meaning: StatusMeaning | undefined,
): BankAnswer | UnreadableAnswer {
  const { position, endToEndId, bookedOn, bankSerial } = stated;
  const [sequence, fen] = [stated.sequence ?? line?.sequence, stated.fen ?? line?.fen];
  if (meaning === undefined || fen === undefined) return { position, unreadable: true };
  return {
    position,
    ...(sequence !== undefined && { sequence }),
    endToEndId,
    fen,
    ...wordsOf(meaning, stated.reason),
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial,
  };
}

function wordsOf(
  meaning: StatusMeaning,
  reason: ReturnCode,
): Pick<BankAnswer, 'status' | 'progress' | 'reason'> {
  return meaning.status === 'failed' ? { status: 'failed', reason } : meaning;
}

/** What the group's status says of payments that are not named; undefined when it says nothing. */
function groupMeaning(
  { status, reason, transactions }: StatusReport,
  settledAt: SettledAt,
): Result<StatusMeaning | undefined> {
  if (status === PARTIAL) return ok(undefined);
  const meaning = meaningOf(status, settledAt);
  if (meaning === undefined) {
    // Named payments speak for themselves; a report of nothing but an unknown status says nothing.
    return transactions.length > 0 ? ok(undefined) : refuse(unknownStatus(status));
  }
  // 重复批次: the bank has the message already. What became of it is asked, not concluded.
  return ok(
    meaning.status === 'failed' && reason === 'DUPLICATE' ? { status: 'pending', progress: 'RCVD' } : meaning,
  );
}

/** A final status of the whole that one of its payments denies. */
function contradiction(
  group: StatusMeaning | undefined,
  answers: readonly (BankAnswer | UnreadableAnswer)[],
): Refusal | undefined {
  if (!group || group.status === 'pending') return undefined;
  const other = answers.find((answer) => !('unreadable' in answer) && answer.status !== group.status);
  return (
    other &&
    refusal(
      'invalid/result-contradiction',
      `状态报告的整批状态与第${other.position}笔的状态相反：请向银行核实，不要入账`,
      `the status of the whole contradicts that of transaction ${other.position}: ask the bank, post nothing`,
      { position: other.position },
    )
  );
}

function notAsSent(
  { originalCount, originalFen, instructionFile }: StatusReport,
  sent: readonly InstructionLine[],
): Refusal | undefined {
  const totalFen = sumFen(sent.map((line) => line.fen));
  if ((originalCount ?? sent.length) === sent.length && (originalFen ?? totalFen) === totalFen)
    return undefined;
  return refusal(
    'invalid/result-original-totals',
    `状态报告写明的原报文笔数或金额与发出的 ${instructionFile} 不符：请向银行核实收到的是否同一文件`,
    `count or sum of the original message in the status report is not that of ${instructionFile} as sent: ask the bank whether it has the same file`,
    { instructionFile },
  );
}

function unknownStatus(status: string): Refusal {
  return refusal(
    'invalid/result-status',
    '状态报告没有写明任何一笔，整批状态也无法识别：请向银行核实',
    'the status report names no transaction and its status is not known: ask the bank',
    { status: status.slice(0, 4) },
  );
}
