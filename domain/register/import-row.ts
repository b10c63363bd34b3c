import type { Instant, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import { sameName } from '../person-name.ts';
import { ok, type Result, refuse } from '../result.ts';
import { withPapers } from '../street/papers.ts';
import { type AccountRecord, currentAccount } from './account.ts';
import { appendFact } from './append-fact.ts';
import { currentPayee, type EnrolmentDocument } from './enrolment.ts';
import type { Fact, FactKind } from './facts.ts';
import type { WantedPayee } from './payee-change.ts';
import type { PersonDocument, PersonRecord } from './person.ts';
import type { RegisterRow } from './register-row.ts';
import type { RowFault } from './sheets.ts';

/** A person whom a row names, as found in the register: the key that is or would be theirs, and what is known. */
export type PersonFound = { readonly key: PersonKey; readonly document?: PersonDocument | undefined };

/** Which import a row belongs to, and when. */
export type RowOrigin = {
  readonly importId: string;
  /** Where facts are said to come from; the register sheet unless named. */
  readonly source?: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** The member of staff who asked for the import. */
  readonly by: string;
  /** When they asked: a sheet asked for earlier never overrules one asked for later. */
  readonly requestedAt: Instant;
  /** The day they asked, on which changes without a date of their own take effect. */
  readonly requestedOn: PlainDate;
  /** When this is recorded: runs with a cut-off before it do not see it. */
  readonly now: Instant;
};

export type RegisterRowInput = {
  readonly row: RegisterRow;
  readonly subject: PersonFound;
  /** The same as `subject` when people are paid themselves. */
  readonly payee: PersonFound;
  readonly enrolment: EnrolmentDocument | undefined;
  /** The id of the subject's enrolment here: of `enrolment`, or of the one that is to be created. */
  readonly enrolmentId: EnrolmentId;
  readonly origin: RowOrigin;
};

type RowOutcome = 'created' | 'changed' | 'unchanged';
/** What to store, in this order; absent where nothing is to change. */
export type RegisterRowDecision = {
  /** Leaves the account change out: whether that one is new is known only when it is proposed. */
  readonly outcome: RowOutcome;
  readonly payee?: PersonRecord;
  readonly subject?: PersonRecord;
  readonly enrolment?: EnrolmentDocument;
  /** Another payee than the one on record: only proposed, a second person confirms it. */
  readonly payeeChange?: WantedPayee;
  /** Another account than the one in use: only proposed, a second person confirms it. */
  readonly accountChange?: {
    readonly account: string;
    readonly holderName: string;
    readonly bankName?: string;
  };
};

/**
 * What one row of the register sheet changes, given what is known: pure, so that the same row on the same register
 * always decides the same, and on a register that has it already decides that nothing changes.
 */
export function decideRegisterRow(input: RegisterRowInput): Result<RegisterRowDecision, readonly RowFault[]> {
  const { row, subject, payee, enrolment, origin } = input;
  const faults = nameFaults(input);
  if (faults.length > 0) return refuse(faults);
  if (enrolment?.sheetAt !== undefined && enrolment.sheetAt > origin.requestedAt) {
    return ok({ outcome: 'unchanged' });
  }
  const self = subject.key === payee.key;
  const nextSubject = subjectRecord(input, self);
  const nextPayee = self ? undefined : payeeRecord(input);
  const nextEnrolment = enrolmentDocument(input);
  const accountChange = accountToPropose(row, payee);
  const saved = {
    ...(nextPayee && nextPayee !== payee.document?.record && { payee: nextPayee }),
    ...(nextSubject !== subject.document?.record && { subject: nextSubject }),
    ...(nextEnrolment !== enrolment && { enrolment: nextEnrolment }),
  };
  const says = nextEnrolment.facts !== enrolment?.facts || nextEnrolment.payees !== enrolment?.payees;
  const outcome = outcomeOf(input, says || saved.payee !== undefined || saved.subject !== undefined);
  const payeeChange = payeeToPropose(input);
  return ok({
    outcome,
    ...saved,
    ...(payeeChange && { payeeChange }),
    ...(accountChange && { accountChange }),
  });
}

function nameFaults({ row, subject, payee }: RegisterRowInput): RowFault[] {
  const faults: RowFault[] = [];
  const other = (column: string, en: string): RowFault => ({
    column,
    zh: '该身份证号在对象信息库中登记的是另一个姓名：请核对姓名和身份证号；确需更名的，请先办理信息更正',
    en: `${en}: this identity number is registered under another name; check both, or have the name corrected first`,
  });
  const known = subject.document?.record.legalName;
  if (known !== undefined && !sameName(known, row.name)) faults.push(other('姓名', 'Name'));
  const knownPayee = payee.document?.record.legalName;
  if (row.payee && knownPayee !== undefined && !sameName(knownPayee, row.payee.name)) {
    faults.push(other('收款人姓名', 'Payee name'));
  }
  return faults;
}

function subjectRecord({ row, subject, origin }: RegisterRowInput, self: boolean): PersonRecord {
  const before = subject.document?.record ?? newPerson(subject.key, row.name, row.idNumber, origin);
  let facts = before.facts;
  if (row.identityClass !== undefined) {
    // The first statement describes how things are, as far back as anyone knows; a later one is a change, from then on.
    const first = !facts.some((fact) => fact.kind === 'identity-class');
    const validFrom = first ? birthDateOf(row.idNumber) : origin.requestedOn;
    facts = appendFact(facts, fact('identity-class', row.identityClass, validFrom, origin));
  }
  const accounts = self ? withFirstAccount(before, row, origin) : before.accounts;
  const phone = row.phone ?? before.phone;
  if (facts === before.facts && accounts === before.accounts && phone === before.phone) return before;
  return { ...before, phone, facts, accounts };
}

function payeeRecord({ row, payee, origin }: RegisterRowInput): PersonRecord | undefined {
  if (!row.payee) return undefined;
  const before = payee.document?.record ?? newPerson(payee.key, row.payee.name, row.payee.idNumber, origin);
  const accounts = withFirstAccount(before, row, origin);
  return accounts === before.accounts ? before : { ...before, accounts };
}

function newPerson(key: PersonKey, legalName: string, idNumber: string, origin: RowOrigin): PersonRecord {
  const birthDate = birthDateOf(idNumber);
  const born: Fact = { ...fact('birth-date', birthDate, birthDate, origin), source: 'identity-number' };
  return { personKey: key, legalName, idNumber, facts: [born], accounts: [] };
}

/** The first account of a person comes with the sheet; every later one is proposed and confirmed. */
function withFirstAccount(
  person: PersonRecord,
  row: RegisterRow,
  origin: RowOrigin,
): readonly AccountRecord[] {
  if (person.accounts.length > 0) return person.accounts;
  return [
    {
      account: row.account,
      holderName: person.legalName,
      bankName: row.bankName,
      validFrom: origin.requestedOn,
      recordedAt: origin.now,
      source: 'register-sheet',
      by: origin.by,
      evidence: origin.importId,
    },
  ];
}

function accountToPropose(
  row: RegisterRow,
  payee: PersonFound,
): RegisterRowDecision['accountChange'] | undefined {
  const current = payee.document && currentAccount(payee.document.record);
  if (!payee.document || !current) return undefined;
  const sameBank = row.bankName === undefined || row.bankName === current.bankName;
  if (current.account === row.account && sameBank) return undefined;
  const holderName = payee.document.record.legalName;
  return { account: row.account, holderName, ...(row.bankName !== undefined && { bankName: row.bankName }) };
}

/** The first payee comes with the sheet; every later one is proposed and confirmed. */
function payeeToPropose({
  row,
  subject,
  payee,
  enrolment,
  origin,
}: RegisterRowInput): WantedPayee | undefined {
  const current = enrolment && currentPayee(enrolment);
  if (current === undefined || current === payee.key) return undefined;
  const evidence = origin.importId;
  if (payee.key === subject.key || !row.payee) return { kind: 'self', evidence };
  const { name, idNumber } = row.payee;
  return { kind: 'representative', named: { legalName: name, number: idNumber }, evidence };
}

function enrolmentDocument(input: RegisterRowInput): EnrolmentDocument {
  const { row, subject, payee, enrolment, origin } = input;
  const before: EnrolmentDocument = enrolment ?? {
    id: input.enrolmentId,
    jurisdiction: origin.jurisdiction,
    programme: origin.programme,
    subject: subject.key,
    payees: [],
    facts: [],
    version: 0,
    changedAt: origin.now,
  };
  const streetFrom = before.facts.some(({ kind }) => kind === 'street') ? origin.requestedOn : row.appliedOn;
  let facts = appendFact(before.facts, fact('application', row.appliedOn, row.appliedOn, origin));
  facts = appendFact(facts, fact('street', row.street, streetFrom, origin));
  // Resuming says something only to someone who was stopped.
  const stopped = facts.some(({ kind }) => kind === 'stop');
  if (row.stopMonth !== undefined && (row.stopMonth !== '' || stopped)) {
    facts = appendFact(facts, fact('stop', row.stopMonth, origin.requestedOn, origin));
  }
  if (row.community !== undefined)
    facts = appendFact(facts, fact('community', row.community, streetFrom, origin));
  if (row.papers) facts = withPapers(facts, row.papers, papersStamp(origin));
  const { importId, by, now } = origin;
  const payees =
    before.payees.length > 0
      ? before.payees
      : [{ payee: payee.key, recordedAt: now, source: `import:${importId}`, by }];
  if (enrolment && facts === before.facts && payees === before.payees) {
    if (enrolment.sheetAt === origin.requestedAt) return enrolment;
    // Nothing new, so that no run has to look at it; and yet the last to speak, so that an older sheet is not heard after it.
    return { ...enrolment, sheetAt: origin.requestedAt, version: enrolment.version + 1 };
  }
  return {
    ...before,
    facts,
    payees,
    sheetAt: origin.requestedAt,
    version: before.version + 1,
    changedAt: now,
  };
}

/**
 * A chunk that was interrupted and is done again finds its own work; it reports what it did the first time, so that the
 * counts of an import do not depend on how often it was interrupted.
 */
function outcomeOf({ subject, enrolment, origin }: RegisterRowInput, saves: boolean): RowOutcome {
  if (!enrolment) return 'created';
  const ours = ({ by }: Fact): boolean => by === origin.importId;
  if (enrolment.facts[0] && ours(enrolment.facts[0])) return 'created';
  const touched =
    enrolment.facts.some(ours) ||
    enrolment.payees.some(({ source }) => source === `import:${origin.importId}`) ||
    (subject.document?.record.facts.some(ours) ?? false);
  return saves || touched ? 'changed' : 'unchanged';
}

function fact(kind: FactKind, value: string, validFrom: PlainDate, origin: RowOrigin): Fact {
  return {
    kind,
    value,
    validFrom,
    recordedAt: origin.now,
    source: origin.source ?? 'register',
    by: origin.importId,
  };
}

const papersStamp = ({ now, source = 'register', importId, requestedOn }: RowOrigin) => ({
  recordedAt: now,
  source,
  by: importId,
  on: requestedOn,
});

function birthDateOf(idNumber: string): PlainDate {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
}
