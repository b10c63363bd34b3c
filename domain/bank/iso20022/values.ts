import { chinaDate, isPlainDate, type PlainDate } from '../../calendar.ts';
import { type Fen, fen, parseYuan, toYuan } from '../../money.ts';
import type { XmlElement } from './xml.ts';
import { element, find, leaf, textAt } from './xml.ts';

/** Values that several messages share: amounts, dates, accounts and banks as they are written in China. */

const CURRENCY = 'CNY';

/** An amount in yuan with two decimals. */
export function amount(name: string, value: Fen): XmlElement {
  return { name, attributes: { Ccy: CURRENCY }, text: toYuan(value), children: [] };
}

/**
 * Reads an amount of more than zero in yuan; undefined for any other currency, and for decimals beyond the fen (CH20), of which the
 * schema allows five.
 */
export function readAmount(found: XmlElement | undefined): Fen | undefined {
  if (found?.attributes['Ccy'] !== CURRENCY) return undefined;
  const read = readSum(found.text.trim());
  return read !== undefined && read > 0 ? read : undefined;
}

/** Reads a control sum or an amount of zero or more; undefined when it is none in fen. "1350.500" is written by some banks. */
export function readSum(text: string): Fen | undefined {
  const read = parseYuan(text.replace(/(\.\d\d)0{1,3}$/, '$1'));
  return read.ok && read.value >= 0 ? read.value : undefined;
}

/** Reads a balance: zero or more, negative where it is a debit; undefined when it is none. */
export function readBalance(found: XmlElement | undefined): Fen | undefined {
  const stated = find(found, 'Amt');
  const read = stated?.attributes['Ccy'] === CURRENCY ? readSum(stated.text.trim()) : undefined;
  const side = textAt(found, 'CdtDbtInd');
  if (read === undefined || (side !== 'CRDT' && side !== 'DBIT')) return undefined;
  return side === 'DBIT' ? fen(0 - read) : read;
}

/** Reads a number of transactions. */
export function readNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** China has no IBAN: the account number stands under "other". */
export function account(
  name: string,
  number: string,
  ...rest: readonly (XmlElement | undefined)[]
): XmlElement {
  return element(name, element('Id', element('Othr', leaf('Id', number))), ...rest);
}

/** The account number, whether as "other" or, of a bank abroad, as IBAN. */
export function readAccount(found: XmlElement | undefined): string {
  return textAt(found, 'Id', 'Othr', 'Id') || textAt(found, 'Id', 'IBAN');
}

/** A bank by its CNAPS number (联行号); of a bank that is not named the schema still wants the element. */
export function agent(name: string, bankCode: string): XmlElement {
  return element(
    name,
    element(
      'FinInstnId',
      element('ClrSysMmbId', element('ClrSysId', leaf('Cd', 'CNAPS')), leaf('MmbId', bankCode)),
    ),
  );
}

export function readAgent(found: XmlElement | undefined): string {
  return textAt(found, 'FinInstnId', 'ClrSysMmbId', 'MmbId');
}

/** A choice of date and instant; undefined when there is neither, or none that exists. */
export function readDay(found: XmlElement | undefined): PlainDate | undefined {
  const date = textAt(found, 'Dt');
  if (date !== '') return isPlainDate(date) ? date : undefined;
  return dayOf(textAt(found, 'DtTm'));
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}):\d{2}:\d{2}(?:\.\d{1,9})?(Z|\+08:00)?$/;

/** The civil date in China of an instant; without a zone, or with China's own, it is the date that is written. */
export function dayOf(text: string): PlainDate | undefined {
  const [, date = '', , zone] = DATE_TIME.exec(text) ?? [];
  if (!isPlainDate(date)) return undefined;
  return zone === 'Z' ? chinaDate(text) : date;
}

/** A closed set of codes or the bank's own word for it. */
export function codeOf(found: XmlElement | undefined, ...path: readonly string[]): string {
  const choice = find(found, ...path);
  return textAt(choice, 'Cd') || textAt(choice, 'Prtry');
}
