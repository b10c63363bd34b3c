import * as z from 'zod/mini';
import { addMonths, type Instant, type Month, type Period } from '../../domain/calendar.ts';
import { contentHash } from '../../domain/canonical.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  applyReportAct,
  districtOf,
  foldReport,
  isSubmitted,
  lastVersion,
  noReport,
  type ReportAct,
  type ReportActBody,
  type ReportId,
  type ReportState,
  reportState,
  type StreetReport,
  versionsToApply,
} from '../../domain/street/report.ts';
import type { DynamoTable } from './dynamo-table.ts';
import { sha256Hex } from './hashing.ts';

/**
 * Streets' monthly change reports in the operations table. Their rows are in the register table (street-rows.ts).
 *
 *   STREET-REPORT#<report>                   ACT#<000001>         one immutable act
 *   STREET-REPORTS#<jur>#<prog>#<period>     <street>#<round>     list for people: a projection
 *   STREET-REPORTS-OPEN#<YYYY-MM>            <report>             accepted rows may not be in the register yet; a mark, not evidence
 */
export type ReportListing = {
  readonly reportId: ReportId;
  readonly street: string;
  readonly round: string;
  readonly state: ReportState;
  readonly submitted: boolean;
  readonly version: number;
  readonly sequence: number;
};

const TRIES = 20;

export class StreetReportStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  async acts(reportId: ReportId): Promise<ReportAct[]> {
    const acts: ReportAct[] = [];
    for await (const item of this.#table.query(reportKey(reportId), { begins: 'ACT#' }))
      acts.push(item['act'] as ReportAct);
    return acts;
  }

  async load(reportId: ReportId): Promise<StreetReport | undefined> {
    return foldReport(await this.acts(reportId));
  }

  /** Refusal `missing/street-report` when there is none. */
  async get(reportId: ReportId): Promise<Result<StreetReport>> {
    const report = await this.load(reportId);
    return report ? ok(report) : refuse(noReport());
  }

  /**
   * Load, decide, append; when someone was faster, again from what they did. The same request is told what came of it; a decision
   * of `undefined` leaves the report as it is.
   */
  async act(
    reportId: ReportId,
    decide: (report: StreetReport | undefined) => Result<ReportActBody> | undefined,
    stamp: { readonly at: Instant; readonly by: string; readonly request?: string },
  ): Promise<Result<StreetReport>> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const acts = await this.acts(reportId);
      const report = foldReport(acts);
      const before = stamp.request !== undefined && acts.some(({ request }) => request === stamp.request);
      const decision = before ? undefined : decide(report);
      if (!decision) return this.#unchanged(report);
      if (!decision.ok) return decision;
      const sequence = (report?.sequence ?? 0) + 1;
      if (decision.value.kind === 'decided') await this.#mark(reportId, sequence, stamp.at);
      const act: ReportAct = { ...decision.value, reportId, sequence, ...stamp };
      if ((await this.#append(act)) === 'taken') continue;
      const after = applyReportAct(report, act);
      await this.list(after);
      return ok(after);
    }
    return refuse(
      refusal(
        'conflict/busy',
        '变动表正被多人操作，请稍后重试',
        'many people are acting on this report: try again',
      ),
    );
  }

  /** The projection may be behind when whoever wrote the act died: it is written again. */
  async #unchanged(report: StreetReport | undefined): Promise<Result<StreetReport>> {
    if (!report) return refuse(noReport());
    await this.list(report);
    return ok(report);
  }

  async #append(act: ReportAct): Promise<'appended' | 'taken'> {
    const sk = `ACT#${String(act.sequence).padStart(6, '0')}`;
    const { at: _, ...content } = act;
    const c = contentHash(sha256Hex, 'street-report-act.v1', content);
    const put = await this.#table.putNew({ pk: reportKey(act.reportId), sk, act, c });
    return put === 'created' ? 'appended' : 'taken';
  }

  /** Rewrites the projection; absolute and only ever forward, so that writing it late, twice or slowly does no harm. */
  async list(report: StreetReport): Promise<void> {
    const { street, programme, period, round, reportId, sequence } = report;
    const listing: ReportListing = {
      reportId,
      street,
      round,
      state: reportState(report),
      submitted: isSubmitted(report),
      version: lastVersion(report).version,
      sequence,
    };
    const scope = { jurisdiction: districtOf(street), programme };
    await this.#table.putNewer({ pk: listKey(scope, period), sk: `${street}#${round}`, ...listing });
  }

  /** Reports of a period, by street and round; those that a projection is behind on are read anew by whoever decides upon them. */
  async reportsOf(
    scope: { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId },
    period: Period,
    street?: string,
  ): Promise<ReportListing[]> {
    const listings: ReportListing[] = [];
    const options = street === undefined ? {} : { begins: `${street}#` };
    for await (const { pk: _pk, sk: _sk, ...item } of this.#table.query(listKey(scope, period), options))
      listings.push(z.parse(ListingSchema, item));
    return listings;
  }

  /** Reports decided on in this month or the one before whose accepted rows may still have to enter the register. */
  async open(now: Instant): Promise<StreetReport[]> {
    const month = now.slice(0, 7);
    const reports: StreetReport[] = [];
    for (const each of [addMonths(month, -1), month]) {
      for await (const mark of this.#table.query(openKey(each))) {
        const report = mark['done'] === true ? undefined : await this.load(mark.sk);
        if (report) reports.push(report);
      }
    }
    return reports;
  }

  /** Takes the marks away once nothing is left to apply; one set for a decision that comes later stays. */
  async settle(report: StreetReport): Promise<void> {
    const { versions, reportId, sequence } = report;
    if (versionsToApply(report).length > 0) return;
    const months = new Set(versions.flatMap(({ decided }) => decided?.at.slice(0, 7) ?? []));
    for (const month of months) {
      await this.#table.update(
        { pk: openKey(month), sk: reportId },
        {
          expression: 'SET #done = :done',
          condition: '#sequence <= :sequence',
          names: { '#done': 'done', '#sequence': 'sequence' },
          values: { ':done': true, ':sequence': sequence },
        },
      );
    }
  }

  /** Before the act: a mark without it leads to a report that says that there is nothing to do. */
  async #mark(reportId: ReportId, sequence: number, at: Instant): Promise<void> {
    await this.#table.put({ pk: openKey(at.slice(0, 7)), sk: reportId, done: false, sequence });
  }
}

const openKey = (month: Month): string => `STREET-REPORTS-OPEN#${month}`;
const ListingSchema = z.object({
  reportId: z.string(),
  street: z.string(),
  round: z.string(),
  state: z.enum(['prepared', 'signed', 'accepted', 'returned']),
  submitted: z.boolean(),
  version: z.int(),
  sequence: z.int(),
});
const reportKey = (reportId: ReportId): string => `STREET-REPORT#${reportId}`;
const listKey = (
  { jurisdiction, programme }: { readonly jurisdiction: string; readonly programme: string },
  period: Period,
): string => `STREET-REPORTS#${jurisdiction}#${programme}#${period}`;
