import { ok, type Result } from '../result.ts';
import type { Column } from './columns.ts';
import type { EnrolmentFactKind, PersonFactKind } from './facts.ts';
import type { RowValues } from './sheets.ts';

/**
 * A column of a programme's own on the register sheet: what its cells say becomes a dated fact. A value that is on record
 * already writes nothing; another value is a later fact beside it. An empty cell says nothing.
 */
export type FactColumn = Column & { readonly fact: ColumnFact };

type ColumnFact = {
  /** Whose fact it is: of the person the row is about, or of the enrolment. */
  readonly of: 'person' | 'enrolment';
  readonly kind: PersonFactKind | EnrolmentFactKind;
  /**
   * From when a value holds. `first-known`: the first statement as far back as anyone knows (birth of the person,
   * application of the enrolment), a later one from the day of the sheet. `stated`: each from the day of the sheet.
   * `column`: from the date in that column of the same row, which must be filled where a value is stated.
   */
  readonly from: 'first-known' | 'stated' | { readonly column: string };
  /**
   * Puts the value together from several cells of the row, all read by their columns; absent where this cell is the value.
   * A refusal is shown as a fault of this column.
   */
  readonly value?: (cells: RowValues) => Result<string>;
};

/** Columns by id: those that become facts, and those that only date or complete them (plain columns). */
export type ProgrammeColumns = Readonly<Record<string, Column | FactColumn>>;

export function isFactColumn(column: Column | FactColumn): column is FactColumn {
  return 'fact' in column;
}

const WITHDRAWN = ['无', '撤销', 'none', 'withdrawn'];

/** Reads cells that may also take a value back (无、撤销): the value is "" then, as of kinds whose values may be empty. */
export function orWithdrawn(parse: Column['parse']): Column['parse'] {
  return (cell, context) => (WITHDRAWN.includes(cell.toLowerCase()) ? ok('') : parse(cell, context));
}
