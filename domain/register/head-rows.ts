import { comparableName } from '../person-name.ts';
import { HEAD_COLUMNS, type HouseholdColumn, RELATION_WORDS } from './household-columns.ts';

/**
 * Gives the rows of a household what only the row of its head says. Rows are seen in the order of the sheet; afterwards each
 * stands for itself, whichever chunk it comes into.
 */
export class HeadRows {
  readonly #ids: readonly string[];
  #head: readonly string[] | undefined;

  constructor(columnIds: readonly string[]) {
    this.#ids = columnIds;
  }

  carry(cells: readonly string[]): readonly string[] {
    const at = (id: HouseholdColumn) => (cells[this.#ids.indexOf(id)] ?? '').trim();
    const isHead = RELATION_WORDS[at('relation')] === 'head';
    const own: Partial<Record<string, string>> = isHead
      ? { headName: at('name'), headIdNumber: at('idNumber') }
      : {};
    const before = this.#head;
    const headId = this.#ids.indexOf('headIdNumber');
    const continues = !isHead && before && ['', before[headId]].includes(at('headIdNumber'));
    const carried = this.#ids.map((id, index) => {
      const cell = cells[index] ?? '';
      if (cell.trim() !== '' || !Object.hasOwn(HEAD_COLUMNS, id)) return cell;
      return own[id] ?? (continues ? (before[index] ?? '') : cell);
    });
    const all = [...carried, ...cells.slice(this.#ids.length)];
    if (isHead) this.#head = all;
    return all;
  }
}

/** What the rows of a household must agree on; a word per column of the household. */
export function householdContent(columnIds: readonly string[], cells: readonly string[]): string {
  const said = (id: string, cell: string) => (isPersonName(id) ? comparableName(cell) : cell.trim());
  return JSON.stringify(
    columnIds.map((id, index) => (Object.hasOwn(HEAD_COLUMNS, id) ? said(id, cells[index] ?? '') : '')),
  );
}

/** Columns with the name of a person, in whichever sheet. */
export function isPersonName(columnId: string): boolean {
  return PERSON_NAMES.has(columnId);
}

const PERSON_NAMES: ReadonlySet<string> = new Set(['name', 'headName', 'payeeName']);
