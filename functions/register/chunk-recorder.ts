import type { RowFault, RowValues, SheetKind } from '../../domain/register/sheets.ts';
import { invariant, type Result } from '../../domain/result.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import { OpeningStager } from '../go-live/stage-opening.ts';
import { GrantListStager } from '../grants/stage-grant-list.ts';
import { recordDeath } from '../matching/record-deaths.ts';
import { MatchRecorder } from '../matching/record-match.ts';
import { ProjectRecorder } from '../venture/record-project-row.ts';
import { determinedEnrolments } from './determined-enrolments.ts';
import { checkAccountLine } from './find-account-line.ts';
import type { ImportServices } from './import-services.ts';
import type { RowRecorded } from './propose-from-sheet.ts';
import { HouseholdRecorder } from './record-household-row.ts';
import { type ImportOrigin, RowRecorder } from './record-row.ts';

/** Records the rows of a chunk, whatever kind of sheet they are of. */
export type ChunkRecorder = {
  /** Reads what all of these rows need, before any of them is recorded. */
  readonly prepare: (rows: readonly RowValues[]) => Promise<void>;
  readonly record: (values: RowValues, row: number) => Promise<Result<RowRecorded, readonly RowFault[]>>;
  /** Enrolments that the rows changed and whose amount somebody has to look at again. */
  readonly changed: () => Promise<readonly EnrolmentAddress[]>;
};

export function chunkRecorder(
  services: ImportServices,
  kind: SheetKind,
  origin: ImportOrigin,
): ChunkRecorder {
  const changed = async () => [];
  if (kind === 'households') {
    const households = new HouseholdRecorder(services, origin);
    return {
      prepare: (rows) => households.prepare(rows),
      record: (values) => households.record(values),
      changed: async () => households.changed,
    };
  }
  if (kind === 'opening') {
    const stager = new OpeningStager(
      { register: services.register, staged: services.imports.staged },
      origin,
    );
    return {
      prepare: (rows) => stager.prepare(rows),
      record: (values, row) => stager.stage(row, values),
      changed,
    };
  }
  if (kind === 'accounts') {
    // Its lines are found by account, one by one: there is nothing that they share.
    const where = { jurisdiction: origin.jurisdiction, today: origin.requestedOn };
    const record = (values: RowValues) => checkAccountLine(services.register, where, values);
    return { prepare: async () => undefined, record, changed };
  }
  if (kind === 'matching') {
    const matches = new MatchRecorder(services, origin);
    return {
      prepare: (rows) => matches.prepare(rows),
      record: (values, row) => matches.record(values, row),
      changed: () => determinedEnrolments(services.register, matches.subjects),
    };
  }
  if (kind === 'projects') {
    const projects = new ProjectRecorder({ ...services, ...services.venture }, origin);
    return {
      prepare: () => projects.prepare(),
      record: (values, row) => projects.record(values, row),
      changed,
    };
  }
  if (kind === 'grant-list') {
    const stager = new GrantListStager(services, origin);
    return {
      prepare: () => stager.prepare(),
      record: (values, row) => stager.stage(row, values),
      changed,
    };
  }
  invariant(kind === 'register' || kind === 'deaths', `no rows of a sheet of ${kind} are recorded`);
  const recorder = new RowRecorder(services, origin);
  return {
    prepare: (rows) => recorder.prepare(rows),
    record: (values, row) =>
      kind === 'register'
        ? recorder.recordRegisterRow(values)
        : recordDeath(services, origin, recorder, values, row),
    changed: () => determinedEnrolments(services.register, recorder.subjects),
  };
}
