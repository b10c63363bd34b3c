import * as z from 'zod/mini';
import type { PlainDate } from '../calendar.ts';
import type { JurisdictionCode, Round } from '../ids.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/**
 * The layout of a bank's batch files (代发文件) as data: every bank has its own, and a new one is a new constant, not new
 * code. Columns are names from closed lists; the first column of every line is the marker of its kind.
 */
export const INSTRUCTION_HEADER_COLUMNS = [
  'jurisdiction',
  'batch-number',
  'pay-date',
  'payer-account',
  'count',
  'total',
  'layout-version',
] as const;
export const INSTRUCTION_LINE_COLUMNS = [
  'sequence',
  'account',
  'name',
  'amount',
  /** CNAPS number of the payee's bank (联行号), empty when the bank finds it from the account. */
  'bank-code',
  /** A column that the bank has and that we leave empty: the identity number stays with the bureau. */
  'empty',
  'summary',
  'end-to-end-id',
] as const;
export const INSTRUCTION_TRAILER_COLUMNS = ['count', 'total', 'digest'] as const;
export const RESULT_HEADER_COLUMNS = [
  'jurisdiction',
  'batch-number',
  'result-date',
  'instruction-file',
  'layout-version',
] as const;
export const RESULT_LINE_COLUMNS = [
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
] as const;

/** settled: credited; failed: never credited; pending: not known yet; returned: credited and came back (退票). */
export const RESULT_STATUSES = ['settled', 'failed', 'pending', 'returned'] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

const Marker = z.string().check(z.regex(/^[A-Z]$/));
/** A kind of line: any order of the known columns, each at most once (but "empty"), the required ones present. */
const lineOf = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  required: readonly Names[number][],
) =>
  z.strictObject({
    marker: Marker,
    columns: z.array(z.enum(names)).check(
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
} as const;
const PLACEHOLDER_NAMES = Object.keys(PLACEHOLDERS) as (keyof typeof PLACEHOLDERS)[];

export const BankLayout = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  version: z.string().check(z.regex(/^\d{2}$/)),
  separator: z.enum(['|', ',', '\t', '|!']),
  encoding: z.literal('gb18030'),
  newline: z.literal('crlf'),
  amountUnit: z.literal('yuan'),
  maxLines: z.int().check(z.minimum(1), z.maximum(999_999)),
  /** Name with {jurisdiction}, {programme}, {period}, {round} and {number}, each exactly once. */
  fileName: z
    .string()
    .check(z.refine((pattern) => PLACEHOLDER_NAMES.every((name) => pattern.split(`{${name}}`).length === 2))),
  /** Added to the name of the instruction file; later answers to the same file add a number (.ret, .ret2, .ret3). */
  resultSuffix: z.string().check(z.regex(/^[._][A-Za-z]+$/)),
  header: lineOf(INSTRUCTION_HEADER_COLUMNS, [
    'jurisdiction',
    'batch-number',
    'pay-date',
    'payer-account',
    'count',
    'total',
  ]),
  line: lineOf(INSTRUCTION_LINE_COLUMNS, [
    'sequence',
    'account',
    'name',
    'amount',
    'summary',
    'end-to-end-id',
  ]),
  trailer: lineOf(INSTRUCTION_TRAILER_COLUMNS, ['count', 'total']),
  resultHeader: lineOf(RESULT_HEADER_COLUMNS, [
    'jurisdiction',
    'batch-number',
    'result-date',
    'instruction-file',
  ]),
  resultLine: lineOf(RESULT_LINE_COLUMNS, ['sequence', 'amount', 'status', 'reason', 'booked-on']),
  /** The trailer of a result has the number of lines, count and sum per status in this order, and the digest. */
  resultTrailer: z.strictObject({ marker: Marker, statuses: z.array(z.enum(RESULT_STATUSES)) }),
  /** How the bank writes each status. */
  statusCodes: z.strictObject({
    settled: z.string().check(z.minLength(1)),
    failed: z.string().check(z.minLength(1)),
    pending: z.string().check(z.minLength(1)),
    returned: z.string().check(z.minLength(1)),
  }),
});
export type BankLayout = z.infer<typeof BankLayout>;

export const LINE_BREAK = '\r\n';
/**
 * The byte that ends a line. In GB 18030 it is never part of a longer character (trail bytes are 0x30-0x39, 0x40-0x7E and
 * 0x80-0xFE), so that a file may be cut into chunks of bytes after it. The separator 0x7C and the backslash 0x5C are
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
  resultHeader: { marker: 'H', columns: [...RESULT_HEADER_COLUMNS] },
  resultLine: { marker: 'D', columns: [...RESULT_LINE_COLUMNS] },
  resultTrailer: { marker: 'T', statuses: [...RESULT_STATUSES] },
  statusCodes: { settled: 'S', failed: 'F', pending: 'P', returned: 'R' },
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
export type FileNaming = Pick<BankLayout, 'fileName' | 'resultSuffix'>;

/** The name of an instruction file; the same identity always has the same name. */
export function instructionFileName(layout: FileNaming, identity: FileIdentity): string {
  return layout.fileName
    .replace('{jurisdiction}', identity.jurisdiction)
    .replace('{programme}', identity.programmeCode)
    .replace('{period}', identity.compactPeriod)
    .replace('{round}', identity.round)
    .replace('{number}', fourDigits(identity.fileNumber));
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
  const pattern = escaped.replace(/\{(\w+)\}/g, (_, placeholder: keyof typeof PLACEHOLDERS) => {
    return `(?<${placeholder}>${PLACEHOLDERS[placeholder]})`;
  });
  const groups = new RegExp(`^${pattern}$`).exec(name)?.groups;
  if (!groups) return refuse(wrongName(layout));
  const { jurisdiction = '', programme = '', period = '', round = '', number = '' } = groups;
  return ok({
    jurisdiction,
    programmeCode: programme,
    compactPeriod: period,
    round,
    fileNumber: Number(number),
  });
}

/** @param answer 1 for the first answer to a file, 2 for the second: returns (退票) come days after the first. */
export function resultFileName(layout: FileNaming, instructionFile: string, answer = 1): string {
  return `${instructionFile}${layout.resultSuffix}${answer === 1 ? '' : answer}`;
}

/** The instruction file that a result file answers, by its name. */
export function instructionFileOf(layout: FileNaming, resultName: string): Result<string> {
  const at = resultName.lastIndexOf(layout.resultSuffix);
  const answer = at === -1 ? undefined : resultName.slice(at + layout.resultSuffix.length);
  if (answer === undefined || !/^(?:[2-9]|[1-9]\d)?$/.test(answer)) return refuse(wrongName(layout));
  const instructionFile = resultName.slice(0, at);
  const identity = parseInstructionFileName(layout, instructionFile);
  return identity.ok ? ok(instructionFile) : identity;
}

function wrongName(layout: FileNaming) {
  const example = `${layout.fileName}${layout.resultSuffix}`;
  return refusal(
    'invalid/bank-file-name',
    `文件名不符合格式：回盘文件应为报盘文件名加“${layout.resultSuffix}”，即 ${example}；请勿改名，重新从银行下载`,
    `the file name has another form: a result is named after its instruction file plus "${layout.resultSuffix}", i.e. ${example}; do not rename it, download it from the bank again`,
  );
}

/** Dates in bank files have no hyphens. */
export function compactDate(date: PlainDate): string {
  return date.replaceAll('-', '');
}
