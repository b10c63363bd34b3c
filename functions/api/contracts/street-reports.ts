import * as z from 'zod/mini';
import { CHANGE_COLUMNS } from '../../../domain/register/change-columns.ts';
import { REPORT_ID } from '../../../domain/street/report.ts';
import { REPORT_ROWS_MAX } from '../../../domain/street/report-commands.ts';
import type { Contract } from './contract.ts';
import {
  Count,
  DateText,
  HashText,
  InstantText,
  Names,
  OpaqueId,
  PeriodText,
  ProgrammeText,
  Reason,
  RoundText,
  StreetText,
  sentence,
} from './primitives.ts';

const ReportIdText = z.string().check(
  z.regex(REPORT_ID, {
    error: sentence('应为变动表编号，例如 110199001.high-age.2026-12.R', 'must be the id of a change report'),
  }),
  z.meta({
    description: '变动表编号 / the id of a change report',
    examples: ['110199001.high-age.2026-12.R'],
  }),
);
const VersionNumber = z
  .int()
  .check(z.positive(), z.meta({ description: '版本号 / number of the version', examples: [1] }));
const RowNumber = z
  .int()
  .check(z.positive(), z.meta({ description: '行号，从 1 起 / number of the row, from 1', examples: [1] }));
const seen = { version: VersionNumber, hash: HashText };

/** One text per column of the sheet, as a person would type it. */
const Cell = z.string().check(z.maxLength(200));
const RowInput = z
  .catchall(
    z.object(
      Object.fromEntries(
        Object.entries(CHANGE_COLUMNS)
          .filter(([, column]) => !('ignored' in column))
          .map(([id, column]) => [
            id,
            z.optional(Cell.check(z.meta({ description: `${column.zh} / ${column.en}` }))),
          ]),
      ),
    ),
    Cell,
  )
  .check(
    z.meta({
      id: 'StreetReportRowInput',
      description:
        '变动行，按列填写；项目自有的列（见该项目的变动表模板）按列名代码填写 / a row by its columns; those that the programme adds (see its template) by their ids',
    }),
  );

const ReturnedRow = z.strictObject({ row: RowNumber, reason: Reason });
const VersionView = z.strictObject({
  ...seen,
  rows: Count,
  nil: z.boolean().check(z.meta({ description: '零报告 / a nil report' })),
  preparedBy: OpaqueId,
  preparedAt: InstantText,
  signedBy: z.optional(OpaqueId),
  signedAt: z.optional(InstantText),
  decision: z.optional(
    z.strictObject({
      by: OpaqueId,
      at: InstantText,
      accepted: Count,
      returned: z.array(z.strictObject({ row: RowNumber, reason: z.string() })),
    }),
  ),
  register: z.optional(
    z.strictObject({
      at: InstantText,
      rows: z.array(
        z.strictObject({
          row: RowNumber,
          outcome: z.enum(['created', 'changed', 'unchanged', 'unmatched', 'rejected']),
          words: z.optional(Names),
        }),
      ),
    }),
  ),
});
const State = z.enum(['prepared', 'signed', 'accepted', 'returned']).check(
  z.meta({
    description:
      '待签报、待审收、已审收、有退回行 / waits for the street’s second person, waits for the district, accepted, has rows sent back',
  }),
);
export const StreetReportView = z
  .strictObject({
    reportId: ReportIdText,
    street: StreetText,
    programme: ProgrammeText,
    period: PeriodText,
    round: RoundText,
    state: State,
    submitted: z.boolean(),
    versions: z.array(VersionView),
  })
  .check(z.meta({ id: 'StreetReport', description: '街道月度变动表 / a street’s monthly change report' }));

const Listing = z.strictObject({
  reportId: ReportIdText,
  street: StreetText,
  round: RoundText,
  state: State,
  submitted: z.boolean(),
  version: VersionNumber,
});
const text = z.optional(z.string());
const RowView = z
  .strictObject({
    row: RowNumber,
    change: z.enum(['new', 'stop', 'change']),
    name: z.string(),
    idNumber: z.string(),
    phone: text,
    appliedOn: text,
    identityClass: text,
    payeeName: text,
    account: text,
    stopMonth: text,
    diedOn: text,
    toStreet: text,
    cause: text,
    residence: text,
    changedOn: text,
    community: text,
    acceptedOn: text,
    checkReport: text,
    checkedOn: text,
    publicityFrom: text,
    publicityTo: text,
    decisionNumber: text,
    decidedOn: text,
    reviewClass: text,
    reviewedOn: text,
    nextReview: text,
    own: z.optional(
      z
        .record(z.string(), z.string())
        .check(z.meta({ description: '项目自有的列 / what the programme’s own columns say' })),
    ),
  })
  .check(z.meta({ id: 'StreetReportRow', description: '变动行（脱敏） / a row, masked' }));

const ofReport = z.strictObject({ reportId: ReportIdText });

export const streetReportContracts = {
  prepareStreetReport: {
    summary: { zh: '填报月度变动表', en: 'Prepare a monthly change report' },
    notes: {
      zh: '由街道人员填报：rows（逐行）、uploadId（按模板上传的表）或 nil（零报告）三选一。更正退回的行时再填一次，成为新版本。有任何一行不对，整份不收，并逐格指出。截止日之后只能填下月或补充轮次。按户的项目（低保）每行写户主：新增须附受理、核对、公示（家庭成员由家庭名册或家庭事件登记），变更产生复核任务而不改变金额，停发写最后应发月份；成员身故填停发行的死亡日期，写该成员，不停发全户。',
      en: 'By staff of the street: one of rows, uploadId (the sheet) or nil. To correct rows that came back, prepare again: that is the next version. If any row is wrong nothing is taken, and every cell at fault is named. After the cut-off day only next month or a supplementary round. For a programme of households a row names the head: a new one brings acceptance, check report and publicity (members come by the household sheet or by events), a change opens a review and moves no money, a stop gives the last month due; the death of a member goes into a stop row that names that member, and stops nobody else.',
    },
    request: z.strictObject({
      programme: ProgrammeText,
      period: PeriodText,
      round: z.optional(RoundText),
      rows: z.optional(z.array(RowInput).check(z.minLength(1), z.maxLength(REPORT_ROWS_MAX))),
      uploadId: z.optional(OpaqueId),
      nil: z.optional(z.literal(true)),
    }),
    status: 201,
    response: StreetReportView,
  },
  listStreetReports: {
    summary: { zh: '一期的月度变动表', en: 'Change reports of a period' },
    notes: {
      zh: '街道人员只看到本街道。',
      en: 'Staff of a street see their own alone.',
    },
    query: z.strictObject({ programme: ProgrammeText, period: PeriodText }),
    status: 200,
    response: z.strictObject({ cutOff: z.optional(DateText), reports: z.array(Listing) }),
  },
  getStreetReport: {
    summary: { zh: '一份月度变动表', en: 'A change report' },
    params: ofReport,
    status: 200,
    response: StreetReportView,
  },
  listStreetReportRows: {
    summary: { zh: '变动表的行（脱敏）', en: 'Rows of a change report, masked' },
    params: ofReport,
    query: z.strictObject({
      version: z.optional(
        z
          .string()
          .check(
            z.regex(/^[1-9]\d{0,3}$/),
            z.meta({ description: '版本，默认最新 / version, the last by default', examples: ['1'] }),
          ),
      ),
    }),
    status: 200,
    response: z.strictObject({ version: VersionNumber, rows: z.array(RowView) }),
  },
  signStreetReport: {
    summary: { zh: '签报', en: 'Sign a change report' },
    notes: {
      zh: '由本街道的另一人签，写明所见版本和摘要。',
      en: 'By another person of the street, naming the version and hash seen.',
    },
    params: ofReport,
    request: z.strictObject(seen),
    status: 200,
    response: StreetReportView,
  },
  decideStreetReport: {
    summary: { zh: '审收（逐行）', en: 'Accept or send back, by row' },
    notes: {
      zh: '由区里审收：写明退回的行和原因，其余各行即为接收，随后进入对象信息库；接收前不改动任何登记。',
      en: 'By the district: the rows named come back with reasons, all others are accepted and then enter the register; nothing changes before.',
    },
    params: ofReport,
    request: z.strictObject({ ...seen, returned: z.array(ReturnedRow).check(z.maxLength(REPORT_ROWS_MAX)) }),
    status: 200,
    response: StreetReportView,
  },
} as const satisfies Record<string, Contract>;
