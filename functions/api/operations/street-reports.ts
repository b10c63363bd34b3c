import type * as z from 'zod/mini';
import { programmeById } from '../../../domain/programmes/index.ts';
import type { Programme } from '../../../domain/programmes/programme.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import {
  districtOf,
  isSubmitted,
  lastVersion,
  noReport,
  parseReportId,
  type ReportId,
  type ReportIdentity,
  type ReportVersion,
  reportIdOf,
  reportState,
  type StreetReport,
} from '../../../domain/street/report.ts';
import {
  decideReport,
  prepareReport,
  reportIsOpen,
  signReport,
} from '../../../domain/street/report-commands.ts';
import type { ReportRow } from '../../../domain/street/report-rows.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { HttpRefusal } from '../../middleware/problem.ts';
import { announceAccepted } from '../../street/announce.ts';
import { readGivenRows } from '../../street/read-rows.ts';
import { readReportSheet } from '../../street/read-sheet.ts';
import { reportLockDay } from '../../street/report-lock.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { StreetReportView } from '../contracts/street-reports.ts';
import type { Operations } from '../operation.ts';
import { reportRowView } from '../views/report-row-view.ts';
import { receivedUpload } from './files.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Body = z.output<(typeof staffContracts)['prepareStreetReport']['request']>;

export const streetReports: Pick<
  StaffOperations,
  | 'prepareStreetReport'
  | 'listStreetReports'
  | 'getStreetReport'
  | 'listStreetReportRows'
  | 'signStreetReport'
  | 'decideStreetReport'
> = {
  async prepareStreetReport({ actor, body, effectId }, services) {
    const { streets, clock } = services;
    const { programme, period, round = 'R' } = body;
    if (actor.street === undefined) return refuse(onlyStreets());
    const identity = { street: actor.street, programme, period, round };
    const open = await openToday(services, identity);
    if (!open.ok) return open;
    const rows = await rowsOf(services, actor, body, open.value);
    if (!rows.ok) return rows;
    const reportId = reportIdOf(identity);
    // The rows first: an act names what is already there.
    const hash = await streets.rows.keep(reportId, rows.value);
    const prepared = await streets.reports.act(
      reportId,
      (report) => prepareReport(report, { hash, rows: rows.value.length }),
      { at: clock.now(), by: actor.id, request: effectId },
    );
    return prepared.ok ? shown(prepared.value) : prepared;
  },

  async listStreetReports({ actor, query }, services) {
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
    const { streets, clock } = services;
    const book = await streets.policies.current();
    if (!book.ok) return book;
    const cutOff = await reportLockDay(book.value, { ...scope, knownOn: clock.today() }, query.period);
    const reports = await streets.reports.reportsOf(scope, query.period, actor.street);
    return ok({
      body: {
        ...(cutOff.ok && { cutOff: cutOff.value.day }),
        reports: reports.map(({ reportId, street, round, state, submitted, version }) => ({
          reportId,
          street,
          round,
          state,
          submitted,
          version,
        })),
      },
    });
  },

  async getStreetReport({ actor, params }, { streets }) {
    const reach = reportInReach(actor, params.reportId);
    if (!reach.ok) return reach;
    const report = await streets.reports.get(params.reportId);
    return report.ok ? shown(report.value) : report;
  },

  async listStreetReportRows({ actor, params, query }, { streets }) {
    const reach = reportInReach(actor, params.reportId);
    if (!reach.ok) return reach;
    const report = await streets.reports.get(params.reportId);
    if (!report.ok) return report;
    const { versions } = report.value;
    const wanted = query.version === undefined ? lastVersion(report.value).version : Number(query.version);
    const version = versions.find((one) => one.version === wanted);
    if (!version) return refuse(noReport());
    const rows = await streets.rows.read(params.reportId, version.hash);
    return ok({ body: { version: wanted, rows: rows.map((row, index) => reportRowView(row, index + 1)) } });
  },

  async signStreetReport({ actor, params, body, effectId }, services) {
    const identity = reportInReach(actor, params.reportId);
    if (!identity.ok) return identity;
    if (actor.street === undefined) return refuse(onlyStreets());
    const open = await openToday(services, identity.value);
    if (!open.ok) return open;
    const signed = await services.streets.reports.act(
      params.reportId,
      (report) => (report ? signReport(report, body, actor.id) : refuse(noReport())),
      { at: services.clock.now(), by: actor.id, request: effectId },
    );
    return signed.ok ? shown(signed.value) : signed;
  },

  async decideStreetReport({ actor, params, body, effectId }, { streets, queues, clock }) {
    const reach = reportInReach(actor, params.reportId);
    if (!reach.ok) return reach;
    const decided = await streets.reports.act(
      params.reportId,
      (report) => (report ? decideReport(report, body, body.returned) : refuse(noReport())),
      { at: clock.now(), by: actor.id, request: effectId },
    );
    if (!decided.ok) return decided;
    await announceAccepted(queues, decided.value);
    return shown(decided.value);
  },
};

/** A report of the actor's district, and for staff of a street their own: any other does not exist for them. */
function reportInReach(actor: StaffActor, reportId: ReportId): Result<ReportIdentity> {
  const identity = parseReportId(reportId);
  if (!identity.ok) return identity;
  const { street } = identity.value;
  const inside = districtOf(street) === actor.jurisdiction && (actor.street ?? street) === street;
  return inside ? identity : refuse(noReport());
}

const onlyStreets = () =>
  refusal(
    'forbidden/street-staff-only',
    '月度变动表由街道人员填报和签报：请由登记了街道代码的人员办理',
    'change reports are prepared and signed by staff of a street: have someone registered with its code do it',
  );

/** Whether the report may still take rows and signatures today, in China; the programme that it is of. */
async function openToday(
  { streets, clock }: Pick<StaffServices, 'streets' | 'clock'>,
  identity: ReportIdentity,
): Promise<Result<Programme>> {
  const programme = programmeById(identity.programme);
  if (!programme.ok) return programme;
  if (programme.value.paidBy || !['person', 'household'].includes(programme.value.unit)) {
    return refuse(
      refusal(
        'invalid/programme-unit',
        '月度变动表用于按人或按户、按月享受的项目',
        'change reports are for programmes of persons or households that pay by month',
        { programme: identity.programme },
      ),
    );
  }
  const book = await streets.policies.current();
  if (!book.ok) return book;
  const today = clock.today();
  const scope = {
    jurisdiction: districtOf(identity.street),
    programme: identity.programme,
    knownOn: today,
  };
  const cutOff = await reportLockDay(book.value, scope, identity.period);
  if (!cutOff.ok) return cutOff;
  const isOpen = reportIsOpen(identity, cutOff.value.day, today);
  return isOpen.ok ? programme : isOpen;
}

async function rowsOf(
  services: StaffServices,
  actor: StaffActor,
  { rows, uploadId, nil }: Body,
  { unit, registerColumns, noPublicity }: Programme,
): Promise<Result<ReportRow[], HttpRefusal>> {
  const ways = [rows, uploadId, nil].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    return refuse(
      refusal(
        'invalid/report-content',
        'rows、uploadId、nil 三者必填其一，且只能填一个',
        'give exactly one of rows, uploadId and nil',
      ),
    );
  }
  const context = {
    jurisdiction: actor.jurisdiction,
    today: services.clock.today(),
    unit,
    ...(registerColumns && { registerColumns }),
    ...(noPublicity && { noPublicity }),
  };
  if (rows !== undefined) return readGivenRows(rows, context);
  if (uploadId === undefined) return ok([]);
  const upload = await receivedUpload(services, actor.jurisdiction, uploadId, 'street-report');
  if (!upload.ok) return upload;
  return readReportSheet(services.files, upload.value.objectKey, context);
}

async function shown(report: StreetReport) {
  return ok({
    body: reportView(report),
    headers: { location: `/v1/street-reports/${report.reportId}` },
  });
}

export function reportView(report: StreetReport): z.input<typeof StreetReportView> {
  const { reportId, street, programme, period, round, versions } = report;
  return {
    reportId,
    street,
    programme,
    period,
    round,
    state: reportState(report),
    submitted: isSubmitted(report),
    versions: versions.map(versionView),
  };
}

function versionView({ version, hash, rows, prepared, signed, decided, applied }: ReportVersion) {
  return {
    version,
    hash,
    rows,
    nil: rows === 0,
    preparedBy: prepared.by,
    preparedAt: prepared.at,
    ...(signed && { signedBy: signed.by, signedAt: signed.at }),
    ...(decided && {
      decision: {
        by: decided.by,
        at: decided.at,
        accepted: decided.accepted.length,
        returned: decided.returned.map(({ row, reason }) => ({ row, reason })),
      },
    }),
    ...(applied && {
      register: {
        at: applied.at,
        rows: applied.rows.map(({ row, outcome, zh, en }) => ({
          row,
          outcome,
          ...(zh !== undefined && en !== undefined && { words: { zh, en } }),
        })),
      },
    }),
  };
}
