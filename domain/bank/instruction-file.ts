import { parseBankAccount } from '../bank-account.ts';
import { cycleOf, isPlainDate, type Period, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode, Round } from '../ids.ts';
import { type Fen, sumFen, ZERO } from '../money.ts';
import { dotLookalike } from '../person-name.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { amountText, concatenate, sequenceText, writeLine } from './columns.ts';
import { type BankLayout, batchNumber, dateText, type FileIdentity, instructionFileName } from './layout.ts';
import { type Sha256OfBytes, survives, type TextCodec } from './text-codec.ts';

/** What the bank needs to pay one attempt of one payment. Holds personal data: never logged, never in a message. */
export type PayableLine = {
  /** 11 to 32 digits. */
  readonly account: string;
  /** The name of the account's holder. */
  readonly name: string;
  /** More than zero. */
  readonly fen: Fen;
  /** 对账码: comes back in the result; see `endToEndId` in ids.ts. */
  readonly endToEndId: string;
  /** What the payee reads in the account's statement (摘要), e.g. 202612高龄津贴. */
  readonly summary: string;
  /** CNAPS number, 12 digits. */
  readonly bankCode?: string;
  /** 开户行, as the register has it; for formats with a column for it. */
  readonly bankName?: string;
  /** Of the account's holder; present only where policy has it written into the file. */
  readonly idNumber?: string;
};
/** @property sequence from 1, without gaps, within the file. */
export type InstructionLine = PayableLine & { readonly sequence: number };

/** A line that the file cannot carry, named by its payment reference. */
export type LineRefusal = { readonly endToEndId: string; readonly reason: Refusal };

export type InstructionFileInput = {
  readonly layout: BankLayout;
  readonly jurisdiction: JurisdictionCode;
  readonly programmeCode: string;
  readonly period: Period;
  readonly round: Round;
  /** From 1 within the run. */
  readonly fileNumber: number;
  readonly payerAccount: string;
  readonly payDate: PlainDate;
  readonly lines: readonly InstructionLine[];
};

export type InstructionFile = {
  readonly fileName: string;
  readonly batchNumber: string;
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly totalFen: Fen;
  /** SHA-256 of `bytes`; the digest in the trailer covers everything before the trailer. */
  readonly sha256: string;
};

/** What a file says besides its lines. */
export type InstructionFileHead = Omit<InstructionFileInput, 'lines'>;

/**
 * Writes an instruction file (报盘文件). The same input gives the same bytes, so that sending again is harmless.
 *
 * One line that cannot be carried refuses the file, naming every such line: the file's total was approved, and leaving a
 * line out would change it silently. Payments are therefore checked with `checkLine` when the run is computed, and held.
 * @throws InvariantError for sequences with gaps, repeated end-to-end ids, or more lines than the layout allows.
 */
export function writeInstructionFile(
  input: InstructionFileInput,
  codec: TextCodec,
  sha256: Sha256OfBytes,
): Result<InstructionFile, readonly LineRefusal[]> {
  const { lines, ...head } = input;
  const writer = new InstructionFileWriter(head, codec, sha256);
  const added = writer.add(lines);
  return added.ok ? ok(writer.finish()) : added;
}

/** The same, for lines that come in parts: each part is encoded at once, so that a file of any length needs only its bytes. */
export class InstructionFileWriter {
  readonly #head: InstructionFileHead;
  readonly #codec: TextCodec;
  readonly #sha256: Sha256OfBytes;
  readonly #pieces: Uint8Array[] = [];
  readonly #references = new Set<string>();
  #totalFen: Fen = ZERO;

  constructor(head: InstructionFileHead, codec: TextCodec, sha256: Sha256OfBytes) {
    requireSoundHead(head);
    this.#head = head;
    this.#codec = codec;
    this.#sha256 = sha256;
  }

  /** Continues where the call before ended. After a refusal the file is not to be finished. */
  add(lines: readonly InstructionLine[]): Result<true, readonly LineRefusal[]> {
    const { layout } = this.#head;
    const { refused } = checkLines(lines, layout, this.#codec);
    if (refused.length > 0) return refuse(refused);
    for (const { sequence, endToEndId } of lines) {
      invariant(sequence === this.#references.size + 1, 'sequences run from 1 without gaps');
      invariant(!this.#references.has(endToEndId), 'an end-to-end id occurs twice in one file');
      this.#references.add(endToEndId);
    }
    invariant(
      this.#references.size <= layout.maxLines,
      `a file of ${layout.id} has at most ${layout.maxLines} lines`,
    );
    this.#totalFen = sumFen([this.#totalFen, ...lines.map((line) => line.fen)]);
    this.#pieces.push(this.#codec.encode(lines.map((line) => instructionLineText(line, layout)).join('')));
    return ok(true);
  }

  finish(): InstructionFile {
    const { layout, ...head } = this.#head;
    const lines = this.#references.size;
    invariant(lines > 0, 'an instruction file has at least one line');
    const identity: FileIdentity = {
      jurisdiction: head.jurisdiction,
      programmeCode: head.programmeCode,
      compactPeriod: head.period.replace('-', ''),
      round: head.round,
      fileNumber: head.fileNumber,
      payDate: head.payDate,
    };
    const count = String(lines);
    const total = amountText(layout, this.#totalFen);
    const header = {
      jurisdiction: head.jurisdiction,
      'batch-number': batchNumber(identity),
      'pay-date': dateText(layout, head.payDate),
      'payer-account': head.payerAccount,
      count,
      total,
      'layout-version': layout.version,
    };
    const first = layout.header ? this.#codec.encode(writeLine(layout, layout.header, header)) : undefined;
    const body = concatenate([...(first ? [first] : []), ...this.#pieces]);
    const bytes = layout.trailer
      ? concatenate([body, this.#codec.encode(this.#trailer(layout.trailer, { count, total }, body))])
      : body;
    return {
      fileName: instructionFileName(layout, identity),
      batchNumber: batchNumber(identity),
      bytes,
      count: lines,
      totalFen: this.#totalFen,
      sha256: this.#sha256(bytes),
    };
  }

  #trailer(
    trailer: NonNullable<BankLayout['trailer']>,
    totals: { readonly count: string; readonly total: string },
    body: Uint8Array,
  ): string {
    const digest = trailer.columns.includes('digest') ? this.#sha256(body) : '';
    return writeLine(this.#head.layout, trailer, { ...totals, digest });
  }
}

/** Sorts lines into those that the file can carry and those that it cannot; one bad line does not touch the others. */
export function checkLines<Line extends PayableLine>(
  lines: readonly Line[],
  layout: BankLayout,
  codec: TextCodec,
): { readonly accepted: readonly Line[]; readonly refused: readonly LineRefusal[] } {
  const accepted: Line[] = [];
  const refused: LineRefusal[] = [];
  for (const line of lines) {
    const reason = checkLine(line, layout, codec);
    if (reason) refused.push({ endToEndId: line.endToEndId, reason });
    else accepted.push(line);
  }
  return { accepted, refused };
}

/**
 * Why a file of this layout cannot carry a line, or undefined when it can. Called when a run is computed (the payment is
 * then held, with this reason) and again when the file is written. Refusals print neither name nor account.
 */
export function checkLine(line: PayableLine, layout: BankLayout, codec: TextCodec): Refusal | undefined {
  return (
    checkPayable(line, layout.separator) ??
    (survives(codec, instructionLineText({ ...line, sequence: layout.maxLines }, layout))
      ? undefined
      : lostCharacter(line, layout, codec))
  );
}

/**
 * What holds for a line in any format and encoding.
 * @param separator what neither name nor summary may contain; '' where the format needs none
 */
export function checkPayable(line: PayableLine, separator: string): Refusal | undefined {
  const account = parseBankAccount(line.account);
  if (!account.ok) return account.error;
  if (account.value.account !== line.account) {
    return refusal(
      'invalid/bank-account-characters',
      '账号中有空格：请更正登记的账号',
      'the account number contains spaces: correct the account in the register',
    );
  }
  if (line.fen <= 0) {
    return refusal(
      'invalid/bank-line-amount',
      '发放金额应大于零：请核对本笔的应发、补发和抵扣',
      'the amount to pay must be more than zero: check entitlement, arrears and set-off of this payment',
    );
  }
  if (!/^[0-9A-Z-]{1,35}$/.test(line.endToEndId) || !/^(?:[0-9]{12})?$/.test(line.bankCode ?? '')) {
    return refusal(
      'invalid/bank-line-reference',
      '联行号应为12位数字或留空，对账码不超过35位：请更正开户行联行号',
      "the bank's CNAPS number has 12 digits or is left out, the end-to-end id at most 35 characters: correct the bank code",
    );
  }
  return (
    unsafeText(line.name, '户名', 'name', separator) ??
    unsafeText(line.summary, '摘要', 'summary', separator) ??
    wrongDot(line.name)
  );
}

function unsafeText(
  text: string,
  zh: string,
  field: 'name' | 'summary',
  separator: string,
): Refusal | undefined {
  if (text.trim() === '' || text !== text.trim()) {
    return refusal(
      `invalid/bank-line-${field}`,
      `${zh}为空或首尾有空格：请更正`,
      `the ${field} is empty or has spaces around it: correct it`,
      { field },
    );
  }
  const characters = Array.from(text);
  const breaking = characters.findIndex(
    (character) => separator.includes(character) || /[\p{Cc}\u2028\u2029]/u.test(character),
  );
  if (breaking === -1) return undefined;
  return refusal(
    `invalid/bank-line-${field}`,
    `${zh}第${breaking + 1}个字是分隔符、换行或控制字符，会打乱报盘文件：请删除`,
    `character ${breaking + 1} of the ${field} is a separator, line break or control character and would break the file: remove it`,
    { field, position: breaking + 1 },
  );
}

/** U+2022 and U+2027 exist in GB 18030 but not in GBK; banks compare the name as bytes and answer 户名不符. */
function wrongDot(name: string): Refusal | undefined {
  const dot = dotLookalike(name);
  if (!dot) return undefined;
  return refusal(
    'invalid/bank-line-dot',
    `户名第${dot.position}个字的间隔号是 ${dot.codePoint}，银行只认“·”（U+00B7）：请更正间隔号`,
    `the dot at character ${dot.position} of the name is ${dot.codePoint}; banks only know "·" (U+00B7): correct the dot`,
    { field: 'name', ...dot },
  );
}

/** The line does not come back from the encoding: names the character, when it is one alone that is lost. */
function lostCharacter(line: PayableLine, layout: BankLayout, codec: TextCodec): Refusal {
  const encoding = layout.encoding === 'gbk' ? 'GBK' : 'GB 18030';
  for (const [field, zh] of [
    ['name', '户名'],
    ['summary', '摘要'],
  ] as const) {
    const index = Array.from(line[field]).findIndex((character) => !survives(codec, character));
    if (index === -1) continue;
    return refusal(
      'invalid/bank-line-encoding',
      `${zh}第${index + 1}个字不能用报盘文件的编码（${encoding}）写出，银行会收到错字：请改用标准汉字，或核对银行登记的户名`,
      `character ${index + 1} of the ${field} cannot be written in the encoding of the file (${encoding}), the bank would read another one: use the standard character or the name the bank has on record`,
      { field, position: index + 1 },
    );
  }
  return refusal(
    'invalid/bank-line-encoding',
    '本笔写入报盘文件后不能原样读回：请核对户名和摘要',
    'this payment cannot be read back from the file unchanged: check name and summary',
  );
}

function requireSoundHead({ period, payDate, payerAccount, fileNumber }: InstructionFileHead) {
  invariant(cycleOf(period), 'an instruction file needs a period');
  invariant(isPlainDate(payDate), 'an instruction file needs a pay date');
  invariant(parseBankAccount(payerAccount).ok, 'an instruction file needs the account that pays');
  invariant(
    Number.isInteger(fileNumber) && fileNumber >= 1 && fileNumber <= 9999,
    'file number out of range',
  );
}

/** One line as a file of the layout has it. */
export function instructionLineText(line: InstructionLine, layout: BankLayout): string {
  const values = {
    sequence: sequenceText(layout, line.sequence),
    account: line.account,
    name: line.name,
    amount: amountText(layout, line.fen),
    'bank-code': line.bankCode ?? '',
    'cross-bank': crossBankMark(line, layout),
    'identity-number': line.idNumber ?? '',
    empty: '',
    summary: line.summary,
    'end-to-end-id': line.endToEndId,
  };
  return writeLine(layout, layout.line, values);
}

/** Without a bank code the account is one of the paying bank's own. */
function crossBankMark({ bankCode }: InstructionLine, { crossBank }: BankLayout): string {
  if (!crossBank) return '';
  return bankCode === undefined || bankCode.startsWith(crossBank.ownBank) ? crossBank.same : crossBank.other;
}
