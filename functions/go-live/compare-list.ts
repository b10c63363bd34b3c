import type { Bilingual } from '../../domain/bilingual.ts';
import {
  type ComparedLine,
  type ComparisonTotals,
  compareLists,
  comparisonTotals,
  type OurLine,
  type TheirLine,
} from '../../domain/go-live/parallel.ts';
import { type EnrolmentId, type PersonKey, subjectOf } from '../../domain/ids.ts';
import { maskId, maskName } from '../../domain/mask.ts';
import { parseYuan, toYuan, ZERO } from '../../domain/money.ts';
import { sameName } from '../../domain/person-name.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { renderStep } from '../../domain/programmes/sentences.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import { readRow } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { reachableEnrolments } from '../register/reachable-enrolments.ts';
import { parseReadRows, type ReadRow } from '../register/read-row.ts';
import { splitSheet } from '../register/split-sheet.ts';
import { readDrafts, type ShardDone } from '../run/compute.ts';
import type { RunPorts } from '../run/ports.ts';

type ComparePorts = Pick<RunPorts, 'runs' | 'drafts' | 'clock'> & {
  readonly register: RegisterStore;
  readonly files: Pick<ObjectStore, 'put'>;
};
/** What staff ask of a parallel run. */
export type Comparisons = {
  readonly compareList: (run: Run, list: Uint8Array, unmasked: boolean) => Promise<Result<Compared>>;
};
type Compared = { readonly totals: ComparisonTotals; readonly objectKey: string };
/** A line with who it is about, for the report alone. */
type Named = { readonly name: string; readonly idNumber: string };

const READS_AT_ONCE = 16;

/**
 * Compares a parallel run with the bureau's own list and writes the report, line by line. Names and numbers are masked in it unless
 * they are asked for. Refusals: `conflict/run-state`, and those of the sheet.
 */
export async function compareList(
  ports: ComparePorts,
  run: Run,
  bytes: Uint8Array,
  unmasked: boolean,
): Promise<Result<Compared>> {
  if (!run.manifest.parallel || run.state !== 'review') {
    return refuse(
      refusal(
        'conflict/run-state',
        '只有已核算完的并行批次可以比对',
        'only a parallel run that is computed can be compared',
        { state: run.state },
      ),
    );
  }
  const sheet = await rowsOf(bytes);
  if (!sheet.ok) return sheet;
  const [ours, theirs] = await Promise.all([ourLines(ports, run), theirLines(ports, run, sheet.value)]);
  const lines = compareLists(ours, theirs.lines);
  const csv = await report(ports.register, lines, theirs.names, unmasked);
  const objectKey = `parallel/${run.manifest.jurisdiction}/${run.runId}/${sha256Hex(csv)}.csv`;
  await ports.files.put(objectKey, Buffer.from(csv, 'utf8'), 'text/csv');
  return ok({ totals: comparisonTotals(lines), objectKey });
}

type Sheet = { readonly columnIds: readonly string[]; readonly rows: readonly ReadRow[] };

async function rowsOf(bytes: Uint8Array): Promise<Result<Sheet>> {
  const chunks = new Map<number, ReadRow[]>();
  const source = {
    bytes: bytes.length,
    read: async (from: number, length: number) => bytes.subarray(from, from + length),
  };
  const cut = await splitSheet(source, 'bureau-list', async (chunk, _sha256, rows) => {
    chunks.set(chunk, parseReadRows(rows));
  });
  if (!cut.ok) return cut;
  const rows = [...chunks].sort(([a], [b]) => a - b).flatMap(([, found]) => found);
  return ok({ columnIds: cut.value.plan.columnIds, rows });
}

/** What the run would pay, with the last word of the derivation, or of the control that keeps it back. */
async function ourLines(ports: ComparePorts, run: Run): Promise<OurLine[]> {
  const { manifest } = run;
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a run of an unknown programme: ${manifest.programme}`);
  const why = (draft: Draft): Bilingual => {
    const kept = draft.findings.find(({ severity }) => severity !== 'warn');
    if (kept && !isPayable(run, draft)) return { zh: kept.zh, en: kept.en };
    const step = manifest.months.flatMap((month) => draft.derivations[month] ?? []).at(-1);
    return step ? renderStep(programme.value, step) : { zh: '', en: '' };
  };
  const lines: OurLine[] = [];
  for (const shard of manifest.shards) {
    for (const draft of await readDrafts(ports, manifest, run.draftRevision, shard)) {
      const fen = isPayable(run, draft) ? draft.fen : ZERO;
      lines.push({ enrolment: draft.enrolment, fen, why: why(draft) });
    }
  }
  const done = await ports.runs.shards<ShardDone>(run.runId, 'DONE', run.draftRevision);
  for (const { refusals } of done.values()) {
    for (const { enrolment, refusal: said } of refusals)
      lines.push({ enrolment, fen: ZERO, why: { zh: said.zh, en: said.en } });
  }
  return lines;
}

async function theirLines(
  { register, clock }: ComparePorts,
  { manifest }: Run,
  { columnIds, rows }: Sheet,
): Promise<{ lines: TheirLine[]; names: ReadonlyMap<number, Named> }> {
  const { jurisdiction, programme } = manifest;
  const today = clock.today();
  const names = new Map<number, Named>();
  const cell = (row: ReadRow, id: string) => row.cells[columnIds.indexOf(id)] ?? '';
  const read = rows.map((row) => {
    names.set(row.row, { name: cell(row, 'name'), idNumber: cell(row, 'idNumber') });
    return { row, values: readRow('bureau-list', columnIds, row.cells, { jurisdiction, today }) };
  });
  const numbers = read.map(({ values }) => (values.ok ? (values.value['idNumber'] ?? '') : ''));
  const keys = await register.personKeysByIdNumber(numbers);
  const lines = await mapBounded(read, READS_AT_ONCE, async ({ row, values }, index): Promise<TheirLine> => {
    const stated = parseYuan(cell(row, 'amount').trim());
    const base = { row: row.row, ...(stated.ok && { fen: stated.value }) };
    const faults = [...row.faults, ...(values.ok ? [] : values.error)];
    if (!values.ok || faults.length > 0) {
      const said = (language: 'zh' | 'en') => faults.map((fault) => fault[language]).join('; ');
      return { ...base, unreadable: true, why: { zh: said('zh'), en: said('en') } };
    }
    const key = keys[index];
    const person = key === undefined ? undefined : await register.person(key);
    if (key === undefined || !person) return { ...base, why: NOT_IN_REGISTER };
    if (!sameName(values.value['name'] ?? '', person.record.legalName)) return { ...base, why: OTHER_NAME };
    const enrolment = (await reachableEnrolments(register, key, today)).findLast(
      (one) => one.programme === programme && one.jurisdiction === jurisdiction,
    );
    return enrolment ? { ...base, enrolment: enrolment.id } : { ...base, why: NOT_ENROLLED };
  });
  return { lines, names };
}

async function report(
  register: RegisterStore,
  lines: readonly ComparedLine[],
  names: ReadonlyMap<number, Named>,
  unmasked: boolean,
): Promise<string> {
  const subjects = lines.flatMap(({ row, enrolment }) =>
    row === undefined && enrolment !== undefined ? [subjectOf(enrolment)] : [],
  );
  const persons = await register.persons(subjects);
  const ofOurs = (enrolment: EnrolmentId | undefined): Named => {
    const key: PersonKey = enrolment === undefined ? '' : subjectOf(enrolment);
    const record = persons.get(key)?.record;
    return { name: record?.legalName ?? '', idNumber: record?.idNumber ?? '' };
  };
  const body = lines.map(({ result, row, enrolment, ours, theirs, why }) => {
    const named = (row === undefined ? undefined : names.get(row)) ?? ofOurs(enrolment);
    const { name, idNumber } = unmasked
      ? named
      : { name: maskName(named.name), idNumber: maskId(named.idNumber.trim()) };
    const cells = [
      RESULT_NAMES[result],
      String(row ?? ''),
      name,
      idNumber,
      enrolment ?? '',
      toYuan(ours),
      toYuan(theirs),
    ];
    return csvLine([...cells, why.zh, why.en]);
  });
  return BYTE_ORDER_MARK + csvLine(HEADINGS) + body.join('');
}

const HEADINGS = [
  '结果',
  '名册行号',
  '姓名',
  '身份证号',
  '对象编号',
  '本系统金额',
  '名册金额',
  '原因',
  'Reason',
];
const RESULT_NAMES: Record<ComparedLine['result'], string> = {
  same: '一致',
  amount: '金额不同',
  'only-here': '仅本系统',
  'only-there': '仅名册',
  duplicate: '名册重复',
  unreadable: '名册无法读取',
};
const NOT_IN_REGISTER = { zh: '对象信息库中没有此人', en: 'not in the register' };
const OTHER_NAME = { zh: '与对象信息库中的姓名不一致', en: 'the register has another name for this number' };
const NOT_ENROLLED = { zh: '不在本项目的保障对象中', en: 'not enrolled in this programme' };
