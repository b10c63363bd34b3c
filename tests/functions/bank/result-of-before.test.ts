import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { sendChunks } from '../../../functions/bank/results.ts';
import { bankAnswer, closed, failing, type Office, reconciled } from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
let run: Run;
beforeEach(async () => {
  bureau = await smallOffice({ quickReads: false });
  run = await sentMonth(bureau);
});
afterEach(() => bureau.stop());

/** As results were stored before their answers were: chunks are ranges of the file itself, and the record names nothing else. */
async function acceptedBefore(bytes: Uint8Array): Promise<string> {
  const { tables, files } = bureau.engines;
  const sha256 = sha256Hex(bytes);
  const objectKey = `results/${run.manifest.jurisdiction}/${sha256}`;
  await files.put(objectKey, bytes);
  const breaks = [...bytes.keys()].filter((at) => bytes[at] === 10);
  const [firstByte, lastByte] = [breaks[0]! + 1, breaks.at(-2)!];
  const plan = {
    chunk: 0,
    firstByte,
    lastByte,
    firstLine: 1,
    sha256: sha256Hex(bytes.subarray(firstByte, lastByte + 1)),
    contradictory: [],
  };
  const fileName = run.files[0]!.fileName;
  const by = { at: '2026-11-27T02:00:00.000Z', by: 'staff-cashier' };
  const record = { resultId: 're-old', objectKey, sha256, fileName, lines: 3, chunks: 1, ...by };
  const job = { resultId: 're-old', objectKey: 'uploads/old', ...by, state: 'accepted', sha256 };
  await tables.operations.put({ pk: `RUN#${run.runId}#CHUNK#${sha256}`, sk: '00000', plan });
  await tables.operations.put({ pk: `RUN#${run.runId}#RESULT`, sk: sha256, record });
  await tables.operations.put({ pk: `UPLOAD-RESULT#${run.runId}`, sk: 're-old', job });
  return sha256;
}

describe('a result that was accepted before answers were kept', () => {
  it('and not matched yet is matched from its own bytes, and the run closes', async () => {
    const [bytes] = await bankAnswer(bureau, run, failing([2]));
    const sha256 = await acceptedBefore(bytes!);
    await sendChunks({ queues: bureau.ports.queues }, run.runId, sha256, [0]);
    await bureau.deliver();
    const [result] = await bureau.ports.results.results(run.runId);
    expect(result).toMatchObject({ resultId: 're-old' });
    expect([...(await bureau.ports.results.chunksDone(run.runId, sha256)).values()]).toMatchObject([
      { lines: 3, settled: 2, failed: 1, exceptions: 0 },
    ]);
    const entries = await entriesOf(bureau);
    // The same file again is the same result, and says nothing new.
    await reconciled(bureau, run, bytes!);
    expect(await entriesOf(bureau)).toEqual(entries);
    expect((await closed(bureau, run)).state).toBe('closed');
  });
});
