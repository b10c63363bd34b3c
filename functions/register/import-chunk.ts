import { PROGRAMMES, programmeById } from '../../domain/programmes/index.ts';
import type { RowClash } from '../../domain/register/sheet-agreement.ts';
import { type RowFault, type RowValues, readRow } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import type { ImportChunk, ImportRequested } from '../../events/imports.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import {
  type ImportCounts,
  NO_COUNTS,
  type PlannedChunk,
  type StoredImport,
} from '../adapters/import-store.ts';
import { mapBounded } from '../concurrency.ts';
import { askForReview } from '../determination/ask-for-review.ts';
import { twice } from '../grants/list-faults.ts';
import type { Log } from '../middleware/queue.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { refuseChangedFile } from './changed-file.ts';
import { type ChunkRecorder, chunkRecorder } from './chunk-recorder.ts';
import { finishImport } from './finish-import.ts';
import { type ImportServices, readRowsKey, rejectedRowsKey } from './import-services.ts';
import type { RowRecorded } from './propose-from-sheet.ts';
import { parseReadRows, type ReadRow } from './read-row.ts';
import type { ImportOrigin } from './record-row.ts';

const ROWS_AT_ONCE = 12;

/** Records one chunk once: its good rows in the register, its bad rows in a file, its counts in one item. */
export async function importChunk(services: ImportServices, message: ImportChunk, log: Log): Promise<void> {
  const { importId, chunk } = message;
  const stored = await services.imports.read(importId);
  const planned = await services.imports.chunk(importId, chunk);
  invariant(stored?.plan && planned, `chunk ${chunk} of import ${importId} was announced without a plan`);
  if (stored.refused || stored.summary) {
    await services.imports.markFinished(stored.request);
    return;
  }
  if (!stored.done.some((done) => done.chunk === chunk)) {
    const rows = await readChunk(services, stored.request, planned);
    if (!rows) {
      await refuseChangedFile(services, stored.request);
      return;
    }
    const counts = await recordChunk(services, stored, planned, rows);
    await services.imports.chunkDone(importId, { chunk, counts, at: services.clock.now() });
    log.info('chunk recorded', { importId, chunk, ...counts });
  }
  await finishImport(services, importId, log);
}

/** Undefined when the rows as read are not there any more. */
async function readChunk(
  services: ImportServices,
  request: ImportRequested,
  planned: PlannedChunk,
): Promise<ReadRow[] | undefined> {
  const bytes = await services.files.read(readRowsKey(request.importId, planned.chunk, planned.sha256));
  if (!bytes || sha256Hex(bytes) !== planned.sha256) return undefined;
  return parseReadRows(bytes);
}

async function recordChunk(
  services: ImportServices,
  { request, plan }: StoredImport,
  planned: PlannedChunk,
  rows: readonly ReadRow[],
): Promise<ImportCounts> {
  invariant(plan, 'a chunk is recorded by its plan');
  const origin = originOf(request);
  const context = { jurisdiction: request.jurisdiction, today: origin.requestedOn };
  const own = PROGRAMMES[request.programme]?.registerColumns;
  const clashes = new Map(planned.clashes.map((clash) => [clash.row, clash]));
  const read = rows.map(({ row, cells, faults }) => ({
    row,
    cells,
    values: agreeing(
      withFaults(readRow(request.kind, plan.columnIds, cells, context, own), faults),
      clashes.get(row),
    ),
    repeats: clashes.get(row)?.kind === 'repeat',
  }));
  const recorder = chunkRecorder(services, request.kind, origin);
  await recorder.prepare(
    read.flatMap(({ values, repeats }) => (values.ok && !repeats ? [values.value] : [])),
  );
  const rejected: ReadRow[] = [];
  const recorded = await mapBounded(read, ROWS_AT_ONCE, async ({ row, cells, values, repeats }) => {
    const outcome = await recordOne(recorder, row, values, repeats);
    if (outcome.ok) return outcome.value;
    rejected.push({ row, cells, faults: outcome.error });
    return undefined;
  });
  await saveStreetNames(services, request, read);
  await askForReview(services.queues, await recorder.changed());
  if (rejected.length > 0) {
    const body = JSON.stringify(rejected.sort((a, b) => a.row - b.row));
    await services.files.put(
      rejectedRowsKey(request.importId, planned.chunk),
      Buffer.from(body),
      'application/json',
    );
  }
  return countsOf(recorded, rejected.length);
}

async function recordOne(
  recorder: ChunkRecorder,
  row: number,
  values: Result<RowValues, readonly RowFault[]>,
  repeats: boolean,
): Promise<Result<RowRecorded, readonly RowFault[]>> {
  if (!values.ok) return values;
  // It says what another row of this sheet says, and is recorded there.
  if (repeats) return ok({ outcome: 'unchanged', accountChange: false });
  return recorder.record(values.value, row);
}

function originOf(request: ImportRequested): ImportOrigin {
  const programmeCode = codeOf(request);
  const { importId, jurisdiction, by, requestedAt } = request;
  return {
    importId,
    jurisdiction,
    programme: request.programme,
    programmeCode,
    by,
    requestedAt,
    requestedOn: shanghaiDate(requestedAt),
  };
}

/** A matching list is of no one programme. */
function codeOf({ kind, programme: id }: ImportRequested): string {
  if (kind === 'matching') return '';
  const programme = programmeById(id);
  invariant(programme.ok, `an import was planned for an unknown programme: ${id}`);
  return programme.value.code;
}

/** Adds what was wrong with cells as stored; of such a cell nothing else is said. */
function withFaults(
  values: Result<RowValues, readonly RowFault[]>,
  faults: readonly RowFault[],
): Result<RowValues, readonly RowFault[]> {
  if (faults.length === 0) return values;
  const said = new Set(faults.map(({ column }) => column));
  const others = values.ok ? [] : values.error.filter(({ column }) => !said.has(column));
  return refuse([...faults, ...others]);
}

/** Adds what is wrong between rows to what is wrong within the row. */
function agreeing(
  values: Result<RowValues, readonly RowFault[]>,
  clash: RowClash | undefined,
): Result<RowValues, readonly RowFault[]> {
  if (!clash || clash.kind === 'repeat') return values;
  return refuse([...(values.ok ? [] : values.error), clashFault(clash)]);
}

function clashFault({ kind, firstRow }: RowClash): RowFault {
  if (kind === 'name') {
    return {
      column: '姓名',
      zh: `同一身份证号在第${firstRow}行是另一个姓名：请核对两行`,
      en: `Name: the same identity number has another name in row ${firstRow}; check both rows`,
    };
  }
  if (kind === 'account') {
    return {
      column: '收款账号',
      zh: `同一收款人在第${firstRow}行是另一个账号：一个收款人只用一个账号，请核对两行`,
      en: `Account: the same payee has another account in row ${firstRow}; a payee has one account, check both rows`,
    };
  }
  if (kind === 'occasion') return twice(firstRow);
  if (kind === 'household') {
    return {
      column: '户主身份证号',
      zh: `同一户在第${firstRow}行的户信息与本行不同：请只在户主一行填写，或各行填写一致`,
      en: `ID number of head: row ${firstRow} says something else of the same household; fill it in for the head alone, or the same in all rows`,
    };
  }
  if (kind === 'project') {
    return {
      column: '项目编号',
      zh: `与第${firstRow}行编号相同，内容却不同：每个项目一个编号，请核对两行`,
      en: `Project number: row ${firstRow} has the same number with other content; each project has its own, check both rows`,
    };
  }
  return {
    column: '身份证号',
    zh: `与第${firstRow}行是同一人，内容却不同：请只保留正确的一行`,
    en: `ID number: the same person as in row ${firstRow} with other content; keep the row that is right`,
  };
}

async function saveStreetNames(
  services: ImportServices,
  request: ImportRequested,
  read: readonly { readonly values: Result<RowValues, readonly RowFault[]> }[],
): Promise<void> {
  const names = new Map<string, string>();
  for (const { values } of read) {
    if (!values.ok) continue;
    const { street, streetName } = values.value;
    if (street !== undefined && streetName !== undefined) names.set(street, streetName);
  }
  for (const [street, name] of names) {
    await services.register.saveStreetName(request.jurisdiction, street, name);
  }
}

function countsOf(recorded: readonly (RowRecorded | undefined)[], rejected: number): ImportCounts {
  const counts = { ...NO_COUNTS, rejected };
  for (const row of recorded) {
    if (!row) continue;
    counts.accepted += 1;
    counts[row.outcome] += 1;
    if (row.accountChange) counts.accountChanges += 1;
  }
  return counts;
}
