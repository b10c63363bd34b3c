import type { PlainDate } from '../../domain/calendar.ts';
import { type Fen, fen, ZERO } from '../../domain/money.ts';
import {
  figuresOf,
  overdueOf,
  type RecoveryFigures,
  type RecoveryState,
  recoveryIdOf,
  recoveryState,
} from '../../domain/recovery/recovery.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { KnownRecovery } from './propose-recovery.ts';
import type { RecoveryPorts } from './recovery-ports.ts';

const READS_AT_ONCE = 16;

export type RecoveryFilter = {
  /** `open`: decided on and not settled. */
  readonly state?: RecoveryState | 'open' | undefined;
  readonly overdue?: boolean | undefined;
};
export type ListedRecovery = KnownRecovery & {
  readonly state: RecoveryState;
  readonly figures: RecoveryFigures & { readonly overdue: Fen };
};

/** Orders of a programme in the order of enrolments, read strongly: they are few. */
export async function recoveryList(
  { recoveries }: Pick<RecoveryPorts, 'recoveries'>,
  scope: LedgerScope,
  { state: wanted, overdue }: RecoveryFilter,
  today: PlainDate,
): Promise<ListedRecovery[]> {
  const enrolments: string[] = [];
  for await (const enrolment of recoveries.enrolments(scope)) enrolments.push(enrolment);
  const found = await mapBounded(enrolments, READS_AT_ONCE, async (enrolment) => {
    const { jurisdiction, programme } = scope;
    const address = { jurisdiction, programme, enrolment };
    const { orders } = await recoveries.of(address);
    return orders.map((order) => {
      const recoveryId = recoveryIdOf(enrolment, order.order);
      return listed({ recoveryId, address, order }, today);
    });
  });
  return found
    .flat()
    .filter(({ state }) => wanted === undefined || state === wanted || (wanted === 'open' && isOpen(state)))
    .filter(({ figures }) => !overdue || figures.overdue > 0);
}

const isOpen = (state: RecoveryState): boolean => state === 'ordered' || state === 'paused';

export function listed(known: KnownRecovery, today: PlainDate): ListedRecovery {
  const { order } = known;
  const figures = { ...figuresOf(order), overdue: overdueOf(order, today) };
  return { ...known, state: recoveryState(order), figures };
}

/** Sums of a list. */
export function totalsOf(list: readonly ListedRecovery[]): ListedRecovery['figures'] {
  const sum = (of: keyof ListedRecovery['figures']): Fen =>
    fen(list.reduce((total, { figures }) => total + figures[of], ZERO as number));
  return {
    ordered: sum('ordered'),
    received: sum('received'),
    setOff: sum('setOff'),
    waived: sum('waived'),
    revoked: sum('revoked'),
    outstanding: sum('outstanding'),
    overdue: sum('overdue'),
  };
}
