import type { Instant, Month, PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { EnrolmentId, JurisdictionCode, ProgrammeId } from '../ids.ts';
import { type Fen, fen, ZERO } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { Programme } from '../programmes/programme.ts';
import { type Determination, firstDetermined } from '../register/determination.ts';
import { type Refusal, refusal, refuse } from '../result.ts';
import type { Shard } from '../run/manifest.ts';
import { type CaseKnowledge, casesBetween } from './cases.ts';
import { type ProposedContent, workOut } from './proposal.ts';
import { effectOf, monthlyDifferences } from './spans.ts';

/** Everything that a batch re-determination (批量调标) is worked out from, frozen when it starts. */
export type BatchManifest = {
  readonly batchId: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** The policy document (文号) that changes the standard, and the day it was issued. */
  readonly document: string;
  readonly issuedOn: PlainDate;
  /** The month of the next payment: months through it are worked out, the last amount stays. */
  readonly through: Month;
  readonly policyHash: string;
  readonly knownOn: PlainDate;
  /** Facts and determinations recorded later do not exist for this batch. */
  readonly cutOff: Instant;
  /** Months before it never become money. */
  readonly historyFrom: Month;
  readonly shards: readonly Shard[];
  readonly codeVersion: string;
};

/** What of a manifest one enrolment is worked out from. */
export type WorkedOutFrom = Pick<
  BatchManifest,
  'jurisdiction' | 'programme' | 'issuedOn' | 'through' | 'knownOn' | 'cutOff' | 'historyFrom'
>;

/** One enrolment as a batch finds it, as known at the cut-off. */
export type BatchCase = {
  readonly enrolment: EnrolmentId;
  readonly determinations: readonly Determination[];
  readonly knowledge: CaseKnowledge | undefined;
  /** Last month due where it was stopped. */
  readonly lastMonth?: Month | undefined;
};

/** What the batch would determine for one enrolment: number n + 1 after the n that it saw. */
export type BatchProposal = {
  readonly enrolment: EnrolmentId;
  readonly number: number;
  readonly content: ProposedContent;
  /** New minus old of the month of the next payment. Fen. */
  readonly monthly: Fen;
  /** Positive changes of earlier months that become money, by month. Fen. */
  readonly arrears: Readonly<Record<Month, Fen>>;
  /** What earlier months were determined too high. Fen, positive. */
  readonly overpaid: Fen;
  /** Changes of months before `historyFrom`. Fen. */
  readonly beforeHistory: Fen;
};
export type BatchRefusal = { readonly enrolment: EnrolmentId; readonly refusal: Refusal };
export type BatchOutcome =
  | { readonly outcome: 'proposed'; readonly proposal: BatchProposal }
  | { readonly outcome: 'not-changed' }
  /** Nothing was ever determined. */
  | { readonly outcome: 'not-determined' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/** Works out one enrolment of a batch; a household that cannot be worked out is refused by name and leaves the others alone. */
export function proposeInBatch(
  programme: Programme,
  manifest: WorkedOutFrom,
  book: PolicyBook,
  found: BatchCase,
): BatchOutcome {
  const { determinations, enrolment, knowledge, lastMonth } = found;
  if (determinations.length === 0) return { outcome: 'not-determined' };
  const { cutOff, historyFrom, issuedOn, jurisdiction, knownOn, through } = manifest;
  const from = firstMonth(determinations, through);
  const cases = knowledge ? casesBetween(knowledge, from, through, cutOff) : refuse(noHousehold(enrolment));
  // One that cannot be told any more is refused only if the change would have concerned it.
  const asked = { kind: 'standard-change', issuedOn, through } as const;
  const content = workOut(programme, asked, knownOn, {
    book,
    scope: { jurisdiction, programme: manifest.programme, knownOn },
    cases: cases.ok ? cases.value : [],
    determinations,
    ...(lastMonth !== undefined && { lastMonth }),
  });
  if (!content.ok) {
    if (content.error.code === 'conflict/nothing-changes') return { outcome: 'not-changed' };
    return { outcome: 'refused', refusal: cases.ok ? content.error : cases.error };
  }
  const differences = monthlyDifferences(determinations, content.value.spans, through);
  const effect = effectOf(differences, through, historyFrom);
  const arrears = differences.filter(
    ({ month, change }) => month >= historyFrom && month < through && change > 0,
  );
  return {
    outcome: 'proposed',
    proposal: {
      enrolment,
      number: determinations.length + 1,
      content: content.value,
      monthly: effect.monthly,
      arrears: Object.fromEntries(arrears.map(({ change, month }) => [month, change])),
      overpaid: effect.overpaid,
      beforeHistory: effect.beforeHistory,
    },
  };
}

function firstMonth(determinations: readonly Determination[], through: Month): Month {
  const first = firstDetermined(determinations) ?? through;
  return first < through ? first : through;
}

/** Absolute figures of a batch or of one shard of it. Fen. */
export type BatchTotals = {
  readonly households: number;
  readonly monthly: Fen;
  readonly arrears: Readonly<Record<Month, Fen>>;
  readonly arrearsTotal: Fen;
  readonly overpaid: Fen;
  readonly beforeHistory: Fen;
  readonly sample: number;
  readonly notChanged: number;
  readonly notDetermined: number;
  /** Enrolments that could not be worked out, by the code of the reason. */
  readonly refused: Readonly<Record<string, number>>;
};
export const NO_TOTALS: BatchTotals = {
  households: 0,
  monthly: ZERO,
  arrears: {},
  arrearsTotal: ZERO,
  overpaid: ZERO,
  beforeHistory: ZERO,
  sample: 0,
  notChanged: 0,
  notDetermined: 0,
  refused: {},
};

/** What a finished shard says of itself, from a strong re-read of its proposals (DONE item). */
export type BatchShardDone = {
  readonly shard: string;
  readonly hash: string;
  readonly totals: BatchTotals;
  readonly refusals: readonly BatchRefusal[];
};

export function summariseShard(
  sha256: Sha256,
  shard: string,
  proposals: readonly BatchProposal[],
  others: Pick<BatchTotals, 'notChanged' | 'notDetermined'> & { readonly refusals: readonly BatchRefusal[] },
): BatchShardDone {
  const { notChanged, notDetermined, refusals } = others;
  const refused: Record<string, number> = {};
  for (const { refusal: why } of refusals) refused[why.code] = (refused[why.code] ?? 0) + 1;
  const totals = proposals.reduce<BatchTotals>(
    (sum, one) => addTotals(sum, { ...NO_TOTALS, ...figuresOf(one) }),
    { ...NO_TOTALS, notChanged, notDetermined, refused },
  );
  const names = refusals.map(({ enrolment, refusal: why }) => `${enrolment} ${why.code}`);
  return {
    shard,
    hash: contentHash(sha256, 'batch-shard.v1', { shard, proposals, names }),
    totals,
    refusals,
  };
}

function figuresOf(proposal: BatchProposal): Partial<BatchTotals> {
  const { arrears, beforeHistory, content, monthly, overpaid } = proposal;
  const arrearsTotal = fen(Object.values(arrears).reduce((sum, each) => sum + each, 0));
  return {
    households: 1,
    monthly,
    arrears,
    arrearsTotal,
    overpaid,
    beforeHistory,
    sample: content.sample ? 1 : 0,
  };
}

export function addTotals(a: BatchTotals, b: BatchTotals): BatchTotals {
  return {
    households: a.households + b.households,
    monthly: fen(a.monthly + b.monthly),
    arrears: addByKey(a.arrears, b.arrears),
    arrearsTotal: fen(a.arrearsTotal + b.arrearsTotal),
    overpaid: fen(a.overpaid + b.overpaid),
    beforeHistory: fen(a.beforeHistory + b.beforeHistory),
    sample: a.sample + b.sample,
    notChanged: a.notChanged + b.notChanged,
    notDetermined: a.notDetermined + b.notDetermined,
    refused: addByKey(a.refused, b.refused),
  };
}

function addByKey<N extends number>(
  a: Readonly<Record<string, N>>,
  b: Readonly<Record<string, N>>,
): Record<string, N> {
  const sums: Record<string, number> = { ...a };
  for (const [key, value] of Object.entries(b)) sums[key] = (sums[key] ?? 0) + value;
  return Object.fromEntries(
    Object.entries(sums).sort(([left], [right]) => (left < right ? -1 : 1)),
  ) as Record<string, N>;
}

/** What the approval names: manifest, and what every shard came to. */
export function batchHash(
  sha256: Sha256,
  manifest: BatchManifest,
  shards: readonly Pick<BatchShardDone, 'shard' | 'hash'>[],
): string {
  const hashes = shards.map(({ hash, shard }) => ({ shard, hash }));
  return contentHash(sha256, 'batch.v1', { manifest, shards: hashes });
}

const noHousehold = (enrolment: EnrolmentId): Refusal =>
  refusal(
    'missing/household',
    '对象信息库没有该家庭的成员和收入：请补录后单独提出测算',
    'the register has no members and income for this household: record them, then propose it by itself',
    { enrolment },
  );
