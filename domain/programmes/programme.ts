import type * as z from 'zod/mini';
import type { Bilingual } from '../bilingual.ts';
import type { Month, PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { AccountEntry } from '../grants/service-account.ts';
import type { EnrolmentId, HouseholdKey, JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { ParameterSpec } from '../policy/parameter.ts';
import type { Column } from '../register/columns.ts';
import type { Determination } from '../register/determination.ts';
import type { ProgrammeColumns } from '../register/fact-columns.ts';
import type { EnrolmentFactKind, Fact, PersonFactKind } from '../register/facts.ts';
import type { Refusal, Result } from '../result.ts';
import type { PolicyView, ProposeSchedule, ScheduleInput } from './schedule.ts';

export type { Bilingual } from '../bilingual.ts';

/**
 * One step of a derivation (计算过程): the rule that spoke, what it looked at, what it said, and the article it rests on.
 * Its sentence is a template in ./sentences.ts, filled from `inputs` and `result`; nothing that is not in a step may
 * influence an amount.
 */
export type Step = {
  readonly code: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly result: string;
  readonly citation?: Citation;
};

/** Part of an entitlement with its own name; an entitlement of zero has none. */
export type Component = { readonly component: string; readonly fen: Fen };

/** What one enrolment is owed for one month (本月应发), and why. Zero is an answer too, with its reason in the steps. */
export type Entitlement = {
  readonly enrolment: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly month: Month;
  readonly fen: Fen;
  readonly components: readonly Component[];
  /** True when a parameter it rests on is a sample rather than a published figure: never dispatched outside demo mode. */
  readonly sample: boolean;
  readonly derivation: readonly Step[];
};

/** An enrolment as rules see it: its own dated facts and whom it is for. */
export type EnrolmentFacts = {
  readonly id: EnrolmentId;
  readonly programme: ProgrammeId;
  readonly jurisdiction: JurisdictionCode;
  /** Who the benefit is for: a person, or for household programmes the household's own key, whoever heads it. */
  readonly subject: PersonKey;
  readonly facts: readonly Fact[];
  /** Written decisions on the amount, for programmes that pay by decision; empty or absent for the others. */
  readonly determinations?: readonly Determination[];
};

/** Everything an assessment may look at: the persons of one household and all their enrolments. */
export type Situation = {
  readonly persons: Readonly<Record<PersonKey, readonly Fact[]>>;
  /** What is kept of each household as a whole; absent where only persons are looked at. */
  readonly households?: Readonly<Record<HouseholdKey, readonly Fact[]>>;
  readonly enrolments: readonly EnrolmentFacts[];
};

/** What an enrolment is in: one person, one household, one organisation or one project. */
type EnrolmentUnit = 'person' | 'household' | 'organisation' | 'project';

/** `rule`: computed each month from facts. `decision`: pays the determination in force (核定). */
type AmountBasis = 'rule' | 'decision';

/** All that a rule may look at when it says what one enrolment is owed. */
export type EnrolmentInput = {
  readonly enrolment: EnrolmentFacts;
  /** The household around the enrolment; facts recorded after the run's cut-off already left out. */
  readonly situation: Situation;
  readonly book: PolicyBook;
  /** The policy seen is what had been decided by this day. */
  readonly knownOn: PlainDate;
  /** Whose policy applies; the enrolment's own jurisdiction when absent. */
  readonly jurisdiction?: JurisdictionCode;
};
export type MonthInput = EnrolmentInput & {
  readonly month: Month;
  /** What another enrolment of the situation is owed for the month in the end, for a programme that follows the rolls of others. */
  readonly netOf?: (other: EnrolmentFacts) => Result<Entitlement>;
};

/** What a run asks of a programme: what it is called, what kind it is, and what is owed. */
export type RunRules = {
  /** Kebab-case, the folder's name, e.g. "high-age". */
  readonly id: ProgrammeId;
  /** Two to four capital letters, the first part of enrolment ids, e.g. "GL". */
  readonly code: string;
  readonly names: Bilingual;
  readonly unit: EnrolmentUnit;
  readonly amountBasis: AmountBasis;
  /** `grants`: single grants, each decided and paid once, in supplementary runs alone; absent where every month is due by itself. */
  readonly paidBy?: 'grants';
  /** A death neither holds nor blocks what is paid: funeral, burial. */
  readonly afterDeath?: true;
  /** `imprest`: what it pays is the fund's advance (备用金) and no expense yet. */
  readonly debits?: 'imprest';
  /** Who gets it is never made public (不设置公示环节): children. */
  readonly noPublicity?: true;
  /** Components paid once, which stacking neither reduces nor counts: what is owed for leaving is no month's money. */
  readonly oneOff?: readonly string[];
  /** What a jurisdiction may set, by name. */
  readonly parameterNames: readonly string[];
  /** Programmes whose parameters or payments its amounts rest on, beside those of its stacking rules (linked rates, rolls of others). */
  readonly readsOf?: readonly ProgrammeId[];
  /** What the enrolment is owed for the month; zero with a reason when nothing is. */
  readonly assessMonth: (input: MonthInput) => Result<Entitlement>;
  /**
   * The first month of entitlement (起发月份), with late application already weighed; undefined while there is none yet, as for
   * a household without a determination.
   */
  readonly firstMonth: (input: EnrolmentInput) => Result<Month | undefined>;
  /** Whether anything can be due for a month by policy alone; absent where every month may. Nobody's run starts by itself for one that has nothing. */
  readonly isSetOff?: (view: PolicyView, month: Month) => Result<boolean>;
  /** Within how many working days of which day a month is to be paid, where the programme's policy says so (发放时限). */
  readonly payWithin?: (
    view: PolicyView,
    month: Month,
  ) => Result<{ readonly from: PlainDate; readonly workingDays: number }>;
};

/**
 * A programme (发放项目): its name, its basis in law, what a jurisdiction may set, and its rules. No amount is in it.
 * API, forms, runs, exports and tests read the registry in ./index.ts and need nothing else.
 */
export type Programme = RunRules & {
  readonly legalBasis: readonly Citation[];
  /** What a jurisdiction may set, besides the parameters of runs that all programmes share. */
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** Names of the components that an entitlement may have. */
  readonly components: Readonly<Record<string, Bilingual>>;
  readonly personFactKinds: readonly PersonFactKind[];
  readonly enrolmentFactKinds: readonly EnrolmentFactKind[];
  /** Columns of the register sheet beside the common ones; each writes a dated fact, or dates or completes one. */
  readonly registerColumns?: ProgrammeColumns;
  /** How a determination is worked out; only where the amount basis is `decision`. */
  readonly propose?: ProposeSchedule;
  /** Programmes of the same person that one written decision covers with this one; each names it as `decidedBy`. */
  readonly decidedWith?: readonly ProgrammeId[];
  /** The programme with whose decision this one is decided. */
  readonly decidedBy?: ProgrammeId;
  /** Why an end may not be decided from a month, as the case stands; undefined when it may. */
  readonly whyNotEnded?: (from: Month, input: ScheduleInput) => Refusal | undefined;
  /** How one grant is worked out; only where it pays by grants that are applied for. */
  readonly grant?: GrantRules;
};

/** What an application for a grant states, by field; read by the programme's own schema. */
export type GrantFacts = Readonly<Record<string, unknown>>;

/** How a programme that pays by grants works out one (测算). Pure; moves no money. */
export type GrantRules = {
  /** Of what an application states; every field with a description in both languages. */
  readonly schema: z.ZodMiniType<GrantFacts>;
  /** Columns of a list of many, beside those of every list. */
  readonly columns?: Readonly<Record<string, Column>>;
  /** `person`: paid to the applicant or household; `organisation`: to a corporate account (funeral home, company). */
  readonly payee: 'person' | 'organisation';
  /** At most one grant for one subject, ever (a decedent). */
  readonly oncePerSubject?: true;
  /** Grants of any member of the family count, for caps and for what a household gets once; else only those of the subject. */
  readonly counts?: 'family';
  /** What a grant is for, in the same words each time: one subject gets at most one for it (a disaster, a school year). */
  readonly occasion?: (facts: GrantFacts) => string;
  /** Whether two grants are in part for the same, where their occasions differ (periods with a month in common). */
  readonly overlaps?: (one: GrantFacts, other: GrantFacts) => boolean;
  /** Where grants rest on an agreement that one may withdraw from (退出): which one it is, and what policy then does with a grant. */
  readonly agreement?: {
    readonly of: (facts: GrantFacts) => string;
    /** Why the grant is taken back; a refusal where policy leaves it. `on`: day of the withdrawal from the agreement. */
    readonly withdrawn: (facts: GrantFacts, on: PlainDate, view: PolicyView) => Result<readonly Step[]>;
  };
  /** Rows of a list are services to persons, settled to the organisation that served them: one grant of it for a block of the list. */
  readonly settlement?: Settlement;
  /** What a row of a list of many states; absent where no list is taken. */
  readonly fromRow?: (row: Readonly<Record<string, string | undefined>>) => GrantFacts;
  readonly workOut: (input: GrantInput) => Result<GrantProposal>;
};

/** How services to persons are settled to who served them. */
export type Settlement = {
  /** For whom an occasion is claimed once: the person served (the month of a bed), or who served (the number of an order). */
  readonly oncePer: 'person' | 'organisation';
  /** The month that a service counts for, where what a person may have is limited: rules are then given `situation` and `account`. */
  readonly accountMonth?: (facts: GrantFacts) => Month;
};

/** All that a grant may be worked out from. `facts` were read by the schema already. */
export type GrantInput = {
  readonly facts: GrantFacts;
  readonly appliedOn: PlainDate;
  readonly decidedOn: PlainDate;
  readonly view: PolicyView;
  /** Dated facts of the person, where the register knows them. */
  readonly subject?: readonly Fact[];
  /** Grants decided before that count for the programme: of the subject, or of any member of the family; oldest first. */
  readonly earlier: readonly EarlierGrant[];
  /** Of a service whose month counts against what the person may have: the person with his enrolments here, and what was settled before. */
  readonly situation?: Situation;
  readonly account?: readonly AccountEntry[];
};

export type EarlierGrant = {
  readonly programme: ProgrammeId;
  readonly decidedOn: PlainDate;
  readonly fen: Fen;
  /** e.g. `urgent`. */
  readonly kind?: string;
  readonly cause?: string;
};

/** What is to be decided: amounts by month, who may decide them, and how they were found. */
export type GrantProposal = {
  /** `monthsAfter` 0 is the month of the decision; ascending. */
  readonly parts: readonly { readonly monthsAfter: number; readonly components: readonly Component[] }[];
  /** Who may decide this amount; `special`: 一事一议. */
  readonly decidedAt: 'township' | 'district' | 'special';
  /** People helped (人); a payment is one 人次. */
  readonly persons: number;
  readonly derivation: readonly Step[];
  readonly sample: boolean;
};
