import type { PlainDate } from '../../calendar.ts';
import { type Fen, fen, toYuan } from '../../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { Statement, StatementEntry } from '../statement.ts';
import { type EntryDetail, readDetail, readEntry } from './camt-entry.ts';
import { codeOf, dayOf, readAccount, readBalance, readDay } from './values.ts';
import { all, find, textAt, type XmlElement, type XmlReading } from './xml.ts';

/** The statement of a day (对账单) and the advice of single entries (入账通知), as banks send them to the account's holder. */
export const CAMT_053 = 'camt.053.001.08';
export const CAMT_054 = 'camt.054.001.08';

const CONTENT: Readonly<Record<string, readonly [message: string, statement: string]>> = {
  [CAMT_053]: ['BkToCstmrStmt', 'Stmt'],
  [CAMT_054]: ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
};

/**
 * Reads statements and advices, one entry at a time; a booking of many payments hands over its payments one by one. Refused as a
 * whole when one entry cannot be read, or when the balances and the booked entries of a statement do not come out even: what is
 * incomplete must not be tied to anything.
 */
export function statementReading(): XmlReading<readonly Statement[]> {
  const entriesOf = new Map<XmlElement, (StatementEntry | undefined)[]>();
  let details: (EntryDetail | undefined)[] = [];
  return {
    messages: [CAMT_053, CAMT_054],
    records: new Set(['Ntry', 'TxDtls']),
    take: (record, parent) => {
      if (record.name === 'TxDtls') {
        details.push(readDetail(record));
        return;
      }
      const entries = entriesOf.get(parent) ?? [];
      // Within its statement: the same statement may come alone or among others.
      entries.push(readEntry(record, entries.length + 1, details));
      entriesOf.set(parent, entries);
      details = [];
    },
    finish: (document, message) => {
      const [content = '', name = ''] = CONTENT[message] ?? [];
      const found = all(find(document, content), name);
      const read = found.map((statement) =>
        readStatement(statement, message, entriesOf.get(statement) ?? []),
      );
      const refused = read.find((statement) => !statement.ok);
      if (refused) return refused;
      if (read.length === 0) return refuse(wrongStatement(name));
      return ok(read.flatMap((statement) => (statement.ok ? [statement.value] : [])));
    },
  };
}

function readStatement(
  found: XmlElement,
  message: string,
  entries: readonly (StatementEntry | undefined)[],
): Result<Statement> {
  const account = readAccount(find(found, 'Acct'));
  const currency = textAt(found, 'Acct', 'Ccy');
  if (!/^[0-9A-Z]{1,34}$/.test(account) || (currency !== '' && currency !== 'CNY'))
    return refuse(wrongStatement('Acct'));
  const unreadable = entries.indexOf(undefined);
  if (unreadable !== -1) return refuse(wrongStatement(`Ntry ${unreadable + 1}`));
  const number = textAt(found, 'ElctrncSeqNb');
  if (number !== '' && !/^\d{1,9}$/.test(number)) return refuse(wrongStatement('ElctrncSeqNb'));
  const [opening, closing] = (['OPBD', 'CLBD'] as const).map((code) => balanceOf(found, code));
  if (message === CAMT_053 && (!opening || !closing)) return refuse(wrongStatement('OPBD, CLBD'));
  const days = periodOf(found, opening?.on, closing?.on);
  if (!days) return refuse(wrongStatement('FrToDt'));
  const statement: Statement = {
    account,
    ...(number !== '' && { sequence: Number(number) }),
    ...days,
    ...(opening && { opening: opening.fen }),
    ...(closing && { closing: closing.fen }),
    entries: entries.filter((entry) => entry !== undefined),
  };
  const wrong = wrongBalance(statement);
  return wrong ? refuse(wrong) : ok(statement);
}

function balanceOf(
  found: XmlElement,
  code: string,
): { readonly fen: Fen; readonly on: PlainDate } | undefined {
  const balance = all(found, 'Bal').find((candidate) => codeOf(candidate, 'Tp', 'CdOrPrtry') === code);
  const [amount, on] = [readBalance(balance), readDay(find(balance, 'Dt'))];
  return amount === undefined || on === undefined ? undefined : { fen: amount, on };
}

/** What the statement says it covers; else the days of its balances; of an advice, the day on which it was written. */
function periodOf(
  found: XmlElement,
  openedOn: PlainDate | undefined,
  closedOn: PlainDate | undefined,
): Pick<Statement, 'from' | 'to'> | undefined {
  const stated = find(found, 'FrToDt');
  const written = dayOf(textAt(found, 'CreDtTm'));
  const from = stated ? dayOf(textAt(stated, 'FrDtTm')) : (openedOn ?? written);
  const to = stated ? dayOf(textAt(stated, 'ToDtTm')) : (closedOn ?? written);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

/** Opening balance + booked credits − booked debits = closing balance, or why not. */
function wrongBalance({ opening, closing, entries }: Statement): Refusal | undefined {
  if (opening === undefined || closing === undefined) return undefined;
  const booked = entries.filter((entry) => entry.booked);
  const computed = booked.reduce(
    (balance, entry) => fen(entry.side === 'credit' ? balance + entry.fen : balance - entry.fen),
    opening,
  );
  if (computed === closing) return undefined;
  return refusal(
    'invalid/statement-balance',
    `对账单不平：期初余额加减各笔后为 ${toYuan(computed)} 元，写明的期末余额为 ${toYuan(closing)} 元；请向银行重新索取`,
    `the statement does not come out even: opening balance and entries make ${toYuan(computed)} yuan, the closing balance is ${toYuan(closing)}; ask the bank for it again`,
    { computed: toYuan(computed), stated: toYuan(closing) },
  );
}

function wrongStatement(part: string): Refusal {
  return refusal(
    'invalid/statement',
    `对账单的“${part}”缺失或无法读取：请核对文件，或向银行重新索取`,
    `"${part}" of the statement is missing or cannot be read: check the file, or ask the bank for it again`,
    { part },
  );
}
