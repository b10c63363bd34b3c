import type { Month, PlainDate } from '../../domain/calendar.ts';
import { parsePaymentId } from '../../domain/ids.ts';
import { sumFen, toYuan } from '../../domain/money.ts';
import { maySetOff } from '../../domain/policy/may-set-off.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { allocate } from '../../domain/recovery/allocate.ts';
import { broughtInLines, broughtInParts } from '../../domain/recovery/brought-in.ts';
import {
  BROUGHT_IN,
  type Command,
  decideOrder,
  deliverOrder,
  type OrderWish,
  proposeOrder,
  RUN_PROPOSALS,
  receive,
  refuseOrder,
} from '../../domain/recovery/commands.ts';
import {
  decideRelief,
  pauseOrder,
  proposeRelief,
  resumeOrder,
} from '../../domain/recovery/later-commands.ts';
import {
  type Instalment,
  RECOVERY_ID,
  type RecoveredLine,
  type Recoveries,
  type RecoveryId,
  type RecoveryOrder,
  type RecoveryPart,
  recoveryIdOf,
} from '../../domain/recovery/recovery.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RecoveryAddress } from '../adapters/recovery-store.ts';
import { finishRecoveries } from './post-recovery.ts';
import type { KnownRecovery } from './propose-recovery.ts';
import { fundingIn, overpaidLines, receivedMoney, restsOnRuns } from './received-money.ts';
import type { RecoveryPorts } from './recovery-ports.ts';
import { settleSetOffs } from './set-offs.ts';

/** Who acts on an order, and the name of the request: asked twice under one name, an act is done once. */
export type OnOrder = {
  readonly jurisdiction: string;
  readonly recoveryId: RecoveryId;
  readonly by: string;
  readonly request?: string;
};

/** Where an order stands: the programme is the first part of its enrolment. Refusal: `missing/recovery`. */
export function recoveryAddress(
  jurisdiction: string,
  recoveryId: RecoveryId,
): Result<{ readonly address: RecoveryAddress; readonly order: number }> {
  const [, enrolment = '', order = ''] = RECOVERY_ID.exec(recoveryId) ?? [];
  const address = addressOf(jurisdiction, enrolment);
  return address ? ok({ address, order: Number(order) }) : refuse(noRecovery());
}

export function addressOf(jurisdiction: string, enrolment: string): RecoveryAddress | undefined {
  const code = enrolment.split('-')[0];
  const programme = Object.values(PROGRAMMES).find((candidate) => candidate?.code === code);
  return programme && { jurisdiction, programme: programme.id, enrolment };
}

/** Refusal: `missing/recovery`. */
export async function getRecovery(
  ports: Pick<RecoveryPorts, 'recoveries'>,
  jurisdiction: string,
  recoveryId: RecoveryId,
): Promise<Result<KnownRecovery>> {
  const found = recoveryAddress(jurisdiction, recoveryId);
  if (!found.ok) return found;
  const { address, order: number } = found.value;
  const order = (await ports.recoveries.of(address)).orders[number - 1];
  return order ? ok({ recoveryId, address, order }) : refuse(noRecovery());
}

export type OverpaidWish = {
  /** All that stand when absent. */
  readonly months?: readonly Month[];
  readonly components?: readonly string[];
  readonly reason: string;
  readonly dueOn: PlainDate;
  readonly instalments?: readonly Instalment[];
  /** Of before go-live: what openings brought in as recoverable (期初待追缴), instead of what runs found. */
  readonly broughtIn?: boolean;
};

/**
 * Proposes to recover what an enrolment received and was not owed, of the months and components named. Refusals: `missing/overpaid`,
 * those of `proposeOrder`.
 */
export async function proposeOverpaid(
  ports: RecoveryPorts,
  address: RecoveryAddress,
  wish: OverpaidWish,
  { by, request }: Pick<OnOrder, 'by' | 'request'>,
): Promise<Result<KnownRecovery>> {
  const { months, components, reason, dueOn, instalments, broughtIn = false } = wish;
  const stamp = { now: () => ports.clock.now(), by, ...(request !== undefined && { request }) };
  const decide = async (recoveries: Recoveries): Promise<Command> => {
    if (recoveries.orders.some(({ ordered }) => ordered)) await finishRecoveries(ports, address);
    const money = await receivedMoney(ports, address);
    const overpaid = broughtIn
      ? broughtInLines(broughtInParts(money.attempts, recoveries))
      : await overpaidLines(ports, address, money, recoveries);
    const lines = overpaid.filter(
      ({ month, component }) =>
        (months?.includes(month) ?? true) && (components?.includes(component) ?? true),
    );
    const fen = sumFen(lines.map((line) => line.fen));
    if (fen === 0) return refuse(nothingOverpaid());
    const plan = { reason, dueOn, ...(instalments && { instalments }) };
    const basis = broughtIn ? BROUGHT_IN : RUN_PROPOSALS;
    return proposeOrder(recoveries, { basis, fen, lines, ...plan });
  };
  const acted = await ports.recoveries.act(address, decide, stamp);
  if (!acted.ok) return acted;
  const order = acted.value.recoveries.orders.findLast(({ proposed }) =>
    request === undefined ? proposed.by === by : proposed.request === request,
  );
  invariant(order, `a proposal of ${address.enrolment} that was just there`);
  return ok({ recoveryId: recoveryIdOf(address.enrolment, order.order), address, order });
}

/**
 * 追缴决定: what it takes back is worked out from the ledger now, and its entries are written. By set-off (抵扣) only where policy allows
 * it: `forbidden/set-off`. Refusals: see `partsOf`, `decideOrder`.
 */
export function decideRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  wish: OrderWish,
  policies?: Pick<PolicyStore, 'current'>,
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, async (order, recoveries, address) => {
    const allowed = wish.means === 'set-off' ? await setOffAllowed(policies, address, wish) : ok(true);
    if (!allowed.ok) return allowed;
    // Decided before, or no longer open: what the command says of it does not depend on the ledger.
    const parts = order.ordered || order.refused ? ok([]) : await partsOf(ports, address, order, recoveries);
    return parts.ok ? decideOrder(order, wish, parts.value, on.by, ports.clock.today()) : parts;
  });
}

/** Refusals: `forbidden/set-off`, `policy/gap`. @param policies needed when somebody wants to */
async function setOffAllowed(
  policies: Pick<PolicyStore, 'current'> | undefined,
  { jurisdiction, programme }: RecoveryAddress,
  { decidedOn }: OrderWish,
): Promise<Result<true>> {
  invariant(policies, 'an order of set-off is decided with the policy book at hand');
  const book = await policies.current();
  return book.ok ? maySetOff(book.value, { jurisdiction, programme, knownOn: decidedOn }) : book;
}

/**
 * The payments that an order takes back. Refusals: `conflict/recovery-changed` (less is overpaid than was proposed, by the last run),
 * `conflict/still-granted` (by the grants), `conflict/not-received`, `conflict/run-not-closed`.
 */
async function partsOf(
  ports: RecoveryPorts,
  address: RecoveryAddress,
  { proposed }: RecoveryOrder,
  recoveries: Recoveries,
): Promise<Result<RecoveryPart[]>> {
  // What an order before this one takes back is in the books, also where its writer died, or is just writing.
  if (recoveries.orders.some(({ ordered }) => ordered)) await finishRecoveries(ports, address);
  const money = await receivedMoney(ports, address);
  if (proposed.basis === BROUGHT_IN) {
    const months = new Set((proposed.lines ?? []).map(({ month }) => month));
    const parts = broughtInParts(money.attempts, recoveries).filter(({ payment }) =>
      months.has(parsePaymentId(payment).period),
    );
    return sumFen(parts.map((part) => part.fen)) === proposed.fen ? ok(parts) : refuse(lessOverpaid());
  }
  const overpaid = await overpaidLines(ports, address, money, recoveries);
  const wanted = proposed.lines ?? overpaid;
  const covered = (line: RecoveredLine) =>
    overpaid.some(
      (one) => one.month === line.month && one.component === line.component && one.fen >= line.fen,
    );
  const enough = sumFen(wanted.map((line) => line.fen)) >= proposed.fen && wanted.every(covered);
  if (!enough) return refuse(restsOnRuns(proposed.basis) ? lessOverpaid() : stillGranted(overpaid));
  const parts = allocate(money.attempts, { fen: proposed.fen, lines: wanted }, (attempt) =>
    fundingIn(money, attempt),
  );
  if (!parts.ok) return parts;
  const open = parts.value.find(({ runId }) => money.runs.get(runId)?.state !== 'closed');
  return open ? refuse(runOpen(open.runId)) : parts;
}

export function refuseRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  reason: string,
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, (order) => refuseOrder(order, reason, on.by));
}

export function deliverRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  said: Parameters<typeof deliverOrder>[1],
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, (order) => deliverOrder(order, said, ports.clock.today()));
}

/** 收缴: the entry and the budget follow at once, or by the sweeper. */
export function receiveRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  receipt: Parameters<typeof receive>[1],
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, async (order, _, address) => {
    return receive(order, receipt, ports.clock.today(), await cameBack(ports, address));
  });
}

/** Which parts' payments the bank has sent back, by the books as they stand. */
async function cameBack(
  ports: RecoveryPorts,
  address: RecoveryAddress,
): Promise<(part: RecoveryPart) => boolean> {
  const { attempts } = await receivedMoney(ports, address);
  // Of the attempt that is ordered back, also where what else of the payment was owed has been sent again since.
  const back = new Set(
    attempts.flatMap(({ payment, attempt, state }) => (state === 'returned' ? `${payment}#${attempt}` : [])),
  );
  return ({ payment, attempt }) => back.has(`${payment}#${attempt}`);
}

export function proposeRecoveryRelief(
  ports: RecoveryPorts,
  on: OnOrder,
  wish: Parameters<typeof proposeRelief>[1],
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, (order) => proposeRelief(order, wish, on.by));
}

export function decideRecoveryRelief(
  ports: RecoveryPorts,
  on: OnOrder,
  wish: Parameters<typeof decideRelief>[1],
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, async (order, _, address) =>
    decideRelief(order, wish, on.by, await cameBack(ports, address)),
  );
}

export function pauseRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  { until, reason }: { readonly until: PlainDate; readonly reason: string },
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, (order) => pauseOrder(order, until, reason, ports.clock.today()));
}

export function resumeRecovery(
  ports: RecoveryPorts,
  on: OnOrder,
  reason: string,
): Promise<Result<KnownRecovery>> {
  return acting(ports, on, (order) => resumeOrder(order, reason));
}

/** One act on an order, and whatever entries it moves; asking again finishes what was interrupted. */
async function acting(
  ports: RecoveryPorts,
  { jurisdiction, recoveryId, by, request }: OnOrder,
  decide: (
    order: RecoveryOrder,
    recoveries: Recoveries,
    address: RecoveryAddress,
  ) => Command | Promise<Command>,
): Promise<Result<KnownRecovery>> {
  const found = recoveryAddress(jurisdiction, recoveryId);
  if (!found.ok) return found;
  const { address, order: number } = found.value;
  const stamp = { now: () => ports.clock.now(), by, ...(request !== undefined && { request }) };
  // What a run claimed and did not release stands in nobody's way.
  await settleSetOffs(ports, address);
  const acted = await ports.recoveries.act(
    address,
    (recoveries) => {
      const order = recoveries.orders[number - 1];
      return order ? decide(order, recoveries, address) : refuse(noRecovery());
    },
    stamp,
  );
  if (!acted.ok) return acted;
  const order = acted.value.recoveries.orders[number - 1];
  if (!order) return refuse(noRecovery());
  await finishRecoveries(ports, address);
  return ok({ recoveryId, address, order });
}

export const noRecovery = (): Refusal =>
  refusal('missing/recovery', '没有这笔追缴', 'there is no such recovery in your reach');
const nothingOverpaid = () =>
  refusal(
    'missing/overpaid',
    '没有待追缴的金额：请先核算批次（拟追缴以最近一次核算为准），或先撤销、核减给付决定',
    'nothing stands to be recovered: compute a run first (its proposals count), or withdraw what was granted',
  );
const lessOverpaid = () =>
  refusal(
    'conflict/recovery-changed',
    '提出之后重新核算，多发的金额已减少或不存在：请退回后按最新拟追缴重新提出',
    'a run has found less overpaid since it was proposed: refuse this one and propose it anew',
  );
const stillGranted = (overpaid: readonly RecoveredLine[]) =>
  refusal(
    'conflict/still-granted',
    `给付决定尚未撤销或核减到位，目前只有 ${toYuan(sumFen(overpaid.map((line) => line.fen)))} 元属于多发：请先作出撤销或核减决定，否则下一批次会再次发放`,
    `only ${toYuan(sumFen(overpaid.map((line) => line.fen)))} yuan are beyond what is granted: withdraw the grant first, or the next run would pay it again`,
  );
const runOpen = (runId: string) =>
  refusal(
    'conflict/run-not-closed',
    `批次 ${runId} 尚未关账：请关账后再作追缴决定`,
    `run ${runId} is not closed: close it before its payments are ordered back`,
    { runId },
  );
