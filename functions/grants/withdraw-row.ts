import { grantParts } from '../../domain/grants/application-commands.ts';
import type { StagedGrant } from '../../domain/grants/list.ts';
import {
  decideWithdrawal,
  type ListRow,
  proposeWithdrawal,
  rowBasis,
  type Withdrawal,
  type WithdrawalDecision,
  withdrawnBasis,
} from '../../domain/grants/withdrawal.ts';
import { enrolmentId, type JurisdictionCode, type ProgrammeId } from '../../domain/ids.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { grantedIn } from '../../domain/register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { blockOf, type StoredListDecision } from '../adapters/grant-list-store.ts';
import type { WithdrawalMark } from '../adapters/grant-withdrawals.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { spansOf } from './decide-grant-list.ts';
import { isAbandoned } from './earlier-grants.ts';
import { recordGrant } from './record-grant.ts';

/** What withdrawing a row needs of the register and around it. */
export type WithdrawalPorts = Pick<
  ApplicationPorts,
  'register' | 'grantLists' | 'withdrawals' | 'sweeps' | 'clock'
>;
type Done = Promise<Result<Withdrawal>>;
type Asked = { readonly by: string; readonly request?: string };
type GrantedRow = { readonly staged: StagedGrant; readonly decision: StoredListDecision };

/** Refusals: `missing/grant-row`, `conflict/row-not-granted`, those of `proposeWithdrawal`. */
export async function proposeRowWithdrawal(
  ports: WithdrawalPorts,
  {
    jurisdiction,
    programme,
    ...row
  }: ListRow & {
    readonly jurisdiction: JurisdictionCode;
    readonly programme: ProgrammeId;
  },
  said: { readonly reason: string; readonly document: string },
  { by, request }: Asked,
): Done {
  const granted = await grantedRow(ports, row);
  if (!granted.ok) return granted;
  return ports.withdrawals.act(
    row,
    (found) => proposeWithdrawal(found, { jurisdiction, programme, ...said }, by),
    { now: ports.clock.now, by, ...(request !== undefined && { request }) },
  );
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
  const address = rowAddress(proposed, staged);
  const { document, decidedOn, proposedBy, by } = decided;
  const recorded = await recordGrant(ports, address, {
    kind: 'grant-withdrawn',
    basis: withdrawnBasis(basis),
    spans: spansOf(staged.proposal, decision.decidedOn),
    document,
    decidedOn,
    sample: staged.proposal.sample,
    proposedBy,
    decidedBy: by,
  });
  if (!recorded.ok) return recorded;
  await ports.grantLists.free(proposed.programme, staged, basis);
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

const rowAddress = (
  { jurisdiction, programme }: Withdrawal['proposed'],
  { subject }: StagedGrant,
): EnrolmentAddress => {
  const rules = runRules(programme);
  invariant(rules.ok, `a list was granted by an unknown programme: ${programme}`);
  return { jurisdiction, programme, id: enrolmentId(rules.value.code, subject, 1) };
};

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

const noRow = (row: number): Refusal =>
  refusal('missing/grant-row', `名册没有第 ${row} 行`, `the list has no row ${row}`, { row });
const notGranted = (row: number): Refusal =>
  refusal(
    'conflict/row-not-granted',
    `名册第 ${row} 行没有（或尚未）给付：无须撤销`,
    `row ${row} of the list was not granted, or not yet: there is nothing to withdraw`,
    { row },
  );
