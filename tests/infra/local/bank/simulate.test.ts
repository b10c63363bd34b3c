import { assert, boolean, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BankAnswer, UnreadableAnswer } from '../../../../domain/bank/answer.ts';
import { classifyReason, RETURN_REASONS, returnReason } from '../../../../domain/bank/return-codes.ts';
import { ok } from '../../../../domain/result.ts';
import { addDays } from '../../../../domain/working-days.ts';
import { ALL_FAULTS, AS_USUAL, NO_TROUBLE } from '../../../../infra/local/bank/options.ts';
import { planAnswers } from '../../../../infra/local/bank/plan.ts';
import { ALL_FAILURES, RETURNS } from '../../../../infra/local/bank/reasons.ts';
import type { SentFile } from '../../../../infra/local/bank/sent-file.ts';
import { simulate, type TimedAnswer } from '../../../../infra/local/bank/simulate.ts';
import { bankTotals } from '../../../../infra/local/bank/totals.ts';
import { PAY_DATE, sent, serials } from './sent.ts';

/** An answer as the service reads it, or the code of its refusal. */
async function read(
  file: SentFile,
  answer: TimedAnswer,
): Promise<(BankAnswer | UnreadableAnswer)[] | string> {
  const reading = await file.format.readResult(answer.bytes, {
    fileName: answer.name,
    sentLines: async () => ok(file.lines),
  });
  if (!reading.ok) return reading.error.code;
  const answers: (BankAnswer | UnreadableAnswer)[] = [];
  for await (const one of reading.value.answers) answers.push(one);
  return reading.value.wrong?.()?.code ?? answers;
}

const file = await sent(serials(1000));
const usual = simulate('a', [file], AS_USUAL);
const { plan } = usual.files[0]!;

describe('a usual month at the bank', () => {
  it('lets one or two in a hundred fail, gets a few back and misstates one; nobody is two of these', () => {
    expect([plan.failed.size, plan.returned.size, plan.misstated.size]).toEqual([15, 4, 1]);
    const troubled = [...plan.failed.keys(), ...plan.returned.keys(), ...plan.misstated];
    expect(new Set(troubled).size).toBe(20);
    const { sent: all, failed, returned, kept } = bankTotals(file, plan);
    expect(failed.count + returned.count + kept.count).toBe(all.count);
    expect(failed.fen + returned.fen + kept.fen).toBe(all.fen);
  });

  it('decides by account, whatever the order of the file, and otherwise by seed', async () => {
    const mixed = await sent(serials(1000).toReversed());
    const failing = (of: SentFile, seed: string) => {
      const { failed } = planAnswers(of, seed, AS_USUAL);
      return of.lines
        .filter(({ sequence }) => failed.has(sequence))
        .map(({ account }) => account)
        .sort();
    };
    expect(failing(mixed, 'a')).toEqual(failing(file, 'a'));
    expect(failing(file, 'b')).not.toEqual(failing(file, 'a'));
  });

  it('answers every line first, and only what came back two days later', async () => {
    const [one, two] = usual.answers;
    expect(usual.answers.map(({ day }) => day)).toEqual([0, 2]);
    const first = (await read(file, one!)) as BankAnswer[];
    expect(first.map(({ sequence }) => sequence)).toEqual(file.lines.map(({ sequence }) => sequence));
    const differing = first.filter((line, index) => line.fen !== file.lines[index]?.fen);
    expect(differing.map(({ sequence }) => sequence)).toEqual([...plan.misstated]);
    const second = (await read(file, two!)) as BankAnswer[];
    expect(two!.name).toBe(`${file.fileName}.ret2`);
    expect(new Set(second.map(({ status, bookedOn }) => `${status} ${bookedOn}`))).toEqual(
      new Set([`returned ${addDays(PAY_DATE, 2)}`]),
    );
    expect(new Set(second.map(({ sequence }) => sequence))).toEqual(new Set(plan.returned.keys()));
  });

  it('has no trouble when none is asked for', () => {
    const quiet = simulate('a', [file], NO_TROUBLE);
    expect(quiet.answers).toHaveLength(1);
    expect(bankTotals(file, quiet.files[0]!.plan).kept).toEqual(bankTotals(file, plan).sent);
  });
});

describe('the reasons of the bank', () => {
  it('are every one that the service tells apart, and are understood as what they mean', () => {
    expect(new Set(ALL_FAILURES.map(({ means }) => means))).toEqual(
      new Set(RETURN_REASONS.map(({ code }) => code)),
    );
    const understood = {
      account: ['fix-data'],
      again: ['retry'],
      nothing: ['hold', 'deceased'],
      ask: ['investigate'],
    } as const;
    for (const { code, text, mend, means } of [...ALL_FAILURES, ...RETURNS]) {
      expect([text, classifyReason(code, text)]).toEqual([text, means]);
      const classes: readonly string[] = understood[mend];
      expect(classes, text).toContain(returnReason(means).retryClass);
    }
  });
});

describe('a bank with every fault', () => {
  it('gives the same bytes in the same order for the same seed, and others for another', async () => {
    const files = [await sent(serials(40)), await sent(serials(25), 'pipe-gb18030', 2)];
    const once = simulate('a', files, ALL_FAULTS);
    expect(simulate('a', files, ALL_FAULTS).answers).toEqual(once.answers);
    expect(simulate('b', files, ALL_FAULTS).answers).not.toEqual(once.answers);
    const faults = new Set(once.answers.flatMap((answer) => answer.faults));
    expect([...faults].sort()).toEqual([
      'part',
      'repeated-file',
      'repeated-line',
      'unknown-line',
      'wrong-sums',
    ]);
    expect(once.answers.map(({ day }) => day)).not.toEqual(
      once.answers.map(({ day }) => day).sort((a, b) => a - b),
    );
  });

  it('tells the truth in the end, and says of every line what its plan says', async () => {
    const options = record({
      parts: integer({ min: 1, max: 4 }),
      corrects: boolean(),
      outOfOrder: boolean(),
      repeatedFile: boolean(),
      repeatedLine: boolean(),
      unknownLine: boolean(),
      wrongSums: boolean(),
    });
    const whole = await sent(serials(60));
    const few = await sent(serials(5));
    const readings: Promise<void>[] = [];
    assert(
      property(string(), options, constantFrom(whole, few), (seed, chosen, of) => {
        const { answers, files } = simulate(seed, [of], { ...ALL_FAULTS, ...chosen });
        const { histories } = files[0]!;
        expect(histories).toHaveLength(of.lines.length);
        for (const { moves, end, words } of histories) {
          const net = moves.reduce((sum, { side }) => sum + (side === 'debit' ? 1 : -1), 0);
          expect(net).toBe(end === 'settled' ? 1 : 0);
          const last = words.toSorted((a, b) => a.day - b.day).at(-1)?.status;
          expect(chosen.corrects ? last : end).toBe(end);
        }
        readings.push(everythingIsRead(of, answers, histories.flatMap(({ words }) => words).length));
      }),
      { numRuns: 40 },
    );
    await Promise.all(readings);
    expect(readings).toHaveLength(40);
  });
});

/** Each answer can be read, except one with wrong sums, and together they say every word once. */
async function everythingIsRead(
  file: SentFile,
  answers: readonly TimedAnswer[],
  words: number,
): Promise<void> {
  let said = 0;
  for (const answer of answers) {
    const lines = await read(file, answer);
    expect(typeof lines).toBe(answer.faults.includes('wrong-sums') ? 'string' : 'object');
    if (typeof lines === 'string') continue;
    const extra = answer.faults.filter((fault) => fault === 'repeated-line' || fault === 'unknown-line');
    if (!answer.faults.includes('repeated-file')) said += lines.length - extra.length;
  }
  expect(said).toBe(words);
}
