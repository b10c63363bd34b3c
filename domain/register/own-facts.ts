import type { PlainDate } from '../calendar.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type FactColumn, isFactColumn, type ProgrammeColumns } from './fact-columns.ts';
import { isFactValue } from './fact-values.ts';
import { type Fact, latestFact } from './facts.ts';
import { factOfRow, type RowOrigin } from './sheet-person.ts';
import type { RowFault, RowValues } from './sheets.ts';

/** What a row says in a programme's own columns: a value of a kind, and from when it holds where the row names the day. */
export type OwnFact = Pick<FactColumn['fact'], 'of' | 'kind'> & {
  readonly value: string;
  /** `known`: as far back as anyone knows when it is the first; `sheet`: from the day of the sheet. */
  readonly from: 'known' | 'sheet' | PlainDate;
};

/** Faults: a value without the day it holds from, a day without a value, a value that the kind does not have. */
export function ownFactsOf(
  values: RowValues,
  own: ProgrammeColumns,
): Result<readonly OwnFact[], readonly RowFault[]> {
  const faults: RowFault[] = [];
  const stated: OwnFact[] = [];
  const read = new Set<string>();
  const cells = seen(values, read);
  for (const [id, column] of Object.entries(own)) {
    if (!isFactColumn(column)) continue;
    const fact = ownFact(cells, values[id], column, own);
    if (!fact) continue;
    if (fact.ok) stated.push(fact.value);
    else faults.push(fact.error);
  }
  faults.push(...alone(values, own, read));
  return faults.length > 0 ? refuse(faults) : ok(stated);
}

/** The same cells, with a note of which were looked at. */
function seen(values: RowValues, read: Set<string>): RowValues {
  return new Proxy(values, {
    get: (cells, id) => {
      if (typeof id !== 'string') return undefined;
      read.add(id);
      return cells[id];
    },
  });
}

/** What is filled and nothing looked at: the column that it completes is empty, and it would be lost without a word. */
function alone(values: RowValues, own: ProgrammeColumns, read: ReadonlySet<string>): RowFault[] {
  return Object.entries(own).flatMap(([id, column]) =>
    isFactColumn(column) || values[id] === undefined || read.has(id)
      ? []
      : [
          {
            column: column.zh,
            zh: '填写了此格，须同时填写与它配套的一格',
            en: `${column.en} goes with another column, which is empty`,
          },
        ],
  );
}

function ownFact(
  values: RowValues,
  cell: string | undefined,
  { zh, en, fact: { of, kind, from, value: compose } }: FactColumn,
  own: ProgrammeColumns,
): Result<OwnFact, RowFault> | undefined {
  const dating = typeof from === 'string' ? undefined : from.column;
  const day = dating === undefined ? undefined : values[dating];
  const named = dating === undefined ? undefined : own[dating];
  if (cell === undefined) {
    if (day === undefined || !named || isFactColumn(named) || isUsed(values, dating, own)) return undefined;
    return refuse({
      column: zh,
      zh: `填写了“${named.zh}”，必须同时填写“${zh}”`,
      en: `${en} must be given with ${named.en}`,
    });
  }
  const value = compose ? compose(values) : ok(cell);
  if (!value.ok) return refuse({ column: zh, zh: value.error.zh, en: `${en}: ${value.error.en}` });
  if (!isFactValue(kind, value.value))
    return refuse({ column: zh, zh: '不是可填的内容', en: `${en}: not a value there can be` });
  const stated = { of, kind, value: value.value };
  if (typeof from === 'string') return ok({ ...stated, from: from === 'stated' ? 'sheet' : 'known' });
  if (day !== undefined) return ok({ ...stated, from: day });
  // What is taken back needs no day of its own.
  if (value.value === '') return ok({ ...stated, from: 'sheet' });
  return refuse({
    column: named?.zh ?? zh,
    zh: `填写了“${zh}”，必须同时填写它自哪一天起的日期`,
    en: `${named?.en ?? en} must be given with ${en}`,
  });
}

/** Whether a day dates a value of this row: several values may share the column of it. */
function isUsed(values: RowValues, dating: string | undefined, own: ProgrammeColumns): boolean {
  // Only whether they are filled matters: nothing is read of them.
  return Object.entries(own).some(
    ([id, column]) =>
      isFactColumn(column) &&
      typeof column.fact.from !== 'string' &&
      column.fact.from.column === dating &&
      Object.hasOwn(values, id) &&
      values[id] !== undefined,
  );
}

/**
 * Adds what the row says anew of the person or of the enrolment; the same list when it says nothing new. What the register
 * learned after the sheet was asked for stands.
 *
 * @param known the day back to which a first statement reaches: birth of the person, application of the enrolment
 */
export function withOwnFacts(
  before: readonly Fact[],
  stated: readonly OwnFact[],
  of: OwnFact['of'],
  known: PlainDate,
  origin: RowOrigin,
): readonly Fact[] {
  let facts = before;
  for (const { of: whose, kind, value, from } of stated) {
    const last = latestFact(facts, kind);
    const late = last && last.by !== origin.importId && last.recordedAt > origin.requestedAt;
    if (whose !== of || late || (!last && value === '')) continue;
    const first = last ? origin.requestedOn : known;
    const dated = from !== 'known' && from !== 'sheet';
    // Taken back since the day that the row names: it is back, and not for the days in which it was not.
    const isBack = dated && last?.value === '' && last.validFrom > from;
    const validFrom = from === 'known' ? first : dated && !isBack ? from : origin.requestedOn;
    if (dated ? isOnRecord(facts, { kind, value, validFrom }) : last?.value === value) continue;
    facts = [...facts, factOfRow(kind, value, validFrom, origin)];
  }
  return facts;
}

/** Whether the last that was said of the day is this value. */
function isOnRecord(
  facts: readonly Fact[],
  { kind, value, validFrom }: Pick<Fact, 'kind' | 'value' | 'validFrom'>,
): boolean {
  const ofDay = facts.filter((fact) => fact.kind === kind && fact.validFrom === validFrom);
  return latestFact(ofDay, kind)?.value === value;
}
