import { type BankLayout, PIPE_GB18030 } from './layout.ts';

/** 总数在首行、逗号分隔、GBK: first line number and sum, then lines; the answer looks the same and is told by its name alone. */
const COMMA_TOTAL_FIRST: BankLayout = {
  id: 'comma-total-first-gbk',
  version: '01',
  separator: ',',
  encoding: 'gbk',
  newline: 'crlf',
  amountUnit: 'yuan',
  dates: 'dashed',
  sequenceDigits: 1,
  maxLines: 10_000,
  fileName: 'PLDF_{jurisdiction}_{programme}_{period}{round}_{number}.txt',
  resultSuffix: '_HP',
  resultName: 'before-extension',
  header: { columns: ['count', 'total'] },
  line: { columns: ['sequence', 'account', 'name', 'amount', 'summary'] },
  resultLine: { columns: ['sequence', 'account', 'name', 'amount', 'status', 'reason', 'booked-on'] },
  resultTotals: { place: 'first', cells: ['lines', 'total'] },
  statusCodes: { settled: ['成功'], failed: ['失败'], pending: ['处理中'], returned: ['退票', '退汇'] },
};

/** 序号|账号|户名|金额|跨行标识|行名|联行号|摘要|备注, nothing around it; the answer has the same name in another folder. */
const PIPE_COLUMNS: BankLayout = {
  id: 'pipe-columns-gbk',
  version: '01',
  separator: '|',
  encoding: 'gbk',
  newline: 'crlf',
  amountUnit: 'yuan',
  sequenceDigits: 1,
  maxLines: 5_000,
  fileName: 'DF{jurisdiction}_{programme}{period}{round}_{number}.txt',
  resultSuffix: '',
  resultName: 'same',
  line: {
    columns: [
      'sequence',
      'account',
      'name',
      'amount',
      'cross-bank',
      'empty',
      'bank-code',
      'summary',
      'end-to-end-id',
    ],
  },
  crossBank: { ownBank: '105', same: '0', other: '1' },
  resultLine: { columns: ['sequence', 'account', 'name', 'amount', 'status', 'reason', 'end-to-end-id'] },
  statusCodes: { settled: ['成功'], failed: ['失败'], pending: ['处理中'], returned: ['退票'] },
};

/** Tabs, 分 as integers, LF, files of up to 100,000 payments: machine to machine (银企直联 by file). */
const TAB_FEN: BankLayout = {
  id: 'tab-fen-gb18030',
  version: '01',
  separator: '\t',
  encoding: 'gb18030',
  newline: 'lf',
  amountUnit: 'fen',
  maxLines: 100_000,
  fileName: 'YQ_{jurisdiction}_{programme}_{period}{round}_{number}.dat',
  resultSuffix: '.ret',
  header: { columns: ['batch-number', 'pay-date', 'payer-account', 'count', 'total'] },
  line: { columns: ['end-to-end-id', 'account', 'name', 'amount', 'bank-code', 'summary'] },
  resultHeader: { columns: ['batch-number', 'result-date', 'instruction-file'] },
  resultLine: {
    columns: ['end-to-end-id', 'amount', 'status', 'return-code', 'reason', 'booked-on', 'bank-serial'],
  },
  resultTotals: {
    place: 'last',
    cells: ['lines', 'settled-count', 'settled-total', 'failed-count', 'failed-total', 'digest'],
  },
  statusCodes: { settled: ['00'], failed: ['01'], pending: ['02'], returned: ['03'] },
};

/** `|!` between columns, account and amount and nothing that is ours: answers are matched by account. */
const BAR_BANG: BankLayout = {
  id: 'bar-bang-gbk',
  version: '01',
  separator: '|!',
  encoding: 'gbk',
  newline: 'crlf',
  amountUnit: 'yuan',
  maxLines: 5_000,
  fileName: '{jurisdiction}_{programme}_{period}{round}_{number}_{date}.txt',
  resultSuffix: 'HP_',
  resultName: 'prefix',
  line: { columns: ['account', 'name', 'amount', 'summary'] },
  trailer: { marker: 'Z', columns: ['count', 'total'] },
  resultLine: { columns: ['account', 'name', 'amount', 'status', 'reason'] },
  resultTotals: { place: 'last', marker: 'Z', cells: ['lines', 'total'] },
  statusCodes: { settled: ['Y'], failed: ['N'], pending: ['W'], returned: ['T'] },
};

/**
 * Shapes that banks ask for, as starting points: no national standard exists. A district whose bank wants another writes its own
 * layout into the run parameter `bankFormat`.
 */
export const LAYOUTS: readonly BankLayout[] = [
  PIPE_GB18030,
  COMMA_TOTAL_FIRST,
  PIPE_COLUMNS,
  TAB_FEN,
  BAR_BANG,
];
