import {
  type FileIdentity,
  type FileNaming,
  instructionFileName,
  parseInstructionFileName,
} from '../layout.ts';

/** Names and numbers of a credit transfer initiation (pain.001) and of what answers it. */
export const PAIN_001 = 'pain.001.001.09';
export const PAIN_002 = 'pain.002.001.10';

/** Whoever pays, as the bank's contract names it. */
export type BankParty = {
  /** Name of the account's holder. */
  readonly name: string;
  /** 统一社会信用代码. */
  readonly organisationCode: string;
  /** CNAPS number (联行号) of the bank that keeps the account. */
  readonly agentBankCode: string;
};

export const PAIN_001_NAMING: FileNaming = {
  fileName: 'DF_{jurisdiction}_{programme}_{period}{round}_{number}.xml',
  resultSuffix: '.ret',
};
/** Message ids use only what every bank's system carries: the character set of SWIFT knows no underscore. */
const MESSAGE_NAMING: FileNaming = {
  fileName: '{jurisdiction}-{programme}{period}{round}-{number}',
  resultSuffix: '.',
};

/** MsgId and PmtInfId of an instruction file, e.g. "110199-GL202612R-0001": unique for ever, because a run of a bureau is. */
export function messageId(identity: FileIdentity): string {
  return instructionFileName(MESSAGE_NAMING, identity);
}

/** The instruction file that an answer speaks of; undefined when the id is none of ours. */
export function fileOfMessage(id: string): string | undefined {
  const identity = parseInstructionFileName(MESSAGE_NAMING, id);
  return identity.ok ? instructionFileName(PAIN_001_NAMING, identity.value) : undefined;
}

/** InstrId: the message and the place in it, six digits. */
export function instructionId(message: string, sequence: number): string {
  return `${message}-${String(sequence).padStart(6, '0')}`;
}

/** The place that an InstrId names in a message; undefined for an id of another message, or none of ours. */
export function sequenceOf(id: string, message: string): number | undefined {
  const [, named, digits] = /^(.+)-(\d{6})$/.exec(id) ?? [];
  const sequence = Number(digits);
  return named === message && sequence > 0 ? sequence : undefined;
}
