import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankLayout } from '../../../domain/bank/layout.ts';
import { LAYOUTS } from '../../../domain/bank/layouts.ts';
import type { Run } from '../../../domain/run/run.ts';
import { bankFormat } from '../../../functions/bank/formats/index.ts';
import { policyFile } from '../../policy-files.ts';
import { row } from '../register/sheet-fixture.ts';
import {
  approved,
  closed,
  computed,
  DISTRICT,
  dispatched,
  type Office,
  openOffice,
  pack,
  value,
} from '../run/office.ts';
import { draftsOf, entriesOf } from '../run/whole-month.ts';
import { stated } from './formats/reading.ts';

/**
 * A run in a district whose bank has a layout of its own: GBK, totals first, two payments a file, answers that are told by their names
 * alone. From the sheet to the close.
 */
const OWN: BankLayout = {
  ...LAYOUTS.find(({ id }) => id === 'comma-total-first-gbk')!,
  id: 'bank-of-the-district',
  maxLines: 2,
};
const NAMES = ['王珅億', '张𬎆', '阿依古丽·麦麦提', '李誠', '赵東瑋', '孙璡琝俓'];
/** The name that GBK lacks. */
const HELD = 1;

let bureau: Office;
let run: Run;
beforeAll(async () => {
  const own = policyFile(DISTRICT, 'high-age');
  const payer = own.values.find(({ parameter }) => parameter === 'payerAccount')!;
  own.values.push({ ...payer, parameter: 'bankFormat', value: OWN });
  bureau = await openOffice({ people: 0, quickReads: true, packs: [pack('110000'), own] });
  await bureau.importRows(
    'register-names',
    NAMES.map((name, index) => row(index + 1, { name })),
  );
  run = await computed(bureau);
});
afterAll(() => bureau.stop());

let uploads = 0;
/** The bank's answer to one file, of the lines that it speaks of. */
async function answer(
  fileNumber: number,
  sequences: readonly number[],
  draw: readonly number[],
  name?: string,
) {
  const format = await bankFormat(OWN);
  const file = run.files.find((sent) => sent.fileNumber === fileNumber)!;
  const read = value(
    await format.readInstruction((await bureau.engines.files.read(file.objectKey))!, file.fileName),
  );
  const lines = stated(read.lines, draw).filter(({ sequence }) => sequences.includes(sequence));
  const result = format.writeResult({ instructionFile: file.fileName, resultDate: '2026-11-27', lines });
  uploads += 1;
  const objectKey = `uploads/${DISTRICT}/answer-${uploads}`;
  await bureau.engines.files.put(objectKey, result.bytes);
  const fileName = name ?? result.fileName;
  const asked = { runId: run.runId, objectKey, fileName, by: 'staff-cashier' };
  const { resultId } = value(await bureau.follow.submitBankResult(asked));
  await bureau.deliver();
  return value(await bureau.follow.listBankResults(run.runId)).find((found) => found.resultId === resultId)!;
}

describe('a run in a layout of the district’s own', () => {
  it('keeps back the name that the encoding lacks, with what to do, and lets the rest go out', async () => {
    const drafts = await draftsOf(bureau, run);
    const kept = drafts.filter(({ findings }) => findings.some(({ severity }) => severity !== 'warn'));
    expect(kept).toHaveLength(1);
    const [finding] = kept[0]!.findings.filter(({ severity }) => severity !== 'warn');
    expect(finding!.zh).toContain('GBK');
    expect(finding!.zh).toContain('户名第2个字');
    expect(JSON.stringify(kept)).not.toContain(NAMES[HELD]);
    expect(run.totals?.payable.count).toBe(NAMES.length - 1);
  });

  it('is split into files of the layout’s limit, each with its own sequences, as GBK', async () => {
    run = await dispatched(bureau, await approved(bureau, run));
    expect(run.manifest).toMatchObject({ layout: OWN.id, bankLayout: OWN });
    expect(run.files.map(({ fileName, count }) => [fileName, count])).toEqual([
      ['PLDF_110199_GL_202612R_0001.txt', 2],
      ['PLDF_110199_GL_202612R_0002.txt', 2],
      ['PLDF_110199_GL_202612R_0003.txt', 1],
    ]);
    const texts = await Promise.all(
      run.files.map(async ({ objectKey }) =>
        new TextDecoder('gbk').decode(await bureau.engines.files.read(objectKey)),
      ),
    );
    const written = texts.flatMap((text) => text.split('\r\n').slice(1, -1));
    expect(written.map((line) => line.split(',')[2]!).toSorted()).toEqual(
      NAMES.filter((_, index) => index !== HELD).toSorted(),
    );
    expect(written.map((line) => line.split(',')[0])).toEqual(['1', '2', '1', '2', '1']);
  });

  it('takes answers out of order, in parts, and the same one twice, each on its file by its name', async () => {
    const before = Object.keys(await entriesOf(bureau)).length;
    expect(await answer(3, [1], [0])).toMatchObject({ state: 'accepted', counts: { lines: 1, settled: 1 } });
    expect(await answer(2, [2], [0, 1])).toMatchObject({ counts: { lines: 1, failed: 1 } });
    expect(await answer(2, [1], [0, 1])).toMatchObject({ counts: { lines: 1, settled: 1 } });
    expect(await answer(2, [1, 2], [0, 1])).toMatchObject({
      state: 'accepted',
      counts: { lines: 2, settled: 1, failed: 1, exceptions: 0 },
    });
    expect(await answer(3, [1], [0])).toMatchObject({ state: 'repeated', counts: { settled: 1 } });
    expect(Object.keys(await entriesOf(bureau))).toHaveLength(before + 3);
  });

  it('refuses an answer under a name that names no file, and stays open while lines are in transit', async () => {
    const refused = await answer(1, [1, 2], [0], '回盘.txt');
    expect(refused).toMatchObject({ state: 'refused', refusal: { code: 'invalid/bank-file-name' } });
    value(await bureau.actions.close({ runId: run.runId, by: 'staff-reviewer' }));
    await bureau.deliver();
    const early = await bureau.views.closingAnswer(run.runId);
    expect(early?.refusal?.code).toBe('conflict/in-transit');
  });

  it('closes once every line is answered', async () => {
    await answer(1, [1, 2], [0, 0]);
    run = await closed(bureau, run);
    expect(run.state).toBe('closed');
    expect(await bureau.lists.unsettled(run.runId)).toHaveLength(1);
  });

  it('takes what comes back after the close', async () => {
    const late = await answer(3, [1], [3]);
    expect(late).toMatchObject({ state: 'accepted', counts: { lines: 1, returned: 1 } });
  });

  it('finds nobody in the answer to one file that comes under the name of another, and knows it under its own', async () => {
    const mixed = await answer(1, [1, 2], [0, 0], 'PLDF_110199_GL_202612R_0002_HP.txt');
    expect(mixed).toMatchObject({ state: 'accepted', counts: { lines: 2, settled: 0, exceptions: 2 } });
    expect((await bureau.lists.exceptions(run.runId)).map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
    ]);
    expect(await answer(1, [1, 2], [0, 0])).toMatchObject({ state: 'repeated' });
  });
});
