import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import type { BudgetLine, Contract } from './contract.ts';

/** What a project files for its evaluation (考核材料): in the middle, and at the end. */
export const EVALUATION_STAGES = ['mid-term', 'final'] as const;
export type EvaluationStage = (typeof EVALUATION_STAGES)[number];

/** Papers that somebody may have to bring before a tranche is released, e.g. `invoice`, with where each is filed. */
export type Papers = Readonly<Record<string, string>>;

/** Why a project ends: settled (结算), ended early (终止), or its money was not used in time (逾期未使用). */
export const CONCLUSION_CAUSES = ['settlement', 'termination', 'unused'] as const;
export type ConclusionCause = (typeof CONCLUSION_CAUSES)[number];
export type Instalment = { readonly dueOn: PlainDate; readonly fen: Fen };

/** 履约: what is done between the signature and the closing of a project. */
export type ExecutionActBody =
  /** 里程碑: reached, recorded by somebody who will neither propose nor decide the release, nor submit or sign the run that pays it. */
  | {
      readonly kind: 'milestone';
      readonly tranche: number;
      readonly milestone: string;
      readonly evidence: string;
      readonly reachedOn: PlainDate;
    }
  | { readonly kind: 'milestone-withdrawn'; readonly tranche: number; readonly reason: string }
  /** 服务时数: hours of service delivered so far, counted from the first day. */
  | {
      readonly kind: 'hours-reported';
      readonly upTo: PlainDate;
      readonly hours: number;
      readonly evidence: string;
    }
  /** 材料报送通知: until when a file is to be there; the last one counts. */
  | {
      readonly kind: 'file-due';
      readonly file: EvaluationStage;
      readonly dueOn: PlainDate;
      readonly document: string;
    }
  | {
      readonly kind: 'file-received';
      readonly file: EvaluationStage;
      readonly filedOn: PlainDate;
      readonly evidence: string;
    }
  /** A good reason for a late or missing file, accepted by another person than who received it. */
  | {
      readonly kind: 'lateness-excused';
      readonly file: EvaluationStage;
      readonly reason: string;
      readonly document: string;
    }
  /** 评估: what its score means is kept by value. */
  | {
      readonly kind: 'evaluated';
      readonly stage: EvaluationStage;
      readonly score?: string;
      readonly grade?: string;
      readonly passes: boolean;
      /** Percent of the next tranche that is paid. */
      readonly pays: string;
      readonly rectification?: true;
      readonly bonusPercent?: string;
      readonly evidence: string;
      readonly on: PlainDate;
    }
  /** 整改. */
  | {
      readonly kind: 'rectification-opened';
      readonly number: number;
      readonly reason: string;
      readonly dueOn: PlainDate;
    }
  | { readonly kind: 'rectification-closed'; readonly number: number; readonly evidence: string }
  /** 支出报告: everything spent so far by budget line. */
  | {
      readonly kind: 'spend-reported';
      readonly upTo: PlainDate;
      readonly lines: readonly BudgetLine[];
      readonly evidence: string;
    }
  /** 拨付申请. `fen` is the tranche as the evaluation lets it be paid, `bonus` what comes on top of the grant. */
  | {
      readonly kind: 'release-proposed';
      readonly tranche: number;
      readonly fen: Fen;
      readonly bonus?: Fen;
      readonly papers: Papers;
    }
  | {
      readonly kind: 'release-decided';
      readonly tranche: number;
      readonly outcome: 'released' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly reason?: string;
    }
  /** 变更: only unpaid tranches change. */
  | { readonly kind: 'change-proposed'; readonly contract: Contract; readonly reason: string }
  | {
      readonly kind: 'change-decided';
      readonly outcome: 'agreed' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly reason?: string;
    }
  /** 结算、终止、收回: `balance` is paid when it is above zero and ordered back when it is below. */
  | {
      readonly kind: 'conclusion-proposed';
      readonly cause: ConclusionCause;
      readonly reason: string;
      /** Where the audit report, or what else it rests on, is filed. */
      readonly evidence: string;
      readonly eligible: Fen;
      readonly balance: Fen;
      readonly steps: readonly Step[];
      /** Of money to be ordered back. */
      readonly dueOn?: PlainDate;
      readonly instalments?: readonly Instalment[];
      /** 违约: the day of a breach of the agreement, from which on the organisation is banned where the place says so. */
      readonly breachOn?: PlainDate;
      readonly bannedUntil?: PlainDate;
    }
  | {
      readonly kind: 'conclusion-decided';
      readonly outcome: 'agreed' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly reason?: string;
    }
  /** 结项. */
  | { readonly kind: 'closed' };
