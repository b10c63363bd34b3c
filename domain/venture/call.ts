import type { Instant, PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { OrganisationKind } from '../programmes/venture-fund/options.ts';
import type { VentureRules } from '../programmes/venture-fund/rules.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { CallId } from './project-acts.ts';

/** 征集公告: immutable. Its rules are those in force on the day it was opened, by value. */
export type Call = {
  readonly callId: CallId;
  readonly jurisdiction: JurisdictionCode;
  readonly year: string;
  readonly title: string;
  readonly document: string;
  /** 征集期: first and last day of applications. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly kinds: readonly OrganisationKind[];
  /** 资金总盘: the grants of all projects together never exceed it. */
  readonly pool: Fen;
  /** 项目类别, e.g. A and B; none where all projects are of one kind. */
  readonly tracks: readonly string[];
  readonly rules: VentureRules;
  readonly openedOn: PlainDate;
  readonly by: string;
  readonly at: Instant;
};

export const CALL_ID = /^(20\d{2})-([1-9]\d?)$/;
export const callIdOf = (year: string, number: number): CallId => `${year}-${number}`;

/** Asked: what the bureau announces. */
export type CallWish = Pick<Call, 'year' | 'title' | 'document' | 'from' | 'to' | 'pool' | 'tracks'> & {
  readonly number: number;
  /** All that the place's rules admit, where absent. */
  readonly kinds?: readonly OrganisationKind[];
};

/**
 * Opens a call by the rules in force. Refusals: `invalid/call-window`, `invalid/call-kinds` (the place admits others),
 * `limit/call-pool` (more than the place sets aside), `conflict/no-tranches` (nothing says how a grant would be paid).
 */
export function openCall(
  wish: CallWish,
  rules: VentureRules,
  poolMax: Fen | undefined,
  stamp: Pick<Call, 'jurisdiction' | 'openedOn' | 'by' | 'at'>,
): Result<Call> {
  const { number, year, from, to, kinds: wanted, pool } = wish;
  if (from > to) {
    return refuse(
      refusal(
        'invalid/call-window',
        '征集期的截止日早于起始日：请核对两个日期',
        'the last day of applications is before the first: check both dates',
      ),
    );
  }
  const admitted = rules.applicants?.kinds;
  const kinds = wanted ?? admitted ?? [];
  const strange = admitted ? kinds.filter((kind) => !admitted.includes(kind)) : [];
  if (kinds.length === 0 || strange.length > 0) {
    return refuse(
      refusal(
        'invalid/call-kinds',
        '申报主体类别未填写，或超出本地政策允许的范围：请按政策填写',
        'the kinds of applicants are missing, or policy here does not admit them: name those that it admits',
        { strange: strange.join(',') },
      ),
    );
  }
  if (poolMax !== undefined && pool > poolMax) {
    return refuse(
      refusal(
        'limit/call-pool',
        '资金总盘超过本地政策规定的额度：请核减，或先更新政策',
        'the pool is more than policy here sets aside: lower it, or have the policy changed first',
        { poolMax },
      ),
    );
  }
  const { title, document, tracks } = wish;
  const callId = callIdOf(year, number);
  return ok({ callId, year, title, document, from, to, kinds, pool, tracks, rules, ...stamp });
}
