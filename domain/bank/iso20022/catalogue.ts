import type { BankFormatEntry } from '../catalogue.ts';
import { type FileNaming, resultFileName } from '../layout.ts';
import type { SettledAt } from './codes.ts';
import { PAIN_001_NAMING } from './pain001.ts';

/** A message of five thousand payments has about four megabytes, and its status report five. */
const PAYMENTS_MAX = 5_000;

export type IsoFormat = BankFormatEntry & {
  /** ACSC where the bank's contract says that it credits the payees before it reports this. */
  readonly settledAt: SettledAt;
};

/** The formats of ISO 20022: one message, and two readings of when a payee is credited. */
export const ISO_FORMATS: readonly IsoFormat[] = [
  entry(
    'iso20022-pain001-09',
    'ACCC',
    'ISO 20022（pain.001.001.09），ACCC 为成功',
    'ISO 20022, credited at ACCC',
  ),
  entry(
    'iso20022-pain001-09-acsc',
    'ACSC',
    'ISO 20022（pain.001.001.09），合同约定 ACSC 为成功',
    'ISO 20022, credited at ACSC by contract',
  ),
];

function entry(id: string, settledAt: SettledAt, zh: string, en: string): IsoFormat {
  const naming: FileNaming = PAIN_001_NAMING;
  return {
    id,
    settledAt,
    names: { zh, en },
    encoding: 'UTF-8',
    maxLines: PAYMENTS_MAX,
    fileName: naming.fileName,
    resultFileName: resultFileName(naming, naming.fileName),
    instructionColumns: [
      { zh: 'InstrId 序号', en: 'InstrId: sequence' },
      { zh: 'EndToEndId 对账码（请原样返回）', en: 'EndToEndId (to be returned as it is)' },
      { zh: 'InstdAmt 金额', en: 'InstdAmt: amount' },
      { zh: 'CdtrAgt 联行号', en: 'CdtrAgt: CNAPS number' },
      { zh: 'Cdtr/Nm 户名', en: 'Cdtr/Nm: name of the holder' },
      { zh: 'CdtrAcct 账号', en: 'CdtrAcct: account' },
      { zh: 'Ustrd 摘要', en: 'Ustrd: summary' },
    ],
    resultColumns: [
      {
        zh: 'pain.002.001.10：OrgnlEndToEndId、TxSts、StsRsnInf、AcctSvcrRef',
        en: 'pain.002.001.10: OrgnlEndToEndId, TxSts, StsRsnInf, AcctSvcrRef',
      },
      { zh: 'camt.054.001.08：退回（RtrInf）', en: 'camt.054.001.08: returns (RtrInf)' },
    ],
    example:
      '<CdtTrfTxInf><PmtId><InstrId>110199-GL202612R-0001-000001</InstrId><EndToEndId>202612-R-1-GL-7Z3K9QX2M4BT-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="CNY">300.00</InstdAmt></Amt>…</CdtTrfTxInf>',
  };
}
