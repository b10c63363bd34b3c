import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import {
  type CashReturn,
  type Draw,
  drawsIn,
  type ImprestFund,
  type Replenishment,
  sumOf,
  toReplenish,
  underway,
} from '../../../domain/imprest/fund.ts';
import { type Fen, toYuan } from '../../../domain/money.ts';
import { findingsOf, type ImprestFinding } from '../../imprest/fund-service.ts';
import type { ImprestFundView } from '../contracts/imprest-schemas.ts';

export type ImprestBody = z.input<typeof ImprestFundView>;

export const DRAW_STATES = {
  drawn: { zh: '已支取，未报销', en: 'drawn, not posted' },
  posted: { zh: '已报销', en: 'posted' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
} as const satisfies Record<Draw['state'], Bilingual>;
const REPLENISHMENT_STATES = {
  proposed: { zh: '待决定', en: 'waits for a decision' },
  refused: { zh: '不同意', en: 'refused' },
  approved: { zh: '已同意，未到账', en: 'approved, not received' },
  received: { zh: '已到账', en: 'received' },
} as const;
const RETURN_STATES = {
  proposed: { zh: '待确认', en: 'waits for a second person' },
  refused: { zh: '未确认，已退回', en: 'refused' },
  confirmed: { zh: '已确认，待入账', en: 'confirmed, not in the ledger yet' },
  booked: { zh: '已入账', en: 'in the ledger' },
} as const;
const FINDINGS = {
  'not-counted': { zh: '当月备用金未盘点', en: 'the cash of the month was not counted' },
  'count-differs': { zh: '备用金账实不符', en: 'cash and book differ' },
} as const satisfies Record<ImprestFinding['code'], Bilingual>;

/** @param names masked names by person key, for those who may see them */
export function imprestView(
  fund: ImprestFund,
  today: string,
  more: { readonly mayAsk?: Fen; readonly names?: ReadonlyMap<string, { readonly name: string }> } = {},
): ImprestBody {
  const { broughtIn, received, balance } = fund;
  return {
    fundId: fund.fund,
    name: fund.name,
    streets: [...fund.streets],
    balance: toYuan(balance),
    closed: fund.closed,
    jurisdiction: fund.jurisdiction,
    organisation: fund.organisation,
    confirmed: fund.confirmed,
    broughtIn: toYuan(broughtIn),
    received: toYuan(received),
    drawnNotPosted: toYuan(sumOf(drawsIn(fund, 'drawn'))),
    posted: toYuan(sumOf(drawsIn(fund, 'posted'))),
    toReplenish: toYuan(toReplenish(fund)),
    underway: toYuan(underway(fund)),
    ...(more.mayAsk !== undefined && { mayAsk: toYuan(more.mayAsk) }),
    findings: findingsOf(fund, today).map((finding) => ({
      code: finding.code,
      names: FINDINGS[finding.code],
      month: finding.month,
      ...(finding.code === 'count-differs' && { difference: toYuan(finding.difference) }),
    })),
    draws: [...fund.draws.values()].toReversed().map((draw) => drawView(draw, more.names)),
    replenishments: fund.replenishments.map((one) => replenishmentView(fund, one)),
    returns: fund.returns.map(returnView),
    counts: fund.counts.map(({ month, on, book, cash, difference, explanation, by }) => ({
      month,
      on,
      book: toYuan(book),
      cash: toYuan(cash),
      difference: toYuan(difference),
      ...(explanation !== undefined && { explanation }),
      by,
    })),
  };
}

function returnView({ proposed, decided, recorded }: CashReturn): ImprestBody['returns'][number] {
  const { number, voucher, on, by } = proposed;
  const state = recorded ? 'booked' : (decided?.outcome ?? 'proposed');
  return {
    number,
    voucher,
    on,
    by,
    state,
    stateNames: RETURN_STATES[state],
    amount: toYuan(proposed.fen),
    ...(decided && { decidedBy: decided.by }),
    ...(recorded?.recoveryId !== undefined && { recoveryId: recorded.recoveryId }),
  };
}

function drawView(
  { draw, application, on, street, fen, receipt, payee, state, by }: Draw,
  names?: ReadonlyMap<string, { readonly name: string }>,
): ImprestBody['draws'][number] {
  const name = names?.get(payee)?.name;
  return {
    drawId: draw,
    applicationId: application,
    on,
    street,
    amount: toYuan(fen),
    receipt,
    payee,
    ...(name !== undefined && { payeeName: name }),
    state,
    stateNames: DRAW_STATES[state],
    by,
  };
}

/** Money is received for the oldest first. */
function stateOf(fund: ImprestFund, { proposed, decided }: Replenishment): keyof typeof REPLENISHMENT_STATES {
  if (!decided) return 'proposed';
  if (decided.outcome === 'refused') return 'refused';
  const through = fund.replenishments
    .filter((one) => one.decided?.outcome === 'approved' && one.proposed.number <= proposed.number)
    .map((one) => one.proposed);
  return sumOf(through) <= fund.received ? 'received' : 'approved';
}

function replenishmentView(fund: ImprestFund, one: Replenishment): ImprestBody['replenishments'][number] {
  const { proposed, decided } = one;
  const state = stateOf(fund, one);
  return {
    number: proposed.number,
    vouchers: toYuan(proposed.vouchers),
    floorLack: toYuan(proposed.floorLack),
    amount: toYuan(proposed.fen),
    proposedBy: proposed.by,
    proposedAt: proposed.at,
    state,
    stateNames: REPLENISHMENT_STATES[state],
    ...(decided && { document: decided.document, decidedOn: decided.decidedOn, decidedBy: decided.by }),
    ...(decided?.reason !== undefined && { reason: decided.reason }),
  };
}
