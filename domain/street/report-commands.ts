import type { Period, PlainDate } from '../calendar.ts';
import { monthsOfPeriod } from '../calendar.ts';
import type { PolicyBook } from '../policy/book.ts';
import { lookupParameter, type PolicyScope } from '../policy/lookup.ts';
import { dueDate, RUN_PARAMETERS } from '../policy/run-parameters.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import {
  lastVersion,
  type ReportActBody,
  type ReportIdentity,
  type ReturnedRow,
  reportState,
  type StreetReport,
} from './report.ts';

/** More rows than a street changes in a month are an import. */
export const REPORT_ROWS_MAX = 300;

/**
 * The last day (Asia/Shanghai) on which a street may prepare and sign the report of a period (截止日). Refusals: those of `lookup`,
 * where no policy sets it.
 */
export function reportCutOff(book: PolicyBook, scope: PolicyScope, period: Period): Result<PlainDate> {
  const query = { ...scope, parameter: 'reportCutOff', month: monthsOfPeriod(period)[0] ?? '' };
  const found = lookupParameter(book, query, RUN_PARAMETERS.reportCutOff);
  return found.ok ? ok(dueDate(period, found.value.value)) : found;
}

/**
 * Whether rows may still come in on a day. The month's report is open through its cut-off day; what is later waits for the next
 * month, or comes in a supplementary report, which opens on the day after. Refusals: `conflict/report-locked`,
 * `conflict/report-not-locked`.
 */
export function reportIsOpen(
  { period, round }: ReportIdentity,
  cutOff: PlainDate,
  today: PlainDate,
): Result<true> {
  if (round === 'R' && today > cutOff) {
    return refuse(
      refusal(
        'conflict/report-locked',
        `${period} 的月度变动表已于 ${cutOff} 截止：请填入下月变动表，或以补充轮次（S1、S2……）填报，由本街道的补充批次发放`,
        `the change report of ${period} was locked after ${cutOff}: put the rows into next month's, or report them in a supplementary round (S1, S2, ...) that a run of this street alone pays`,
        { period, cutOff },
      ),
    );
  }
  if (round !== 'R' && today <= cutOff) {
    return refuse(
      refusal(
        'conflict/report-not-locked',
        `${period} 的月度变动表 ${cutOff} 才截止：请直接填入本月变动表（轮次 R）`,
        `the change report of ${period} is open through ${cutOff}: put the rows into it (round R)`,
        { period, cutOff },
      ),
    );
  }
  return ok(true);
}

/** 填报. Refusals: `limit/report-rows`, `conflict/report-signed` while the district has not decided, `conflict/report-nil`. */
export function prepareReport(
  report: StreetReport | undefined,
  content: { readonly hash: string; readonly rows: number },
): Result<ReportActBody> {
  const { hash, rows } = content;
  if (rows > REPORT_ROWS_MAX) {
    return refuse(
      refusal(
        'limit/report-rows',
        `一份变动表最多 ${REPORT_ROWS_MAX} 行，现有 ${rows} 行：请由区民政局按名册导入`,
        `a change report has at most ${REPORT_ROWS_MAX} rows, not ${rows}: have the district import a register sheet`,
        { rows, rowsMax: REPORT_ROWS_MAX },
      ),
    );
  }
  if (!report) return ok({ kind: 'prepared', version: 1, hash, rows });
  if (reportState(report) === 'signed') {
    return refuse(
      refusal(
        'conflict/report-signed',
        '本变动表已签报，区里尚未审收：请待审收后再填新版本',
        'this report is signed and the district has not decided on it: wait for that before a new version',
        { version: lastVersion(report).version },
      ),
    );
  }
  if (rows === 0 && report.versions.some(({ signed, rows: earlier }) => signed && earlier > 0)) {
    return refuse(
      refusal(
        'conflict/report-nil',
        '本期已报送变动行，不能再报零报告：没有要更正的，无需再填',
        'rows were submitted for this period, so it cannot be nil: with nothing to correct, nothing more is needed',
      ),
    );
  }
  return ok({ kind: 'prepared', version: lastVersion(report).version + 1, hash, rows });
}

/** What a person saw: acts on anything else are refused. */
export type SeenVersion = { readonly version: number; readonly hash: string };

/** 签报. Refusals: `conflict/report-changed`, `conflict/report-signed`, `forbidden/own-report`. */
export function signReport(report: StreetReport, seen: SeenVersion, by: string): Result<ReportActBody> {
  const same = sameVersion(report, seen);
  if (!same.ok) return same;
  const { version, hash, prepared, signed } = lastVersion(report);
  if (signed) {
    return refuse(
      refusal('conflict/report-signed', '本版本已签报', 'this version is signed already', { version }),
    );
  }
  if (prepared.by === by) {
    return refuse(
      refusal(
        'forbidden/own-report',
        '填报人不能签报自己填的变动表：请由本街道另一人签报',
        'who prepared a report cannot sign it: have another person of the street sign',
      ),
    );
  }
  return ok({ kind: 'signed', version, hash });
}

/**
 * 审收: the rows named come back with reasons, all others of the version are accepted. Refusals: `conflict/report-changed`,
 * `conflict/report-unsigned`, `conflict/report-decided`, `invalid/report-row`.
 */
export function decideReport(
  report: StreetReport,
  seen: SeenVersion,
  returned: readonly ReturnedRow[],
): Result<ReportActBody> {
  const same = sameVersion(report, seen);
  if (!same.ok) return same;
  const { version, rows, signed, decided } = lastVersion(report);
  if (!signed) {
    return refuse(
      refusal(
        'conflict/report-unsigned',
        '街道尚未签报，不能审收',
        'the street has not signed it yet: it cannot be decided on',
        { version },
      ),
    );
  }
  if (decided) {
    return refuse(
      refusal('conflict/report-decided', '本版本已审收', 'this version was decided on already', { version }),
    );
  }
  const named = returned.map(({ row }) => row);
  const wrong = named.find((row, index) => row < 1 || row > rows || named.indexOf(row) !== index);
  if (wrong !== undefined) {
    return refuse(
      refusal(
        'invalid/report-row',
        `没有第 ${wrong} 行，或重复写了两次：本版本共 ${rows} 行`,
        `there is no row ${wrong}, or it is named twice: this version has ${rows} rows`,
        { row: wrong, rows },
      ),
    );
  }
  const accepted = Array.from({ length: rows }, (_, index) => index + 1).filter(
    (row) => !named.includes(row),
  );
  return ok({
    kind: 'decided',
    version,
    accepted,
    returned: returned.toSorted((a, b) => a.row - b.row),
  });
}

function sameVersion(report: StreetReport, seen: SeenVersion): Result<true> {
  const { version, hash } = lastVersion(report);
  if (seen.version === version && seen.hash === hash) return ok(true);
  return refuse(
    refusal(
      'conflict/report-changed',
      `您看到的不是当前版本：现为第 ${version} 版，请刷新后再办`,
      `what you saw is not the current version, which is ${version}: read it again`,
      { version },
    ),
  );
}
