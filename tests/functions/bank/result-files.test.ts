import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { bankAnswer, code, failing, type Office, reconciled, value } from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';

/** Result files as wholes: which are taken, which are refused, and why. */
let bureau: Office;
let run: Awaited<ReturnType<typeof sentMonth>>;
let good: Uint8Array;
beforeAll(async () => {
  bureau = await smallOffice();
  run = await sentMonth(bureau);
  [good] = (await bankAnswer(bureau, run, failing([2]))) as [Uint8Array];
});
afterAll(() => bureau.stop());

const uploaded = async (bytes: Uint8Array) => {
  const resultId = await reconciled(bureau, run, bytes);
  return value(await bureau.follow.listBankResults(run.runId)).find(
    (result) => result.resultId === resultId,
  )!;
};
/** The file with its text changed and its digest made to fit again. */
function rewritten(change: (text: string) => string): Uint8Array {
  const lines = change(gb18030.decode(good)).split('\r\n').filter(Boolean);
  const trailer = lines.pop()!;
  const body = gb18030.encode(lines.map((line) => `${line}\r\n`).join(''));
  const cells = trailer.split('|');
  cells[cells.length - 1] = sha256Hex(body);
  return Buffer.concat([body, gb18030.encode(`${cells.join('|')}\r\n`)]);
}

/** Another bank serial, which no total shows. */
function changedDigit(): Uint8Array {
  const bytes = Buffer.from(good);
  bytes[bytes.indexOf('BK00000001') + 9] = 0x37;
  return bytes;
}

describe('a file that is refused as a whole', () => {
  const cases: [string, () => Uint8Array, string][] = [
    ['0 bytes', () => new Uint8Array(), 'invalid/empty-file'],
    ['something else', () => Buffer.from('PK\u0003\u0004 not a bank file'), 'invalid/result-header'],
    ['a digit changed', () => changedDigit(), 'invalid/result-digest'],
    ['the end missing', () => good.subarray(0, good.length - 20), 'invalid/result-trailer'],
    [
      'a line missing',
      () => rewritten((text) => text.replace(/^D\|[^\n]*\n/m, '')),
      'invalid/result-line-count',
    ],
    [
      'another amount than its totals',
      () => rewritten((text) => text.replace('|300.00|', '|301.00|')),
      'invalid/result-totals',
    ],
  ];

  it.each(cases)('%s: with a reason, and nothing written', async (_, bytes, expected) => {
    const before = await entriesOf(bureau);
    const result = await uploaded(bytes());
    expect(result.state).toBe('refused');
    expect(result.refusal?.code).toBe(expected);
    expect(result.refusal?.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(result.chunks).toBeUndefined();
    expect(await entriesOf(bureau)).toEqual(before);
  });

  it('200 MB: refused by its size, without being read', async () => {
    const { files } = bureau.ports;
    // The engine here takes no such upload, and the link that people upload by has a limit of its own.
    Object.assign(files, { head: async () => ({ bytes: 200 * 1024 * 1024 }) });
    const result = await uploaded(good);
    expect(result).toMatchObject({ state: 'refused', refusal: { code: 'limit/file-size' } });
    Object.assign(files, { head: Object.getPrototypeOf(files).head });
  });

  it('the answer to a file of another run names that file', async () => {
    const other = rewritten((text) => text.replaceAll('202612R', '202611R'));
    const { state, refusal } = await uploaded(other);
    expect(state).toBe('refused');
    expect(refusal?.code).toBe('conflict/other-run');
    expect(refusal?.en).toContain('DF_110199_GL_202611R_0001.txt');
    expect(refusal?.zh).toContain('DF_110199_GL_202611R_0001.txt');
  });

  it('an upload that is not there is refused, not retried', async () => {
    const { resultId } = value(
      await bureau.follow.submitBankResult({
        runId: run.runId,
        objectKey: 'uploads/110199/never',
        fileName: 'x.ret',
        by: 'staff-cashier',
      }),
    );
    await bureau.deliver();
    const results = value(await bureau.follow.listBankResults(run.runId));
    expect(results.find((result) => result.resultId === resultId)?.refusal?.code).toBe('missing/upload');
    expect(bureau.failures.forget()).toBe(0);
  });

  it('none is taken for a run that sent nothing', async () => {
    const asked = { objectKey: 'x', fileName: 'x.ret', by: 'staff-cashier' };
    expect(code(await bureau.follow.submitBankResult({ runId: 'none', ...asked }))).toBe('missing/run');
  });
});

describe('a file that is taken', () => {
  it('twice, by two people: the second is recognised by its bytes and changes nothing', async () => {
    expect(await uploaded(good)).toMatchObject({
      state: 'accepted',
      fileName: 'DF_110199_GL_202612R_0001.txt',
      chunks: { done: 1, of: 1 },
      counts: { lines: 3, settled: 2, failed: 1, returned: 0, pending: 0, exceptions: 0 },
    });
    const entries = await entriesOf(bureau);
    expect(Object.keys(entries)).toHaveLength(1 + 6);
    expect(await uploaded(good)).toMatchObject({
      state: 'repeated',
      counts: { lines: 3, settled: 2, failed: 1 },
    });
    expect(await entriesOf(bureau)).toEqual(entries);
    expect(await bureau.lists.exceptions(run.runId)).toEqual([]);
  });

  it('the same answers in another file are recognised line by line', async () => {
    const entries = await entriesOf(bureau);
    const [second] = await bankAnswer(bureau, run, failing([2]), 2);
    const renamed = rewritten((text) => text.replace('|20261127|', '|20261128|'));
    expect(await uploaded(renamed)).toMatchObject({
      state: 'accepted',
      counts: { settled: 2, failed: 1, exceptions: 0 },
    });
    expect(Buffer.from(second!).equals(Buffer.from(good))).toBe(true);
    expect((await uploaded(second!)).state).toBe('repeated');
    expect(await entriesOf(bureau)).toEqual(entries);
  });

  it('stands in the list in its turn: what came later is below', async () => {
    const times = value(await bureau.follow.listBankResults(run.runId)).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(5);
    expect(times).toEqual(times.toSorted());
  });
});
