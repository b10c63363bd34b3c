import * as z from 'zod/mini';
import type { PlainDate } from '../../domain/calendar.ts';
import { proposedFen } from '../../domain/grants/amounts.ts';
import type { StagedGrant } from '../../domain/grants/list.ts';
import { rowBasis } from '../../domain/grants/withdrawal.ts';
import { birthDateIn, parseIdentityNumber } from '../../domain/identity-number.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import type { GrantFacts, GrantInput, GrantProposal } from '../../domain/programmes/programme.ts';
import type { PolicyView } from '../../domain/programmes/schedule.ts';
import type { Fact } from '../../domain/register/facts.ts';
import { isPartyColumn } from '../../domain/register/grant-columns.ts';
import { lookupNumber } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { GrantListStore } from '../adapters/grant-list-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { AccountOf } from '../adapters/service-accounts.ts';
import type { RowRecorded } from '../register/propose-from-sheet.ts';
import { type FamilyGrantPorts, familyGrants } from './earlier-grants.ts';
import { ensurePerson } from './ensure-person.ts';
import {
  ACCOUNT_DIFFERS,
  granted,
  NO_LIST,
  notOfProgramme,
  PARTY_FAULTS,
  twice,
  unfit,
} from './list-faults.ts';
import { personSituation } from './person-situation.ts';
import { counted, type GrantProgramme, grantProgramme, isFree } from './work-out-grant.ts';

export type ListStagerPorts = FamilyGrantPorts & {
  readonly register: RegisterStore;
  readonly grantLists: GrantListStore;
  readonly policies: { readonly current: () => Promise<Result<PolicyBook>> };
};
type Origin = {
  readonly importId: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly by: string;
  readonly requestedOn: PlainDate;
};
type Faults = readonly RowFault[];
type Party = { readonly idNumber: string; readonly name: string; readonly organisation: boolean };
type Parties = { readonly subject: Party; readonly payee?: Party };
const numberOf = ({ idNumber, organisation }: Party) =>
  lookupNumber({ idNumber, ...(organisation && { organisation }) });
const SOURCE = 'grant-list';
const NO_ROOM = refusal('policy/over-allowance', '超出服务额度', 'more than is left of the allowance');

/**
 * Stages the rows of a list of grants: each is worked out by the rules of its programme and kept with its amount, to be decided as a whole
 * later. Who is named enters the register; nothing else of it changes, and nobody is enrolled.
 */
export class GrantListStager {
  readonly #ports: ListStagerPorts;
  readonly #origin: Origin;
  readonly #grant: Result<GrantProgramme>;
  #view: Result<PolicyView> | undefined;

  constructor(ports: ListStagerPorts, origin: Origin) {
    this.#ports = ports;
    this.#origin = origin;
    this.#grant = grantProgramme(origin.programme);
  }

  /** Reads the policy once for all rows. */
  async prepare(): Promise<void> {
    const { jurisdiction, programme, requestedOn } = this.#origin;
    const book = await this.#ports.policies.current();
    this.#view = book.ok
      ? ok({ book: book.value, scope: { jurisdiction, programme, knownOn: requestedOn } })
      : book;
  }

  async stage(row: number, values: RowValues): Promise<Result<RowRecorded, Faults>> {
    if (!this.#grant.ok) return refuse([unfit(this.#grant.error)]);
    const facts = factsOf(this.#grant.value, values);
    if (!facts.ok) return facts;
    const parties = partiesOf(this.#grant.value, values, this.#origin.requestedOn);
    if (!parties.ok) return parties;
    const { subject, payee } = parties.value;
    const work = () => this.#workedOut(row, parties.value, facts.value, values);
    const worked = await work();
    if (!worked.ok) return worked;
    const paid = await this.#ensured(payee ?? subject, values, true);
    if (!paid.ok) return paid;
    const about = payee ? await this.#ensured(subject, values, false) : paid;
    if (!about.ok) return about;
    const { settlement } = this.#grant.value.rules;
    const staged: StagedGrant = {
      row,
      subject: about.value,
      ...(payee && { payee: paid.value }),
      ...((payee ?? subject).organisation && { organisationPaid: true as const }),
      ...(settlement && { settled: true as const }),
      ...(settlement?.oncePer === 'organisation' && { holder: paid.value }),
      street: values['street'] ?? '',
      appliedOn: this.#appliedOn(values),
      occasion: this.#grant.value.rules.occasion?.(facts.value) ?? '',
      facts: facts.value,
      proposal: worked.value,
    };
    const room = await this.#takeRoom(staged, work);
    if (!room.ok) return room;
    const { importId, jurisdiction, programme } = this.#origin;
    const other = await this.#ports.grantLists.stage({ importId, jurisdiction, programme }, staged);
    if (other === undefined) return ok({ outcome: 'created', accountChange: false });
    await this.#ports.grantLists.accounts.cancel(this.#waiting(staged.subject), this.#basis(row));
    return refuse([twice(other)]);
  }

  /** Rows of one list that together are more than a person may have: whoever comes second comes back. */
  async #takeRoom(
    { row, subject: person, facts, proposal }: StagedGrant,
    work: () => Promise<Result<unknown, Faults>>,
  ): Promise<Result<true, Faults>> {
    const month = this.#grant.ok && this.#grant.value.rules.settlement?.accountMonth?.(facts);
    if (!month) return ok(true);
    let faults: Faults = [];
    const entry = { basis: this.#basis(row), month, fen: proposedFen(proposal) };
    const entered = await this.#ports.grantLists.accounts.enter(this.#waiting(person), entry, async () => {
      const again = await work();
      if (!again.ok) faults = again.error;
      return again.ok ? ok(true) : refuse(NO_ROOM);
    });
    return entered.ok ? entered : refuse(faults);
  }

  #basis = (row: number): string => rowBasis({ importId: this.#origin.importId, row });

  /** The account of a person's rows in this list, which nobody decided yet. */
  #waiting(person: PersonKey): AccountOf {
    const { importId: list, jurisdiction, programme } = this.#origin;
    return { jurisdiction, programme, person, list };
  }

  #appliedOn(values: RowValues): PlainDate {
    return values['appliedOn'] ?? this.#origin.requestedOn;
  }

  async #workedOut(
    row: number,
    { subject, payee }: Parties,
    facts: GrantFacts,
    values: RowValues,
  ): Promise<Result<GrantProposal, Faults>> {
    const { register, grantLists } = this.#ports;
    const { programme, requestedOn } = this.#origin;
    invariant(this.#grant.ok && this.#view, 'rows are worked out after the policy was read');
    if (!this.#view.ok) return refuse([unfit(this.#view.error)]);
    const { rules } = this.#grant.value;
    const { idNumber, organisation } = subject;
    const [key] = await register.personKeysByIdNumber([numberOf(subject)]);
    const [served] = payee ? await register.personKeysByIdNumber([numberOf(payee)]) : [];
    const holder = rules.settlement?.oncePer === 'organisation' ? served : key;
    const { grants } = key === undefined ? { grants: [] } : await familyGrants(this.#ports, [key], undefined);
    const free = key === undefined ? ok(true) : isFree(this.#grant.value, key, facts, grants);
    const occasion = rules.occasion?.(facts) ?? '';
    const claimed =
      holder !== undefined && (await grantLists.claimed(programme, holder, occasion)) !== undefined;
    if (claimed || !free.ok) return refuse([granted()]);
    const person = key === undefined ? undefined : await register.person(key);
    const own = key === undefined ? [] : counted(this.#grant.value, key, grants);
    const proposal = rules.workOut({
      facts,
      appliedOn: this.#appliedOn(values),
      decidedOn: requestedOn,
      view: this.#view.value,
      ...(!organisation && { subject: person?.record.facts ?? bornOn(idNumber, this.#origin.requestedOn) }),
      earlier: own.filter((one) => one.jurisdiction === this.#origin.jurisdiction),
      ...(rules.settlement?.accountMonth &&
        key !== undefined &&
        (await this.#account(row, key, person?.record.facts ?? []))),
    });
    return proposal.ok ? proposal : refuse([unfit(proposal.error)]);
  }

  /** What stands around a person whose services count against what he may have. */
  async #account(
    row: number,
    person: PersonKey,
    facts: readonly Fact[],
  ): Promise<Pick<GrantInput, 'situation' | 'account'>> {
    const { jurisdiction, programme } = this.#origin;
    const { register, grantLists } = this.#ports;
    const waiting = await grantLists.accounts.standing(this.#waiting(person));
    return {
      situation: await personSituation(register, jurisdiction, person, facts),
      account: [
        ...(await grantLists.accounts.standing({ jurisdiction, programme, person })),
        ...waiting.filter(({ basis }) => basis !== this.#basis(row)),
      ],
    };
  }

  /** Enters somebody into the register; who is paid with the account of the row, which has to be the one on record. */
  async #ensured(
    { idNumber, name, organisation }: Party,
    values: RowValues,
    paid: boolean,
  ): Promise<Result<PersonKey, Faults>> {
    const { account, bankName: bank, phone } = values;
    const done = await ensurePerson(this.#ports, {
      idNumber,
      legalName: name,
      ...(paid && phone !== undefined && { phone }),
      ...(paid &&
        account !== undefined && {
          account: { account, holderName: name, ...(bank !== undefined && { bank }) },
        }),
      ...(organisation && { organisation: true as const }),
      source: SOURCE,
      by: this.#origin.by,
    });
    if (!done.ok) return refuse([unfit(done.error, '姓名')]);
    return done.value.accountDiffers ? refuse([ACCOUNT_DIFFERS]) : ok(done.value.personKey);
  }
}

/** All that is known of somebody who is not in the register yet: rules that ask for an age have it. */
function bornOn(idNumber: string, today: PlainDate): readonly Fact[] {
  const value = birthDateIn(idNumber);
  const from = { validFrom: value, recordedAt: `${today}T00:00:00.000Z`, source: SOURCE, by: SOURCE };
  return [{ kind: 'birth-date', value, ...from }];
}

/** What a row states, through the schema of the programme; a column of another programme that is filled is a mistake. */
function factsOf({ programme, rules }: GrantProgramme, values: RowValues): Result<GrantFacts, Faults> {
  const { columns = {}, fromRow, schema } = rules;
  if (!fromRow) return refuse([NO_LIST]);
  const strange = Object.keys(values).filter((id) => !isPartyColumn(id) && !Object.hasOwn(columns, id));
  if (strange.length > 0) return refuse(strange.map((id) => notOfProgramme(id, programme.names)));
  const parsed = z.safeParse(schema, fromRow(values));
  if (parsed.success) return ok(parsed.data);
  const faults = parsed.error.issues.map((issue) => PARTY_FAULTS.fact(String(issue.path[0] ?? ''), columns));
  return refuse(faults);
}

/** Who the row is about and who is paid: an organisation exactly where the programme says so. */
function partiesOf(
  { programme, rules }: GrantProgramme,
  values: RowValues,
  today: PlainDate,
): Result<Parties, Faults> {
  const { name = '', idNumber = '', payeeName, payeeIdNumber } = values;
  const subject = partyOf(name, idNumber, today);
  // Whoever is served is a person, whatever is enrolled.
  const ofOrganisation = programme.unit === 'organisation' && !rules.settlement;
  if (subject.organisation !== ofOrganisation) return refuse([PARTY_FAULTS.subject]);
  if ((payeeName === undefined) !== (payeeIdNumber === undefined)) return refuse([PARTY_FAULTS.payee]);
  const payee =
    payeeIdNumber === undefined || payeeIdNumber === idNumber
      ? undefined
      : partyOf(payeeName ?? '', payeeIdNumber, today);
  if (programme.afterDeath && !payee) return refuse([PARTY_FAULTS.handler]);
  if ((payee ?? subject).organisation !== (rules.payee === 'organisation'))
    return refuse([PARTY_FAULTS.paid]);
  return ok({ subject, ...(payee && { payee }) });
}

function partyOf(name: string, idNumber: string, today: PlainDate): Party {
  // The column took either an identity number or a credit code: what is no identity number is a code.
  const person = parseIdentityNumber(idNumber, { today });
  return { idNumber, name, organisation: !person.ok };
}
