import { type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import { type Attempt, foldAttempts } from '../../domain/ledger/attempts.ts';
import {
  foldRecoveries,
  type RecoveryActOf,
  type RecoveryOrder,
  type RecoveryPart,
} from '../../domain/recovery/recovery.ts';
import {
  type CameBack,
  claimSetOff,
  dropSetOff,
  restoredByOrder,
  restoreSetOff,
  setOffByOrder,
} from '../../domain/recovery/set-off.ts';
import { ok, refusal, refuse } from '../../domain/result.ts';
import type { LateFinding } from '../../domain/run/act.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { Run } from '../../domain/run/run.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { RecoveryAddress, RecoveryStore } from '../adapters/recovery-store.ts';
import type { RunStores } from '../run/ports.ts';

type Ports = Pick<RunStores, 'ledger' | 'runs' | 'clock'> & { readonly recoveries: RecoveryStore };

/** Which parts' payments the bank has sent back by an instant, read strongly. */
export async function returnedParts(
  { ledger }: Pick<RunStores, 'ledger'>,
  scope: LedgerScope,
  orders: readonly RecoveryOrder[],
  until?: string,
): Promise<CameBack> {
  const parts = orders.flatMap(({ ordered }) => ordered?.parts ?? []);
  const { jurisdiction, programme } = scope;
  const keys = parts.map(({ payment, attempt }) => ({ jurisdiction, programme, payment, attempt }));
  const returns = (await ledger.slots(keys, ['return'])).flat();
  const known = returns.filter(({ at }) => until === undefined || at <= until);
  const back = new Set(known.map(({ payment, attempt }) => `${payment}#${attempt}`));
  return ({ payment, attempt }: RecoveryPart) => back.has(`${payment}#${attempt}`);
}

/**
 * Claims what a payment is about to keep back (抵扣) for orders, while its run is verified.
 * @returns what to hold it for, when an order was paid, paused, waived or revoked since the run was computed
 */
export async function claimedSetOffs(
  ports: Pick<RunStores, 'ledger' | 'clock'> & { readonly recoveries: RecoveryStore },
  run: Run,
  { lines, payment, enrolment }: Draft,
): Promise<Pick<LateFinding, 'control' | 'zh' | 'en'> | undefined> {
  const { jurisdiction, programme } = run.manifest;
  const address = { jurisdiction, programme, enrolment };
  for (const [number, fen] of setOffByOrder(lines)) {
    const claim = { payment, run: run.runId, dispatch: run.sequence, fen };
    const acted = await ports.recoveries.act(
      address,
      async ({ orders }) => {
        const order = orders[number - 1];
        if (!order) return refuse(noSuchOrder());
        return claimSetOff(order, claim, ports.clock.today(), await returnedParts(ports, address, [order]));
      },
      { now: () => ports.clock.now(), by: 'system' },
    );
    if (!acted.ok) return SET_OFF_SINCE;
  }
  return undefined;
}

const noSuchOrder = () => refusal('missing/recovery', '没有这笔追缴', 'there is no such recovery');

const SET_OFF_SINCE: Pick<LateFinding, 'control' | 'zh' | 'en'> = {
  control: 'set-off-changed',
  zh: '核算之后所抵扣的追缴款已缴纳、暂缓、豁免或撤销，发放前已暂缓：请重新核算',
  en: 'the recovery that it keeps money back for was paid, paused, waived or revoked since the run was computed: held before release; recompute',
};

/**
 * Follows up what was claimed: of payments that were not released after all it is dropped, and what was set off against months that
 * turned out not to be owed is owed again. Idempotent; nothing where nothing is set off.
 * @returns `pending` while a run that claimed something is on its way out
 */
export async function settleSetOffs(ports: Ports, address: RecoveryAddress): Promise<'settled' | 'pending'> {
  let pending = false;
  const { orders } = foldRecoveries(await ports.recoveries.acts(address));
  for (const { order: number, setOffs } of orders) {
    for (const { taken } of setOffs) {
      const became = await whatBecameOf(ports, address, taken);
      if (became === 'pending') pending = true;
      else await follow(ports, address, number, taken.payment);
    }
  }
  return pending ? 'pending' : 'settled';
}

/** One act at most: dropped, or restored as far as the ledger says. Decided anew by whoever was slower. */
async function follow(
  ports: Ports,
  address: RecoveryAddress,
  number: number,
  payment: PaymentId,
): Promise<void> {
  await ports.recoveries.act(
    address,
    async ({ orders }) => {
      const order = orders[number - 1];
      const taken = order?.setOffs.find((one) => one.taken.payment === payment)?.taken;
      const became = taken && (await whatBecameOf(ports, address, taken));
      if (!order || !became || became === 'pending') return ok(undefined);
      if (became === 'dropped') return dropSetOff(order, payment);
      const restored = restoredByOrder(became).get(number);
      return restored === undefined ? ok(undefined) : restoreSetOff(order, payment, restored);
    },
    { now: () => ports.clock.now(), by: 'system' },
  );
}

/** The attempts of the payment once it is released; the run is read first, so that one that has released all of it shows its entry. */
async function whatBecameOf(
  ports: Pick<RunStores, 'ledger' | 'runs'>,
  address: RecoveryAddress,
  { payment, order, run: runId, dispatch }: RecoveryActOf<'set-off'>,
): Promise<readonly Attempt[] | 'pending' | 'dropped'> {
  const run = await ports.runs.load(runId);
  const attempts = await attemptsOfPayment(ports, address, payment);
  const lines = attempts.find(({ attempt }) => attempt === 1)?.release.lines ?? [];
  if (setOffByOrder(lines).has(order)) return attempts;
  if (run?.state === 'verifying' && run.sequence === dispatch) return 'pending';
  return run?.state === 'releasing' && !run.holds.has(payment) ? 'pending' : 'dropped';
}

async function attemptsOfPayment(
  { ledger }: Pick<RunStores, 'ledger'>,
  scope: LedgerScope,
  payment: PaymentId,
): Promise<Attempt[]> {
  const { period, enrolment } = parsePaymentId(payment);
  const entries = await ledger.ofEnrolment(scope, period, enrolment);
  return foldAttempts(entries.filter((entry) => entry.payment === payment));
}
