import { chinaDate, type PlainDate } from '../../domain/calendar.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import { classOf } from '../../domain/ledger/accounts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type Fen, fen, sumFen, ZERO } from '../../domain/money.ts';
import { broughtInParts } from '../../domain/recovery/brought-in.ts';
import { figuresOf, type Recoveries, setOffFen } from '../../domain/recovery/recovery.ts';
import { daysBetween } from '../../domain/working-days.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { RecoveryAddress } from '../adapters/recovery-store.ts';
import { mapBounded } from '../concurrency.ts';
import { ledgerPeriods } from '../go-live/posted-openings.ts';
import { receivedMoney } from './received-money.ts';
import type { RecoveryPorts } from './recovery-ports.ts';

const READS_AT_ONCE = 8;
/** Days from which an open recoverable is in the next class; the last class has no end. */
export const AGES = [0, 31, 91, 181, 366] as const;

/** What one enrolment has to give back by the books (待追缴), and what says so. */
export type Recoverable = {
  readonly enrolment: EnrolmentId;
  /** Of orders in force, and of what an opening brought in and no order names yet. */
  readonly orderedFen: Fen;
  readonly broughtInFen: Fen;
  /** The account in the ledger. It is what orders and openings say, or `differenceFen` is not zero. */
  readonly balanceFen: Fen;
  readonly differenceFen: Fen;
  /** Oldest decision or opening that is not settled; absent at zero. */
  readonly since?: PlainDate;
  readonly days: number;
};

/** Recoverable accounts of a programme, from orders, openings and the ledger, each read by itself. Those at zero are told by a count only. */
export async function recoverables(
  ports: Pick<RecoveryPorts, 'ledger' | 'runs' | 'recoveries'>,
  scope: LedgerScope,
  today: PlainDate,
): Promise<{ readonly open: readonly Recoverable[]; readonly settled: number }> {
  const enrolments: EnrolmentId[] = [];
  for await (const enrolment of ports.recoveries.enrolments(scope)) enrolments.push(enrolment);
  const { jurisdiction, programme } = scope;
  const all = await mapBounded(enrolments, READS_AT_ONCE, (enrolment) =>
    recoverableOf(ports, { jurisdiction, programme, enrolment }, today),
  );
  const open = all.filter((one) => one.balanceFen !== 0 || one.differenceFen !== 0);
  return { open: open.toSorted((a, b) => b.days - a.days), settled: all.length - open.length };
}

async function recoverableOf(
  ports: Pick<RecoveryPorts, 'ledger' | 'runs' | 'recoveries'>,
  address: RecoveryAddress,
  today: PlainDate,
): Promise<Recoverable> {
  const recoveries = await ports.recoveries.of(address);
  const { attempts } = await receivedMoney(ports, address);
  const entries = await entriesOf(ports, address);
  const broughtIn = broughtInParts(attempts, recoveries);
  const broughtInFen = sumFen(broughtIn.map((part) => part.fen));
  const orders = recoveries.orders.filter((order) => figuresOf(order).outstanding > 0);
  const orderedFen = fen(
    sumFen(orders.map((order) => figuresOf(order).outstanding)) + claimedFen(recoveries, entries),
  );
  const opened = broughtIn.flatMap(({ payment }) =>
    attempts.filter((one) => one.payment === payment).map(({ release }) => chinaDate(release.at)),
  );
  const [since] = [...orders.map(({ ordered }) => ordered?.decidedOn ?? today), ...opened].toSorted();
  const balanceFen = balanceOf(entries);
  return {
    enrolment: address.enrolment,
    orderedFen,
    broughtInFen,
    balanceFen,
    differenceFen: fen(balanceFen - orderedFen - broughtInFen),
    ...(since !== undefined && { since }),
    days: since === undefined ? 0 : Math.max(0, daysBetween(since, today)),
  };
}

/** Claimed by a run that is on its way out and has not written the payment yet: owed until it has. */
function claimedFen({ orders }: Recoveries, entries: readonly Entry[]): Fen {
  const released = new Set(entries.flatMap(({ kind, payment }) => (kind === 'release' ? [payment] : [])));
  const claims = orders.flatMap(({ setOffs }) => setOffs).filter(({ taken }) => !released.has(taken.payment));
  return sumFen(claims.map(setOffFen));
}

async function entriesOf(
  ports: Pick<RecoveryPorts, 'ledger' | 'runs'>,
  address: RecoveryAddress,
): Promise<Entry[]> {
  const periods = await ledgerPeriods(ports, address);
  const found = await mapBounded(periods, READS_AT_ONCE, (period) =>
    ports.ledger.ofEnrolment(address, period, address.enrolment),
  );
  return found.flat();
}

const balanceOf = (entries: readonly Entry[]): Fen =>
  fen(
    entries
      .flatMap(({ postings }) => postings)
      .filter(({ account }) => classOf(account) === 'recoverable')
      .reduce((sum, { side, fen: amount }) => sum + (side === 'debit' ? amount : 0 - amount), 0),
  );

/** Sums and counts by age, oldest class last. */
export function byAge(open: readonly Recoverable[]): { from: number; count: number; fen: Fen }[] {
  return AGES.map((from, place) => {
    const until = AGES[place + 1] ?? Number.MAX_SAFE_INTEGER;
    const own = open.filter(({ days }) => days >= from && days < until);
    return {
      from,
      count: own.length,
      fen: own.length === 0 ? ZERO : sumFen(own.map((one) => one.balanceFen)),
    };
  });
}
