import type { Instant, Period } from '../calendar.ts';
import { cycleOf } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId, Round } from '../ids.ts';
import { invariant, ok, type Result, refusal, refuse } from '../result.ts';

/** GB/T 2260 + three digits: a street, town or township (街道、乡镇). */
export type StreetCode = string;

/** What identifies a monthly change report (月度变动表): R is the month's, S1, S2, ... are supplementary to it. */
export type ReportIdentity = {
  readonly street: StreetCode;
  readonly programme: ProgrammeId;
  readonly period: Period;
  readonly round: Round;
};
/** `<street>.<programme>.<period>.<round>` */
export type ReportId = string;

/** A row that the district sent back, and why. Rows count from 1 within their version. */
export type ReturnedRow = { readonly row: number; readonly reason: string };
/** What became of an accepted row in the register; words say what a person has to do about a rejected one. */
export type AppliedRow = {
  readonly row: number;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'unmatched' | 'rejected';
  readonly zh?: string;
  readonly en?: string;
};

export type ReportActBody =
  /** 填报: a version of rows, named by their hash; no rows is a nil report (零报告). */
  | { readonly kind: 'prepared'; readonly version: number; readonly hash: string; readonly rows: number }
  /** 签报: a second person of the street signs the version by its hash. */
  | { readonly kind: 'signed'; readonly version: number; readonly hash: string }
  /** 审收: the district accepts or sends back, row by row. */
  | {
      readonly kind: 'decided';
      readonly version: number;
      readonly accepted: readonly number[];
      readonly returned: readonly ReturnedRow[];
    }
  /** 入库: the accepted rows are in the register, or could not be. */
  | { readonly kind: 'applied'; readonly version: number; readonly rows: readonly AppliedRow[] };
export type ReportAct = ReportActBody & {
  readonly reportId: ReportId;
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  readonly request?: string;
};

type Stamp = { readonly by: string; readonly at: Instant };
export type ReportVersion = {
  readonly version: number;
  readonly hash: string;
  readonly rows: number;
  readonly prepared: Stamp;
  readonly signed?: Stamp;
  readonly decided?: Stamp & {
    readonly accepted: readonly number[];
    readonly returned: readonly ReturnedRow[];
  };
  readonly applied?: { readonly at: Instant; readonly rows: readonly AppliedRow[] };
};

/**
 * prepared: waits for the street's second person. signed: waits for the district. accepted: all of it is accepted and nothing was
 * rejected by the register. returned: rows came back, to be corrected in the next version.
 */
export type ReportState = 'prepared' | 'signed' | 'accepted' | 'returned';
/** A report is the fold of its acts. */
export type StreetReport = ReportIdentity & {
  readonly reportId: ReportId;
  readonly sequence: number;
  readonly versions: readonly ReportVersion[];
};

export const REPORT_ID =
  /^(\d{9})\.([a-z][a-z0-9-]{1,39})\.(\d{4}-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|Y))\.(R|S[1-9]\d?)$/;

export function reportIdOf({ street, programme, period, round }: ReportIdentity): ReportId {
  return `${street}.${programme}.${period}.${round}`;
}

/** Reads a report id that came from outside. Refusal: `missing/street-report`. */
export function parseReportId(text: string): Result<ReportIdentity> {
  const [, street = '', programme = '', period = '', round = ''] = REPORT_ID.exec(text) ?? [];
  if (street === '' || cycleOf(period) === undefined) return refuse(noReport());
  return ok({ street, programme, period, round });
}

export const noReport = () =>
  refusal('missing/street-report', '没有这份月度变动表', 'there is no such monthly change report');

/** The district that a street reports to. */
export function districtOf(street: StreetCode): JurisdictionCode {
  return street.slice(0, 6);
}

/** Undefined when nothing was prepared yet. */
export function foldReport(acts: readonly ReportAct[]): StreetReport | undefined {
  return acts.reduce<StreetReport | undefined>(applyReportAct, undefined);
}

export function applyReportAct(report: StreetReport | undefined, act: ReportAct): StreetReport {
  const identity = parseReportId(act.reportId);
  invariant(identity.ok, `an act of no report: ${act.reportId}`);
  const before = report ?? { ...identity.value, reportId: act.reportId, sequence: 0, versions: [] };
  invariant(act.sequence === before.sequence + 1, `act ${act.sequence} does not follow ${before.sequence}`);
  return { ...before, sequence: act.sequence, versions: versionsAfter(before.versions, act) };
}

function versionsAfter(versions: readonly ReportVersion[], act: ReportAct): ReportVersion[] {
  const { at, by } = act;
  if (act.kind === 'prepared') {
    const { version, hash, rows } = act;
    return [...versions, { version, hash, rows, prepared: { by, at } }];
  }
  const changed = versions.map((one): ReportVersion => {
    if (one.version !== act.version) return one;
    if (act.kind === 'signed') return { ...one, signed: { by, at } };
    if (act.kind === 'applied') return { ...one, applied: { at, rows: act.rows } };
    return { ...one, decided: { by, at, accepted: act.accepted, returned: act.returned } };
  });
  return changed;
}

/** The version that counts: the one prepared last. */
export function lastVersion({ versions }: StreetReport): ReportVersion {
  const last = versions.at(-1);
  invariant(last, 'a report without a version');
  return last;
}

export function reportState(report: StreetReport): ReportState {
  const { signed, decided, applied } = lastVersion(report);
  if (!signed) return 'prepared';
  if (!decided) return 'signed';
  const rejected = applied?.rows.some(({ outcome }) => outcome === 'rejected') ?? false;
  return decided.returned.length > 0 || rejected ? 'returned' : 'accepted';
}

/** Whether the street has submitted: some version of it was signed, whatever the district made of it. */
export function isSubmitted({ versions }: StreetReport): boolean {
  return versions.some(({ signed }) => signed !== undefined);
}

/** Versions with accepted rows that are not in the register yet. */
export function versionsToApply({ versions }: StreetReport): ReportVersion[] {
  return versions.filter(({ decided, applied }) => (decided?.accepted.length ?? 0) > 0 && !applied);
}
