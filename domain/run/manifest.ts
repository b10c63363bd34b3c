import type { BankParty } from '../bank/iso20022/pain001.ts';
import type { BankLayout } from '../bank/layout.ts';
import type { FiscalYearClose } from '../budget/fiscal-year.ts';
import type { FundingRule } from '../budget/funding-rule.ts';
import { type Instant, type Month, monthsOfPeriod, type Period, type PlainDate } from '../calendar.ts';
import type { Sha256 } from '../canonical.ts';
import { contentHash } from '../canonical.ts';
import type { OpeningPlan } from '../go-live/opening.ts';
import {
  BUCKET_COUNT,
  type Bucket,
  bucketName,
  type JurisdictionCode,
  type ProgrammeId,
  type Round,
  type RunId,
} from '../ids.ts';
import type { Fen } from '../money.ts';
import type { ControlPolicy } from '../policy/control-parameters.ts';
import type { Move } from '../policy/pay-day.ts';
import type { SetOffRule } from '../policy/set-off-rule.ts';
import type { RunRules } from '../programmes/programme.ts';
import type { RelatedProgrammes } from '../programmes/stacking-rules.ts';
import type { DebitBooking } from '../reconciliation/statement-item.ts';
import { invariant, ok, type Result, refusal, refuse } from '../result.ts';
import type { StreetChange } from '../street/street-history.ts';

/** What identifies a payment run (发放批次) in the world. */
export type RunIdentity = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly period: Period;
  readonly round: Round;
};

/** A range of buckets computed, released and tallied by one message at a time. Both ends included. */
export type Shard = { readonly shard: string; readonly first: number; readonly last: number };

/** One signature in the approval chain, as the jurisdiction's policy orders it. */
export type ApprovalStep = {
  readonly code: string;
  readonly role: string;
  readonly office: { readonly zh: string; readonly en: string };
  /** Signed only when the run's payable total is more than this. Absent in steps that are always signed. */
  readonly aboveFen?: Fen;
};

/**
 * Everything a run was computed from, frozen when it starts. The same manifest over the same register and code gives the same
 * drafts byte for byte.
 */
export type RunManifest = RunIdentity & {
  readonly runId: RunId;
  /** Months that the period pays for (none of them in a supplementary run, which only carries differences). */
  readonly months: readonly Month[];
  /** Content hash of the policy book, and the date on which its values had to be decided to count. */
  readonly policyHash: string;
  readonly knownOn: PlainDate;
  /** Register facts recorded after this instant do not exist for this run. */
  readonly cutOff: Instant;
  /** Cut-off and policy of the last dispatched run: enrolments unchanged since need no look at the past. */
  readonly previous?: {
    readonly runId: RunId;
    readonly period: Period;
    readonly cutOff: Instant;
    readonly policyHash: string;
  };
  /** The book is another than the last run's, and yet says the same of everything that amounts here may rest on. */
  readonly policyUntouched?: true;
  /** Earlier periods that may hold accruals of this programme, oldest first. */
  readonly earlierPeriods: readonly Period[];
  /** Months before this one were paid outside the system and never become money here. */
  readonly historyFrom: Month;
  readonly approvalChain: readonly ApprovalStep[];
  readonly shards: readonly Shard[];
  readonly codeVersion: string;
  /** The bureau's clearing account (代发户), as the instruction file's header names it. */
  readonly payerAccount: string;
  /** Format of the bank's files, by its id. */
  readonly layout: string;
  /** The layout itself, where it is the place's own. */
  readonly bankLayout?: BankLayout;
  /** The payer as the bank's contract names it; present where the format says it (ISO 20022). */
  readonly bankParty?: BankParty;
  /** Identity numbers are written into the bank's files where these have a column for them. */
  readonly identityNumbers?: true;
  /** How the bank books a file on the payer's account; absent where policy does not say, and nothing is concluded from it then. */
  readonly debitBooking?: DebitBooking;
  readonly payDate: PlainDate;
  /** The day by which policy wants the period paid; absent where it sets no limit. */
  readonly payBy?: PlainDate;
  /** Present when the pay date is not the day that the policy’s dates say: which day was moved, and why. */
  readonly payDayMoved?: Move;
  readonly fiscalYear: string;
  /** How the run draws its budget, and when its fiscal year ends; absent where the place sets nothing. */
  readonly funding?: FundingRule;
  readonly yearEnd?: FiscalYearClose;
  /** Present where nothing is due for the month of a death itself (停发起始：当月); elsewhere that month is the last one due. */
  readonly deathMonthStops?: true;
  /** Other programmes that decide what is owed in this one, as policy has it at the start; absent where none does. */
  readonly related?: RelatedProgrammes;
  /** How the programme pays; absent where every month is due by itself. */
  readonly paysBy?: Pick<RunRules, 'paidBy' | 'afterDeath' | 'debits'>;
  /** Amounts are fixed by written decisions (按决定发放): one that comes before release is looked at. */
  readonly byDecision?: true;
  /** For how many others one person may receive; absent where policy sets no limit. */
  readonly payeeWardsMax?: number;
  /** How much of a payment may be kept back for recoveries (抵扣); absent where policy does not allow it. */
  readonly setOff?: SetOffRule;
  /** What the place has set for the controls; absent where it has set nothing. */
  readonly controls?: ControlPolicy;
  /** A supplementary run of one street: nobody else is looked at. */
  readonly street?: string;
  /** Changes of streets and communities recorded by the start; absent while there are none. */
  readonly streetChanges?: readonly StreetChange[];
  /** Streets that stood on the cut-off day and had signed no change report by the start; absent where streets do not report. */
  readonly notSubmitted?: readonly string[];
  /** 期初: present in a run that sends nothing and posts what was paid before go-live. */
  readonly opening?: OpeningPlan;
  /** 并行核算: computed to be compared, and never submitted. */
  readonly parallel?: true;
  /** Present when an opening was posted since the last run: everybody's past is looked at. */
  readonly openedSince?: true;
  /** In demo mode sample parameters may be paid; elsewhere dispatch refuses them. */
  readonly demoMode: boolean;
};

/** Whether policy that amounts may rest on is another than the last run's: then everybody's past is looked at. */
export const policyChanged = ({ previous, policyHash, policyUntouched }: RunManifest): boolean =>
  previous !== undefined && previous.policyHash !== policyHash && !policyUntouched;

/** Splits the 256 buckets into `count` equal ranges named "00-1f", "20-3f", ... */
export function planShards(count: number): Shard[] {
  invariant(count >= 1 && BUCKET_COUNT % count === 0, `256 buckets do not divide into ${count} shards`);
  const size = BUCKET_COUNT / count;
  return Array.from({ length: count }, (_, index) => {
    const first = index * size;
    const last = first + size - 1;
    return { shard: `${bucketName(first)}-${bucketName(last)}`, first, last };
  });
}

/** The buckets of a shard in order. */
export function bucketsOf(shard: Shard): Bucket[] {
  return Array.from({ length: shard.last - shard.first + 1 }, (_, index) => bucketName(shard.first + index));
}

/** `<jurisdiction>.<programme>.<period>.<round>.<start>` */
export function runIdOf(identity: RunIdentity, start: number): RunId {
  return `${identity.jurisdiction}.${identity.programme}.${identity.period}.${identity.round}.${start}`;
}

export const RUN_ID =
  /^(\d{6})\.([a-z-]{2,40})\.(\d{4}-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|Y))\.(R|[SIOP][1-9]\d?)\.([1-9]\d?)$/;

/** 备用金报销批次: posts what an imprest fund has paid out in cash already; nothing in it is for the bank or the finance bureau. */
export const postsImprest = ({ round }: Pick<RunManifest, 'round'>): boolean => round.startsWith('I');

/** Sends nothing to the bank and needs no funds: what it posts was paid before. */
export const sendsNothing = (manifest: Pick<RunManifest, 'round' | 'opening'>): boolean =>
  manifest.opening !== undefined || postsImprest(manifest);

/** Months that are the run's own, and no arrears: of grants, those of its period although it is supplementary. */
export const ownMonths = ({ months, paysBy, period }: Pick<RunManifest, 'months' | 'paysBy' | 'period'>) =>
  paysBy?.paidBy === 'grants' ? monthsOfPeriod(period) : months;

/** Reads a run id that came from outside. */
export function parseRunId(text: string): Result<RunIdentity & { readonly start: number }> {
  const match = RUN_ID.exec(text);
  if (!match) {
    return refuse(
      refusal('missing/run', '没有这个发放批次', 'there is no such payment run', {
        runId: text.slice(0, 80),
      }),
    );
  }
  const [, jurisdiction = '', programme = '', period = '', round = '', start = ''] = match;
  return ok({ jurisdiction, programme, period, round, start: Number(start) });
}

export function manifestHash(sha256: Sha256, manifest: RunManifest): string {
  return contentHash(sha256, 'run-manifest.v1', manifest);
}
