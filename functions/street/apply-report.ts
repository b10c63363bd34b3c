import { type EnrolmentId, type PersonKey, subjectOf } from '../../domain/ids.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { currentPayee } from '../../domain/register/enrolment.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { keeperOn } from '../../domain/street/kept-street.ts';
import {
  type AppliedRow,
  districtOf,
  type ReportVersion,
  type StreetCode,
  type StreetReport,
  versionsToApply,
} from '../../domain/street/report.ts';
import { type ReportRow, type RowFound, registerValues } from '../../domain/street/report-rows.ts';
import type { StreetRowsAccepted } from '../../events/imports.ts';
import type { StreetReportStore } from '../adapters/street-report-store.ts';
import type { StreetRows } from '../adapters/street-rows.ts';
import { mapBounded } from '../concurrency.ts';
import { askForReview } from '../determination/ask-for-review.ts';
import type { Log } from '../middleware/queue.ts';
import { determinedEnrolments } from '../register/determined-enrolments.ts';
import type { RowRecorded } from '../register/propose-from-sheet.ts';
import { type ImportOrigin, RowRecorder } from '../register/record-row.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { type HouseholdRowServices, recordHouseholdRows } from './record-household-rows.ts';

export type ApplyServices = HouseholdRowServices & {
  readonly streetReports: StreetReportStore;
  readonly streetRows: StreetRows;
};
type Recorded = Result<RowRecorded, readonly RowFault[]>;

const ROWS_AT_ONCE = 12;

/**
 * Puts the accepted rows of a report into the register, by the decisions that imports go by, and says for each what came of it. Done
 * again after a crash it finds its own work; the act that names the outcome is written once.
 */
export async function applyReport(
  services: ApplyServices,
  message: Pick<StreetRowsAccepted, 'reportId'>,
  log: Pick<Log, 'info'>,
): Promise<void> {
  const report = await services.streetReports.load(message.reportId);
  invariant(report, `a message about a report without acts: ${message.reportId}`);
  for (const version of versionsToApply(report)) {
    const rows = await applyVersion(services, report, version);
    await services.streetReports.act(
      report.reportId,
      (now) =>
        now && versionsToApply(now).some((one) => one.version === version.version)
          ? ok({ kind: 'applied', version: version.version, rows })
          : undefined,
      { at: services.clock.now(), by: 'system' },
    );
    log.info('street rows applied', {
      reportId: report.reportId,
      version: version.version,
      rows: rows.length,
    });
  }
  const after = await services.streetReports.load(message.reportId);
  if (after) await services.streetReports.settle(after);
}

async function applyVersion(
  services: ApplyServices,
  { reportId, street, programme }: StreetReport,
  { hash, version, decided, prepared }: ReportVersion,
): Promise<AppliedRow[]> {
  const known = programmeById(programme);
  invariant(known.ok && decided, `report ${reportId} is of an unknown programme or undecided`);
  const source = `sr-${reportId}.${version}`;
  const jurisdiction = districtOf(street);
  const requestedOn = shanghaiDate(decided.at);
  const origin = {
    jurisdiction,
    programme,
    programmeCode: known.value.code,
    importId: source,
    source: `street-report:${reportId}`,
    by: prepared.by,
    requestedAt: decided.at,
    requestedOn,
  };
  const all = await services.streetRows.read(reportId, hash);
  const rows = decided.accepted.map((number) => all[number - 1] ?? {});
  const record = known.value.unit === 'household' ? recordHouseholdRows : recordPersonRows;
  const recorded = await record(services, origin, street, rows);
  return recorded.map((each, index) => appliedRow(decided.accepted[index] ?? 0, each));
}

async function recordPersonRows(
  services: ApplyServices,
  origin: ImportOrigin,
  street: StreetCode,
  rows: readonly ReportRow[],
): Promise<Recorded[]> {
  const found = await findRows(services, origin, origin.requestedOn, rows);
  const values = rows.map((row, index) => registerValues(row, street, origin.importId, found[index] ?? {}));
  const recorder = new RowRecorder(services, origin);
  await recorder.prepare(values.flatMap((each) => (each.ok ? [each.value] : [])));
  const recorded = await mapBounded(rows, ROWS_AT_ONCE, async (row, index): Promise<Recorded> => {
    const each = values[index];
    invariant(each, 'every row has its values');
    return each.ok ? recordRow(recorder, row, each.value) : each;
  });
  await askForReview(services.queues, await determinedEnrolments(services.register, recorder.subjects));
  return recorded;
}

async function recordRow(recorder: RowRecorder, row: ReportRow, values: RowValues): Promise<Recorded> {
  const onlyDied = row['diedOn'] !== undefined && row['stopMonth'] === undefined;
  const stopped: Recorded = onlyDied
    ? ok({ outcome: 'unchanged', accountChange: false })
    : await recorder.recordRegisterRow(values);
  if (!stopped.ok || row['diedOn'] === undefined) return stopped;
  const { idNumber, name, diedOn } = row;
  const died = await recorder.recordDeathRow({ idNumber, name, diedOn, kind: 'death-certified' });
  return died.ok && stopped.value.outcome === 'changed' ? stopped : died;
}

function appliedRow(row: number, recorded: Recorded): AppliedRow {
  if (recorded.ok) return { row, outcome: recorded.value.outcome };
  const words = (language: 'zh' | 'en') =>
    recorded.error.map((fault) => fault[language]).join(language === 'zh' ? '；' : '; ');
  return { row, outcome: 'rejected', zh: words('zh'), en: words('en') };
}

type Scope = {
  readonly jurisdiction: string;
  readonly programme: string;
  readonly programmeCode: string;
};

/** What the register knows of whom the rows are about, in their order. */
async function findRows(
  { register, streets }: Pick<ApplyServices, 'register' | 'streets'>,
  { jurisdiction, programme, programmeCode }: Scope,
  today: string,
  rows: readonly ReportRow[],
): Promise<RowFound[]> {
  const keys = await register.personKeysByIdNumber(rows.map((row) => row['idNumber'] ?? ''));
  const known = keys.filter((key): key is PersonKey => key !== undefined);
  const ids = await register.enrolmentIds(known, jurisdiction, programmeCode);
  const addresses = [...ids.values()].map((id: EnrolmentId) => ({ jurisdiction, programme, id }));
  const documents = await register.enrolments(addresses);
  const enrolments = new Map(
    documents.flatMap((document) => (document ? [[subjectOf(document.id), document] as const] : [])),
  );
  const payees = await register.persons(
    [...enrolments.values()].map((document) => currentPayee(document) ?? document.subject),
  );
  const changes = await streets.changes(jurisdiction);
  return keys.map((key) => {
    const enrolment = key === undefined ? undefined : enrolments.get(key);
    if (!enrolment) return {};
    return {
      enrolment,
      payee: payees.get(currentPayee(enrolment) ?? enrolment.subject),
      street: keeperOn(enrolment.facts, changes, today),
    };
  });
}
