import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { BudgetLine, Contract } from './contract.ts';

/** 履约: what is done between the signature and the closing of a project. */
export type ExecutionActBody =
  /** 里程碑: reached, recorded by somebody who will neither propose nor decide the release. */
  | {
      readonly kind: 'milestone';
      readonly tranche: number;
      readonly milestone: string;
      readonly evidence: string;
      readonly filedOn: PlainDate;
      readonly hours?: number;
      readonly score?: string;
    }
  | { readonly kind: 'release-proposed'; readonly tranche: number; readonly invoice?: string }
  | {
      readonly kind: 'release-decided';
      readonly tranche: number;
      readonly outcome: 'released' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly reason?: string;
    }
  /** 整改. */
  | {
      readonly kind: 'rectification-opened';
      readonly number: number;
      readonly reason: string;
      readonly dueOn: PlainDate;
    }
  | { readonly kind: 'rectification-closed'; readonly number: number; readonly evidence: string }
  /** 变更: only unpaid tranches change. */
  | {
      readonly kind: 'changed';
      readonly contract: Contract;
      readonly document: string;
      readonly reason: string;
    }
  /** 评估. */
  | {
      readonly kind: 'evaluated';
      readonly stage: 'mid-term' | 'final';
      readonly score?: string;
      readonly passed?: boolean;
      readonly evidence: string;
      readonly filedOn?: PlainDate;
    }
  | {
      readonly kind: 'spend-reported';
      readonly upTo: PlainDate;
      readonly lines: readonly BudgetLine[];
    }
  /** 结算, proposed by the audit report. */
  | { readonly kind: 'settled'; readonly auditReport: string; readonly eligible: Fen; readonly rest: Fen }
  | {
      readonly kind: 'settlement-decided';
      readonly outcome: 'agreed' | 'refused';
      readonly document: string;
      readonly decidedOn: PlainDate;
    }
  /** 终止. */
  | { readonly kind: 'terminated'; readonly reason: string; readonly document: string }
  /** 结项. */
  | { readonly kind: 'closed' };
