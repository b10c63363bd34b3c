import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { toYuan } from '../../../domain/money.ts';
import type { Tally } from '../../../domain/run/draft.ts';
import { NEXT_STEPS, type OpenItem } from '../../../domain/unpaid/open-list.ts';
import type { StuckMoney } from '../../../domain/unpaid/stuck-money.ts';
import type { StoredSurrender, UnclaimedRecord } from '../../adapters/unclaimed-store.ts';
import type { openPaymentContracts } from '../contracts/open-payments.ts';
import { bankReasonView } from './bank-reason-view.ts';
import type { MaskedBody } from './person-view.ts';

type Contracts = typeof openPaymentContracts;
type ListBody = z.input<Contracts['listOpenPayments']['response']>;
type SurrenderBody = z.input<Contracts['proposeSurrender']['response']>;
type UnclaimedBody = z.input<Contracts['giveNotice']['response']>;

export const STUCK_NAMES: Record<StuckMoney['kind'], Bilingual> = {
  'funded-not-sent': { zh: '财政已拨款，尚未发出', en: 'funded, and not sent' },
  'sent-not-answered': { zh: '已发出，银行尚未全部答复', en: 'sent, and not answered in full' },
};

export function openPaymentView(item: OpenItem, person?: MaskedBody): ListBody['payments'][number] {
  const {
    payment,
    attempt,
    programme,
    runId,
    kind,
    fen,
    reason,
    nextStep,
    since,
    workingDays,
    overdueFrom,
    overdue,
    street,
  } = item;
  return {
    payment,
    attempt,
    programme,
    runId,
    state: kind,
    amount: toYuan(fen),
    reason: bankReasonView(reason),
    nextStep: { code: nextStep, names: NEXT_STEPS[nextStep] },
    since,
    ...(workingDays !== undefined && { workingDays }),
    ...(item.atLeast && { atLeast: true }),
    ...(overdueFrom !== undefined && { overdueFrom }),
    overdue,
    ...(street !== '' && { street }),
    ...(person && { person }),
  };
}

export const stuckView = ({ fen, ...stuck }: StuckMoney): ListBody['stuck'][number] => ({
  ...stuck,
  names: STUCK_NAMES[stuck.kind],
  amount: toYuan(fen),
});

export const tallyView = ({ count, fen }: Tally) => ({ count, amount: toYuan(fen) });

export function surrenderView({ fen, posted: _posted, ...stored }: StoredSurrender): SurrenderBody {
  return { ...stored, amount: toYuan(fen) };
}

export function unclaimedView({ surrenders, ...record }: UnclaimedRecord): UnclaimedBody {
  return { ...record, surrenders: surrenders.map(surrenderView) };
}
