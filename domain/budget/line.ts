import type { Instant, PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';

/** Where the money of a line comes from (资金级次), and of which kind it is (资金性质); `east-west`: 东西部协作. */
export const FUNDING_LEVELS = ['central', 'provincial', 'city', 'district'] as const;
export const FUND_KINDS = ['general', 'lottery', 'donation', 'east-west'] as const;
export type FundingLevel = (typeof FUNDING_LEVELS)[number];
export type FundKind = (typeof FUND_KINDS)[number];

/** 预算指标: one line of a budget. Lines stand in the order in which they are drawn. */
export type BudgetLine = {
  /** 指标号. */
  readonly line: string;
  readonly level: FundingLevel;
  readonly fund: FundKind;
  /** Sum of the line's acts. */
  readonly appropriated: Fen;
  /** 功能分类科目, e.g. 2081901, and 经济分类科目, e.g. 30305. */
  readonly functional?: string;
  readonly economic?: string;
  /** 文号 of the document that allocated it first. */
  readonly document?: string;
  /** 上年结转: the line of an earlier year whose money this is. */
  readonly carriedFrom?: { readonly fiscalYear: string; readonly line: string };
};

/** Acts of people: 下达, 调整, 收回, and `set`: the difference that a list of lines made. */
export const LINE_ACTS = ['allocated', 'adjusted', 'withdrawn'] as const;
type LineActKind = (typeof LINE_ACTS)[number] | 'set' | 'carried-in' | 'carried-out' | 'lapsed';

/** A dated change of a line's appropriation. Never edited: what was wrong is adjusted by another one. */
export type LineAct = {
  /** The same id again is the same act. */
  readonly id: string;
  readonly kind: LineActKind;
  readonly line: string;
  /** Signed: what the appropriation changes by. */
  readonly fen: Fen;
  /** Date of the document, and its number. */
  readonly on: PlainDate;
  readonly document?: string;
  readonly by: string;
  readonly at: Instant;
};

/** Names of levels, kinds and acts for people. */
export const LEVEL_NAMES: Readonly<Record<FundingLevel, string>> = {
  central: '中央',
  provincial: '省级',
  city: '市级',
  district: '区县级',
};
export const FUND_NAMES: Readonly<Record<FundKind, string>> = {
  general: '一般公共预算',
  lottery: '彩票公益金',
  donation: '捐赠资金',
  'east-west': '东西部协作资金',
};
