import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode, PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import { ok, type Refusal, type Result, refuse } from '../result.ts';
import type { DrawId, ImprestActBody, PostedDraw } from './acts.ts';
import {
  countDifference,
  type Draw,
  drawnInYear,
  drawsIn,
  type ImprestFund,
  monthsNotCounted,
  openReplenishment,
  openReturn,
  sumOf,
  toReplenish,
  underway,
} from './fund.ts';
import * as no from './refusals.ts';

/** Undefined: it is done already, and nothing is to be written. */
export type Decision = Result<ImprestActBody> | undefined;

export type Opening = {
  readonly jurisdiction: JurisdictionCode;
  readonly name: string;
  readonly streets: readonly string[];
  readonly organisation: PersonKey;
  readonly broughtIn: Fen;
  readonly document: string;
};

/** 设立. A fund that is there already is not opened again. */
export function openFund(found: ImprestFund | undefined, opening: Opening): Decision {
  if (found) return refuse(no.fundExists(found.fund));
  if (opening.streets.length === 0) return refuse(no.noStreets());
  return ok({ kind: 'opened', ...opening, streets: [...new Set(opening.streets)].sort() });
}

/** Another person than who opened it counts the cash that was brought in. */
export function confirmOpening(found: ImprestFund, by: string): Decision {
  if (found.confirmed) return undefined;
  return found.openedBy === by ? refuse(no.ownOpening()) : ok({ kind: 'opening-confirmed' });
}

/** Who may draw from now on. */
export function changeStreets(
  found: ImprestFund,
  { streets, document }: { readonly streets: readonly string[]; readonly document: string },
): Decision {
  if (found.closed) return refuse(no.fundClosed());
  if (streets.length === 0) return refuse(no.noStreets());
  return ok({ kind: 'streets-changed', streets: [...new Set(streets)].sort(), document });
}

/** What policy allows to be drawn: at once, and by one person in a calendar year. */
export type DrawLimits = { readonly perDraw: Fen; readonly perPersonYear?: Fen | undefined };
export type Drawing = {
  readonly draw: DrawId;
  readonly application: string;
  readonly fen: Fen;
  readonly street: string;
  readonly payee: PersonKey;
  readonly receipt: string;
};

/**
 * 支取. The same draw again is the one that stands. Refusals: `conflict/draw-differs`, `conflict/draw-cancelled`, `conflict/imprest-closed`,
 * `conflict/imprest-unconfirmed`, `forbidden/imprest-street`, `limit/imprest-draw`, `limit/imprest-person-year`, `conflict/imprest-balance` (tells the
 * balance).
 */
export function drawCash(found: ImprestFund, drawing: Drawing, limits: DrawLimits, on: PlainDate): Decision {
  const stands = found.draws.get(drawing.draw);
  if (stands) return again(stands, drawing);
  if (found.closed) return refuse(no.fundClosed());
  if (!found.confirmed) return refuse(no.notConfirmed());
  if (!found.streets.includes(drawing.street)) return refuse(no.otherStreet());
  if (drawing.fen > limits.perDraw) return refuse(no.aboveDraw(drawing.fen, limits.perDraw));
  const { perPersonYear } = limits;
  const before = drawnInYear(found, drawing.payee, on);
  if (perPersonYear !== undefined && before + drawing.fen > perPersonYear)
    return refuse(no.abovePersonYear(before, perPersonYear));
  if (drawing.fen > found.balance) return refuse(no.notEnough(found.balance, drawing.fen));
  return ok({ kind: 'drawn', ...drawing, on });
}

function again(stands: Draw, wanted: Drawing): Decision {
  if (stands.state === 'cancelled') return refuse(no.cancelledDraw());
  const same =
    stands.fen === wanted.fen &&
    stands.street === wanted.street &&
    stands.payee === wanted.payee &&
    stands.receipt === wanted.receipt;
  return same ? undefined : refuse(no.drawDiffers());
}

/** The cash is in the fund again; whoever drew it does not say so alone. Only before it was posted. */
export function cancelDraw(found: ImprestFund, id: DrawId, reason: string, by: string): Decision {
  const draw = found.draws.get(id);
  if (!draw) return refuse(no.noDraw());
  if (draw.state === 'cancelled') return undefined;
  if (draw.state === 'posted') return refuse(no.drawPosted());
  if (draw.by === by) return refuse(no.ownDraw());
  return ok({ kind: 'draw-cancelled', draw: id, fen: draw.fen, reason });
}

/** Draws that imprest runs have posted since. */
export function notePosted(found: ImprestFund, posted: readonly PostedDraw[]): Decision {
  const fresh = posted.filter(({ draw }) => found.draws.get(draw)?.state === 'drawn');
  if (fresh.length === 0) return undefined;
  const amounts = fresh.map(({ draw }) => found.draws.get(draw)?.fen ?? ZERO);
  return ok({ kind: 'posted', draws: fresh, fen: sumFen(amounts) });
}

/** A draw whose grant is recorded, and which grant that is. */
export type GrantedDraw = PostedDraw & { readonly determination: number };

/**
 * Which of some draws are posted, by what the ledger holds of the fund for an enrolment and month: grants of one month add up there, so
 * they are taken in the order of their decisions, behind those known to be posted already.
 */
export function coveredBy(
  found: ImprestFund,
  granted: readonly GrantedDraw[],
  held: (of: PostedDraw) => Fen,
): PostedDraw[] {
  const before = (of: PostedDraw) =>
    sumOf(
      drawsIn(found, 'posted').filter(
        ({ posting }) => posting?.enrolment === of.enrolment && posting.month === of.month,
      ),
    );
  const groups = Map.groupBy(granted, ({ enrolment, month }) => `${enrolment} ${month}`);
  return [...groups.values()].flatMap((group) => {
    const inOrder = group.toSorted((a, b) => a.determination - b.determination);
    const [first] = inOrder;
    let left = first ? held(first) - before(first) : 0;
    return inOrder.flatMap(({ draw, enrolment, month }) => {
      left -= found.draws.get(draw)?.fen ?? 0;
      return left < 0 ? [] : [{ draw, enrolment, month }];
    });
  });
}

/** 盘点: cash against the book of this moment; a difference needs an explanation and stands until a later count agrees. */
export function countCash(
  found: ImprestFund,
  { month, cash, explanation }: { readonly month: Month; readonly cash: Fen; readonly explanation?: string },
  on: PlainDate,
): Decision {
  if (found.closed) return refuse(no.fundClosed());
  if (month > monthOf(on) || month < found.openedOn)
    return refuse(no.wrongMonth(found.openedOn, monthOf(on)));
  const difference = fen(cash - found.balance);
  if (difference !== 0 && explanation === undefined) return refuse(no.unexplained(found.balance, difference));
  const said = explanation !== undefined && { explanation };
  return ok({ kind: 'counted', month, on, book: found.balance, cash, difference, ...said });
}

/** What may be asked for: vouchers posted, and what the floor lacks beside them. */
export function replenishable(
  found: ImprestFund,
  floor: Fen,
): { readonly vouchers: Fen; readonly floorLack: Fen } {
  const vouchers = toReplenish(found);
  const after = found.balance + vouchers + underway(found);
  return { vouchers, floorLack: fen(Math.max(0, floor - after)) };
}

/**
 * 申请补足. One at a time, after every month before this one was counted and agreed. Refusals: `conflict/replenishment-open`, `conflict/not-counted`,
 * `conflict/count-differs`, `conflict/nothing-to-replenish`, `limit/replenishment`.
 */
export function proposeReplenishment(
  found: ImprestFund,
  { floor, fen: wanted }: { readonly floor: Fen; readonly fen?: Fen | undefined },
  monthsBefore: readonly Month[],
): Decision {
  const barred = found.closed ? no.fundClosed() : notReady(found, monthsBefore);
  if (barred) return refuse(barred);
  const { vouchers, floorLack } = replenishable(found, floor);
  const most = fen(vouchers + floorLack);
  if (most === 0) return refuse(no.nothingToReplenish());
  const asked = wanted ?? most;
  if (asked <= 0 || asked > most) return refuse(no.aboveReplenishment(most));
  const number = found.replenishments.length + 1;
  return ok({ kind: 'replenishment-proposed', number, vouchers, floorLack, fen: asked });
}

function notReady(found: ImprestFund, monthsBefore: readonly Month[]): Refusal | undefined {
  if (!found.confirmed) return no.notConfirmed();
  if (openReplenishment(found)) return no.replenishmentOpen();
  if (openReturn(found)) return no.returnOpen();
  const [missing] = monthsNotCounted(found, monthsBefore);
  if (missing !== undefined) return no.notCounted(missing);
  return countDifference(found) ? no.countDiffers() : undefined;
}

/** 批准补足, by another person. */
export function decideReplenishment(
  found: ImprestFund,
  number: number,
  said: {
    readonly outcome: 'approved' | 'refused';
    readonly document: string;
    readonly decidedOn: PlainDate;
    readonly reason?: string;
    readonly sample: boolean;
  },
  { by, today }: { readonly by: string; readonly today: PlainDate },
): Decision {
  const one = found.replenishments.find(({ proposed }) => proposed.number === number);
  if (!one) return refuse(no.noReplenishment());
  if (one.decided) return refuse(no.replenishmentDecided());
  if (one.proposed.by === by) return refuse(no.ownReplenishment());
  if (said.decidedOn > today) return refuse(no.decidedAhead());
  const { reason, ...rest } = said;
  if (said.outcome === 'refused' && reason === undefined) return refuse(no.refusalNeedsReason());
  return ok({
    kind: 'replenishment-decided',
    number,
    ...rest,
    proposedBy: one.proposed.by,
    ...(reason !== undefined && { reason }),
  });
}

/** Brings the fund to what the bank has settled in all; money that came back leaves it only as far as it is still there. */
export function receive(found: ImprestFund, settled: Fen): Decision {
  const change = Math.max(settled - found.received, 0 - found.balance);
  if (change === 0) return undefined;
  return ok({ kind: 'received', settled: fen(found.received + change), fen: fen(change) });
}

/** 撤销备用金: nothing is left in it, and nothing waits. */
export function closeFund(found: ImprestFund, document: string): Decision {
  if (found.closed) return undefined;
  if (found.balance !== ZERO) return refuse(no.notEmpty(found.balance));
  if (openReplenishment(found)) return refuse(no.replenishmentOpen());
  if (openReturn(found)) return refuse(no.returnOpen());
  if (drawsIn(found, 'drawn').length > 0) return refuse(no.notPosted());
  return ok({ kind: 'closed', document });
}
