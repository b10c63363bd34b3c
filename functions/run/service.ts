import type { BankProgress } from '../../domain/bank/answer.ts';
import type { ByLine } from '../../domain/budget/apportion.ts';
import type { Budget } from '../../domain/budget/budget.ts';
import type { BudgetLine } from '../../domain/budget/line.ts';
import type { Instant, Month, Period, PlainDate } from '../../domain/calendar.ts';
import type { RunFinding } from '../../domain/controls/run-controls.ts';
import type {
  EnrolmentId,
  JurisdictionCode,
  PaymentId,
  PersonKey,
  ProgrammeId,
  RunId,
} from '../../domain/ids.ts';
import type { Account } from '../../domain/ledger/accounts.ts';
import type { AttemptState } from '../../domain/ledger/attempts.ts';
import type { Fen } from '../../domain/money.ts';
import type { Refusal, Result } from '../../domain/result.ts';
import type { Act } from '../../domain/run/act.ts';
import type { Draft, PaymentLine } from '../../domain/run/draft.ts';
import type { BankException, ExceptionDecision } from '../../domain/run/reconcile.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RunTotals } from '../../domain/run/summary.ts';
import type { OutsidePayments, OutsideView } from './outside-service.ts';
import type { Page, PageRequest } from './pages.ts';
import type { OfPayment, RunActions } from './run-actions.ts';

/** What the HTTP operations need of the use cases; amounts are fen. Refusals come back as values. */
export type Answer<T> = Promise<Result<T>>;
export type RunSummary = {
  readonly runId: RunId;
  readonly state: Run['state'];
  readonly revision: number;
  readonly startedAt: Instant;
  readonly count: number;
  readonly fen: number;
};
export const DRAFT_FILTERS = [
  'all',
  'held',
  'blocked',
  'joined',
  'stopped',
  'changed',
  'recoveries',
] as const;
export type DraftFilter = (typeof DRAFT_FILTERS)[number];

export type BankResultSummary = {
  readonly resultId: string;
  readonly state: 'received' | 'accepted' | 'repeated' | 'refused';
  readonly at: Instant;
  readonly by: string;
  readonly fileName?: string;
  readonly refusal?: Pick<Refusal, 'code' | 'zh' | 'en'> | { code: string; zh: string; en: string };
  /** Chunks done and planned, and what their lines came to. */
  readonly chunks?: { readonly done: number; readonly of: number };
  readonly counts?: Readonly<
    Record<'lines' | 'settled' | 'failed' | 'returned' | 'pending' | 'exceptions', number>
  >;
};
export type ExceptionListing = BankException & {
  readonly exceptionId: string;
  readonly decision?: ExceptionDecision;
};
export type UnsettledAttempt = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly state: Exclude<AttemptState, 'settled'>;
  readonly fen: Fen;
  readonly file: string;
  readonly line: number;
  readonly reason?: string;
  readonly bankDate?: string;
  /** In transit only: the furthest that the bank has said. */
  readonly progress?: BankProgress;
  /** How the last attempt of the payment stands, when it was sent again since. */
  readonly sentAgain?: AttemptState;
  /** The payment was made by hand since: this attempt is settled by that, unless it came back. */
  readonly paidOutside?: OutsideView & { readonly state: AttemptState };
  /** 冲销: what of it a later run found to be no longer owed. */
  readonly cancelledFen?: Fen;
  /** 上缴财政: nobody claimed it; not sent again. */
  readonly surrendered?: { readonly voucher: string; readonly paidInOn: PlainDate };
  readonly clearance?: { readonly by: string; readonly reason: string; readonly at: Instant };
};
export type HoldListing = {
  readonly holdId: string;
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly runId: RunId;
  readonly months: readonly Month[];
  readonly fen: Fen;
  readonly reasons: readonly { readonly control: string; readonly zh: string; readonly en: string }[];
  readonly at: Instant;
  readonly release?: { readonly by: string; readonly reason: string; readonly at: Instant };
};
export type RecoveryListing = {
  readonly enrolment: EnrolmentId;
  readonly runId: RunId;
  readonly month: Month;
  readonly component: string;
  readonly fen: Fen;
  readonly cause: string;
  readonly at: Instant;
};
export type FundingRequest = {
  readonly run: Run;
  /** The run's use of each budget line, in the order they are drawn. */
  readonly lines: readonly (BudgetLine & { readonly fen: Fen })[];
  /** Before the last signature: what it would draw as things stand, or why it could not. */
  readonly planned?: Result<ByLine>;
  /** Absent until the run is computed. */
  readonly totals?: RunTotals;
};
export type PolicyPackListing = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly values: number;
  readonly hash?: string;
  readonly warnings?: readonly { readonly zh: string; readonly en: string }[];
};
/** One payment as its beneficiary may see it: nothing of anyone else. */
export type PaymentHistory = {
  readonly payment: PaymentId;
  readonly programme: ProgrammeId;
  readonly period: Period;
  readonly fen: Fen;
  readonly state: AttemptState | 'held' | 'preparing';
  readonly lines: readonly PaymentLine[];
  readonly attempts: readonly {
    readonly attempt: number;
    readonly state: AttemptState;
    readonly fen: Fen;
    readonly reason?: string;
    readonly bankDate?: string;
    readonly outside?: OutsideView;
    /** 冲销: what of it is no longer owed. */
    readonly cancelledFen?: Fen;
    /** 上缴财政: nobody claimed it. */
    readonly surrendered?: true;
    /** 追缴: what of it was ordered back, and of that what is neither given back nor given up. */
    readonly orderedBack?: { readonly fen: Fen; readonly outstandingFen: Fen };
  }[];
  readonly heldBecause?: readonly { readonly control: string; readonly zh: string; readonly en: string }[];
};
export type OwnEnrolment = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly street?: string;
  readonly appliedOn?: string;
  readonly lastMonth?: Month;
};
export type Explanation = {
  readonly draft: Draft;
  readonly programme: ProgrammeId;
  readonly history: PaymentHistory;
};
export type TrialBalance = {
  readonly accounts: readonly { readonly account: Account; readonly debit: Fen; readonly credit: Fen }[];
  readonly entries: number;
  /** By name what was recorded after the run was sealed (a late return, say): in the balance, and in no seal yet. */
  readonly afterSeal: readonly {
    readonly kind: string;
    readonly payment: PaymentId;
    readonly attempt: number;
    readonly fen: Fen;
    readonly at: Instant;
  }[];
};
export type ExportListing = {
  readonly exportId: string;
  readonly runId: RunId;
  readonly format: 'csv' | 'hledger';
  readonly state: 'requested' | 'done';
  readonly fileName?: string;
  readonly objectKey?: string;
  readonly sha256?: string;
  readonly entries?: number;
};
export type Seal = {
  readonly sequence: number;
  readonly hash: string;
  readonly previous: string;
  /** Hash over the run's acts up to the closing. */
  readonly acts: string;
  /** The hash recomputes from the acts and the seal before as they are stored now, and is the one that the closing act names. */
  readonly intact: boolean;
  readonly ranges: readonly {
    readonly shard: string;
    readonly count: number;
    readonly fen: Fen;
    readonly root: string;
  }[];
};

type BudgetKey = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly fiscalYear: string;
};

/** What can be read of runs. */
export type RunViews = {
  getRun: (runId: RunId) => Answer<Run>;
  runHashOf: (run: Run) => string;
  /** What stands out about the run as a whole; the submitter gives a reason for each. */
  runFindings: (run: Run) => Promise<readonly RunFinding[]>;
  progress: (run: Run) => Promise<{ readonly done: number; readonly of: number }>;
  /** By programme, the newest period first. */
  listRuns: (
    jurisdiction: JurisdictionCode,
    page: PageRequest & { readonly programme?: ProgrammeId },
  ) => Promise<Page<RunSummary>>;
  listActs: (runId: RunId) => Answer<readonly Act[]>;
  /** All drafts of one street in key order. */
  draftsOfStreet: (run: Run, street: string) => Promise<readonly Draft[]>;
  listDrafts: (
    runId: RunId,
    options: { readonly filter: DraftFilter; readonly startAfter?: string; readonly limit: number },
  ) => Answer<{ readonly drafts: readonly Draft[]; readonly next?: string }>;
  fundingRequest: (runId: RunId) => Answer<FundingRequest>;
  /** The last request to close and, once known, what stood in the way. */
  closingAnswer: (
    runId: RunId,
  ) => Promise<{ readonly at: Instant; readonly by: string; readonly refusal?: Refusal } | undefined>;
  /** Enrolments that could not be assessed, some of each shard. */
  assessmentRefusals: (run: Run) => Promise<
    readonly {
      readonly enrolment: EnrolmentId;
      readonly refusal: Pick<Refusal, 'zh' | 'en'> & { readonly code: string };
    }[]
  >;
};

/** What the bank answered, what is open, and what is held or to be recovered. */
export type FollowUp = {
  submitBankResult: (request: {
    readonly runId: RunId;
    readonly objectKey: string;
    readonly fileName: string;
    readonly by: string;
  }) => Answer<{ readonly resultId: string }>;
  listBankResults: (runId: RunId) => Answer<readonly BankResultSummary[]>;
  listExceptions: (runId: RunId, page: PageRequest) => Answer<Page<ExceptionListing>>;
  /** Reports a payment that the bank has not answered, for another person to decide. */
  reportUnanswered: (request: OfPayment) => Answer<ExceptionListing>;
  decideException: (request: {
    readonly runId: RunId;
    readonly exceptionId: string;
    readonly decision: ExceptionDecision['decision'];
    readonly reason: string;
    /** Asked for with `duplicate-of`, and with nothing else. */
    readonly duplicateOf?: string | undefined;
    readonly by: string;
  }) => Answer<Run>;
  listUnsettled: (runId: RunId, page: PageRequest) => Answer<Page<UnsettledAttempt>>;
  /** 准予重发: lets a failed or returned payment be sent again as things are, by the next supplementary run. */
  clearUnsettled: (request: OfPayment) => Answer<UnsettledAttempt>;
  listHolds: (
    jurisdiction: JurisdictionCode,
    programme: ProgrammeId,
    page: PageRequest,
  ) => Promise<Page<HoldListing>>;
  releaseHold: (request: {
    readonly jurisdiction: JurisdictionCode;
    readonly holdId: string;
    readonly reason: string;
    readonly by: string;
  }) => Answer<HoldListing>;
  listRecoveryProposals: (
    jurisdiction: JurisdictionCode,
    programme: ProgrammeId,
    page: PageRequest,
  ) => Promise<Page<RecoveryListing>>;
};

export type PolicyAndBudget = {
  getBudget: (key: BudgetKey) => Promise<Budget>;
  setBudget: (
    request: BudgetKey & { readonly lines: readonly BudgetLine[]; readonly by: string },
  ) => Answer<Budget>;
  importPolicyPack: (json: unknown, by: string) => Answer<PolicyPackListing>;
  listPolicyPacks: () => Promise<readonly PolicyPackListing[]>;
};

export type BeneficiaryViews = {
  enrolmentsOf: (personKey: PersonKey) => Promise<readonly OwnEnrolment[]>;
  paymentsOf: (
    personKey: PersonKey,
    options: { readonly months: number },
  ) => Promise<readonly PaymentHistory[]>;
  explain: (personKey: PersonKey, payment: PaymentId) => Answer<Explanation>;
};

export type AuditViews = {
  trialBalance: (runId: RunId) => Answer<TrialBalance>;
  createExport: (request: {
    readonly runId: RunId;
    readonly format: 'csv' | 'hledger';
    readonly by: string;
    readonly exportId: string;
  }) => Answer<ExportListing>;
  getExport: (exportId: string) => Answer<ExportListing>;
  seal: (runId: RunId) => Answer<Seal | undefined>;
};

export type RunService = RunActions &
  RunViews &
  FollowUp &
  OutsidePayments &
  PolicyAndBudget &
  BeneficiaryViews &
  AuditViews;
