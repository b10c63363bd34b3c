import { type Instant, monthOf, type PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import { type Fen, sumFen, toYuan } from '../money.ts';
import type { GrantFacts, GrantProposal } from '../programmes/programme.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { proposedFen } from './amounts.ts';

/** A good row of a list (批量给付名册), worked out when the list came in. Nothing personal is in it. */
export type StagedGrant = {
  /** Of the sheet, as the spreadsheet numbers it. */
  readonly row: number;
  readonly subject: PersonKey;
  /** Who is paid, where that is not the subject. */
  readonly payee?: PersonKey;
  readonly organisationPaid?: true;
  /** A service to the subject that is settled to the payee, with all others of a block in one grant. */
  readonly settled?: true;
  /** For whom the occasion is claimed once, where that is not the subject. */
  readonly holder?: PersonKey;
  readonly street: string;
  readonly appliedOn: PlainDate;
  /** What it is for: one subject gets one grant of a programme for it. */
  readonly occasion: string;
  readonly facts: GrantFacts;
  readonly proposal: GrantProposal;
};

/** Where a list is from. */
export type ListOrigin = {
  readonly importId: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly by: string;
  readonly requestedAt: Instant;
  /** The day on whose policy its rows were worked out. */
  readonly workedOutOn: PlainDate;
};

/** Control totals (控制总数): what somebody else compares with the paper list before deciding. */
export type ListTotals = {
  readonly count: number;
  readonly fen: Fen;
  /** People helped. */
  readonly persons: number;
  readonly sample: boolean;
  /** Rows that may not be decided by a list (一事一议). */
  readonly special: number;
  readonly streets: readonly StreetTotals[];
  /** Of who gets what for which occasion, whatever the file and the order of its rows. */
  readonly hash: string;
};
export type StreetTotals = {
  readonly street: string;
  readonly count: number;
  readonly persons: number;
  readonly fen: Fen;
};

export function listTotals(
  sha256: Sha256,
  { jurisdiction, programme }: Pick<ListOrigin, 'jurisdiction' | 'programme'>,
  rows: readonly StagedGrant[],
): ListTotals {
  const streets = new Map<string, StagedGrant[]>();
  for (const row of rows) streets.set(row.street, [...(streets.get(row.street) ?? []), row]);
  const content = rows
    .map(({ subject, payee, occasion, proposal }) => ({
      subject,
      payee: payee ?? '',
      occasion,
      parts: proposal.parts.map(({ monthsAfter, components }) => ({
        monthsAfter,
        components: [...components],
      })),
    }))
    .toSorted((a, b) => (`${a.subject} ${a.occasion}` < `${b.subject} ${b.occasion}` ? -1 : 1));
  return {
    ...sums(rows),
    sample: rows.some(({ proposal }) => proposal.sample),
    special: rows.filter(({ proposal }) => proposal.decidedAt === 'special').length,
    streets: [...streets]
      .map(([street, some]) => ({ street, ...sums(some) }))
      .toSorted((a, b) => (a.street < b.street ? -1 : 1)),
    hash: contentHash(sha256, 'grant-list.v1', { jurisdiction, programme, rows: content }),
  };
}

const sums = (rows: readonly StagedGrant[]) => ({
  count: rows.length,
  // Several services of one person are of one person.
  persons:
    rows.reduce((sum, { proposal, settled }) => sum + (settled ? 0 : proposal.persons), 0) +
    new Set(rows.flatMap(({ subject, settled }) => (settled ? [subject] : []))).size,
  fen: sumFen(rows.map(({ proposal }) => proposedFen(proposal))),
});

/** One decision on a whole list, by somebody else than who brought it. */
export type ListDecision = {
  readonly by: string;
  readonly at: Instant;
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly hash: string;
  readonly count: number;
  readonly fen: Fen;
};
export type ListDecisionAsked = Omit<ListDecision, 'at'>;

/**
 * Whether a list may be decided as asked: over exactly the control totals that were seen. Refusals: `conflict/nothing-to-grant`,
 * `conflict/stale-hash`, `conflict/control-totals`, `forbidden/same-person`, `policy/special-rows`, `invalid/decision-date`,
 * `conflict/worked-out-before`.
 */
export function listDecision(
  { by: uploader, workedOutOn }: Pick<ListOrigin, 'by' | 'workedOutOn'>,
  totals: ListTotals,
  asked: ListDecisionAsked,
  { at, today }: { readonly at: Instant; readonly today: PlainDate },
): Result<ListDecision> {
  if (asked.by === uploader) return refuse(SAME_PERSON);
  if (totals.count === 0) return refuse(NOTHING);
  if (asked.hash !== totals.hash) return refuse(STALE);
  if (asked.count !== totals.count || asked.fen !== totals.fen) return refuse(otherTotals(totals));
  if (totals.special > 0) return refuse(specialRows(totals.special));
  if (asked.decidedOn < workedOutOn || asked.decidedOn > today) return refuse(wrongDay(workedOutOn, today));
  // Amounts are those of the policy of that month, and the first payment falls into the month of the decision.
  if (monthOf(asked.decidedOn) !== monthOf(workedOutOn)) return refuse(otherMonth(workedOutOn));
  return ok({ ...asked, at });
}

const SAME_PERSON = refusal(
  'forbidden/same-person',
  '名册须由上传人以外的人审批',
  'a list is decided by somebody else than who uploaded it',
);
const NOTHING = refusal(
  'conflict/nothing-to-grant',
  '名册中没有可给付的行：请改正退回的行后重新导入',
  'no row of the list is good: correct those that came back and import it again',
);
const STALE = refusal(
  'conflict/stale-hash',
  '摘要与本名册不符：请重新打开名册核对后审批',
  'this is not the hash of the list: open it again, check it, and decide on what you see',
);
const otherTotals = ({ count, fen }: ListTotals): Refusal =>
  refusal(
    'conflict/control-totals',
    `控制总数不符：名册为 ${count} 笔、${toYuan(fen)} 元，请与纸质名册核对`,
    `the control totals differ: the list has ${count} grants of ${toYuan(fen)} yuan; compare it with the paper`,
    { count, amount: toYuan(fen) },
  );
const specialRows = (rows: number): Refusal =>
  refusal(
    'policy/special-rows',
    `名册中有 ${rows} 行须一事一议：请改按单笔申请办理`,
    `${rows} rows have to be decided case by case: apply for them one by one`,
    { rows },
  );
const wrongDay = (from: PlainDate, today: PlainDate): Refusal =>
  refusal(
    'invalid/decision-date',
    `审批日期应在名册导入之日 ${from} 至今天 ${today} 之间`,
    `the day of the decision lies between ${from}, when the list came in, and today, ${today}`,
  );
const otherMonth = (day: PlainDate): Refusal =>
  refusal(
    'conflict/worked-out-before',
    `名册按 ${day} 的政策测算，审批已跨月：请重新导入，按本月政策测算后审批`,
    `the list was worked out by the policy of ${day}, and the month has changed: import it again`,
  );
