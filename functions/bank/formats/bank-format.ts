import type { BankAnswer, BankProgress, UnreadableAnswer } from '../../../domain/bank/answer.ts';
import type {
  InstructionFile,
  InstructionFileInput,
  InstructionLine,
  LineRefusal,
  PayableLine,
} from '../../../domain/bank/instruction-file.ts';
import type { ReadInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import type { BankParty } from '../../../domain/bank/iso20022/pain001.ts';
import type { FileIdentity } from '../../../domain/bank/layout.ts';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import type { Instant, PlainDate } from '../../../domain/calendar.ts';
import type { Refusal, Result } from '../../../domain/result.ts';

/**
 * One format of a bank's files, both ways: what the bureau writes and reads, and what the bank reads and writes (for the simulator
 * and for tests). Everything after this door speaks of `BankAnswer` and knows no format.
 */
export type BankFormat = {
  /** As in the run parameter `bankFormat` and in `RunManifest.layout`. */
  readonly id: string;
  readonly contentType: string;
  /** Payments in one file; a run with more has several files. */
  readonly maxLines: number;
  /** The same identity always has the same name, and no other file of any run has it. */
  readonly instructionFileName: (identity: FileIdentity) => string;
  /** Reads the identity back from the name of an instruction file. */
  readonly identityOf: (name: string) => Result<FileIdentity>;
  /** Why a file of this format cannot carry a line; the payment is then held when the run is computed. Prints nothing personal. */
  readonly checkLine: (line: PayableLine) => Refusal | undefined;
  /** The same input gives the same bytes. */
  readonly writeInstruction: (input: InstructionInput) => Result<WrittenFile, readonly LineRefusal[]>;
  /** For formats that can be written piece by piece; where it is absent the lines of a file are gathered. */
  readonly writer?: (head: InstructionHead) => InstructionWriter;
  /** The bank's side, and how stored files are read back. @param fileName for what only the name says */
  readonly readInstruction: (bytes: Uint8Array, fileName: string) => Promise<Result<ReadInstructionFile>>;
  /** Reads an answer as a whole; refuses what is none, is incomplete, or disagrees with its own totals. */
  readonly readResult: (bytes: Uint8Array, context: ReadContext) => Promise<Result<ResultReading>>;
  /** The bank's side: an answer, for the simulator and for testing the reader. */
  readonly writeResult: (input: ResultInput) => {
    readonly fileName: string;
    readonly bytes: Uint8Array;
  };
};

/** What a file says besides its lines. */
export type InstructionHead = Omit<InstructionFileInput, 'layout' | 'lines'> & {
  /** The payer as the bank's contract names it, and when the run was released to the bank; for formats that say so (ISO 20022). */
  readonly bankParty?: BankParty;
  readonly releasedAt?: Instant;
};
export type InstructionInput = InstructionHead & { readonly lines: readonly InstructionLine[] };
export type WrittenFile = InstructionFile;

/** Lines are encoded as they come, so that a file of 100,000 needs its bytes in memory and not its lines. */
export type InstructionWriter = {
  /** Lines in order, continuing where the call before ended. */
  readonly add: (lines: readonly InstructionLine[]) => Result<true, readonly LineRefusal[]>;
  /** Header, lines and trailer; called once, last. */
  readonly finish: () => WrittenFile;
};

export type ReadContext = {
  /** Name of the upload: some formats name the instruction file nowhere else. */
  readonly fileName: string;
  /**
   * The lines of an instruction file of the run, for formats whose answers carry neither place nor end-to-end id, or that refuse a
   * whole group. Refused for a file that is not of this run.
   */
  readonly sentLines: (instructionFile: string) => Promise<Result<readonly InstructionLine[]>>;
};

export type ResultReading = {
  readonly instructionFile: string;
  /** Nothing in the bytes says which file is answered, only the name of the upload. */
  readonly namedByUpload?: true;
  /** In the order of the file; read once. */
  readonly answers: Answers;
  /** Asked once the answers are read: why the file as a whole is refused after all (totals, digest). Nothing was written by then. */
  readonly wrong?: () => Refusal | undefined;
};
export type Answers = Iterable<BankAnswer | UnreadableAnswer> | AsyncIterable<BankAnswer | UnreadableAnswer>;

export type ResultInput = {
  readonly instructionFile: string;
  /** For formats that name the account that the money came back to (ISO 20022). */
  readonly payerAccount?: string;
  readonly resultDate: PlainDate;
  /** 1 for the first answer to the file (the default), 2 for the next: returns (退票) come days after the first. */
  readonly answer?: number;
  readonly lines: readonly StatedLine[];
};
/** What the bank says of one payment. Formats leave out what they have no column for. */
export type StatedLine = ResultLine & {
  /** Pending only, where the format has such words (ISO 20022). */
  readonly progress?: BankProgress;
};
