import type { PlainDate } from '../calendar.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import { ok, refuse } from '../result.ts';
import type { Decision } from './commands.ts';
import { type CashReturn, type ImprestFund, openReplenishment, openReturn } from './fund.ts';
import * as no from './refusals.ts';

/** The ground of the entries that a return makes in the ledger. */
export const returnBasis = (fund: string, number: number): string => `imprest:${fund}:return-${number}`;

/** Cash paid in to the treasury, by the number of its voucher (缴款书). */
export type ReturnWish = { readonly fen: Fen; readonly voucher: string; readonly on: PlainDate };

/**
 * 缴回: the cash has left the fund, of which no more than the balance can. One at a time, and none while a replenishment is underway.
 * Refusals: `conflict/imprest-closed`, `conflict/imprest-unconfirmed`, `conflict/return-open`, `conflict/replenishment-open`,
 * `conflict/voucher-used`, `invalid/date-in-future`, `invalid/amount`, `conflict/imprest-balance`.
 */
export function proposeReturn(found: ImprestFund, wish: ReturnWish, today: PlainDate): Decision {
  if (found.closed) return refuse(no.fundClosed());
  if (!found.confirmed) return refuse(no.notConfirmed());
  if (openReturn(found)) return refuse(no.returnOpen());
  if (openReplenishment(found)) return refuse(no.replenishmentOpen());
  const stands = found.returns.filter(({ decided }) => decided?.outcome !== 'refused');
  if (stands.some(({ proposed }) => proposed.voucher === wish.voucher)) return refuse(no.voucherUsed());
  if (wish.on > today) return refuse(no.returnedAhead());
  if (wish.fen <= 0) return refuse(no.nothingReturned());
  if (wish.fen > found.balance) return refuse(no.notEnoughCash(found.balance, wish.fen));
  return ok({ kind: 'return-proposed', number: found.returns.length + 1, ...wish });
}

export type ReturnAnswer =
  | { readonly outcome: 'confirmed'; readonly document: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/**
 * 确认缴回, by another person, who has seen the voucher. What was advanced goes back first: that is in the ledger; cash that was brought in
 * never was. Refused, the cash counts as in the fund again. Refusals: `missing/imprest-return`, `conflict/return-decided`,
 * `forbidden/own-proposal`.
 */
export function decideReturn(found: ImprestFund, number: number, said: ReturnAnswer, by: string): Decision {
  const one = found.returns.find(({ proposed }) => proposed.number === number);
  if (!one) return refuse(no.noReturn());
  if (one.decided) return refuse(no.returnDecided());
  const { proposed } = one;
  if (proposed.by === by) return refuse(no.ownReturn());
  if (said.outcome === 'refused') return ok({ kind: 'return-decided', number, ...said, advanced: ZERO });
  const advanced = fen(Math.min(proposed.fen, found.received - advancedBack(found)));
  return ok({ kind: 'return-decided', number, ...said, advanced });
}

/** Of the money advanced to a fund, what went back to the treasury. */
export const advancedBack = ({ returns }: Pick<ImprestFund, 'returns'>): Fen =>
  sumFen(returns.map(({ decided }) => decided?.advanced ?? ZERO));

/** Its entries are in the ledger. */
export function noteReturned(found: ImprestFund, number: number, recoveryId?: string): Decision {
  const one: CashReturn | undefined = found.returns.find(({ proposed }) => proposed.number === number);
  if (one?.decided?.outcome !== 'confirmed' || one.recorded) return undefined;
  return ok({ kind: 'return-recorded', number, ...(recoveryId !== undefined && { recoveryId }) });
}
