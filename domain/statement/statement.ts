import type { Instant, Month, Period, PlainDate } from '../calendar.ts';
import type { EnrolmentId, PaymentId, ProgrammeId, RunId } from '../ids.ts';
import type { AttemptState } from '../ledger/attempts.ts';
import type { Entry } from '../ledger/entry.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import { orderedSince } from '../recovery/ordered-since.ts';
import type { Recoveries } from '../recovery/recovery.ts';
import { invariant } from '../result.ts';
import type { Draft, RecoveryProposal } from '../run/draft.ts';
import { type DebtLine, type DebtTotals, debtLines, debtTotals } from './debts.ts';
import { dueLines } from './due-lines.ts';
import { paidLines, whereItStands } from './payments.ts';

/**
 * 个人发放对账单: what one person was owed, paid, and gives back, over all programmes. Nothing in it is computed anew: amounts are those of
 * ledger entries, and reasons those of the derivations that were signed.
 */

/** A draft as a released run signed it. */
export type SignedDraft = { readonly runId: RunId; readonly at: Instant; readonly draft: Draft };

/** One enrolment as the books know it. */
export type StatementSource = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  /** All entries of the enrolment. */
  readonly entries: readonly Entry[];
  /** Drafts of runs that were released, in any order. */
  readonly drafts: readonly SignedDraft[];
  readonly recoveries: Recoveries;
  /** 拟追缴 as a run found it that looked at the books then; what is at zero says nothing. */
  readonly proposals: readonly (RecoveryProposal & { readonly runId: RunId; readonly lookedAt: Instant })[];
};

/**
 * What moves what is due. `entitlement`, `arrears` and `opening` add; `cancelled` (冲销: never received and no longer owed), `surrendered`
 * (上缴财政: never received and claimed by nobody) and `ordered-back` (责令退回) take away; `owed-after-all` (撤销追缴) gives back. `nothing`: a
 * run looked at the month again and had nothing to pay, and why.
 */
export type DueKind =
  | 'entitlement'
  | 'arrears'
  | 'opening'
  | 'cancelled'
  | 'surrendered'
  | 'ordered-back'
  | 'owed-after-all'
  | 'nothing';

export type DueLine = {
  readonly kind: DueKind;
  readonly month: Month;
  readonly component: string;
  /** With its sign; zero of `nothing`. */
  readonly fen: Fen;
  readonly on: PlainDate;
  readonly payment: PaymentId;
  readonly runId: RunId;
  readonly cause?: string;
  /** Number of the decision, of what is ordered back and of what is owed after all. */
  readonly document?: string;
  /** Due for the month and component before this line and after it: the line is new minus old. */
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
  /** The month's derivation as it was signed with this line; empty where none was. */
  readonly steps: readonly Step[];
  /** Those that the derivation before it did not have: what changed. */
  readonly changed: readonly Step[];
  /** Those by which another programme took of it (叠加、排斥、择高、补差). */
  readonly stacking: readonly Step[];
};

export type PaidLine = {
  readonly payment: PaymentId;
  readonly period: Period;
  readonly attempt: number;
  readonly runId: RunId;
  readonly state: AttemptState;
  readonly fen: Fen;
  /** Kept back of it (抵扣), positive; of its first attempt. */
  readonly setOffFen: Fen;
  readonly sentOn: PlainDate;
  /** Day on which the bank, or the signed paper, says that it was paid or came back. */
  readonly answeredOn?: PlainDate;
  /** Account on record: "<payee>.<n>"; absent of what was paid by hand or before this system. */
  readonly paidTo?: string;
  readonly means: 'bank' | 'cash' | 'manual-transfer' | 'imprest' | 'before-go-live';
  readonly reason?: string;
};

/**
 * Totals in fen. `due` = entitlement + arrears + opening − cancelled − surrendered, and each fen of it stands in exactly one place:
 * received, set off, with the bank, failed or returned and owed still, or returned after it was ordered back.
 */
export type StatementTotals = {
  readonly entitlement: Fen;
  readonly arrears: Fen;
  readonly opening: Fen;
  readonly cancelled: Fen;
  readonly surrendered: Fen;
  readonly due: Fen;
  readonly received: Fen;
  readonly setOff: Fen;
  readonly inTransit: Fen;
  readonly open: Fen;
  readonly cameBack: Fen;
  /** Of what is due by the payments shown, ordered back less what is owed after all; what stays is the entitlement in the end. */
  readonly orderedBack: Fen;
  readonly final: Fen;
};

export type EnrolmentStatement = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly lines: readonly DueLine[];
  readonly payments: readonly PaidLine[];
  readonly proposals: StatementSource['proposals'];
  readonly totals: StatementTotals;
  /** Over all time, whatever months the statement shows. */
  readonly debts: readonly DebtLine[];
  readonly debtTotals: DebtTotals;
};
export type Statement = {
  readonly from: Month;
  readonly through: Month;
  readonly enrolments: readonly EnrolmentStatement[];
  readonly totals: StatementTotals;
  readonly debtTotals: DebtTotals;
};

/**
 * The statement of payments whose periods lie within some months; their arrears are of earlier months.
 * @throws InvariantError when it does not add up, which the ledger's own checks would have found before
 */
export function buildStatement(
  sources: readonly StatementSource[],
  { from, through }: { readonly from: Month; readonly through: Month },
): Statement {
  const enrolments = sources.map((source) => ofEnrolment(source, { from, through }));
  return {
    from,
    through,
    enrolments,
    totals: addUp(enrolments.map(({ totals }) => totals)),
    debtTotals: addUp(enrolments.map(({ debtTotals: sums }) => sums)),
  };
}

/** What was ordered back since a run looked is proposed no more: the orders say it. */
const notOrderedYet = (
  proposals: StatementSource['proposals'],
  recoveries: Recoveries,
): StatementSource['proposals'] =>
  proposals
    .map((one) => ({
      ...one,
      fen: fen(Math.max(0, one.fen - orderedSince(recoveries, one.lookedAt, one))),
    }))
    .filter((one) => one.fen > 0 || (one.awaitedFen ?? 0) > 0);

function ofEnrolment(
  source: StatementSource,
  span: { readonly from: Month; readonly through: Month },
): EnrolmentStatement {
  const { enrolment, programme, proposals } = source;
  const lines = dueLines(source, span);
  const sum = (...kinds: DueKind[]) =>
    sumFen(lines.filter(({ kind }) => kinds.includes(kind)).map((line) => line.fen));
  const places = whereItStands(source.entries, span);
  const [entitlement, arrears, opening] = [sum('entitlement'), sum('arrears'), sum('opening')];
  const cancelled = fen(0 - sum('cancelled'));
  const surrendered = fen(0 - sum('surrendered'));
  const due = fen(entitlement + arrears + opening - cancelled - surrendered);
  const orderedBack = fen(0 - sum('ordered-back', 'owed-after-all'));
  invariant(sumFen(Object.values(places)) === due, `what ${enrolment} is due does not stand where it should`);
  const debts = debtLines(source);
  return {
    enrolment,
    programme,
    lines,
    payments: paidLines(source.entries, span),
    proposals: notOrderedYet(proposals, source.recoveries),
    totals: {
      entitlement,
      arrears,
      opening,
      cancelled,
      surrendered,
      due,
      ...places,
      orderedBack,
      final: fen(due - orderedBack),
    },
    debts,
    debtTotals: debtTotals(debts, source.entries),
  };
}

/** Sums of the same fields; of none, there are none to read. */
function addUp<Totals extends Readonly<Record<string, Fen>>>(all: readonly Totals[]): Totals {
  const [first, ...rest] = all;
  const total: Record<string, Fen> = { ...first };
  for (const one of rest)
    for (const [name, amount] of Object.entries(one)) total[name] = fen((total[name] ?? 0) + amount);
  return total as Totals;
}
