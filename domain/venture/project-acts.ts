import type { Instant, PlainDate } from '../calendar.ts';
import type { JurisdictionCode, PersonKey } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { OrganisationKind } from '../programmes/venture-fund/options.ts';
import type { BudgetLine, Contract } from './contract.ts';
import type { ExecutionActBody } from './execution-acts.ts';

/** 12 characters of Crockford base32, from call and number: the subject of the project's enrolment. */
export type ProjectKey = string;
/** `<year>-<n>`: the n-th call (届次) of a year in a jurisdiction. */
export type CallId = string;

/** 申报书: what an organisation applies for. Nothing of a natural person is in it. */
export type Application = {
  /** 项目编号, unique in its call. */
  readonly number: string;
  readonly name: string;
  /** The applicant's record in the register: its code, registered name and corporate account are there. */
  readonly organisation: PersonKey;
  /** By the prefix of its code; `unregistered` where it only sponsors a group. */
  readonly organisationKind: OrganisationKind;
  /** 未登记的社区社会组织 that applies through the organisation as its sponsor. */
  readonly sponsoredGroup?: string;
  /** Named by the call where it has several kinds of projects (A类、B类). */
  readonly track?: string;
  /** Public money asked for. */
  readonly asked: Fen;
  /** Whole budget; its lines sum to it. */
  readonly budget: Fen;
  readonly ownFunds: Fen;
  /** 社会捐赠 that is on the account before the final review. */
  readonly donated: Fen;
  /** Has other government money for the same project: no double support without an override. */
  readonly otherGovernmentMoney: boolean;
  readonly lines: readonly BudgetLine[];
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly serviceHours?: number;
};

/** Why a project may not go on without an override by another person. */
export const BLOCKS = ['double-support', 'other-government-money'] as const;
export type Block = (typeof BLOCKS)[number];
export const SCREENINGS = ['passed', 'returned', 'rejected'] as const;
export type Screening = (typeof SCREENINGS)[number];

/** The funnel: 征集 → 初筛 → 评审 → 入围 → 公示 → 签约. */
export type IntakeActBody =
  /** 申报; again while it has not been screened, or after it was returned: the last one counts. */
  | {
      readonly kind: 'filed';
      readonly jurisdiction: JurisdictionCode;
      readonly callId: CallId;
      readonly application: Application;
      /** `import:<id>` or `counter`. */
      readonly source: string;
    }
  /** 初筛. */
  | { readonly kind: 'screened'; readonly outcome: Screening; readonly reason?: string }
  /** 评审: one score of one judge (评委), 0 to 100 in hundredths; `judge` names a score sheet, or is whoever recorded it. */
  /** With a `correction` it takes the place of what the judge was recorded with before, for the reason said. */
  | {
      readonly kind: 'scored';
      readonly judge: string;
      readonly score: string;
      readonly evidence?: string;
      readonly correction?: string;
    }
  /** A block is lifted with a reason, by another person than who filed. */
  | { readonly kind: 'overridden'; readonly block: Block; readonly reason: string; readonly document: string }
  /** 入围: the average, by the call's rule, and the grant that the committee gives. */
  | {
      readonly kind: 'shortlisted';
      readonly average: string;
      readonly grant: Fen;
      readonly document: string;
    }
  /** 公示, first to last day. */
  | {
      readonly kind: 'publicised';
      readonly from: PlainDate;
      readonly to: PlainDate;
      readonly document: string;
    }
  | {
      readonly kind: 'objected';
      readonly number: number;
      readonly reference: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'objection-decided';
      readonly number: number;
      readonly upheld: boolean;
      readonly reason: string;
    }
  /** 落选、退出: before the contract is signed. */
  | { readonly kind: 'dropped'; readonly reason: string }
  /** 协议 as drafted, named by its hash; a later draft takes the place of the one before. */
  | { readonly kind: 'contract-drafted'; readonly contract: Contract; readonly hash: string }
  /** 签约: by another person, for the hash that was read. */
  | {
      readonly kind: 'signed';
      readonly hash: string;
      readonly contract: Contract;
      readonly document: string;
      readonly signedOn: PlainDate;
    };

export type ProjectActBody = IntakeActBody | ExecutionActBody;
export type ProjectAct = ProjectActBody & {
  readonly project: ProjectKey;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};
export type ProjectActOf<Kind extends ProjectAct['kind']> = Extract<ProjectAct, { readonly kind: Kind }>;
