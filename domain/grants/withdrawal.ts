import type { Bilingual } from '../bilingual.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import { samePerson } from '../recovery/checks.ts';
import type { RecoveryId } from '../recovery/recovery.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse, unreachable } from '../result.ts';
import type { GrantedPart } from './application.ts';

/** A row of a list of grants, as its sheet numbers it. */
export type ListRow = { readonly importId: string; readonly row: number };

/** What happens to a grant that a list gave and that turns out wrong. Acts are immutable and numbered by row. */
export type WithdrawalActBody =
  | {
      readonly kind: 'proposed';
      readonly jurisdiction: JurisdictionCode;
      readonly programme: ProgrammeId;
      readonly reason: string;
      /** What shows that it is wrong. */
      readonly document: string;
      /** Why, in steps, where it follows from policy and no mistake was made (退出协议). */
      readonly derivation?: readonly Step[];
    }
  /** 维持: it stays granted; it may be proposed again. */
  | { readonly kind: 'kept'; readonly reason: string }
  | {
      readonly kind: 'decided';
      readonly document: string;
      readonly decidedOn: PlainDate;
      /** By when what was paid is to be given back. */
      readonly dueOn: PlainDate;
      readonly proposedBy: string;
    }
  /** In the register: no run pays it any more, and its occasion is free. `left`: what other grants gave its months then. */
  | {
      readonly kind: 'recorded';
      readonly enrolment: EnrolmentId;
      readonly determination: number;
      readonly gave: readonly GrantedPart[];
      readonly left: readonly GrantedPart[];
    }
  /** The books were looked at once nothing of it was underway: what had been received, and the recovery proposed for it. */
  | { readonly kind: 'concluded'; readonly fen: Fen; readonly recoveryId?: RecoveryId };

type Stamp = ListRow & {
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};
export type WithdrawalAct = WithdrawalActBody & Stamp;
export type WithdrawalActOf<Kind extends WithdrawalActBody['kind']> = Extract<
  WithdrawalAct,
  { readonly kind: Kind }
>;
export const WITHDRAWAL_STATES = ['proposed', 'kept', 'decided', 'recorded', 'concluded'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

/** 撤销一行给付: the fold of the acts on a row. */
export type Withdrawal = ListRow & {
  readonly sequence: number;
  readonly state: WithdrawalState;
  readonly proposed: WithdrawalActOf<'proposed'>;
  readonly kept?: WithdrawalActOf<'kept'>;
  readonly decided?: WithdrawalActOf<'decided'>;
  readonly recorded?: WithdrawalActOf<'recorded'>;
  readonly concluded?: WithdrawalActOf<'concluded'>;
};

/** Undefined without acts. */
export function foldWithdrawal(acts: readonly WithdrawalAct[]): Withdrawal | undefined {
  return acts.reduce<Withdrawal | undefined>(applyWithdrawalAct, undefined);
}

/** @throws InvariantError on an act out of order. */
export function applyWithdrawalAct(before: Withdrawal | undefined, act: WithdrawalAct): Withdrawal {
  const { importId, row, sequence, kind: state } = act;
  invariant(sequence === (before?.sequence ?? 0) + 1, `an act out of order of row ${row} of ${importId}`);
  if (act.kind === 'proposed') return { importId, row, sequence, state, proposed: act };
  invariant(before, `row ${row} of ${importId} begins with a proposal`);
  const next = { ...before, sequence, state };
  switch (act.kind) {
    case 'kept':
      return { ...next, kept: act };
    case 'decided':
      return { ...next, decided: act };
    case 'recorded':
      return { ...next, recorded: act };
    case 'concluded':
      return { ...next, concluded: act };
    default:
      return unreachable(act);
  }
}

/** The grant that a row gave, and what is withdrawn of it, once each. */
export const rowBasis = ({ importId, row }: ListRow): string => `list:${importId}:${row}`;
export function rowOfBasis(basis = ''): ListRow | undefined {
  const [, importId, row] = /^list:(.+):(\d+)$/.exec(basis) ?? [];
  return importId === undefined ? undefined : { importId, row: Number(row) };
}
export const withdrawnBasis = (basis: string): string => `${basis}:withdrawn`;

type Decision = Result<WithdrawalActBody> | undefined;
type Proposal = Omit<WithdrawalActOf<'proposed'>, keyof Stamp | 'kind'>;

/** 拟撤销. The same proposal again is the one that stands. Refusal: `conflict/withdrawal-state`. */
export function proposeWithdrawal(found: Withdrawal | undefined, wish: Proposal, by: string): Decision {
  if (!found || found.state === 'kept') return ok({ kind: 'proposed', ...wish });
  const { proposed, state } = found;
  const same = proposed.by === by && proposed.reason === wish.reason && proposed.document === wish.document;
  return same && state === 'proposed' ? undefined : refuse(otherState(state));
}

export type WithdrawalDecision =
  | {
      readonly outcome: 'withdraw';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly dueOn: PlainDate;
    }
  | { readonly outcome: 'keep'; readonly reason: string };

/**
 * 撤销决定, by another person than who proposed it. Refusals: `conflict/withdrawal-state`, `forbidden/same-person`,
 * `invalid/decision-date`, `invalid/date-too-early`.
 *
 * @param grantedOn the day on which the list was decided
 */
export function decideWithdrawal(
  found: Withdrawal | undefined,
  said: WithdrawalDecision,
  { by, today, grantedOn }: { readonly by: string; readonly today: PlainDate; readonly grantedOn: PlainDate },
): Decision {
  if (!found) return refuse(noProposal());
  if (isAgain(found, said, by)) return undefined;
  if (found.state !== 'proposed') return refuse(otherState(found.state));
  const self = samePerson(found.proposed.by, by);
  if (self) return refuse(self);
  if (said.outcome === 'keep') return ok({ kind: 'kept', reason: said.reason });
  const { document, decidedOn, dueOn } = said;
  if (decidedOn < grantedOn || decidedOn > today) return refuse(wrongDay(grantedOn, today));
  if (dueOn <= decidedOn) return refuse(dueTooEarly(decidedOn));
  return ok({ kind: 'decided', document, decidedOn, dueOn, proposedBy: found.proposed.by });
}

function isAgain({ kept, decided }: Withdrawal, said: WithdrawalDecision, by: string): boolean {
  if (said.outcome === 'keep') return kept?.by === by && kept.reason === said.reason;
  return decided?.by === by && decided.document === said.document && decided.decidedOn === said.decidedOn;
}

export const WITHDRAWAL_STATE_NAMES: Readonly<Record<WithdrawalState, Bilingual>> = {
  proposed: { zh: '待决定撤销', en: 'proposed' },
  kept: { zh: '维持给付', en: 'kept' },
  decided: { zh: '已决定撤销，待执行', en: 'decided, to be carried out' },
  recorded: { zh: '已撤销，待核对已发款项', en: 'withdrawn; what was paid is not known yet' },
  concluded: { zh: '已撤销', en: 'withdrawn' },
};

const otherState = (state: WithdrawalState): Refusal =>
  refusal(
    'conflict/withdrawal-state',
    `该行给付现为“${WITHDRAWAL_STATE_NAMES[state].zh}”：请刷新后核对`,
    `the withdrawal of this row is “${WITHDRAWAL_STATE_NAMES[state].en}”: look again`,
    { state },
  );
const noProposal = (): Refusal =>
  refusal(
    'missing/grant-withdrawal',
    '该行没有待决定的撤销：请先由另一人提出',
    'nobody has proposed to withdraw this row: another person does that first',
  );
const wrongDay = (from: PlainDate, today: PlainDate): Refusal =>
  refusal(
    'invalid/decision-date',
    `撤销决定日期应在名册审批之日 ${from} 至今天 ${today} 之间`,
    `the day of the decision lies between ${from}, when the list was decided, and today, ${today}`,
  );
const dueTooEarly = (decidedOn: PlainDate): Refusal =>
  refusal(
    'invalid/date-too-early',
    `缴款期限须晚于决定日期 ${decidedOn}`,
    `what is ordered on ${decidedOn} is due after that day`,
    { decidedOn },
  );
