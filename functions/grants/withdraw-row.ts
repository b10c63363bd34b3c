import type { PlainDate } from '../../domain/calendar.ts';
import { grantParts } from '../../domain/grants/application-commands.ts';
import type { StagedGrant } from '../../domain/grants/list.ts';
import {
  decideWithdrawal,
  type ListRow,
  proposeWithdrawal,
  rowBasis,
  rowOfBasis,
  type Withdrawal,
  type WithdrawalDecision,
  withdrawnBasis,
} from '../../domain/grants/withdrawal.ts';
import { type JurisdictionCode, type ProgrammeId } from '../../domain/ids.ts';
import type { GrantFacts, Step } from '../../domain/programmes/programme.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { grantedIn } from '../../domain/register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { blockOf, type StoredListDecision } from '../adapters/grant-list-store.ts';
import type { WithdrawalMark } from '../adapters/grant-withdrawals.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import { isAbandoned } from '../instants.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { spansOf } from './decide-grant-list.ts';
import { type FamilyGrantPorts, familyGrants } from './earlier-grants.ts';
import { recordGrant } from './record-grant.ts';
import { letGo } from './settle-block.ts';
import { grantProgramme, grantView } from './work-out-grant.ts';

/** What withdrawing a row needs of the register and around it. */
export type WithdrawalPorts = Pick<
  ApplicationPorts,
  'register' | 'grantLists' | 'withdrawals' | 'sweeps' | 'clock'
>;
type Done = Promise<Result<Withdrawal>>;
type Asked = { readonly by: string; readonly request?: string };
type Scope = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };
type ProposalPorts = WithdrawalPorts & FamilyGrantPorts & Pick<ApplicationPorts, 'policies'>;
export type WithdrawalWish = {
  readonly reason: string;
  readonly document: string;
  /** The day on which the agreement that the grant rests on was withdrawn from (退出协议): policy says whether that takes it back. */
  readonly withdrawnOn?: PlainDate;
};
type GrantedRow = { readonly staged: StagedGrant; readonly decision: StoredListDecision };

/**
 * 拟撤销. Where the agreement was withdrawn from, what it gave for other years in other lists is proposed with it, as policy has it.
 * Refusals: `missing/grant-row`, `conflict/row-not-granted`, those of `proposeWithdrawal` and of the programme's agreement.
 */
export async function proposeRowWithdrawal(
  ports: ProposalPorts,
  { jurisdiction, programme, importId, row }: ListRow & Scope,
  wish: WithdrawalWish,
  asked: Asked,
): Done {
  const scope = { jurisdiction, programme };
  const granted = await grantedRow(ports, { importId, row });
  if (!granted.ok) return granted;
  const { staged } = granted.value;
  const done = await proposeOne(ports, scope, { importId, row }, staged.facts, wish, asked);
  if (!done.ok || wish.withdrawnOn === undefined) return done;
  // What policy keeps, or is proposed or decided by itself already, stays as it is.
  for (const other of await underSameAgreement(ports, scope, staged))
    if (rowBasis(other.row) !== rowBasis({ importId, row }))
      await proposeOne(ports, scope, other.row, other.stated, wish, asked);
  return done;
}

async function proposeOne(
  ports: ProposalPorts,
  scope: Scope,
  row: ListRow,
  facts: GrantFacts,
  { withdrawnOn, ...said }: WithdrawalWish,
  { by, request }: Asked,
): Done {
  const why = withdrawnOn === undefined ? ok([]) : await fromAgreement(ports, scope, facts, withdrawnOn);
  if (!why.ok) return why;
  const wish = { ...scope, ...said, ...(why.value.length > 0 && { derivation: why.value }) };
  return ports.withdrawals.act(row, (found) => proposeWithdrawal(found, wish, by), {
    now: ports.clock.now,
    by,
    ...(request !== undefined && { request }),
  });
}

/** Rows of lists by which the same person was granted something under the same agreement. */
async function underSameAgreement(
  ports: ProposalPorts,
  { jurisdiction, programme }: Scope,
  { subject, facts }: StagedGrant,
): Promise<{ readonly row: ListRow; readonly stated: GrantFacts }[]> {
  const found = grantProgramme(programme);
  const of = found.ok ? found.value.rules.agreement?.of : undefined;
  if (!of) return [];
  const { grants } = await familyGrants(ports, [subject], undefined);
  return grants.flatMap(({ stated, basis, ...one }) => {
    const row = rowOfBasis(basis);
    const same = one.programme === programme && one.jurisdiction === jurisdiction;
    return row && same && of(stated) === of(facts) ? [{ row, stated }] : [];
  });
}

/** What policy does with a grant whose agreement was withdrawn from: it is taken back, or stays. */
async function fromAgreement(
  ports: ProposalPorts,
  { jurisdiction, programme }: Scope,
  facts: GrantFacts,
  withdrawnOn: PlainDate,
): Promise<Result<readonly Step[]>> {
  const found = grantProgramme(programme);
  if (!found.ok) return found;
  const { agreement } = found.value.rules;
  if (!agreement) return refuse(noAgreement());
  if (withdrawnOn > ports.clock.today()) return refuse(ahead());
  const view = await grantView(ports, jurisdiction, programme);
  return view.ok ? agreement.withdrawn(facts, withdrawnOn, view.value) : view;
}

/** 撤销决定, carried out in the register at once. Refusals: those of `decideWithdrawal`, `recordGrant`. */
export async function decideRowWithdrawal(
  ports: WithdrawalPorts,
  row: ListRow,
  said: WithdrawalDecision,
  { by, request }: Asked,
): Done {
  const granted = await grantedRow(ports, row);
  if (!granted.ok) return granted;
  const at = ports.clock.now();
  if (said.outcome === 'withdraw') await ports.withdrawals.mark({ ...row, at });
  const decided = await ports.withdrawals.act(
    row,
    (found) =>
      decideWithdrawal(found, said, {
        by,
        today: ports.clock.today(),
        grantedOn: granted.value.decision.decidedOn,
      }),
    { now: () => at, by, ...(request !== undefined && { request }) },
  );
  return decided.ok ? carryOutWithdrawal(ports, decided.value) : decided;
}

/** A row that its list's decision gave something. */
async function grantedRow(
  { grantLists }: WithdrawalPorts,
  { importId, row }: ListRow,
): Promise<Result<GrantedRow>> {
  const staged = await grantLists.row(importId, row);
  if (!staged) return refuse(noRow(row));
  const { decision, done } = await grantLists.read(importId);
  const block = done.find((one) => one.block === blockOf(row));
  if (!decision || !block) return refuse(notGranted(row));
  return block.refused.some((one) => one.row === row) ? refuse(notGranted(row)) : ok({ staged, decision });
}

/**
 * What a decided withdrawal does in the register: takes what the row gave, then leaves its occasion to others. Whoever comes next goes on
 * where a writer died. Refusals: those of `recordGrant`.
 */
async function carryOutWithdrawal(ports: WithdrawalPorts, found: Withdrawal): Done {
  const { decided, proposed } = found;
  if (found.state !== 'decided' || !decided) return ok(found);
  const granted = await grantedRow(ports, found);
  if (!granted.ok) return granted;
  const { staged, decision } = granted.value;
  const basis = rowBasis(found);
  const address = await rowAddress(ports, proposed, staged);
  const { document, decidedOn, proposedBy, by } = decided;
  const recorded = await recordGrant(ports, address, {
    kind: 'grant-withdrawn',
    basis: withdrawnBasis(basis),
    spans: spansOf(staged.proposal, decision.decidedOn).map((span) => ({
      ...span,
      derivation: [...span.derivation, ...(proposed.derivation ?? [])],
    })),
    document,
    decidedOn,
    sample: staged.proposal.sample,
    proposedBy,
    decidedBy: by,
  });
  if (!recorded.ok) return recorded;
  if (staged.settled) await letGo(ports, { ...proposed, importId: found.importId }, staged);
  else await ports.grantLists.free(proposed.programme, staged, basis);
  const read = await ports.register.enrolmentRead(address);
  const { parts: gave } = grantParts(staged.proposal, decision.decidedOn);
  const left = gave.map(({ month }) => ({
    month,
    components: grantedIn(read?.determinations ?? [], month),
  }));
  const { number: determination } = recorded.value;
  return ports.withdrawals.act(
    found,
    (now) =>
      now?.state === 'decided'
        ? ok({ kind: 'recorded', enrolment: address.id, determination, gave, left })
        : undefined,
    { now: ports.clock.now, by: 'system' },
  );
}

/** The enrolment that a row was granted to: of the person, or of who served, who may be enrolled in several districts. */
async function rowAddress(
  { register }: Pick<WithdrawalPorts, 'register'>,
  { jurisdiction, programme }: Withdrawal['proposed'],
  { subject, settled, payee }: StagedGrant,
): Promise<EnrolmentAddress> {
  const rules = runRules(programme);
  invariant(rules.ok, `a list was granted by an unknown programme: ${programme}`);
  const granted = settled && payee !== undefined ? payee : subject;
  const id = (await register.enrolmentIds([granted], jurisdiction, rules.value.code)).get(granted);
  invariant(id !== undefined, 'what was granted has an enrolment');
  return { jurisdiction, programme, id };
}

/** What the sweeper asks for. A mark whose decision never came is taken away once no request may still write it. */
export async function finishWithdrawal(ports: WithdrawalPorts, marked: WithdrawalMark): Promise<void> {
  const { importId, row } = marked;
  const found = await ports.withdrawals.load({ importId, row });
  if (found?.state === 'decided') {
    const done = await carryOutWithdrawal(ports, found);
    invariant(done.ok, `a decided withdrawal is refused: ${done.ok ? '' : done.error.code}`);
    return;
  }
  if (found?.state !== 'recorded' && isAbandoned(marked.at, ports.clock.now()))
    await ports.withdrawals.settle(marked);
}

const noAgreement = (): Refusal =>
  refusal(
    'invalid/no-agreement',
    '本项目的给付不以协议为依据：请不填退出日期，按有误撤销',
    'grants of this programme rest on no agreement: leave the day of the withdrawal out',
  );
const ahead = (): Refusal =>
  refusal('invalid/withdrawn-on', '退出日期不能晚于今天', 'the day of the withdrawal lies ahead');
const noRow = (row: number): Refusal =>
  refusal('missing/grant-row', `名册没有第 ${row} 行`, `the list has no row ${row}`, { row });
const notGranted = (row: number): Refusal =>
  refusal(
    'conflict/row-not-granted',
    `名册第 ${row} 行没有（或尚未）给付：无须撤销`,
    `row ${row} of the list was not granted, or not yet: there is nothing to withdraw`,
    { row },
  );
