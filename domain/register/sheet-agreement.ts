import { comparableName } from '../person-name.ts';
import { householdContent, isPersonName } from './head-rows.ts';
import { type Cells, plainCell, SHEETS, type SheetKind } from './sheets.ts';

/** What a row has in common with an earlier row of the same sheet. `firstRow` is the earlier one. */
export type RowClash = {
  readonly row: number;
  readonly firstRow: number;
  /**
   * repeat: says the same again; subject: says something else of the same person; name: another name for the same
   * identity number; account: another account for the same payee; household: something else of the same household; project: something
   * else under the same project number; occasion: the same subject and occasion of a grant.
   */
  readonly kind: 'repeat' | 'subject' | 'name' | 'account' | 'household' | 'project' | 'occasion';
};

/** Sheets in which the same person may stand in several rows. */
const NAMES_ALONE: readonly SheetKind[] = ['deaths', 'opening', 'bureau-list', 'matching'];
/** What a grant of a list is for, where that stands in the row. */
const OCCASION = ['disaster', 'from', 'to', 'schoolYear', 'year', 'work'];

/**
 * Whether the rows of one sheet agree with each other. It sees all rows in order, before any is recorded, so that which
 * row is in the right does not depend on which chunk is processed first: the first row stands, later ones are reported.
 * Holds personal data in memory only.
 */
export class SheetAgreement {
  readonly #kind: SheetKind;
  readonly #columnIds: readonly string[];
  readonly #digest: (content: string) => string;
  readonly #subjects = new Map<string, { row: number; content: string }>();
  readonly #households = new Map<string, { row: number; content: string }>();
  readonly #names = new Map<string, { row: number; name: string }>();
  readonly #accounts = new Map<string, { row: number; account: string }>();

  /** `digest` may shorten what a row says, so that a long sheet takes little memory; it must tell contents apart. */
  constructor(
    kind: SheetKind,
    columnIds: readonly string[],
    digest: (content: string) => string = (content) => content,
  ) {
    this.#kind = kind;
    this.#columnIds = columnIds;
    this.#digest = digest;
  }

  /** The first clash of a row with those seen before, if any. */
  see(row: number, cells: Cells): RowClash | undefined {
    const cell = (id: string): string => said(id, cells[this.#columnIds.indexOf(id)] ?? '');
    if (this.#kind === 'accounts') {
      // Two holders may share an account; each has one line.
      return this.#seeSubject(row, `${cell('oldAccount').replaceAll(' ', '')}|${cell('name')}`, cells);
    }
    if (this.#kind === 'projects') {
      const number = cell('number').toUpperCase();
      const clash = number === '' ? undefined : this.#seeSubject(row, number, cells);
      return clash?.kind === 'subject' ? { ...clash, kind: 'project' } : clash;
    }
    const idNumber = cell('idNumber').toUpperCase();
    if (idNumber === '') return undefined;
    const named = this.#seeName(row, idNumber, cell('name'));
    if (NAMES_ALONE.includes(this.#kind)) return named;
    if (this.#kind === 'grant-list') {
      // Who served numbers the orders, each its own.
      const order = cell('order') === '' ? [] : [cell('order'), cell('payeeIdNumber').toUpperCase()];
      const twice = this.#seeSubject(row, [idNumber, ...OCCASION.map(cell), ...order].join('|'), cells);
      return twice ? { ...twice, kind: 'occasion' } : named;
    }
    const head = cell('headIdNumber').toUpperCase();
    return (
      this.#seeSubject(row, idNumber, cells) ??
      named ??
      (head === '' ? undefined : this.#seeHousehold(row, head, cells)) ??
      this.#seePayee(row, head === '' ? idNumber : head, cell)
    );
  }

  /** Rows of one household say the same of it. */
  #seeHousehold(row: number, head: string, cells: Cells): RowClash | undefined {
    const content = this.#digest(householdContent(this.#columnIds, cells));
    const first = this.#households.get(head);
    if (!first) this.#households.set(head, { row, content });
    return first && first.content !== content ? { row, firstRow: first.row, kind: 'household' } : undefined;
  }

  #seeSubject(row: number, idNumber: string, cells: Cells): RowClash | undefined {
    const content = this.#digest(
      JSON.stringify(
        this.#columnIds.map((id, index) =>
          SHEETS[this.#kind][id]?.ignored ? '' : said(id, cells[index] ?? ''),
        ),
      ),
    );
    const first = this.#subjects.get(idNumber);
    if (!first) {
      this.#subjects.set(idNumber, { row, content });
      return undefined;
    }
    return { row, firstRow: first.row, kind: first.content === content ? 'repeat' : 'subject' };
  }

  #seePayee(row: number, idNumber: string, cell: (id: string) => string): RowClash | undefined {
    const payee = cell('payeeIdNumber').toUpperCase();
    const clash = payee === '' ? undefined : this.#seeName(row, payee, cell('payeeName'));
    if (clash) return clash;
    const account = cell('account').replaceAll(' ', '');
    const paid = payee === '' ? idNumber : payee;
    const first = this.#accounts.get(paid);
    if (!first) this.#accounts.set(paid, { row, account });
    return first && first.account !== account ? { row, firstRow: first.row, kind: 'account' } : undefined;
  }

  #seeName(row: number, idNumber: string, name: string): RowClash | undefined {
    if (name === '') return undefined;
    const first = this.#names.get(idNumber);
    if (!first) this.#names.set(idNumber, { row, name });
    return first && first.name !== name ? { row, firstRow: first.row, kind: 'name' } : undefined;
  }
}

/** What a cell says; of a name, however its dot was typed. */
function said(id: string, cell: string): string {
  const plain = plainCell(cell);
  return isPersonName(id) ? comparableName(plain) : plain;
}
