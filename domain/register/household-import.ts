import { householdsEver, lastMembership, membershipText } from '../household/membership.ts';
import type { EnrolmentId, HouseholdKey } from '../ids.ts';
import { ok, type Result, refuse } from '../result.ts';
import { withPapers } from '../street/papers.ts';
import { appendFact } from './append-fact.ts';
import { caseStopFault } from './case-stop.ts';
import { currentPayee, type EnrolmentDocument } from './enrolment.ts';
import { type Fact, latestFact } from './facts.ts';
import type { HouseholdDocument, HouseholdRecord } from './household.ts';
import type { HouseholdRow, Statements } from './household-row.ts';
import type { WantedPayee } from './payee-change.ts';
import type { PersonRecord } from './person.ts';
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

export type HouseholdRowInput = {
  readonly row: HouseholdRow;
  readonly member: PersonFound;
  readonly head: PersonFound;
  /** The same as `head` where nobody else is paid. */
  readonly payee: PersonFound;
  /** The head's household, or the one whose key the head would be given. */
  readonly household: HouseholdKey;
  readonly document: HouseholdDocument | undefined;
  readonly enrolment: EnrolmentDocument | undefined;
  readonly enrolmentId: EnrolmentId;
  readonly origin: RowOrigin;
};

/** What to store, in this order; absent where nothing is to change. A member's row changes the member alone. */
export type HouseholdRowDecision = {
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly payee?: PersonRecord;
  readonly member?: PersonRecord;
  readonly household?: HouseholdRecord;
  readonly enrolment?: EnrolmentDocument;
  /** Another payee than the one on record: only proposed, a second person confirms it. */
  readonly payeeChange?: WantedPayee;
  /** Another account than the one in use: only proposed, a second person confirms it. */
  readonly accountChange?: WantedAccount;
};

/**
 * What one row of the household sheet changes, given what is known: pure, and on a register that has the row already it decides
 * that nothing changes. Each row stands for itself, so that rows of one household may come in any order. What the register
 * learned after the sheet was asked for is not overruled by it.
 */
export function decideHouseholdRow(
  input: HouseholdRowInput,
): Result<HouseholdRowDecision, readonly RowFault[]> {
  const faults = [...nameFaultsOf(input), ...membershipFaults(input)];
  if (faults.length > 0) return refuse(faults);
  const late = overtaken(input.enrolment, input.row.stopMonth, input.origin);
  if (late) return late;
  const isHead = input.row.relation === 'head';
  const decided = isHead ? caseStopFault(input.enrolment, input.row, input.origin) : undefined;
  if (decided) return refuse([decided]);
  const member = memberRecord(input);
  const payee = isHead && input.payee.key !== input.head.key ? payeeRecord(input) : undefined;
  const household = isHead ? householdRecord(input) : undefined;
  const enrolment = isHead ? enrolmentDocument(input) : undefined;
  const accountChange = isHead ? accountToPropose(input.row, input.payee) : undefined;
  const payeeChange = isHead ? payeeToPropose(input) : undefined;
  const saved = {
    ...(payee && payee !== input.payee.document?.record && { payee }),
    ...(member !== input.member.document?.record && { member }),
    ...(household && household !== input.document?.record && { household }),
    ...(enrolment && enrolment !== input.enrolment && { enrolment }),
  };
  // To be the last sheet that spoke changes nothing that anybody looks at.
  const says = enrolment?.facts !== input.enrolment?.facts || enrolment?.payees !== input.enrolment?.payees;
  const { enrolment: _, ...others } = saved;
  const outcome = outcomeOf(input, Object.keys(others).length > 0 || (isHead && says));
  return ok({
    outcome,
    ...saved,
    ...(payeeChange && { payeeChange }),
    ...(accountChange && { accountChange }),
  });
}

function nameFaultsOf({ row, member, head, payee }: HouseholdRowInput): RowFault[] {
  return [
    ...nameFaults(member, row.member.name, '成员姓名', 'Name'),
    ...(member.key === head.key ? [] : nameFaults(head, row.head.name, '户主姓名', 'Head')),
    ...(row.payee ? nameFaults(payee, row.payee.name, '领款人姓名', 'Payee name') : []),
  ];
}

/** Nobody is taken out of another household by a sheet, and no head is replaced by one: those are events with a date. */
function membershipFaults({ member, household, row, head }: HouseholdRowInput): RowFault[] {
  const now = member.document && lastMembership(member.document.record.facts);
  const ofHead = head.document && lastMembership(head.document.record.facts);
  if (ofHead && ofHead.relation !== 'head') {
    return [
      {
        column: '户主身份证号',
        zh: '该户主在对象信息库中是其他家庭的成员：请先办理分户或变更户主，再导入名册',
        en: 'ID number of head: registered as a member of a household and not as its head; record the split or the new head first',
      },
    ];
  }
  if (now && now.household !== household) {
    return [
      {
        column: '成员身份证号',
        zh: '该成员已登记在另一个家庭：请先办理分户、合户或婚迁，再导入名册',
        en: 'ID number: already a member of another household; record the split, merger or marriage first',
      },
    ];
  }
  if (now?.relation === 'head' && row.relation !== 'head') {
    return [
      {
        column: '与户主关系',
        zh: '该成员在对象信息库中是本户户主：请先办理变更户主',
        en: 'Relation: registered as the head of this household; name the new head first',
      },
    ];
  }
  return [];
}

function memberRecord(input: HouseholdRowInput): PersonRecord {
  const { row, member, household, payee, origin } = input;
  const before = member.document?.record ?? newPerson(member.key, row.member, origin);
  const membership = membershipText({ household, relation: row.relation, covered: row.covered });
  const facts = stated([['household', membership], ...row.ofMember], before.facts, input);
  const accounts = payee.key === member.key ? withFirstAccount(before, row, origin) : before.accounts;
  const phone = row.phone ?? before.phone;
  if (facts === before.facts && accounts === before.accounts && phone === before.phone) return before;
  return { ...before, phone, facts, accounts };
}

function payeeRecord(input: HouseholdRowInput): PersonRecord | undefined {
  const { row, payee, origin } = input;
  if (!row.payee) return undefined;
  const before = payee.document?.record ?? newPerson(payee.key, row.payee, origin);
  const accounts = withFirstAccount(before, row, origin);
  return accounts === before.accounts ? before : { ...before, accounts };
}

/**
 * Whoever is paid now stays: another payee that the sheet names, or the head where it names nobody, is proposed and confirmed. The head is
 * paid under the household's own key, or under their own when they were named before they headed it: either way there is nothing to change.
 */
function payeeToPropose({
  row,
  head,
  payee,
  household,
  enrolment,
  origin,
}: HouseholdRowInput): WantedPayee | undefined {
  if (!enrolment) return undefined;
  const current = currentPayee(enrolment) ?? household;
  const evidence = origin.importId;
  if (payee.key === head.key || !row.payee) {
    return current === household || current === head.key ? undefined : { kind: 'head', evidence };
  }
  if (current === payee.key) return undefined;
  const { name, idNumber } = row.payee;
  return { kind: 'representative', named: { legalName: name, number: idNumber }, evidence };
}

function householdRecord(input: HouseholdRowInput): HouseholdRecord {
  const before = input.document?.record ?? { householdKey: input.household, facts: [] };
  const facts = stated(input.row.ofHousehold, before.facts, input);
  return facts === before.facts ? before : { ...before, facts };
}

function enrolmentDocument(input: HouseholdRowInput): EnrolmentDocument {
  const { row, head, payee, household, enrolment, origin } = input;
  const { jurisdiction, programme, importId, by, now } = origin;
  const before: EnrolmentDocument = enrolment ?? {
    id: input.enrolmentId,
    jurisdiction,
    programme,
    subject: household,
    payees: [],
    facts: [],
    version: 0,
    changedAt: now,
  };
  const facts = reported(
    stated(
      [
        ['application', row.appliedOn],
        ['street', row.street],
      ],
      before.facts,
      input,
    ),
    input,
  );
  // Without a record the head is paid, whoever that is. The first payee comes with the sheet.
  const payees =
    enrolment || payee.key === head.key
      ? before.payees
      : [{ payee: payee.key, recordedAt: now, source: `import:${importId}`, by }];
  const same = enrolment && facts === before.facts && payees === before.payees;
  if (same && enrolment.sheetAt === origin.requestedAt) return enrolment;
  const next = { ...before, sheetAt: origin.requestedAt, version: before.version + 1 };
  return same ? next : { ...next, facts, payees, changedAt: now };
}

/**
 * Adds what the row says anew. A first statement holds since the application, a change from its own date, or else from the day
 * of the import. Later knowledge of the same kind stands.
 */
function stated(
  statements: Statements,
  before: readonly Fact[],
  { row, origin }: HouseholdRowInput,
): readonly Fact[] {
  let facts = before;
  for (const [kind, value] of statements) {
    const last = latestFact(facts, kind);
    if (last ? last.value === value : NOTHING.has(value)) continue;
    if (last && last.by !== origin.importId && last.recordedAt > origin.requestedAt) continue;
    const validFrom = row.changedOn ?? (last ? origin.requestedOn : row.appliedOn);
    facts = [...facts, factOfRow(kind, value, validFrom, origin)];
  }
  return facts;
}

/** What a street reports of the enrolment itself: its community, its papers, and the last month due. */
function reported(before: readonly Fact[], { row, origin }: HouseholdRowInput): readonly Fact[] {
  const { community, stopMonth, papers } = row;
  let facts = before;
  if (community !== undefined)
    facts = appendFact(facts, factOfRow('community', community, row.changedOn ?? origin.requestedOn, origin));
  // Resuming says something only to one that was stopped.
  if (stopMonth !== undefined && (stopMonth !== '' || facts.some(({ kind }) => kind === 'stop')))
    facts = appendFact(facts, factOfRow('stop', stopMonth, origin.requestedOn, origin));
  const { now: recordedAt, source = 'register', importId: by, requestedOn: on } = origin;
  return withPapers(facts, papers, { recordedAt, source, by, on });
}

/** What is so of everybody of whom nothing was ever said. */
const NOTHING: ReadonlySet<string> = new Set(['', 'none', 'released', 'found', 'left']);

function outcomeOf(input: HouseholdRowInput, saves: boolean): HouseholdRowDecision['outcome'] {
  const { member, row, household, origin } = input;
  const facts = member.document?.record.facts ?? [];
  if (!householdsEver(facts).has(household)) return 'created';
  const ours = ({ by }: Fact): boolean => by === origin.importId;
  if (facts.some((one) => ours(one) && one.kind === 'household' && isFirst(facts, one))) return 'created';
  const touched = saidBy(origin.importId, facts) || (row.relation === 'head' && touchedHousehold(input));
  return saves || touched ? 'changed' : 'unchanged';
}

/** Whether this import wrote what only the row of the head says. */
function touchedHousehold({ payee, document, enrolment, origin: { importId } }: HouseholdRowInput): boolean {
  return (
    saidBy(importId, enrolment?.facts) ||
    saidBy(importId, document?.record.facts) ||
    broughtPayee(importId, payee.document)
  );
}

const isFirst = (facts: readonly Fact[], one: Fact): boolean =>
  facts.find(({ kind }) => kind === 'household') === one;
