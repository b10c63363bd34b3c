import { monthOf, monthRange, type PlainDate } from '../../domain/calendar.ts';
import { decideReplenishment, proposeReplenishment, replenishable } from '../../domain/imprest/commands.ts';
import type { ImprestFund, Replenishment } from '../../domain/imprest/fund.ts';
import { noFund } from '../../domain/imprest/refusals.ts';
import { type Fen, toYuan } from '../../domain/money.ts';
import { advanceComponent } from '../../domain/programmes/imprest/run-rules.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import { enrolForGrant } from '../grants/enrol.ts';
import { paidFrom } from '../grants/paid-from.ts';
import { recordGrant } from '../grants/record-grant.ts';
import { finishReturns } from './book-returns.ts';
import { imprestFloor } from './imprest-policy.ts';
import type { Asked, FundAddress, ImprestPorts } from './ports.ts';
import { notePostings, noteReceived } from './settle.ts';

type Answer = Promise<Result<ImprestFund>>;
const PROGRAMME = 'imprest';
export type CarryPorts = Pick<ImprestPorts, 'imprest' | 'register' | 'sweeps' | 'clock'>;

/** 申请补足: for what imprest runs posted since, and for what the floor lacks; of an amount, at most that. */
export async function askReplenishment(
  ports: ImprestPorts,
  { jurisdiction, fund }: FundAddress,
  amount: Fen | undefined,
  { by, request }: Asked,
): Answer {
  const today = ports.clock.today();
  const policy = await imprestFloor(ports, jurisdiction, today);
  if (!policy.ok) return policy;
  const current = await upToDate(ports, { jurisdiction, fund });
  if (!current.ok) return current;
  const before = monthRange(current.value.openedOn, monthOf(today)).slice(0, -1);
  return ports.imprest.act(
    jurisdiction,
    fund,
    (found) =>
      found
        ? proposeReplenishment(found, { floor: policy.value.floor, fen: amount }, before)
        : refuse(noFund()),
    { now: ports.clock.now, by, request },
  );
}

/** What might be asked for now. */
export async function replenishmentDue(ports: ImprestPorts, fund: ImprestFund) {
  const policy = await imprestFloor(ports, fund.jurisdiction, ports.clock.today());
  return policy.ok ? ok(replenishable(fund, policy.value.floor)) : policy;
}

/** 批准补足: approved, it becomes a grant to the township, which the next supplementary run pays. */
export async function answerReplenishment(
  ports: ImprestPorts,
  { jurisdiction, fund }: FundAddress,
  number: number,
  said: {
    readonly outcome: 'approved' | 'refused';
    readonly document: string;
    readonly decidedOn: PlainDate;
    readonly reason?: string;
  },
  { by, request }: Asked,
): Answer {
  const { clock, imprest } = ports;
  const policy = await imprestFloor(ports, jurisdiction, said.decidedOn);
  if (!policy.ok) return policy;
  const there = await imprest.get(jurisdiction, fund);
  if (!there.ok) return there;
  if (said.outcome === 'approved') {
    const paid = await paidFrom(ports, { jurisdiction, programme: PROGRAMME }, [monthOf(said.decidedOn)]);
    if (!paid.ok) return paid;
  }
  const at = clock.now();
  await ports.sweeps.remember({ jurisdiction, programme: PROGRAMME });
  // Before the decision, so that whoever dies after it is made good.
  if (said.outcome === 'approved') await imprest.markOpen(jurisdiction, { fund, at });
  const whole = { ...said, sample: policy.value.sample };
  const decided = await imprest.act(
    jurisdiction,
    fund,
    (found) =>
      found ? decideReplenishment(found, number, whole, { by, today: clock.today() }) : refuse(noFund()),
    { now: clock.now, by, request },
  );
  return decided.ok ? carryOut(ports, decided.value) : decided;
}

/** The grants of what was approved, each recorded once: asked again it goes on where another died. */
async function carryOut(ports: CarryPorts, fund: ImprestFund): Answer {
  let current = fund;
  for (const one of fund.replenishments) {
    if (one.decided?.outcome !== 'approved' || one.recorded) continue;
    const recorded = await grantTo(ports, current, one);
    if (!recorded.ok) return recorded;
    current = recorded.value;
  }
  return ok(current);
}

async function grantTo(ports: CarryPorts, fund: ImprestFund, { proposed, decided }: Replenishment): Answer {
  invariant(decided, 'only what was decided is carried out');
  const { jurisdiction, organisation } = fund;
  const { number, vouchers, floorLack, fen: amount } = proposed;
  const source = 'imprest-fund';
  const who = { jurisdiction, programme: PROGRAMME, subject: organisation };
  const enrolment = { ...who, source, by: decided.by, appliedOn: decided.decidedOn };
  const address = await enrolForGrant(ports, enrolment);
  const inputs = { number: String(number), vouchers: toYuan(vouchers), floorLack: toYuan(floorLack) };
  const recorded = await recordGrant(ports, address, {
    basis: `imprest:${fund.fund}:replenishment-${number}`,
    spans: [
      {
        from: monthOf(decided.decidedOn),
        components: [{ component: advanceComponent(fund.fund), fen: amount }],
        derivation: [{ code: 'replenishment', inputs, result: toYuan(amount) }],
      },
    ],
    document: decided.document,
    decidedOn: decided.decidedOn,
    sample: decided.sample,
    proposedBy: decided.proposedBy,
    decidedBy: decided.by,
  });
  if (!recorded.ok) return recorded;
  const determination = recorded.value.number;
  return ports.imprest.act(
    jurisdiction,
    fund.fund,
    (found) =>
      found && !found.replenishments[number - 1]?.recorded
        ? ok({ kind: 'replenishment-recorded', number, enrolment: address.id, determination })
        : undefined,
    { now: ports.clock.now, by: 'system' },
  );
}

/** The fund with what the ledger says of it by now: settled replenishments, posted draws. */
export async function upToDate(ports: ImprestPorts, { jurisdiction, fund }: FundAddress): Answer {
  const there = await ports.imprest.get(jurisdiction, fund);
  if (!there.ok) return there;
  const received = await noteReceived(ports, there.value);
  if (!received.ok) return received;
  const posted = await notePostings(ports, received.value);
  if (!posted.ok) return posted;
  // What cannot be booked yet stays open, and says so where it matters.
  const booked = await finishReturns(ports, posted.value);
  return booked.ok ? booked : posted;
}

/** What the sweeper asks for where a writer died between a decision and its grant. */
export async function finishImprest(ports: CarryPorts, { jurisdiction, fund }: FundAddress): Promise<void> {
  const there = await ports.imprest.get(jurisdiction, fund);
  if (there.ok) await carryOut(ports, there.value);
}
