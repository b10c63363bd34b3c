import { type Fen, sumFen, toYuan, ZERO } from '../../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { InstructionLine } from '../instruction-file.ts';
import type { ReadInstructionFile } from '../instruction-reader.ts';
import { fileOfMessage, PAIN_001, sequenceOf } from './pain001.ts';
import { readAccount, readAgent, readAmount, readDay, readNumber, readSum } from './values.ts';
import { all, find, textAt, type XmlElement, type XmlReading } from './xml.ts';

/**
 * Reads a credit transfer initiation: the bank's side, and the check that a stored file says what was approved. Refuses what the
 * schema lets pass: sums and counts that are not those of the payments, ids that occur twice, another currency, parts of a fen.
 */
export function creditTransferReading(): XmlReading<ReadInstructionFile> {
  const records: XmlElement[] = [];
  return {
    messages: [PAIN_001],
    records: new Set(['CdtTrfTxInf']),
    take: (record) => records.push(record),
    finish: (document) => readTransfers(find(document, 'CstmrCdtTrfInitn'), records),
  };
}

function readTransfers(
  message: XmlElement | undefined,
  records: readonly XmlElement[],
): Result<ReadInstructionFile> {
  const header = find(message, 'GrpHdr');
  const groups = all(message, 'PmtInf');
  const [group] = groups;
  const id = textAt(header, 'MsgId');
  const payDate = readDay(find(group, 'ReqdExctnDt'));
  const payerAccount = readAccount(find(group, 'DbtrAcct'));
  if (groups.length !== 1 || fileOfMessage(id) === undefined || payDate === undefined || payerAccount === '')
    return refuse(wrongTransfer('group'));
  const lines: InstructionLine[] = [];
  for (const [index, record] of records.entries()) {
    const line = readTransfer(record, id);
    if (line?.sequence !== index + 1) return refuse(wrongTransfer('payment', index + 1));
    lines.push(line);
  }
  if (new Set(lines.map((line) => line.endToEndId)).size !== lines.length)
    return refuse(wrongTransfer('EndToEndId'));
  const totalFen = sumFen(lines.map((line) => line.fen));
  for (const stated of [header, group]) {
    const wrong = wrongTotals(stated, lines.length, totalFen);
    if (wrong) return refuse(wrong);
  }
  const jurisdiction = id.slice(0, id.indexOf('-'));
  return ok({ jurisdiction, batchNumber: id, payDate, payerAccount, totalFen, lines });
}

function readTransfer(record: XmlElement, message: string): InstructionLine | undefined {
  const fen = readAmount(find(record, 'Amt', 'InstdAmt'));
  const sequence = sequenceOf(textAt(record, 'PmtId', 'InstrId'), message);
  const bankCode = readAgent(find(record, 'CdtrAgt'));
  const endToEndId = textAt(record, 'PmtId', 'EndToEndId');
  if (fen === undefined || sequence === undefined || endToEndId === '') return undefined;
  return {
    sequence,
    account: readAccount(find(record, 'CdtrAcct')),
    name: textAt(record, 'Cdtr', 'Nm'),
    fen,
    endToEndId,
    summary: textAt(record, 'RmtInf', 'Ustrd'),
    ...(bankCode !== '' && { bankCode }),
  };
}

/** Why count or sum that a group states are not those of its payments. The group may leave the sum out. */
function wrongTotals(stated: XmlElement | undefined, count: number, totalFen: Fen): Refusal | undefined {
  const sumText = textAt(stated, 'CtrlSum');
  const statedCount = readNumber(textAt(stated, 'NbOfTxs'));
  const statedSum = sumText === '' ? totalFen : readSum(sumText);
  if (statedCount === count && statedSum === totalFen) return undefined;
  return refusal(
    'invalid/instruction-totals',
    `报文写明${statedCount ?? 0}笔、${toYuan(statedSum ?? ZERO)}元，明细合计${count}笔、${toYuan(totalFen)}元：不一致，请勿发送`,
    `the message states ${statedCount ?? 0} payments of ${toYuan(statedSum ?? ZERO)} yuan, they are ${count} of ${toYuan(totalFen)}: do not send it`,
    { statedCount: statedCount ?? 0, count, stated: toYuan(statedSum ?? ZERO), total: toYuan(totalFen) },
  );
}

function wrongTransfer(part: 'group' | 'payment' | 'EndToEndId', position?: number): Refusal {
  const where = position === undefined ? part : `${part} ${position}`;
  return refusal(
    'invalid/instruction-file',
    `报文的“${where}”不完整或不正确：请核对`,
    `"${where}" of the message is incomplete or wrong: check it`,
    { part, ...(position !== undefined && { position }) },
  );
}
