import { birthDateIn } from '../identity-number.ts';
import type { EnrolmentId } from '../ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { withPapers } from '../street/papers.ts';
import { appendFact } from './append-fact.ts';
import { caseStopFault } from './case-stop.ts';
import { currentPayee, type EnrolmentDocument } from './enrolment.ts';
import { withOwnFacts } from './own-facts.ts';
import type { WantedPayee } from './payee-change.ts';
import type { PersonRecord } from './person.ts';
import type { RegisterRow } from './register-row.ts';
import {
  accountToPropose,
  factOfRow,
  nameFaults,
  newPerson,
  overtaken,
  type PersonFound,
  type RowOrigin,
  type WantedAccount,
  withFirstAccount,
} from './sheet-person.ts';
import type { RowFault } from './sheets.ts';
import { broughtPayee, saidBy } from './written-by.ts';

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
  readonly accountChange?: WantedAccount;
};

/**
 * What one row of the register sheet changes, given what is known: pure, so that the same row on the same register
 * always decides the same, and on a register that has it already decides that nothing changes.
 */
export function decideRegisterRow(input: RegisterRowInput): Result<RegisterRowDecision, readonly RowFault[]> {
  const { row, subject, payee, enrolment, origin } = input;
  const faults = nameFaultsOf(input);
  if (faults.length > 0) return refuse(faults);
  const late = overtaken(enrolment, row.stopMonth, origin);
  if (late) return late;
  const decided = caseStopFault(enrolment, row, origin);
  if (decided) return refuse([decided]);
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

function nameFaultsOf({ row, subject, payee }: RegisterRowInput): RowFault[] {
  return [
    ...nameFaults(subject, row.name, '姓名', 'Name'),
    ...(row.payee ? nameFaults(payee, row.payee.name, '收款人姓名', 'Payee name') : []),
  ];
}

function subjectRecord({ row, subject, origin }: RegisterRowInput, self: boolean): PersonRecord {
  const before = subject.document?.record ?? newPerson(subject.key, row, origin);
  let facts = before.facts;
  if (row.identityClass !== undefined) {
    // The first statement describes how things are, as far back as anyone knows; a later one is a change, from then on.
    const first = !facts.some((fact) => fact.kind === 'identity-class');
    const validFrom = first ? birthDateIn(row.idNumber) : origin.requestedOn;
    facts = appendFact(facts, factOfRow('identity-class', row.identityClass, validFrom, origin));
  }
  facts = withOwnFacts(facts, row.own ?? [], 'person', birthDateIn(row.idNumber), origin);
  const accounts = self ? withFirstAccount(before, row, origin) : before.accounts;
  const phone = row.phone ?? before.phone;
  if (facts === before.facts && accounts === before.accounts && phone === before.phone) return before;
  return { ...before, phone, facts, accounts };
}

function payeeRecord({ row, payee, origin }: RegisterRowInput): PersonRecord | undefined {
  if (!row.payee) return undefined;
  const before = payee.document?.record ?? newPerson(payee.key, row.payee, origin);
  const accounts = withFirstAccount(before, row, origin);
  return accounts === before.accounts ? before : { ...before, accounts };
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
  let facts = appendFact(before.facts, factOfRow('application', row.appliedOn, row.appliedOn, origin));
  facts = appendFact(facts, factOfRow('street', row.street, streetFrom, origin));
  // Resuming says something only to someone who was stopped.
  const stopped = facts.some(({ kind }) => kind === 'stop');
  if (row.stopMonth !== undefined && (row.stopMonth !== '' || stopped)) {
    facts = appendFact(facts, factOfRow('stop', row.stopMonth, origin.requestedOn, origin));
  }
  if (row.community !== undefined)
    facts = appendFact(facts, factOfRow('community', row.community, streetFrom, origin));
  if (row.papers) facts = withPapers(facts, row.papers, papersStamp(origin));
  facts = withOwnFacts(facts, row.own ?? [], 'enrolment', row.appliedOn, origin);
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
function outcomeOf({ subject, payee, enrolment, origin }: RegisterRowInput, saves: boolean): RowOutcome {
  const { importId } = origin;
  if (!enrolment || saidBy(importId, enrolment.facts.slice(0, 1))) return 'created';
  const touched =
    saidBy(importId, enrolment.facts) ||
    enrolment.payees.some(({ source }) => source === `import:${importId}`) ||
    saidBy(importId, subject.document?.record.facts) ||
    broughtPayee(importId, payee.document);
  return saves || touched ? 'changed' : 'unchanged';
}

const papersStamp = ({ now, source = 'register', importId, requestedOn }: RowOrigin) => ({
  recordedAt: now,
  source,
  by: importId,
  on: requestedOn,
});
