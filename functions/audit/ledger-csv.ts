import { stringify } from 'csv-stringify/sync';
import { isFunding, type JournalEntry } from '../../domain/ledger/funding.ts';
import type { LedgerText } from '../../domain/ledger/hledger.ts';
import { toYuan } from '../../domain/money.ts';

/** Column headings of the ledger export, Chinese first; the data dictionary of the file. */
export const LEDGER_COLUMNS = [
  '序号 entry',
  '类型 kind',
  '批次 run',
  '明细号 payment',
  '发放次序 attempt',
  '享受对象 enrolment',
  '科目 account',
  '借贷 side',
  '金额（元） amount CNY',
  '报盘文件 file',
  '行号 line',
  '原因 reason',
  '银行或发放日期 bank date',
  '银行流水 bank serial',
  '凭证 voucher',
  '系统外方式 means outside',
  '系统外凭据 evidence outside',
  '记账时间 recorded at',
  '记账人 recorded by',
  '内容摘要 content hash',
  '证据摘要 evidence hash',
  '前一摘要 previous hash',
] as const;

/** The ledger as CSV (UTF-8 with BOM, so that spreadsheet programs read it): one row per posting, no personal data. */
export function ledgerCsv(): LedgerText {
  let before = 0;
  return {
    head: rowsText([[...LEDGER_COLUMNS]], true),
    section(entries) {
      const rows = postingRows(entries, before);
      before += entries.length;
      return rowsText(rows, false);
    },
    foot: () => '',
  };
}

/** @param before entries in the sections before: they are numbered through */
function postingRows(entries: readonly JournalEntry[], before: number): (string | number)[][] {
  return entries.flatMap((entry, index) => {
    const paid = isFunding(entry) ? undefined : entry;
    return entry.postings.map(({ account, side, fen }) => [
      before + index + 1,
      entry.kind,
      entry.run,
      paid?.payment ?? '',
      paid?.attempt ?? '',
      paid?.enrolment ?? '',
      account,
      side,
      toYuan(fen),
      paid?.file ?? '',
      paid?.line ?? '',
      paid?.reason ?? paid?.decidedIn ?? '',
      isFunding(entry) ? entry.date : (entry.bankDate ?? ''),
      paid?.bankSerial ?? '',
      isFunding(entry)
        ? entry.voucher
        : (entry.recovery?.document ?? (entry.outside ?? entry.surrender)?.voucher ?? ''),
      paid?.outside?.means ?? '',
      (paid?.outside ?? paid?.surrender)?.evidence ?? '',
      entry.at,
      entry.by,
      entry.c,
      entry.h,
      entry.p,
    ]);
  });
}

function rowsText(rows: readonly (string | number)[][], bom: boolean): string {
  return stringify([...rows], { bom, escape_formulas: true, record_delimiter: 'windows' });
}
