import { cycleOf, type Instant, isPlainDate, type Period, type PlainDate } from '../../calendar.ts';
import type { JurisdictionCode, Round } from '../../ids.ts';
import { type Fen, sumFen, toYuan } from '../../money.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import {
  checkPayable,
  type InstructionLine,
  type LineRefusal,
  type PayableLine,
} from '../instruction-file.ts';
import { instructionFileName } from '../layout.ts';
import { type BankParty, instructionId, messageId, PAIN_001, PAIN_001_NAMING } from './pain001.ts';
import { account, agent, amount } from './values.ts';
import { element, illegalCharacter, leaf, writeMessage, type XmlElement } from './xml.ts';

export type CreditTransferInput = {
  readonly jurisdiction: JurisdictionCode;
  readonly programmeCode: string;
  readonly period: Period;
  readonly round: Round;
  /** From 1 within the run. */
  readonly fileNumber: number;
  readonly payerAccount: string;
  readonly payDate: PlainDate;
  /** When the run was released to the bank, as its acts say: the same for ever, whenever the file is written. */
  readonly createdAt: Instant;
  readonly party: BankParty;
  readonly lines: readonly InstructionLine[];
};

export type CreditTransfer = {
  readonly fileName: string;
  readonly batchNumber: string;
  /** To be encoded in UTF-8. */
  readonly text: string;
  readonly count: number;
  readonly totalFen: Fen;
};

const NAME_MAX = 140;
/** Social security benefit (ExternalCategoryPurpose1Code). */
const BENEFIT = 'SSBE';

/**
 * Writes a credit transfer initiation (pain.001.001.09): one group of one payer account and one day. The same input gives the same
 * text, message id included. What the schema does not check is checked here and in the reader: sums, counts, ids that occur twice,
 * decimals, and characters that XML cannot carry.
 * @throws InvariantError for lines out of order or ids that occur twice
 */
export function writeCreditTransfer(
  input: CreditTransferInput,
): Result<CreditTransfer, readonly LineRefusal[]> {
  const { lines } = input;
  requireSound(input);
  const refused = lines.flatMap((line): LineRefusal[] => {
    const reason = checkTransfer(line);
    return reason ? [{ endToEndId: line.endToEndId, reason }] : [];
  });
  if (refused.length > 0) return refuse(refused);
  const identity = { ...input, compactPeriod: input.period.replace('-', '') };
  const message = messageId(identity);
  const totalFen = sumFen(lines.map((line) => line.fen));
  const content = element(
    'CstmrCdtTrfInitn',
    groupHeader(input, message, totalFen),
    payments(input, message, totalFen),
  );
  return ok({
    fileName: instructionFileName(PAIN_001_NAMING, identity),
    batchNumber: message,
    text: writeMessage(PAIN_001, content),
    count: lines.length,
    totalFen,
  });
}

/** Why a credit transfer cannot carry a line, or undefined when it can. Prints neither name nor account. */
export function checkTransfer(line: PayableLine): Refusal | undefined {
  return (
    checkPayable(line, '') ?? misfit(line.name, '户名', 'name') ?? misfit(line.summary, '摘要', 'summary')
  );
}

function misfit(text: string, zh: string, field: 'name' | 'summary'): Refusal | undefined {
  const position = illegalCharacter(text);
  if (position !== undefined) {
    return refusal(
      `invalid/bank-line-${field}`,
      `${zh}第${position}个字不能写入XML报文：请删除或更正`,
      `character ${position} of the ${field} cannot stand in an XML message: remove or correct it`,
      { field, position },
    );
  }
  if (Array.from(text).length <= NAME_MAX) return undefined;
  return refusal(
    `invalid/bank-line-${field}`,
    `${zh}超过${NAME_MAX}个字，报文写不下：请核对登记内容`,
    `the ${field} is longer than the ${NAME_MAX} characters that a message carries: check the record`,
    { field, max: NAME_MAX },
  );
}

function requireSound({ period, payDate, lines, fileNumber }: CreditTransferInput): void {
  invariant(cycleOf(period) && isPlainDate(payDate), 'a credit transfer needs a period and a pay date');
  invariant(fileNumber >= 1 && fileNumber <= 9999, 'file number out of range');
  invariant(lines.length > 0, 'a credit transfer has at least one line');
  invariant(
    lines.every((line, index) => line.sequence === index + 1),
    'sequences run from 1 without gaps',
  );
  const references = new Set(lines.map((line) => line.endToEndId));
  invariant(references.size === lines.length, 'an end-to-end id occurs twice in one message');
}

function groupHeader({ createdAt, party, lines }: CreditTransferInput, message: string, totalFen: Fen) {
  return element(
    'GrpHdr',
    leaf('MsgId', message),
    leaf('CreDtTm', createdAt),
    ...totals(lines, totalFen),
    payer('InitgPty', party),
  );
}

const totals = (lines: readonly unknown[], totalFen: Fen) => [
  leaf('NbOfTxs', String(lines.length)),
  leaf('CtrlSum', toYuan(totalFen)),
];

function payer(name: string, party: BankParty): XmlElement {
  const code = element(
    'Othr',
    leaf('Id', party.organisationCode),
    // No code of the external list stands for 统一社会信用代码.
    element('SchmeNm', leaf('Prtry', 'USCC')),
  );
  return element(name, leaf('Nm', party.name), element('Id', element('OrgId', code)));
}

/** PmtInfId is the id of the message: there is one group in it, and statements name the group alone. */
function payments(input: CreditTransferInput, message: string, totalFen: Fen): XmlElement {
  const { party, lines, payDate, payerAccount } = input;
  return element(
    'PmtInf',
    leaf('PmtInfId', message),
    leaf('PmtMtd', 'TRF'),
    leaf('BtchBookg', 'true'),
    ...totals(lines, totalFen),
    element('PmtTpInf', element('CtgyPurp', leaf('Cd', BENEFIT))),
    element('ReqdExctnDt', leaf('Dt', payDate)),
    payer('Dbtr', party),
    account('DbtrAcct', payerAccount, leaf('Ccy', 'CNY')),
    agent('DbtrAgt', party.agentBankCode),
    ...lines.map((line) => transfer(line, message)),
  );
}

function transfer(line: InstructionLine, message: string): XmlElement {
  return element(
    'CdtTrfTxInf',
    element(
      'PmtId',
      leaf('InstrId', instructionId(message, line.sequence)),
      leaf('EndToEndId', line.endToEndId),
    ),
    element('Amt', amount('InstdAmt', line.fen)),
    line.bankCode ? agent('CdtrAgt', line.bankCode) : undefined,
    element('Cdtr', leaf('Nm', line.name)),
    account('CdtrAcct', line.account),
    element('RmtInf', leaf('Ustrd', line.summary)),
  );
}
