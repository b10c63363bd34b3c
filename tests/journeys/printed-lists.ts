import { fen } from '../../domain/money.ts';
import type { Run } from '../../domain/run/run.ts';
import type { OpenItem } from '../../domain/unpaid/open-list.ts';
import { bankQuerySheet } from '../../functions/api/bank-sheets.ts';
import { caseSheet } from '../../functions/api/case-pages.ts';
import { LIST_STYLE } from '../../functions/api/list-style.ts';
import { noticeList } from '../../functions/api/notice-list.ts';
import { openPaymentsSheet } from '../../functions/api/open-payments-sheet.ts';

const ROWS = 40;
const rows = <T>(row: (index: number) => T): T[] => Array.from({ length: ROWS }, (_, index) => row(index));
const STREET = '110199001';
const streets = new Map([[STREET, '永宁街道']]);
const person = '7Z3K9QX2M4BT';
const enrolment = `GL-${person}-1`;
const since = '2026-12-02';
const manifest = {
  programme: 'high-age',
  period: '2026-12',
  round: 'R',
  payerAccount: '11019900000000000001',
};
const run = { runId: '110199.high-age.2026-12.R.1', manifest } as unknown as Run;

const queries = rows((index) => ({
  kind: 'unanswered' as const,
  payment: `2026-12_R_${enrolment}`,
  attempt: 1,
  endToEndId: `202612-R-1-${enrolment}`,
  fen: fen(30_000),
  file: 'DF_110199_GL_202612R_0001.txt',
  line: index + 1,
  since,
}));
const open = rows(
  (): OpenItem => ({
    kind: 'failed',
    payment: `2026-12_R_${enrolment}`,
    attempt: 1,
    programme: 'high-age',
    enrolment,
    runId: run.runId,
    street: STREET,
    fen: fen(30_000),
    reason: 'CARD_NOT_ACTIVE',
    since,
    retryClass: 'hold',
    nextStep: 'hold',
    workingDays: 7,
    band: 'to-10',
    overdue: true,
    lateSuccess: false,
  }),
);
const cases = rows((index) => ({
  caseId: `${enrolment}.low-income-warning.${index + 1}` as const,
  kind: 'low-income-warning' as const,
  enrolment,
  street: STREET,
  hold: true,
  state: 'assigned' as const,
  openedAt: '2026-12-02T02:00:00.000Z',
  waitsSince: '2026-12-02T02:00:00.000Z',
  sources: 1,
  sequence: 1,
  due: '2026-12-09',
  overdue: true,
}));

/** Lists that are printed, each of forty rows as long as rows get, by name. */
export const PRINTED_LISTS: Readonly<Record<string, string>> = {
  银行查询清单: bankQuerySheet(run, queries, { asOf: since, more: false }),
  退票处理清单: openPaymentsSheet({
    jurisdiction: '110199',
    asOf: since,
    items: open,
    stuck: [],
    persons: new Map([[person, { personKey: person, name: '阿****' }]]),
    streets,
  }),
  疑点清单: caseSheet(
    {
      programme: 'high-age',
      jurisdiction: '110199',
      today: since,
      filter: { state: 'open', street: STREET },
      cases,
      names: new Map([[person, '阿****']]),
      streets,
    },
    LIST_STYLE,
  ),
  公示名单: noticeList({
    manifest,
    street: { code: STREET, name: '永宁街道' },
    rows: rows(() => ({ name: '阿依古丽·麦麦提', fen: fen(30_000) })),
  }),
};
