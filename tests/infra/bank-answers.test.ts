import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeInstructionFile } from '../../domain/bank/instruction-file.ts';
import { PIPE_GB18030, RESULT_LINE_BREAK } from '../../domain/bank/layout.ts';
import { parseResultLine, type ResultLine } from '../../domain/bank/result-file.ts';
import { classifyReason, returnReason } from '../../domain/bank/return-codes.ts';
import { endToEndId, enrolmentId, paymentId } from '../../domain/ids.ts';
import { fen, sumFen } from '../../domain/money.ts';
import { gb18030 } from '../../functions/adapters/gb18030.ts';
import {
  bankTotals,
  firstAnswer,
  planAnswers,
  readSentFile,
  secondAnswer,
} from '../../infra/local/demo/bank-answers.ts';
import { cardNumber } from '../../infra/local/sample/numbers.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An instruction file with these serial numbers of cards, in this order. */
function sent(serials: readonly number[]) {
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
  const file = writeInstructionFile(
    {
      layout: PIPE_GB18030,
      jurisdiction: '110199',
      programmeCode: 'GL',
      period: '2026-12',
      round: 'R',
      fileNumber: 1,
      payerAccount: '11019900000000000001',
      payDate: '2026-12-30',
      lines,
    },
    gb18030,
    sha256,
  );
  if (!file.ok) throw new Error('the file cannot be written');
  return readSentFile(file.value.fileName, file.value.bytes);
}

function linesOf(bytes: Uint8Array): ResultLine[] {
  const lines: ResultLine[] = [];
  for (let first = 0; first < bytes.length; ) {
    const last = bytes.indexOf(RESULT_LINE_BREAK, first);
    const line = parseResultLine(gb18030.decode(bytes.subarray(first, last + 1)), PIPE_GB18030);
    if (line.ok) lines.push(line.value);
    first = last + 1;
  }
  return lines;
}

const SERIALS = Array.from({ length: 1000 }, (_, index) => index + 1);
const file = sent(SERIALS);
const plan = planAnswers(file, 'a', 'as-usual');

describe('the bank of the demo', () => {
  it('lets one or two in a hundred fail, gets a few back and misstates one; nobody is two of these', () => {
    expect(plan.failed.size).toBe(15);
    expect(plan.returned.size).toBe(4);
    const troubled = [...plan.failed.keys(), ...plan.returned.keys(), plan.misstated];
    expect(new Set(troubled).size).toBe(20);
    const { sent: all, failed, returned, kept } = bankTotals(file, plan);
    expect(failed.count + returned.count + kept.count).toBe(all.count);
    expect(failed.fen + returned.fen + kept.fen).toBe(all.fen);
  });

  it('decides by account, whatever the order of the file, and otherwise by seed', () => {
    const mixed = sent(SERIALS.toReversed());
    const failing = (of: typeof file, seed: string) => {
      const { failed } = planAnswers(of, seed, 'as-usual');
      return of.lines
        .filter(({ sequence }) => failed.has(sequence))
        .map(({ account }) => account)
        .sort();
    };
    expect(failing(mixed, 'a')).toEqual(failing(file, 'a'));
    expect(failing(file, 'b')).not.toEqual(failing(file, 'a'));
  });

  it('answers every line first, and only what came back two days later', () => {
    const first = linesOf(firstAnswer(file, plan).bytes);
    expect(first.map(({ sequence }) => sequence)).toEqual(file.lines.map(({ sequence }) => sequence));
    const differing = first.filter((line, index) => line.fen !== file.lines[index]?.fen);
    expect(differing.map(({ sequence }) => sequence)).toEqual([plan.misstated]);
    const failed = first.filter(({ status }) => status === 'failed');
    expect(sumFen(failed.map((line) => line.fen))).toBe(bankTotals(file, plan).failed.fen);
    const answer = secondAnswer(file, plan);
    const second = linesOf(answer.bytes);
    expect(answer.name).toBe(`${file.fileName}.ret2`);
    expect(second.every(({ status, bookedOn }) => status === 'returned' && bookedOn === '2027-01-01')).toBe(
      true,
    );
    expect(second.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      [...plan.returned.keys()].sort((a, b) => a - b),
    );
  });

  it('gives reasons that the service understands as what can be done about them', () => {
    const classes = { account: ['fix-data'], again: ['retry'], nothing: ['hold', 'deceased'] } as const;
    for (const { code, text, mend } of [...plan.failed.values(), ...plan.returned.values()]) {
      const understood: readonly string[] = classes[mend];
      expect(understood, text).toContain(returnReason(classifyReason(code, text)).retryClass);
    }
  });

  it('has no trouble when none is asked for', () => {
    const quiet = planAnswers(file, 'a', 'none');
    expect(bankTotals(file, quiet).kept).toEqual(bankTotals(file, quiet).sent);
  });
});
