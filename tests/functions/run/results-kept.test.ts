import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { bankAnswer, closed, code, DISTRICT, failing, type Office, value } from './office.ts';
import { entriesOf, sentMonth, smallOffice } from './whole-month.ts';

let bureau: Office;
let run: Run;
beforeEach(async () => {
  bureau = await smallOffice();
  run = await sentMonth(bureau);
});
afterEach(() => bureau.stop());

const UPLOAD = `uploads/${DISTRICT}/answer`;
const submit = (objectKey = UPLOAD) =>
  bureau.follow.submitBankResult({ runId: run.runId, objectKey, fileName: 'x.ret', by: 'staff-cashier' });
const upload = (bytes: Uint8Array, objectKey = UPLOAD) => bureau.engines.files.put(objectKey, bytes);
const results = async () => value(await bureau.follow.listBankResults(run.runId));
const outcomes = async (): Promise<string[]> =>
  Object.values(await entriesOf(bureau))
    .map((text) => String(text).split(' ')[0]!)
    .filter((kind) => kind === 'settled' || kind === 'failed');
/** What the bank said, and what somebody would like it to have said. */
async function twoAnswers(): Promise<[Uint8Array, Uint8Array]> {
  const [settled] = await bankAnswer(bureau, run);
  const [failed] = await bankAnswer(bureau, run, failing([1, 2, 3]));
  return [settled!, failed!];
}
const SETTLED = {
  state: 'accepted',
  chunks: { done: 1, of: 1 },
  counts: { lines: 3, settled: 3, failed: 0 },
};

describe('an upload that is overwritten after it was accepted', () => {
  it('changes nothing for the chunks that are still to be matched', async () => {
    const [settled, failed] = await twoAnswers();
    await upload(settled);
    value(await submit());
    const { results: taking } = bureau.handlers;
    await bureau.engines.deliver({ results: taking! });
    expect(await results()).toMatchObject([{ state: 'accepted', chunks: { done: 0, of: 1 } }]);
    await upload(failed);
    expect(await bureau.deliver()).toMatchObject({ failed: 0 });
    expect(await results()).toMatchObject([SETTLED]);
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
  });

  it.each(['is delivered again', 'is sent again by a person'])(
    'changes nothing when the message %s',
    async (what) => {
      const [settled, failed] = await twoAnswers();
      await upload(settled);
      value(await submit());
      const [message] = bureau.engines.bodies('results');
      await bureau.deliver();
      await upload(failed);
      if (what === 'is delivered again') bureau.engines.send('results', message!);
      else value(await submit());
      expect(await bureau.deliver()).toMatchObject({ failed: 0 });
      expect(await results()).toMatchObject([SETTLED]);
      expect(await bureau.lists.exceptions(run.runId)).toEqual([]);
      expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
      expect((await closed(bureau, run)).state).toBe('closed');
    },
  );

  it('has its chunks sent again when the first sending was lost', async () => {
    const [settled] = await twoAnswers();
    await upload(settled);
    value(await submit());
    const { results: taking } = bureau.handlers;
    await bureau.engines.deliver({
      results: taking!,
      reconcile: () => Promise.resolve({ batchItemFailures: [] }),
    });
    expect(await outcomes()).toEqual([]);
    value(await submit());
    await bureau.deliver();
    expect(await results()).toMatchObject([SETTLED]);
  });

  it('may be replaced as long as it was refused', async () => {
    const [settled] = await twoAnswers();
    await upload(settled.subarray(0, settled.length - 10));
    value(await submit());
    await bureau.deliver();
    expect(await results()).toMatchObject([{ state: 'refused' }]);
    await upload(settled);
    expect(code(await submit())).toBe('accepted');
    await bureau.deliver();
    expect(await results()).toMatchObject([SETTLED]);
  });
});

describe('the same bytes again', () => {
  const again = `uploads/${DISTRICT}/again`;
  const states = async () => (await results()).map(({ state }) => state).sort();

  it('are told to be a repetition and write nothing', async () => {
    const [settled, failed] = await twoAnswers();
    await upload(settled);
    value(await submit());
    await bureau.deliver();
    const before = await entriesOf(bureau);
    await upload(settled, again);
    value(await submit(again));
    // The message alone: no chunk is matched a second time.
    expect(await bureau.deliver()).toEqual({ delivered: 1, failed: 0 });
    expect(await states()).toEqual(['accepted', 'repeated']);
    expect(await entriesOf(bureau)).toEqual(before);
    // Once told so it is not read again, whatever stands in its place by then.
    await upload(failed, again);
    value(await submit(again));
    expect(await bureau.deliver()).toEqual({ delivered: 1, failed: 0 });
    expect(await states()).toEqual(['accepted', 'repeated']);
    expect(await entriesOf(bureau)).toEqual(before);
  });

  it('at the same moment are one result', async () => {
    const [settled] = await twoAnswers();
    await Promise.all([upload(settled), upload(settled, again)]);
    await Promise.all([submit(), submit(again)]);
    await bureau.deliver({ times: 2 });
    expect(await states()).toEqual(['accepted', 'repeated']);
    expect(await outcomes()).toEqual(['settled', 'settled', 'settled']);
  });
});
