import { writeDayStatement } from '../../../domain/bank/iso20022/camt-writer.ts';
import { returnReason } from '../../../domain/bank/return-codes.ts';
import type { Statement, StatementEntry } from '../../../domain/bank/statement.ts';
import { fen, toYuan, ZERO } from '../../../domain/money.ts';

export type StatementFile = { readonly name: string; readonly bytes: Uint8Array };

const HEADINGS = '交易日期,借方金额,贷方金额,余额,流水号,批次号,对账码,摘要';

/** A statement as the table that banks let their customers download (CSV, UTF-8 with a byte order mark). */
export function statementTable(statement: Statement): StatementFile {
  const { account, sequence, from, to, opening = ZERO, closing = ZERO, entries } = statement;
  let balance = opening;
  const rows = entries.map((entry) => {
    const amount = toYuan(entry.fen);
    balance = fen(balance + (entry.side === 'credit' ? entry.fen : 0 - entry.fen));
    return [
      entry.bookedOn,
      entry.side === 'debit' ? amount : '',
      entry.side === 'credit' ? amount : '',
      toYuan(balance),
      plain(entry.serviceRef),
      entry.batch?.id ?? '',
      // A booking for many is one row; only a payment by itself has its id beside it.
      entry.batch ? '' : (entry.details[0]?.endToEndId ?? ''),
      summaryOf(entry),
    ].join(',');
  });
  const head = [
    `账号：${account}`,
    `对账单号：${sequence ?? ''}`,
    `起始日期：${from}`,
    `截止日期：${to}`,
    `期初余额：${toYuan(opening)}`,
    `期末余额：${toYuan(closing)}`,
  ];
  const text = `\uFEFF${[...head, HEADINGS, ...rows].join('\r\n')}\r\n`;
  return { name: `DZD_${to.replaceAll('-', '')}.csv`, bytes: new TextEncoder().encode(text) };
}

/** The same as camt.053.001.08. */
export function statementMessage(statement: Statement): StatementFile {
  const messageId = `STMT-${statement.to.replaceAll('-', '')}-${statement.sequence ?? 1}`;
  const createdAt = `${statement.to}T22:00:00.000Z`;
  return {
    name: `${messageId}.xml`,
    bytes: new TextEncoder().encode(writeDayStatement({ messageId, createdAt, statement })),
  };
}

/** Vouchers are named by people; a separator or quote in a name is none in the table. */
const plain = (text: string): string => text.replaceAll(/[,"\s]/g, ' ');

function summaryOf({ side, batch, returnOf, reason, details }: StatementEntry): string {
  if (returnOf) return `退汇 ${reason ? returnReason(reason).label.zh : ''}`.trim();
  if (side === 'debit') return batch ? '批量代发' : '代发';
  return details.length > 0 ? '代发未成功款' : '财政拨款';
}
