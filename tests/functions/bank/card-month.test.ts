import { afterAll, beforeAll, expect, it } from 'vitest';
import { CARD_XLSX } from '../../../domain/bank/card-sheet.ts';
import { bankFormat } from '../../../functions/bank/formats/index.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { closed, DISTRICT, type Office, pack, reconciled, value } from '../run/office.ts';
import { runNow, sentMonth, smallOffice } from '../run/whole-month.ts';
import { stated } from './formats/reading.ts';

/** A month through the workbook of a 一卡通 platform that wants identity numbers. */
let bureau: Office;
beforeAll(async () => {
  const own = policyFile(DISTRICT, 'high-age');
  const payer = own.values.find(({ parameter }) => parameter === 'payerAccount')!;
  own.values.push({ ...payer, parameter: 'bankFormat', value: CARD_XLSX });
  own.values.push({ ...payer, parameter: 'bankIdentityNumbers', value: true });
  bureau = await smallOffice({ packs: [pack('110000'), own] });
});
afterAll(() => bureau.stop());

it('is sent with identity numbers because policy says so, answered in the same sheet, and closed', async () => {
  const sent = await sentMonth(bureau);
  const format = await bankFormat(CARD_XLSX);
  const [file] = sent.files;
  const bytes = (await bureau.engines.files.read(file!.objectKey))!;
  const { lines } = value(await format.readInstruction(bytes, file!.fileName));
  expect(lines.map((line) => line.idNumber ?? '').toSorted()).toEqual(
    [1, 2, 3].map((n) => idNumber(n)).toSorted(),
  );
  expect(lines.every(({ bankName }) => bankName === '示例银行')).toBe(true);
  const answer = (draw: readonly number[]) =>
    format.writeResult({
      instructionFile: file!.fileName,
      resultDate: '2026-11-27',
      lines: stated(lines, draw),
    });
  const result = answer([0, 1, 0]);
  await reconciled(bureau, sent, result.bytes, undefined, result.fileName);
  expect((await closed(bureau, sent)).state).toBe('closed');
  await reconciled(bureau, sent, answer([3, 1, 0]).bytes, undefined, result.fileName);
  const results = value(await bureau.follow.listBankResults(sent.runId));
  expect(results.map(({ counts }) => counts)).toMatchObject([
    { settled: 2, failed: 1, returned: 0, exceptions: 0 },
    { settled: 1, failed: 1, returned: 1, exceptions: 0 },
  ]);
  expect((await runNow(bureau, sent)).state).toBe('closed');
});
