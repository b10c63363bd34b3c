import {
  DEATH_COLUMNS,
  type DeathColumn,
  REGISTER_COLUMNS,
  type RegisterColumn,
} from '../../../domain/register/columns.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/register/csv-cells.ts';
import type { SamplePerson } from './people.ts';

/** The text of one row by column; what is not named is empty. */
export type RegisterCells = Partial<Record<RegisterColumn, string>>;
export type DeathCells = Partial<Record<DeathColumn, string>>;

const REGISTER_SHEET: readonly RegisterColumn[] = [
  'name',
  'idNumber',
  'phone',
  'street',
  'streetName',
  'appliedOn',
  'identityClass',
  'payeeName',
  'payeeIdNumber',
  'account',
  'bankName',
  'stopMonth',
  'note',
];
const DEATH_SHEET: readonly DeathColumn[] = ['idNumber', 'name', 'diedOn', 'kind', 'list', 'note'];

/** The row of the register sheet that says what a person is. */
export function registerCells(person: SamplePerson): RegisterCells {
  return {
    name: person.name,
    idNumber: person.idNumber,
    phone: person.phone,
    street: person.street.code,
    streetName: person.street.name,
    appliedOn: person.appliedOn,
    identityClass: person.identityClass,
    payeeName: person.payee?.name ?? '',
    payeeIdNumber: person.payee?.idNumber ?? '',
    account: person.account,
    bankName: person.street.bank,
    stopMonth: person.stopMonth ?? '',
    note: person.note ?? '',
  };
}

/** CSV in UTF-8 as spreadsheets write it. Row 1 has the headings, so that the first of `rows` is row 2. */
export function registerSheet(rows: readonly RegisterCells[]): string {
  return (
    BYTE_ORDER_MARK +
    csvLine(REGISTER_SHEET.map((column) => REGISTER_COLUMNS[column].zh)) +
    rows.map((row) => csvLine(REGISTER_SHEET.map((column) => row[column] ?? ''))).join('')
  );
}

export function deathSheet(rows: readonly DeathCells[]): string {
  return (
    BYTE_ORDER_MARK +
    csvLine(DEATH_SHEET.map((column) => DEATH_COLUMNS[column].zh)) +
    rows.map((row) => csvLine(DEATH_SHEET.map((column) => row[column] ?? ''))).join('')
  );
}

/** The row number that a spreadsheet shows for the n-th row below the headings, n from 0. */
export const sheetRow = (index: number): number => index + 2;
