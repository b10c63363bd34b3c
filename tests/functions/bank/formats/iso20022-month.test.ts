import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAdvice } from '../../../../domain/bank/iso20022/camt-writer.ts';
import { creditTransferReading } from '../../../../domain/bank/iso20022/pain001-reader.ts';
import {
  type ReportedTransaction,
  writeStatusReport,
} from '../../../../domain/bank/iso20022/pain002-writer.ts';
import type { Run } from '../../../../domain/run/run.ts';
import { readXml } from '../../../../functions/bank/formats/iso20022-xml.ts';
import { PARTY, transaction } from '../../../domain/bank/iso20022/samples.ts';
import type { PolicyFile } from '../../../policy-files.ts';
import { closed, code, type Office, pack, REGULAR, reconciled, value } from '../../run/office.ts';
import { entriesOf, runNow, sentMonth, smallOffice } from '../../run/whole-month.ts';
import { stated } from '../bank-account.ts';

/** A month through ISO 20022: pain.001 out, pain.002 twice, camt.054 after the run is closed. */
function packs(parameters: Readonly<Record<string, unknown>>): unknown[] {
  const own = pack('110199') as PolicyFile;
  const like = own.values.find(({ parameter }) => parameter === 'payerAccount')!;
  const values = Object.entries(parameters).map(([parameter, set]) => ({ ...like, parameter, value: set }));
  return [pack('110000'), { ...own, values: [...own.values, ...values] }];
}

let bureau: Office;
let run: Run;
let sent: { id: string; fen: ReportedTransaction['fen'] }[];
beforeAll(async () => {
  bureau = await smallOffice({ packs: packs({ bankFormat: 'iso20022-pain001-09', bankParty: PARTY }) });
  run = await sentMonth(bureau);
  const [file] = run.files;
  const read = value(readXml((await bureau.engines.files.read(file!.objectKey))!, creditTransferReading()));
  sent = read.lines.map(({ endToEndId, fen }) => ({ id: endToEndId, fen }));
});
afterAll(() => bureau.stop());

const says = (
  sequence: number,
  status: ReportedTransaction['status'],
  changes: Partial<ReportedTransaction> = {},
) => {
  const { id, fen } = sent[sequence - 1]!;
  const { bookedOn: _, ...unbooked } = transaction({
    sequence,
    endToEndId: id,
    fen,
    status,
    bankSerial: '',
    ...changes,
  });
  return unbooked;
};
const report = (
  answer: number,
  transactions: readonly ReportedTransaction[],
  status = 'PART',
  reason?: { code: string; text: string },
) =>
  Buffer.from(
    writeStatusReport({
      instructionFile: run.files[0]!.fileName,
      createdAt: '2026-11-27T18:00:00+08:00',
      answer,
      status,
      transactions,
      ...(reason && { reason }),
    }),
  );
const taken = async (bytes: Uint8Array) => {
  const resultId = await reconciled(bureau, run, bytes);
  const results = value(await bureau.follow.listBankResults(run.runId));
  return results.find((result) => result.resultId === resultId)!;
};
const outcomes = async () =>
  Object.values(await entriesOf(bureau))
    .map((text) => String(text).split(' ')[0]!)
    .filter((kind) => kind !== 'release' && kind !== 'funding')
    .sort();

describe('a month through ISO 20022', () => {
  it('is sent as one message that names payer, bank and moment of release', async () => {
    const [file] = run.files;
    expect(file).toMatchObject({ fileName: 'DF_110199_GL_202612R_0001.xml', count: 3 });
    const text = (await bureau.engines.files.read(file!.objectKey))!.toString();
    const asked = (await bureau.ports.runs.acts(run.runId)).find(({ kind }) => kind === 'dispatch-started')!;
    expect(text).toContain(`<CreDtTm>${asked.at}</CreDtTm>`);
    expect(text).toContain(PARTY.organisationCode);
  });

  it('received, on its way, partly credited: only what is credited is settled', async () => {
    expect(await taken(report(1, [], 'RCVD'))).toMatchObject({
      state: 'accepted',
      counts: { lines: 3, pending: 3, settled: 0, exceptions: 0 },
    });
    const debited = says(2, 'ACSC');
    expect(await taken(report(2, [says(1, 'ACCC'), debited]))).toMatchObject({
      counts: { lines: 2, settled: 1, pending: 1, exceptions: 0 },
    });
    expect(await outcomes()).toEqual(['settled']);
  });

  it('refused as a repetition, nothing has failed: the bank has the file and goes on', async () => {
    const refused = report(3, [], 'RJCT', { code: 'DU01', text: '' });
    expect(await taken(refused)).toMatchObject({ counts: { lines: 3, failed: 0, exceptions: 0 } });
    expect(await outcomes()).toEqual(['settled']);
  });

  it('the rest comes, and what is old, repeated or late changes nothing', async () => {
    const rest = [says(2, 'RJCT', { reasonCode: 'AC04', reasonText: '账户已销户' }), says(3, 'ACCC')];
    expect(await taken(report(4, rest))).toMatchObject({ counts: { settled: 1, failed: 1, exceptions: 0 } });
    const entries = await entriesOf(bureau);
    expect(await outcomes()).toEqual(['failed', 'settled', 'settled']);
    expect(await taken(report(4, rest))).toMatchObject({ state: 'repeated' });
    expect(await taken(report(5, [says(2, 'ACSP'), says(1, 'ACCC')]))).toMatchObject({ state: 'accepted' });
    expect(await entriesOf(bureau)).toEqual(entries);
    expect(await bureau.lists.exceptions(run.runId)).toEqual([]);
    expect((await closed(bureau, await runNow(bureau, run))).state).toBe('closed');
  });

  it('days after its success and after the run was closed, money comes back by an advice', async () => {
    const { id, fen } = sent[0]!;
    const advice = writeAdvice({
      messageId: 'AD-1',
      createdAt: '2026-12-02T20:00:00+08:00',
      statement: {
        account: run.manifest.payerAccount,
        sequence: 1,
        from: '2026-12-02',
        to: '2026-12-02',
        entries: [
          {
            position: 1,
            side: 'credit',
            fen,
            booked: true,
            bookedOn: '2026-12-02',
            serviceRef: 'SR1',
            returnOf: true,
            reason: 'ACCT_FROZEN',
            details: [{ endToEndId: id, fen, side: 'credit', reason: 'ACCT_FROZEN' }],
          },
        ],
      },
    });
    for (let time = 0; time < 2; time += 1)
      await stated(bureau, advice, { account: run.manifest.payerAccount });
    expect(await outcomes()).toEqual(['failed', 'returned', 'settled', 'settled']);
    expect(await bureau.lists.unsettled(run.runId)).toMatchObject([
      { state: 'returned', reason: 'ACCT_FROZEN' },
      { state: 'failed', reason: 'ACCT_CLOSED' },
    ]);
  });

  it('is not started where nobody said who the payer is at the bank', async () => {
    await bureau.stop();
    bureau = await smallOffice({ packs: packs({ bankFormat: 'iso20022-pain001-09' }) });
    const started = await bureau.actions.startRun(REGULAR, 'staff-preparer');
    expect(code(started)).toBe('policy/no-rule');
    expect(!started.ok && started.error.detail).toMatchObject({ parameter: 'bankParty' });
  });
});
