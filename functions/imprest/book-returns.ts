import type { CashReturn, ImprestFund } from '../../domain/imprest/fund.ts';
import { noteReturned, returnBasis } from '../../domain/imprest/returns.ts';
import { type Fen, fen } from '../../domain/money.ts';
import { advanceComponent } from '../../domain/programmes/imprest/run-rules.ts';
import type { RecoveredLine } from '../../domain/recovery/recovery.ts';
import {
  type Determination,
  type DeterminationSpan,
  grantedIn,
} from '../../domain/register/determination.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { addDays } from '../../domain/working-days.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import { recordGrant } from '../grants/record-grant.ts';
import { proposeRecovery } from '../recovery/propose-recovery.ts';
import { decideRecovery, receiveRecovery } from '../recovery/recoveries.ts';
import type { ImprestPorts } from './ports.ts';

type Answer = Promise<Result<ImprestFund>>;

/**
 * The entries of what was confirmed: replenishments are withdrawn as far as they went back, and ordered and received as a recovery, which
 * credits the advance of the fund and gives the money to the appropriation of its year. Each step is done once, and whoever looks at the
 * fund next goes on where a writer died.
 */
export async function finishReturns(ports: ImprestPorts, fund: ImprestFund): Answer {
  let current = fund;
  for (const one of fund.returns) {
    if (one.decided?.outcome !== 'confirmed' || one.recorded) continue;
    const booked = one.decided.advanced > 0 ? await booking(ports, fund, one) : ok(undefined);
    // Its run is not closed yet: later.
    if (!booked.ok && booked.error.code === 'conflict/run-not-closed') continue;
    if (!booked.ok) return booked;
    const noted = await ports.imprest.act(
      fund.jurisdiction,
      fund.fund,
      (found) => found && noteReturned(found, one.proposed.number, booked.value),
      { now: ports.clock.now, by: 'system' },
    );
    if (!noted.ok) return noted;
    current = noted.value;
  }
  return ok(current);
}

/** @returns the id of the recovery */
async function booking(ports: ImprestPorts, fund: ImprestFund, one: CashReturn): Promise<Result<string>> {
  const { proposed, decided } = one;
  const [first] = fund.replenishments.flatMap(({ recorded }) => recorded ?? []);
  invariant(decided && first, 'what was advanced had been replenished');
  const { jurisdiction } = fund;
  const address = { jurisdiction, programme: 'imprest', id: first.enrolment } as const;
  const withdrawn = await withdraw(ports, fund, one, address);
  if (!withdrawn.ok) return withdrawn;
  const lines = withdrawn.value.spans.flatMap(({ from: month, components }): RecoveredLine[] =>
    components.map(({ component, fen: amount }) => ({ month, component, fen: amount })),
  );
  const enrolment = { jurisdiction, programme: 'imprest', enrolment: first.enrolment } as const;
  const { number, on, voucher } = proposed;
  const asked = await proposeRecovery(ports.recovery, {
    ...enrolment,
    basis: returnBasis(fund.fund, number),
    fen: decided.advanced,
    lines,
    reason: '备用金缴回国库',
    dueOn: addDays(on, 1),
    by: proposed.by,
  });
  if (!asked.ok) return asked;
  const { recoveryId } = asked.value;
  const order = { jurisdiction, recoveryId, by: decided.by };
  const document = decided.document ?? voucher;
  const ordered = await decideRecovery(ports.recovery, order, { document, decidedOn: on });
  if (!ordered.ok) return ordered;
  const receipt = { fen: decided.advanced, means: 'treasury', voucher, on, evidence: voucher } as const;
  const received = await receiveRecovery(ports.recovery, { ...order, by: proposed.by }, receipt);
  return received.ok ? ok(recoveryId) : received;
}

/** Takes replenishments back, the latest first; asked again it is what was taken then. */
async function withdraw(
  ports: ImprestPorts,
  fund: ImprestFund,
  { proposed, decided }: CashReturn,
  address: EnrolmentAddress,
): Promise<Result<Determination>> {
  invariant(decided, 'only what was confirmed is carried out');
  const basis = returnBasis(fund.fund, proposed.number);
  const read = await ports.register.enrolmentRead(address);
  const determinations = read?.determinations ?? [];
  const before = determinations.find((one) => one.basis === basis);
  if (before) return ok(before);
  return recordGrant(ports, address, {
    kind: 'grant-withdrawn',
    basis,
    spans: spansBack(determinations, advanceComponent(fund.fund), decided.advanced),
    document: decided.document ?? proposed.voucher,
    decidedOn: proposed.on,
    sample: false,
    proposedBy: proposed.by,
    decidedBy: decided.by,
  });
}

function spansBack(
  determinations: readonly Determination[],
  component: string,
  amount: Fen,
): DeterminationSpan[] {
  const months = new Set(determinations.flatMap(({ spans }) => spans.map(({ from }) => from)));
  const spans: DeterminationSpan[] = [];
  let left: number = amount;
  for (const from of [...months].sort().toReversed()) {
    const given = grantedIn(determinations, from).find((one) => one.component === component);
    const taken = fen(Math.min(left, given?.fen ?? 0));
    if (taken > 0) spans.unshift({ from, components: [{ component, fen: taken }], derivation: [] });
    left -= taken;
  }
  invariant(left === 0, `fund component ${component} was advanced less than went back`);
  return spans;
}
