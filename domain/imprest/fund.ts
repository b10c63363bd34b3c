import { chinaDate, type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode, PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import { invariant, unreachable } from '../result.ts';
import type { DrawId, FundId, ImprestAct, ImprestActOf, PostedDraw } from './acts.ts';

export type Draw = ImprestActOf<'drawn'> & {
  readonly state: 'drawn' | 'posted' | 'cancelled';
  readonly posting?: PostedDraw;
};
export type Replenishment = {
  readonly proposed: ImprestActOf<'replenishment-proposed'>;
  readonly decided?: ImprestActOf<'replenishment-decided'>;
  readonly recorded?: ImprestActOf<'replenishment-recorded'>;
};

export type CashReturn = {
  readonly proposed: ImprestActOf<'return-proposed'>;
  readonly decided?: ImprestActOf<'return-decided'>;
  readonly recorded?: ImprestActOf<'return-recorded'>;
};

/** An imprest fund (备用金): the fold of its acts. `balance` is the book's cash, and never below zero. */
export type ImprestFund = {
  readonly fund: FundId;
  readonly jurisdiction: JurisdictionCode;
  readonly sequence: number;
  readonly name: string;
  readonly streets: readonly string[];
  readonly organisation: PersonKey;
  readonly openedBy: string;
  readonly openedOn: Month;
  /** Cash brought in waits for a second person. */
  readonly confirmed: boolean;
  readonly broughtIn: Fen;
  /** Settled to the township's account, as last looked at. */
  readonly received: Fen;
  readonly draws: ReadonlyMap<DrawId, Draw>;
  readonly replenishments: readonly Replenishment[];
  /** 缴回 to the treasury. */
  readonly returns: readonly CashReturn[];
  readonly counts: readonly ImprestActOf<'counted'>[];
  readonly closed: boolean;
  readonly balance: Fen;
};

/** Undefined without acts. */
export function foldFund(acts: readonly ImprestAct[]): ImprestFund | undefined {
  return acts.reduce<ImprestFund | undefined>(applyImprestAct, undefined);
}

/** @throws InvariantError on an act out of order, or one that would take the balance below zero. */
export function applyImprestAct(before: ImprestFund | undefined, act: ImprestAct): ImprestFund {
  if (act.kind === 'opened') return opened(before, act);
  invariant(before && act.sequence === before.sequence + 1, `an act out of order of fund ${act.fund}`);
  const next = changed({ ...before, sequence: act.sequence }, act);
  invariant(next.balance >= 0, `fund ${act.fund} would stand below zero`);
  return next;
}

function opened(before: ImprestFund | undefined, act: ImprestActOf<'opened'>): ImprestFund {
  invariant(!before && act.sequence === 1, `fund ${act.fund} is opened twice`);
  const { fund, jurisdiction, name, streets, organisation, broughtIn, by, at } = act;
  const who = {
    fund,
    jurisdiction,
    name,
    streets,
    organisation,
    openedBy: by,
    openedOn: monthOf(chinaDate(at)),
  };
  const none = { replenishments: [], returns: [], counts: [], received: ZERO, balance: ZERO, closed: false };
  return { ...who, ...none, sequence: 1, broughtIn, confirmed: broughtIn === 0, draws: new Map() };
}

function changed(fund: ImprestFund, act: Exclude<ImprestAct, { readonly kind: 'opened' }>): ImprestFund {
  switch (act.kind) {
    case 'opening-confirmed':
      return { ...fund, confirmed: true, balance: fen(fund.balance + fund.broughtIn) };
    case 'streets-changed':
      return { ...fund, streets: act.streets };
    case 'drawn':
      return {
        ...fund,
        balance: fen(fund.balance - act.fen),
        draws: new Map(fund.draws).set(act.draw, { ...act, state: 'drawn' }),
      };
    case 'draw-cancelled':
      return { ...inState(fund, [act], 'cancelled'), balance: fen(fund.balance + act.fen) };
    case 'posted':
      return inState(fund, act.draws, 'posted');
    case 'counted':
      return { ...fund, counts: [...fund.counts, act] };
    case 'replenishment-proposed':
      return { ...fund, replenishments: [...fund.replenishments, { proposed: act }] };
    case 'replenishment-decided':
      return replenished(fund, act.number, { decided: act });
    case 'replenishment-recorded':
      return replenished(fund, act.number, { recorded: act });
    case 'received':
      return { ...fund, received: act.settled, balance: fen(fund.balance + act.fen) };
    case 'return-proposed':
      return {
        ...fund,
        balance: fen(fund.balance - act.fen),
        returns: [...fund.returns, { proposed: act }],
      };
    case 'return-decided':
      return returned(fund, act);
    case 'return-recorded':
      return inReturn(fund, act.number, { recorded: act });
    case 'closed':
      return { ...fund, closed: true };
    default:
      return unreachable(act);
  }
}

function inState(
  fund: ImprestFund,
  changes: readonly ({ readonly draw: DrawId } | PostedDraw)[],
  state: Draw['state'],
): ImprestFund {
  const draws = new Map(fund.draws);
  for (const change of changes) {
    const draw = draws.get(change.draw);
    const was = draw?.state ?? 'unknown';
    invariant(draw && was === 'drawn', `draw ${change.draw} of fund ${fund.fund} is ${was}`);
    draws.set(change.draw, { ...draw, state, ...('month' in change && { posting: change }) });
  }
  return { ...fund, draws };
}

function replenished(fund: ImprestFund, number: number, change: Partial<Replenishment>): ImprestFund {
  const replenishments = fund.replenishments.map((one) =>
    one.proposed.number === number ? { ...one, ...change } : one,
  );
  return { ...fund, replenishments };
}

/** Refused, the cash is in the fund again. */
function returned(fund: ImprestFund, act: ImprestActOf<'return-decided'>): ImprestFund {
  const back = act.outcome === 'refused' ? (fund.returns[act.number - 1]?.proposed.fen ?? ZERO) : ZERO;
  return { ...inReturn(fund, act.number, { decided: act }), balance: fen(fund.balance + back) };
}

function inReturn(fund: ImprestFund, number: number, change: Partial<CashReturn>): ImprestFund {
  const returns = fund.returns.map((one) => (one.proposed.number === number ? { ...one, ...change } : one));
  return { ...fund, returns };
}

/** A return that waits for a second person, or for its entries. */
export const openReturn = (fund: ImprestFund): CashReturn | undefined =>
  fund.returns.find(({ decided, recorded }) => !decided || (decided.outcome === 'confirmed' && !recorded));

export const drawsIn = ({ draws }: ImprestFund, ...states: readonly Draw['state'][]): Draw[] =>
  [...draws.values()].filter(({ state }) => states.includes(state));
export const sumOf = (draws: readonly { readonly fen: Fen }[]): Fen => sumFen(draws.map((draw) => draw.fen));

const approved = ({ replenishments }: ImprestFund) =>
  replenishments.filter(({ decided }) => decided?.outcome === 'approved');

/** Decided to be paid and not yet settled to the township's account (补足在途). */
export function underway(fund: ImprestFund): Fen {
  const all = sumOf(approved(fund).map(({ proposed }) => proposed));
  return fen(Math.max(0, all - fund.received));
}

/** Posted by imprest runs, and not asked back yet by a replenishment that stands (待补足凭证). */
export function toReplenish(fund: ImprestFund): Fen {
  const asked = fund.replenishments.filter(({ decided }) => decided?.outcome !== 'refused');
  const vouchers = sumFen(asked.map(({ proposed }) => fen(Math.min(proposed.vouchers, proposed.fen))));
  return fen(sumOf(drawsIn(fund, 'posted')) - vouchers);
}

/** A replenishment that waits for a decision, for its grant, or for the bank. */
export const openReplenishment = (fund: ImprestFund): Replenishment | undefined =>
  fund.replenishments.find(
    ({ decided, recorded }) =>
      !decided || (decided.outcome === 'approved' && (!recorded || underway(fund) > 0)),
  );

/** 账实不符: the last count, where cash and book differ; it stands until a later count agrees. */
export function countDifference({ counts }: ImprestFund): ImprestActOf<'counted'> | undefined {
  const last = counts.at(-1);
  return last && last.difference !== 0 ? last : undefined;
}

/** Months since it was opened, before the one of a day, that were not counted. */
export function monthsNotCounted(fund: ImprestFund, months: readonly Month[]): Month[] {
  const counted = new Set(fund.counts.map(({ month }) => month));
  return months.filter((month) => month >= fund.openedOn && !counted.has(month));
}

/** Handed to one person in the calendar year of a day. */
export function drawnInYear(fund: ImprestFund, payee: PersonKey, day: PlainDate): Fen {
  const year = day.slice(0, 4);
  const own = drawsIn(fund, 'drawn', 'posted').filter(
    (draw) => draw.payee === payee && draw.on.startsWith(year),
  );
  return sumOf(own);
}
