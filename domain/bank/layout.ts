import * as z from 'zod/mini';
import type { PlainDate } from '../calendar.ts';
import type { JurisdictionCode, Round } from '../ids.ts';
import { invariant, ok, type Result, refusal, refuse } from '../result.ts';
import {
  INSTRUCTION_HEADER_COLUMNS,
  INSTRUCTION_LINE_COLUMNS,
  INSTRUCTION_TRAILER_COLUMNS,
  RESULT_HEADER_COLUMNS,
  RESULT_LINE_COLUMNS,
} from './layout-columns.ts';

/** settled: credited; failed: never credited; pending: not known yet; returned: credited and came back (退票). */
export const RESULT_STATUSES = ['settled', 'failed', 'pending', 'returned'] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

/** Cells of the line of totals of a result: number of lines and their sum, number and sum of the lines of a status, a digest. */
export const RESULT_TOTALS = [
  'lines',
  'total',
  ...RESULT_STATUSES.flatMap((status) => [`${status}-count`, `${status}-total`] as const),
  'digest',
  'empty',
] as const;
export type ResultTotalCell = (typeof RESULT_TOTALS)[number];

const Marker = z.string().check(z.regex(/^[A-Z]$/));
/** A kind of line: any order of the known columns, each at most once (but "empty"), the required ones present. */
const lineOf = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  required: readonly Names[number][],
) =>
  z.strictObject({
    /** The first cell, where the bank tells kinds of lines apart by it. */
    marker: z.optional(Marker),
    columns: z.array(z.enum(names)).check(
      z.minLength(1),
      z.refine((columns) => {
        const named = columns.map(String).filter((column) => column !== 'empty');
        return new Set(named).size === named.length && required.every((column) => named.includes(column));
      }),
    ),
  });

const PLACEHOLDERS = {
  jurisdiction: String.raw`\d{6}`,
  programme: '[A-Z]{2,4}',
  period: String.raw`\d{4}(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|Y)`,
  round: String.raw`R|S[1-9]\d?`,
  number: String.raw`\d{4}`,
  date: String.raw`\d{8}`,
} as const;
type Placeholder = keyof typeof PLACEHOLDERS;
/** Together they name one file of one run. The date may be left out: it tells no two files apart. */
const NEEDED: readonly Placeholder[] = ['jurisdiction', 'programme', 'period', 'round', 'number'];

/** How a bank names its answer: our name and something behind it, before its ending or before it all, or our name as it is. */
const RESULT_NAMES = ['suffix', 'before-extension', 'prefix', 'same'] as const;

const StatusWords = z.array(z.string().check(z.regex(/^[^\s|,!]{1,20}$/u)));

/**
 * The layout of a bank's batch files (代发文件) as data: every bank has its own, and a new one is a new constant or a value of the run
 * parameter `bankFormat`, not new code. Columns are names from closed lists, in the bank's order.
 */
export const BankLayout = z
  .strictObject({
    id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
    version: z.string().check(z.regex(/^\d{2}$/)),
    separator: z.enum(['|', ',', '\t', '|!']),
    encoding: z.enum(['gb18030', 'gbk']),
    newline: z.enum(['crlf', 'lf']),
    /** 元 with two decimals, or 分 as an integer; in lines and in totals. */
    amountUnit: z.enum(['yuan', 'fen']),
    /** 20261211 unless it says 2026-12-11. */
    dates: z.optional(z.enum(['compact', 'dashed'])),
    /** Digits of a sequence, filled with zeros; 6 where it is absent. */
    sequenceDigits: z.optional(z.int().check(z.minimum(1), z.maximum(9))),
    maxLines: z.int().check(z.minimum(1), z.maximum(999_999)),
    /** Name with {jurisdiction}, {programme}, {period}, {round} and {number}, each exactly once, and {date} at most once. */
    fileName: z.string().check(
      z.regex(/^[A-Za-z0-9_.{}-]{1,120}$/),
      z.refine(
        (pattern) =>
          NEEDED.every((name) => pattern.split(`{${name}}`).length === 2) &&
          pattern.split('{date}').length <= 2,
      ),
    ),
    /** What the bank adds to the name of the instruction file; later answers to the same file add a number (.ret, .ret2, .ret3). */
    resultSuffix: z.string().check(z.regex(/^(?:[._]?[A-Za-z]+_?)?$/)),
    /** Where it is added: behind the name unless said otherwise. */
    resultName: z.optional(z.enum(RESULT_NAMES)),
    header: z.optional(lineOf(INSTRUCTION_HEADER_COLUMNS, [])),
    line: lineOf(INSTRUCTION_LINE_COLUMNS, ['account', 'name', 'amount']),
    trailer: z.optional(lineOf(INSTRUCTION_TRAILER_COLUMNS, ['count', 'total'])),
    /** The first three digits of the paying bank's CNAPS numbers, and what the column says of its own and of other banks' payees. */
    crossBank: z.optional(
      z.strictObject({
        ownBank: z.string().check(z.regex(/^\d{3}$/)),
        same: z.string().check(z.minLength(1)),
        other: z.string().check(z.minLength(1)),
      }),
    ),
    resultHeader: z.optional(lineOf(RESULT_HEADER_COLUMNS, [])),
    resultLine: lineOf(RESULT_LINE_COLUMNS, ['amount', 'status']),
    /** One line of totals, behind the header or at the end. Without it nobody notices a file that was cut off between two lines. */
    resultTotals: z.optional(
      z.strictObject({
        place: z.enum(['first', 'last']),
        marker: z.optional(Marker),
        cells: z.array(z.enum(RESULT_TOTALS)).check(z.minLength(1)),
      }),
    ),
    /** `failures`: the bank answers with what failed or came back and nothing else. What it does not name stays in transit. */
    resultCarries: z.optional(z.enum(['all', 'failures'])),
    /** How the bank writes each status, its usual word first; none where it knows no such status. */
    statusCodes: z.strictObject({
      settled: StatusWords,
      failed: StatusWords,
      pending: StatusWords,
      returned: StatusWords,
    }),
  })
  .check(
    z.refine((layout) => fitsTogether(layout), {
      error:
        '版式前后不一致：回盘列、跨行标识或结果字样有误|columns, cross-bank marks or status words do not fit together',
    }),
  );
export type BankLayout = z.infer<typeof BankLayout>;

/**
 * What single members cannot say: an answer names its payment by what was sent, by an id or an account and never by its place alone,
 * and no word means two things.
 */
function fitsTogether(layout: BankLayout): boolean {
  const sent = layout.line.columns;
  const answered = layout.resultLine.columns;
  const named = (['sequence', 'end-to-end-id'] as const).filter((column) => answered.includes(column));
  const words = RESULT_STATUSES.flatMap((status) => layout.statusCodes[status]);
  const digestLast =
    layout.resultTotals?.cells.includes('digest') !== true || layout.resultTotals.place === 'last';
  return (
    named.every((column) => sent.includes(column)) &&
    (answered.includes('end-to-end-id') || answered.includes('account')) &&
    sent.includes('cross-bank') === (layout.crossBank !== undefined) &&
    new Set(words).size === words.length &&
    layout.statusCodes.failed.length > 0 &&
    (layout.resultName === 'same') === (layout.resultSuffix === '') &&
    digestLast
  );
}

export const lineBreakOf = (layout: BankLayout): string => (layout.newline === 'crlf' ? '\r\n' : '\n');

/**
 * The byte that ends a line. In GBK and GB 18030 it is never part of a longer character (trail bytes are 0x30-0x39, 0x40-0x7E and
 * 0x80-0xFE), so that a file may be cut into lines of bytes after it. The separator 0x7C and the backslash 0x5C are
 * trail bytes: decode first, split into columns afterwards.
 */
export const RESULT_LINE_BREAK = 0x0a;

/** Pipe-separated GB 18030 with header and trailer: the commonest shape of 代发 files (no national standard exists). */
export const PIPE_GB18030: BankLayout = {
  id: 'pipe-gb18030',
  version: '01',
  separator: '|',
  encoding: 'gb18030',
  newline: 'crlf',
  amountUnit: 'yuan',
  maxLines: 5000,
  fileName: 'DF_{jurisdiction}_{programme}_{period}{round}_{number}.txt',
  resultSuffix: '.ret',
  header: { marker: 'H', columns: [...INSTRUCTION_HEADER_COLUMNS] },
  line: {
    marker: 'D',
    columns: [
      'sequence',
      'account',
      'name',
      'amount',
      'bank-code',
      'empty',
      'empty',
      'summary',
      'end-to-end-id',
    ],
  },
  trailer: { marker: 'T', columns: [...INSTRUCTION_TRAILER_COLUMNS] },
  resultHeader: {
    marker: 'H',
    columns: ['jurisdiction', 'batch-number', 'result-date', 'instruction-file', 'layout-version'],
  },
  resultLine: {
    marker: 'D',
    columns: [
      'sequence',
      'account',
      'name',
      'amount',
      'status',
      'return-code',
      'reason',
      'booked-on',
      'bank-serial',
      'end-to-end-id',
    ],
  },
  resultTotals: {
    place: 'last',
    marker: 'T',
    cells: [
      'lines',
      ...RESULT_STATUSES.flatMap((status) => [`${status}-count`, `${status}-total`] as const),
      'digest',
    ],
  },
  statusCodes: { settled: ['S'], failed: ['F'], pending: ['P'], returned: ['R'] },
};

/** What the name of an instruction file says: one file of one run. */
export type FileIdentity = {
  readonly jurisdiction: JurisdictionCode;
  readonly programmeCode: string;
  /** Without the hyphen: "202612", "2026Q4". */
  readonly compactPeriod: string;
  readonly round: Round;
  readonly fileNumber: number;
  /** For names that have it; it tells no two files apart. */
  readonly payDate?: PlainDate;
};

/** How the files of a format are named: all that is asked of a layout here. */
export type FileNaming = Pick<BankLayout, 'fileName' | 'resultSuffix' | 'resultName'>;

/** The name of an instruction file; the same identity always has the same name. */
export function instructionFileName(layout: FileNaming, identity: FileIdentity): string {
  return layout.fileName
    .replace('{jurisdiction}', identity.jurisdiction)
    .replace('{programme}', identity.programmeCode)
    .replace('{period}', identity.compactPeriod)
    .replace('{round}', identity.round)
    .replace('{number}', fourDigits(identity.fileNumber))
    .replace('{date}', () => {
      invariant(identity.payDate !== undefined, 'a file name with a date needs the pay date');
      return compactDate(identity.payDate);
    });
}

/** Batch number in the header (批次号), e.g. "GL202612R-0001": unique per payer, because a run is. */
export function batchNumber(identity: FileIdentity): string {
  return `${identity.programmeCode}${identity.compactPeriod}${identity.round}-${fourDigits(identity.fileNumber)}`;
}

function fourDigits(value: number): string {
  return String(value).padStart(4, '0');
}

/** Reads the identity back from the name of an instruction file. */
export function parseInstructionFileName(layout: FileNaming, name: string): Result<FileIdentity> {
  const escaped = layout.fileName.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  const pattern = escaped.replace(/\{(\w+)\}/g, (_, placeholder: Placeholder) => {
    return `(?<${placeholder}>${PLACEHOLDERS[placeholder]})`;
  });
  const groups = new RegExp(`^${pattern}$`).exec(name)?.groups;
  if (!groups) return refuse(wrongName(layout));
  const { jurisdiction = '', programme = '', period = '', round = '', number = '', date } = groups;
  return ok({
    jurisdiction,
    programmeCode: programme,
    compactPeriod: period,
    round,
    fileNumber: Number(number),
    ...(date !== undefined && { payDate: readDate({}, date) }),
  });
}

/** @param answer 1 for the first answer to a file, 2 for the second: returns (退票) come days after the first. */
export function resultFileName(layout: FileNaming, instructionFile: string, answer = 1): string {
  const added = `${layout.resultSuffix}${answer === 1 ? '' : answer}`;
  const ending = instructionFile.lastIndexOf('.');
  const { resultName: place = 'suffix' } = layout;
  switch (place) {
    case 'suffix':
      return `${instructionFile}${added}`;
    case 'before-extension':
      return ending === -1
        ? `${instructionFile}${added}`
        : `${instructionFile.slice(0, ending)}${added}${instructionFile.slice(ending)}`;
    case 'prefix':
      return `${layout.resultSuffix}${instructionFile}`;
    case 'same':
      return instructionFile;
    default:
      return place satisfies never;
  }
}

/** The instruction file that a result file answers, by its name. */
export function instructionFileOf(layout: FileNaming, resultName: string): Result<string> {
  const instructionFile = withoutAddition(layout, resultName);
  if (instructionFile === undefined) return refuse(wrongName(layout));
  const identity = parseInstructionFileName(layout, instructionFile);
  return identity.ok ? ok(instructionFile) : identity;
}

function withoutAddition(layout: FileNaming, resultName: string): string | undefined {
  const { resultSuffix } = layout;
  const number = '(?:[2-9]|[1-9]\\d)?';
  const added = resultSuffix.replace('.', String.raw`\.`);
  const { resultName: place = 'suffix' } = layout;
  switch (place) {
    case 'suffix':
      return new RegExp(`^(.*)${added}${number}$`).exec(resultName)?.[1];
    case 'before-extension': {
      const [, name, ending] = new RegExp(`^(.*)${added}${number}((?:\\.[^.]*)?)$`).exec(resultName) ?? [];
      return name === undefined ? undefined : `${name}${ending ?? ''}`;
    }
    case 'prefix':
      return resultName.startsWith(resultSuffix) ? resultName.slice(resultSuffix.length) : undefined;
    case 'same':
      return resultName;
    default:
      return place satisfies never;
  }
}

function wrongName(layout: FileNaming) {
  const example = resultFileName(layout, layout.fileName);
  return refusal(
    'invalid/bank-file-name',
    `文件名不符合格式：回盘文件名由报盘文件名而来，应为 ${example}；请勿改名，重新从银行下载`,
    `the file name has another form: a result is named after its instruction file, i.e. ${example}; do not rename it, download it from the bank again`,
  );
}

/** A cell of the layout's form as a plain date; the caller checks that it exists. */
export function readDate(layout: Pick<BankLayout, 'dates'>, text: string): string {
  if (layout.dates === 'dashed') return text;
  return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : '';
}

export function dateText(layout: Pick<BankLayout, 'dates'>, date: PlainDate): string {
  return layout.dates === 'dashed' ? date : compactDate(date);
}

function compactDate(date: PlainDate): string {
  return date.replaceAll('-', '');
}
