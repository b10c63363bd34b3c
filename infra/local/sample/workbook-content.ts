/** A workbook as somebody describes it, for the writers of .xlsx and, in the tests, .xls. */
export type FixtureCell =
  | string
  | number
  | boolean
  | undefined
  /** Serial number shown as a date. */
  | { readonly date: number }
  | { readonly error: string }
  /** Without a value: never computed. */
  | { readonly formula: string; readonly value?: string | number };

export type FixtureSheet = {
  readonly name?: string;
  readonly hidden?: boolean;
  /** From row 1; an empty row is left out of the file. */
  readonly rows: readonly (readonly FixtureCell[])[];
  /** As in A3:A5. */
  readonly merges?: readonly string[];
  readonly hiddenRows?: readonly number[];
  /** From 0. */
  readonly hiddenColumns?: readonly number[];
};

export type Fixture = {
  readonly sheets: readonly FixtureSheet[];
  readonly date1904?: boolean;
};
