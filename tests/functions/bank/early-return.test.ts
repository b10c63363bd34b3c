import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import type { Run } from '../../../domain/run/run.ts';
import { type Answer, bankAnswer, closed, type Office, reconciled, value } from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
let run: Run;
beforeEach(async () => {
  bureau = await smallOffice();
  run = await sentMonth(bureau);
});
afterEach(() => bureau.stop());

const answered = async (answer: Answer, number = 1) => {
  const [bytes] = await bankAnswer(bureau, run, answer, number);
  await reconciled(bureau, run, bytes!);
};
const secondCameBack: Answer = (line: ResultLine) =>
  line.sequence === 2
    ? { ...line, status: 'returned', returnCode: '', reason: '账户已销户', bookedOn: '2026-11-30' }
    : [];
const exceptions = () => bureau.lists.exceptions(run.runId);
const outcomes = async () =>
  Object.values(await entriesOf(bureau))
    .map((text) => String(text).split(' ')[0]!)
    .filter((kind) => kind !== 'release' && kind !== 'funding')
    .sort();

const decide = (exceptionId: string, decision: 'settled' | 'no-entry-needed', by = 'staff-reviewer') =>
  bureau.follow.decideException({ runId: run.runId, exceptionId, decision, reason: '已向银行查询', by });
/** The chunk of a line once more, as when its worker died before it was marked done. */
const again = async ({ result }: { result: string }) => {
  const message = { type: 'bank.reconcile-chunk', version: 1, runId: run.runId, resultId: result, chunk: 0 };
  bureau.engines.send('reconcile', JSON.stringify(message));
  await bureau.deliver();
};

describe('a return that is read before its success', () => {
  it('is recorded with the success, as if both had come in order', async () => {
    await answered(secondCameBack);
    await answered((line) => line, 2);
    const [early] = await exceptions();
    expect(early).toMatchObject({
      kind: 'return-without-success',
      decision: { decision: 'returned', by: 'bank' },
    });
    const read = await entriesOf(bureau);
    expect(await outcomes()).toEqual(['returned', 'settled', 'settled', 'settled']);
    expect(await bureau.lists.unsettled(run.runId)).toMatchObject([{ state: 'returned' }]);
    // The same chunk, and the same line in another file, find nothing to add.
    await again(early!);
    await answered(secondCameBack, 3);
    expect(await entriesOf(bureau)).toEqual(read);
    expect((await exceptions()).length).toBe(1);
    expect((await closed(bureau, run)).state).toBe('closed');
  });

  it('is recorded when it is a person who decides that it was credited', async () => {
    await answered(secondCameBack);
    await answered((line) => (line.sequence === 2 ? [] : line), 2);
    const [{ payment } = { payment: '' }] = await exceptions();
    const asked = { runId: run.runId, payment: payment!, reason: '银行电话答复', by: 'staff-cashier' };
    const { exceptionId } = value(await bureau.follow.reportUnanswered(asked));
    value(await decide(exceptionId, 'settled'));
    expect(await outcomes()).toEqual(['returned', 'settled', 'settled', 'settled']);
  });

  it.each(['no-entry-needed', 'settled'] as const)(
    'writes nothing where a person was faster to say "%s", also when its line is delivered again',
    async (word) => {
      await answered(secondCameBack);
      const [early] = await exceptions();
      value(await decide(early!.exceptionId, word));
      await answered((line) => line, 2);
      await again(early!);
      expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
      expect((await exceptions())[0]).toMatchObject({ decision: { decision: word } });
    },
  );
});
