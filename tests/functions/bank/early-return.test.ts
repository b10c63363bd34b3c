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
    // The file once more, in the other order, finds nothing to add.
    await answered(secondCameBack);
    expect(await entriesOf(bureau)).toEqual(read);
    expect((await closed(bureau, run)).state).toBe('closed');
  });

  it('writes nothing where a person was faster to say so', async () => {
    await answered(secondCameBack);
    const [early] = await exceptions();
    value(
      await bureau.follow.decideException({
        runId: run.runId,
        exceptionId: early!.exceptionId,
        decision: 'ignored',
        reason: '已向银行查询',
        by: 'staff-reviewer',
      }),
    );
    await answered((line) => line, 2);
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
    expect((await exceptions())[0]).toMatchObject({ decision: { decision: 'ignored' } });
  });
});
