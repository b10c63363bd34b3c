import { ok, type Result } from '../result.ts';
import type { ProgrammeColumns } from './fact-columns.ts';
import { type MergedCells, type SheetRow, shownText } from './sheet-cell.ts';
import {
  type Columns,
  columnOf,
  LEFT_ALONE,
  NO_HEADING,
  readHeadings,
  type SheetKind,
  sheetColumns,
} from './sheets.ts';

/** Headings are looked for in so many rows from the top; titles and remarks stand above them. */
export const HEADING_SEARCH_ROWS = 40;

/** Where the headings of a sheet stand and what they say. */
export type Headings = {
  /** The one or two rows, as written, from column A. */
  readonly rows: readonly { readonly row: number; readonly texts: readonly string[] }[];
  readonly columnIds: readonly string[];
  /** One per column; a group's heading and the one below it put together where it takes both. */
  readonly texts: readonly string[];
  /** Rows above with something in them. */
  readonly titleRows: readonly number[];
};

/**
 * Finds the heading row, or two rows when headings stand under headings of groups: the place with the most columns that
 * we know. Refusal `invalid/headings` about that place, or about the whole when there is none.
 */
export function findHeadings(
  kind: SheetKind,
  rows: readonly SheetRow[],
  merges: readonly MergedCells[],
  own?: ProgrammeColumns,
): Result<Headings> {
  const columns = sheetColumns(kind, own);
  const written = rows
    .map(({ row, cells }) => ({ row, texts: cells.map(shownText) }))
    .filter(({ texts }) => texts.some((text) => text.trim() !== ''));
  let best: Place = { rows: [], texts: [], known: 1 };
  for (const [index, first] of written.entries()) {
    if (holdsData(first.texts)) continue;
    const second = written[index + 1];
    const places = [placeOf(columns, [first], first.texts)];
    if (second?.row === first.row + 1 && !holdsData(second.texts)) {
      places.push(placeOf(columns, [first, second], underGroups(columns, first, second.texts, merges)));
    }
    for (const place of places) if (isBetter(place, best)) best = place;
  }
  const texts = withoutBlankEnd(best.rows.length === 0 ? (written[0]?.texts ?? []) : best.texts);
  const columnIds = readHeadings(kind, texts, own);
  if (!columnIds.ok) return columnIds;
  const first = best.rows[0]?.row ?? 1;
  const titleRows = written.flatMap(({ row }) => (row < first ? [row] : []));
  return ok({ rows: best.rows, columnIds: columnIds.value, texts, titleRows });
}

type Place = {
  readonly rows: Headings['rows'];
  readonly texts: readonly string[];
  readonly known: number;
};

/** One row before two: above the headings there may be a title that is merged like a group. */
function isBetter(place: Place, best: Place): boolean {
  if (place.known !== best.known) return place.known > best.known;
  return place.rows.length < best.rows.length;
}

function placeOf(columns: Columns, rows: Headings['rows'], texts: readonly string[]): Place {
  const ids = texts.map((text) => columnOf(columns, text));
  const known = new Set(ids.filter((id) => id !== undefined && id !== NO_HEADING && id !== LEFT_ALONE));
  return { rows, texts, known: known.size };
}

/** Identity and account numbers stand in rows of data, never among headings. */
const holdsData = (texts: readonly string[]): boolean => texts.some((text) => /\d{14}/.test(text));

/**
 * 收款人 over 姓名 and 账号: 收款人姓名 where there is such a column, else the lower heading alone. A group reaches as
 * far as its merged cells, or in a file without any as far as nothing stands above.
 */
function underGroups(
  columns: Columns,
  groups: Headings['rows'][number],
  lower: readonly string[],
  merges: readonly MergedCells[],
): string[] {
  const known = (text: string): boolean => {
    const id = columnOf(columns, text);
    return id !== undefined && id !== NO_HEADING;
  };
  const merged = merges.filter(({ top, left, right }) => top === groups.row && right > left);
  let reaching = '';
  return Array.from({ length: Math.max(groups.texts.length, lower.length) }, (_, index) => {
    const above = (groups.texts[index] ?? '').trim();
    const below = (lower[index] ?? '').trim();
    if (above !== '') reaching = above;
    if (below === '') return above;
    const within = merged.find(({ left, right }) => left <= index && index <= right);
    const ofMerged = within && (groups.texts[within.left] ?? '').trim();
    const group = ofMerged ?? (merges.length > 0 ? above : reaching);
    return [group + below, below, group].find(known) ?? below;
  });
}

function withoutBlankEnd(texts: readonly string[]): string[] {
  const last = texts.findLastIndex((text) => text.trim() !== '');
  return texts.slice(0, last + 1);
}
