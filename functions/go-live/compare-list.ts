import type { Bilingual } from '../../domain/bilingual.ts';
import type { PlainDate } from '../../domain/calendar.ts';
import {
  type ComparisonTotals,
  compareLists,
  comparisonTotals,
  type OurLine,
  type TheirLine,
} from '../../domain/go-live/parallel.ts';
import { membershipOn } from '../../domain/household/membership.ts';
import { type EnrolmentId, subjectOf } from '../../domain/ids.ts';
import { parseYuan, ZERO } from '../../domain/money.ts';
import { sameName } from '../../domain/person-name.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { renderStep } from '../../domain/programmes/sentences.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import { readRow } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import { reachableEnrolments } from '../register/reachable-enrolments.ts';
import type { ReadRow } from '../register/read-row.ts';
import type { ShardDone } from '../run/compute.ts';
import type { RunPorts } from '../run/ports.ts';
import { readDrafts } from '../run/read-drafts.ts';
import { comparisonReport, type Named } from './comparison-report.ts';
import { type BureauList, readBureauList } from './read-bureau-list.ts';

type ComparePorts = Pick<RunPorts, 'runs' | 'drafts' | 'clock'> & {
  readonly register: RegisterStore;
  readonly files: Pick<ObjectStore, 'put' | 'head' | 'range'>;
};
/** What staff ask of a parallel run; `list` is the key of an uploaded file. */
export type Comparisons = {
  readonly compareList: (run: Run, list: string, unmasked: boolean) => Promise<Result<Compared>>;
};
type Compared = { readonly totals: ComparisonTotals; readonly objectKey: string };
const READS_AT_ONCE = 16;
const PERSONS_AT_ONCE = 250;

/**
 * Compares a parallel run with the bureau's own list and writes the report, line by line. Names and numbers are masked in it, unless
 * those of the list itself are asked for. Refusals: `conflict/run-state`, and those of `readBureauList`.
 */
export async function compareList(
  ports: ComparePorts,
  run: Run,
  list: string,
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
  const sheet = await readBureauList(ports.files, list);
  if (!sheet.ok) return sheet;
  const ours = await ourLines(ports, run);
  const theirs = await theirLines(ports, run, sheet.value, ours);
  const lines = compareLists(ours, theirs.lines);
  const csv = await comparisonReport(ports.register, lines, theirs.names, unmasked);
  const objectKey = `parallel/${run.manifest.jurisdiction}/${run.runId}/${sha256Hex(csv)}.csv`;
  await ports.files.put(objectKey, Buffer.from(csv, 'utf8'), 'text/csv');
  return ok({ totals: comparisonTotals(lines), objectKey });
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
    for (const draft of await readDrafts(ports, run, shard)) {
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

type ReadLine = { readonly row: ReadRow; readonly values: ReturnType<typeof readRow> };

/** Rows of the list with whom they mean; persons are opened some at a time. */
async function theirLines(
  ports: ComparePorts,
  { manifest }: Run,
  { columnIds, rows }: BureauList,
  ours: readonly OurLine[],
): Promise<{ lines: TheirLine[]; names: ReadonlyMap<number, Named> }> {
  const today = ports.clock.today();
  const context = { jurisdiction: manifest.jurisdiction, today };
  const cell = (row: ReadRow, id: string) => row.cells[columnIds.indexOf(id)] ?? '';
  const names = new Map(
    rows.map((row) => [row.row, { name: cell(row, 'name'), idNumber: cell(row, 'idNumber') }]),
  );
  const bySubject = new Map(ours.map(({ enrolment }) => [subjectOf(enrolment), enrolment]));
  const lines: TheirLine[] = [];
  for (let at = 0; at < rows.length; at += PERSONS_AT_ONCE) {
    const read = rows
      .slice(at, at + PERSONS_AT_ONCE)
      .map((row) => ({ row, values: readRow('bureau-list', columnIds, row.cells, context) }));
    const people = await personsOf(ports.register, read);
    const some = await mapBounded(read, READS_AT_ONCE, async ({ row, values }, index): Promise<TheirLine> => {
      const stated = parseYuan(cell(row, 'amount').trim());
      const base = { row: row.row, ...(stated.ok && { fen: stated.value }) };
      const faults = [...row.faults, ...(values.ok ? [] : values.error)];
      if (!values.ok || faults.length > 0) {
        const said = (language: 'zh' | 'en') => faults.map((fault) => fault[language]).join('; ');
        return { ...base, unreadable: true, why: { zh: said('zh'), en: said('en') } };
      }
      const person = people[index];
      if (!person) return { ...base, why: NOT_IN_REGISTER };
      if (!sameName(values.value['name'] ?? '', person.record.legalName)) return { ...base, why: OTHER_NAME };
      const enrolment = await enrolmentOf(ports.register, person, { manifest, bySubject, today });
      return enrolment === undefined ? { ...base, why: NOT_ENROLLED } : { ...base, enrolment };
    });
    lines.push(...some);
  }
  return { lines, names };
}

/** In the order of the rows; undefined where the number is of nobody in the register. */
async function personsOf(
  register: RegisterStore,
  read: readonly ReadLine[],
): Promise<(PersonDocument | undefined)[]> {
  const numbers = read.map(({ values }) => (values.ok ? (values.value['idNumber'] ?? '') : ''));
  const keys = await register.personKeysByIdNumber(numbers);
  const persons = await register.persons(keys.flatMap((key) => key ?? []));
  return keys.map((key) => persons.get(key ?? ''));
}

/** The enrolment of a person or of their household; for those with a line of ours no more is read. */
async function enrolmentOf(
  register: RegisterStore,
  { record }: PersonDocument,
  {
    manifest,
    bySubject,
    today,
  }: {
    readonly manifest: Run['manifest'];
    readonly bySubject: ReadonlyMap<string, EnrolmentId>;
    readonly today: PlainDate;
  },
): Promise<EnrolmentId | undefined> {
  const { jurisdiction, programme } = manifest;
  const household = membershipOn(record.facts, today)?.household;
  const ours = bySubject.get(record.personKey) ?? bySubject.get(household ?? '');
  if (ours !== undefined) return ours;
  const reachable = await reachableEnrolments(register, record.personKey, today);
  return reachable.findLast((one) => one.programme === programme && one.jurisdiction === jurisdiction)?.id;
}

const NOT_IN_REGISTER = { zh: '对象信息库中没有此人', en: 'not in the register' };
const OTHER_NAME = { zh: '与对象信息库中的姓名不一致', en: 'the register has another name for this number' };
const NOT_ENROLLED = { zh: '不在本项目的保障对象中', en: 'not enrolled in this programme' };
