import { parseDate } from '../calendar.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { Papers } from '../street/papers.ts';
import { pastDate } from './column-words.ts';
import type { Column, RowContext } from './columns.ts';
import type { RowFault, RowValues } from './sheets.ts';

const NUMBER_LENGTH_MAX = 60;

function documentNumber(cell: string): Result<string> {
  return parseDocumentNumber(cell, NUMBER_LENGTH_MAX);
}

function reviewClass(cell: string): Result<string> {
  if (/^[a-z][a-z-]{0,39}$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/review-class',
      '复核类别应为政策库中的代码，例如 stable',
      'the class of review is a code of the policy, e.g. stable',
    ),
  );
}

function community(cell: string, { jurisdiction }: RowContext): Result<string> {
  if (/^\d{12}$/.test(cell) && cell.startsWith(jurisdiction)) return ok(cell);
  return refuse(
    refusal(
      'invalid/community',
      `社区代码应为以 ${jurisdiction} 开头的12位半角数字`,
      `a community code is twelve digits that begin with ${jurisdiction}`,
    ),
  );
}

/** 审批材料: the papers of an enrolment, its community, and when it is to be reviewed. All of them may be left out. */
export const PAPER_COLUMNS = {
  community: {
    zh: '社区代码',
    en: 'Community code',
    aliases: ['村居代码'],
    content: 'digits',
    parse: community,
  },
  acceptedOn: { zh: '受理日期', en: 'Accepted on', content: 'date', parse: pastDate },
  checkReport: { zh: '核对报告编号', en: 'Check report', parse: documentNumber },
  checkedOn: { zh: '核对报告日期', en: 'Checked on', content: 'date', parse: pastDate },
  publicityFrom: { zh: '公示起', en: 'Publicity from', content: 'date', parse: parseDate },
  publicityTo: { zh: '公示止', en: 'Publicity to', content: 'date', parse: parseDate },
  decisionNumber: { zh: '审核确认文号', en: 'Decision number', parse: documentNumber },
  decidedOn: { zh: '审核确认日期', en: 'Decided on', content: 'date', parse: pastDate },
  reviewClass: { zh: '复核类别', en: 'Class of review', parse: reviewClass },
  reviewedOn: { zh: '复核日期', en: 'Reviewed on', content: 'date', parse: pastDate },
  nextReview: { zh: '下次复核日期', en: 'Next review', content: 'date', parse: parseDate },
} as const satisfies Record<string, Column>;

/** The papers that a row states. Faults: a half of what belongs together, a next review without sense. */
export function papersOf(values: RowValues): Result<Papers, readonly RowFault[]> {
  const value = (id: keyof typeof PAPER_COLUMNS) => values[id];
  const faults: RowFault[] = [];
  const [from, to] = [value('publicityFrom'), value('publicityTo')];
  const [number, on] = [value('decisionNumber'), value('decidedOn')];
  const [reviewedOn, nextReview] = [value('reviewedOn'), value('nextReview')];
  if ((from === undefined) !== (to === undefined) || (from !== undefined && to !== undefined && to < from))
    faults.push({
      column: '公示止',
      zh: '公示起止须同时填写，止不早于起',
      en: 'publicity needs both days in order',
    });
  if ((number === undefined) !== (on === undefined))
    faults.push({
      column: '审核确认文号',
      zh: '文号和日期须同时填写',
      en: 'a decision needs its number and its date',
    });
  if (reviewedOn !== undefined && (nextReview === undefined || nextReview <= reviewedOn))
    faults.push({
      column: '下次复核日期',
      zh: '填写复核日期时，须填写晚于它的下次复核日期',
      en: 'with a review goes the date of the next one, which is later',
    });
  if (faults.length > 0) return refuse(faults);
  return ok({
    acceptedOn: value('acceptedOn'),
    checkReport: value('checkReport'),
    checkedOn: value('checkedOn'),
    publicity: from !== undefined && to !== undefined ? { from, to } : undefined,
    decision: number !== undefined && on !== undefined ? { number, on } : undefined,
    reviewClass: value('reviewClass'),
    reviewedOn,
    nextReview,
  });
}
