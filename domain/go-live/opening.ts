import type { Month } from '../calendar.ts';
import { type EnrolmentId, paymentId, type Round } from '../ids.ts';
import { type Fen, fen, sumFen, toYuan, ZERO } from '../money.ts';
import type { Component } from '../programmes/programme.ts';
import { type Refusal, refusal } from '../result.ts';
import type { Draft, PaymentLine } from '../run/draft.ts';

/** One row of the opening sheet (期初表): what was paid to one enrolment for one month before this system. */
export type OpeningRow = {
  readonly enrolment: EnrolmentId;
  readonly month: Month;
  /** Row of the sheet, as the spreadsheet numbers it. */
  readonly row: number;
  readonly street: string;
  /** All that was paid out, returned and recoverable money included. In a correction: the difference, with its sign. */
  readonly paidFen: Fen;
  /** Of it, what came back and was not sent again: owed still. Never negative. */
  readonly returnedFen: Fen;
  /** Of it, what was not owed and is to be recovered by a decision made before go-live. */
  readonly recoverableFen: Fen;
  /** 更正原因: why a month that was opened before is stated again; the amounts are differences then. */
  readonly correction?: string;
};

/** Used before go-live (已用指标), per fiscal year. */
export type UsedBudget = { readonly fiscalYear: string; readonly fen: Fen };

/** What an opening run is made from, frozen in its manifest. */
export type OpeningPlan = {
  /** The import whose staged rows it posts. */
  readonly importId: string;
  readonly rows: number;
  /** The n-th opening of this programme here: names its payments. */
  readonly number: number;
  /** Later months are paid by runs. */
  readonly through: Month;
  /** Months that earlier openings hold lines for. */
  readonly openedMonths: readonly Month[];
  readonly usedBudget: readonly UsedBudget[];
};

/** What was paid and stayed; what came back is a payment of its own, which can be sent again. */
export const openingRound = (number: number): Round => `O${number}`;
export const openingReturnRound = (number: number): Round => `T${number}`;

/** The name under which budgets keep what was used before go-live. */
export const usedBefore = (runId: string): string => `opening.${runId}`;

type Known = { readonly historyFrom: Month; readonly opened: boolean };

/** Why a row cannot be posted; undefined when it can. Every sentence says what to do. */
export function openingFault(row: OpeningRow, plan: OpeningPlan, known: Known): Refusal | undefined {
  const { month, paidFen, returnedFen, recoverableFen, correction } = row;
  const at = { row: row.row, month };
  if (month < known.historyFrom) {
    return refusal(
      'conflict/before-history',
      `第${row.row}行：${known.historyFrom} 之前的月份不进入本系统，请删去 ${month}`,
      `row ${row.row}: months before ${known.historyFrom} are not kept here; leave ${month} out`,
      at,
    );
  }
  if (month > plan.through) {
    return refusal(
      'conflict/paid-here',
      `第${row.row}行：${month} 不是上线前的月份（期初截至 ${plan.through}），请删去`,
      `row ${row.row}: ${month} is not a month before go-live (openings end with ${plan.through}); leave it out`,
      at,
    );
  }
  if (known.opened !== (correction !== undefined)) {
    return known.opened
      ? refusal(
          'conflict/opened-before',
          `第${row.row}行：${month} 已有期初；如需更正，请只填差额并写明更正原因`,
          `row ${row.row}: ${month} has an opening already; to correct it, state the difference and the reason`,
          at,
        )
      : refusal(
          'invalid/correction',
          `第${row.row}行：${month} 没有期初可更正，请清空“更正原因”`,
          `row ${row.row}: ${month} has no opening to correct; clear the reason of correction`,
          at,
        );
  }
  const nothing = paidFen === 0 && returnedFen === 0 && recoverableFen === 0;
  const negative = returnedFen < 0 || (!known.opened && (paidFen < 0 || recoverableFen < 0));
  if (nothing || negative || (!known.opened && returnedFen + recoverableFen > paidFen)) {
    return refusal(
      'invalid/opening-amounts',
      `第${row.row}行：退回与待追缴之和不能超过已发，金额不能全为零或为负（更正除外）`,
      `row ${row.row}: returned and recoverable are part of what was paid; amounts are neither all zero nor negative, except in corrections`,
      { ...at, paid: toYuan(paidFen) },
    );
  }
  return undefined;
}

/**
 * The payments of a row. What Excel has in one sum is shared out over the components that the month is owed, in their order, so that
 * a later change of one of them shows as that; what is beyond goes to the first.
 *
 * @param due components of the month by the rules, or one of no amount where nothing is due
 */
export function openingDrafts(row: OpeningRow, number: number, due: readonly Component[]): Draft[] {
  const kept = fen(row.paidFen - row.returnedFen);
  const accrued = fen(kept - row.recoverableFen);
  const shares = shareOut(fen(accrued + row.returnedFen), due);
  const back = takeFrom(shares, row.returnedFen);
  const stayed = shares.map((share, index) => ({
    ...share,
    fen: fen(share.fen - (back[index]?.fen ?? ZERO)),
  }));
  const draft = (
    round: Round,
    parts: readonly Component[],
    amounts: NonNullable<Draft['opening']>,
  ): Draft => {
    const lines = parts
      .filter((part) => part.fen !== 0)
      .map((part): PaymentLine => ({ month: row.month, ...part, kind: 'entitlement' }));
    return {
      payment: paymentId(row.month, round, row.enrolment),
      enrolment: row.enrolment,
      street: row.street,
      kind: 'difference',
      attempt: 1,
      fen: sumFen(lines.map((line) => line.fen)),
      lines,
      findings: [],
      recoveries: [],
      movement: 'same',
      previousFen: ZERO,
      sample: false,
      derivations: {},
      opening: amounts,
    };
  };
  const { returnedFen, recoverableFen, correction } = row;
  const why = correction === undefined ? {} : { correction };
  return [
    ...(kept !== 0 || recoverableFen !== 0
      ? [draft(openingRound(number), stayed, { paidFen: kept, returnedFen: ZERO, recoverableFen, ...why })]
      : []),
    ...(returnedFen > 0
      ? [
          draft(openingReturnRound(number), back, {
            paidFen: returnedFen,
            returnedFen,
            recoverableFen: ZERO,
            ...why,
          }),
        ]
      : []),
  ];
}

function shareOut(amount: Fen, due: readonly Component[]): Component[] {
  const sign = amount < 0 ? -1 : 1;
  let left = Math.abs(amount);
  const shares = due.map(({ component, fen: most }) => {
    const part = Math.min(left, Math.max(0, most));
    left -= part;
    return { component, fen: fen(sign * part) };
  });
  return shares.map((share, index) =>
    index === 0 ? { ...share, fen: fen(share.fen + sign * left) } : share,
  );
}

/** The part of positive shares that came back; where there is less than that, in a correction, the first one gives it. */
function takeFrom(shares: readonly Component[], amount: Fen): Component[] {
  let left: number = amount;
  const taken = shares.map((share) => {
    const part = Math.min(left, Math.max(0, share.fen));
    left -= part;
    return { ...share, fen: fen(part) };
  });
  return taken.map((share, index) => (index === 0 ? { ...share, fen: fen(share.fen + left) } : share));
}
