import * as z from 'zod/mini';
import { FUND_KINDS, FUNDING_LEVELS, LINE_ACTS } from '../../../domain/budget/line.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
  Count,
  DateText,
  DocumentNumber,
  FiscalYear,
  InstantText,
  Jurisdiction,
  MonthText,
  Names,
  OpaqueId,
  PeriodText,
  ProgrammeText,
  RunIdText,
  RunRoundText,
  sentence,
} from './primitives.ts';

const LineName = z.string().check(
  z.regex(/^[A-Za-z0-9-]{1,40}$/, {
    error: sentence('指标号为 1–40 位字母、数字或连字符', 'letters, digits and dashes, at most 40'),
  }),
  z.meta({ description: '预算指标号 / number of the budget line', examples: ['2026-0815'] }),
);
const code = (description: string, example: string) =>
  z.optional(
    z
      .string()
      .check(
        z.regex(/^\d{3,7}$/, { error: sentence('科目代码为 3–7 位数字', 'a code of three to seven digits') }),
        z.meta({ description, examples: [example] }),
      ),
  );
const level = z.enum(FUNDING_LEVELS);
const fund = z.enum(FUND_KINDS);
const codes = {
  functional: code('支出功能分类科目 / functional classification', '2081901'),
  economic: code('支出经济分类科目 / economic classification', '30305'),
};
const signedAmount = z.string().check(
  z.regex(/^-?(?:0|[1-9]\d{0,12})(?:\.\d{1,2})?$/, {
    error: sentence('应为元，调减写负数，例如 -1200.00', 'yuan; a reduction is negative, e.g. -1200.00'),
  }),
  z.meta({ description: '元；仅调整可为负 / yuan, negative in an adjustment only', examples: ['500000.00'] }),
);
const named = z.strictObject({ line: LineName, level, fund, ...codes });

const BudgetLineView = z.strictObject({
  ...named.shape,
  line: z.string(),
  document: z.optional(z.string()),
  carriedFrom: z.optional(z.strictObject({ fiscalYear: z.string(), line: z.string() })),
  appropriated: Amount,
  reserved: Amount,
  spent: Amount,
  available: Amount,
});
const YearEndView = z.strictObject({
  surplus: z.enum(['carried-over', 'lapsed']),
  except: z.array(z.string()),
  proposedBy: OpaqueId,
  proposedAt: InstantText,
  confirmedBy: z.optional(OpaqueId),
  confirmedAt: z.optional(InstantText),
});
const BudgetView = z
  .strictObject({
    jurisdiction: Jurisdiction,
    programme: ProgrammeText,
    fiscalYear: FiscalYear,
    state: z.enum(['open', 'closed']),
    lines: z.array(BudgetLineView),
    acts: z.array(
      z.strictObject({
        kind: z.string(),
        line: z.string(),
        amount: Amount,
        on: DateText,
        document: z.optional(z.string()),
        by: OpaqueId,
        at: InstantText,
      }),
    ),
    yearEnd: z.optional(YearEndView),
  })
  .check(
    z.meta({
      id: 'Budget',
      description:
        '预算指标及占用，按使用顺序；acts 为各次下达、调整、收回 / budget lines in the order they are drawn, with their use; acts are what changed them',
    }),
  );

const ReportLine = z.strictObject({
  ...BudgetLineView.shape,
  returned: Amount,
  surrendered: Amount,
  released: Amount,
  returnedWithin: Amount,
});
const BudgetReport = z
  .strictObject({
    jurisdiction: Jurisdiction,
    fiscalYear: FiscalYear,
    programmes: z.array(
      z.strictObject({
        programme: ProgrammeText,
        programmeNames: Names,
        state: z.enum(['open', 'closed']),
        lines: z.array(ReportLine),
        ledger: z.optional(
          z.strictObject({
            settled: Amount,
            spent: Amount,
            notYetCounted: Amount,
            difference: Amount,
            runs: z.array(
              z.strictObject({ runId: RunIdText, closed: z.boolean(), settled: Amount, spent: Amount }),
            ),
          }),
        ),
      }),
    ),
  })
  .check(z.meta({ id: 'BudgetReport', description: '预算执行情况表 / how the budgets of a year stand' }));
const reportQuery = z.strictObject({
  fiscalYear: FiscalYear,
  programme: z.optional(ProgrammeText),
  jurisdiction: z.optional(Jurisdiction),
  period: z.optional(PeriodText),
  ledger: z.optional(
    z.enum(['true', 'false']).check(
      z.meta({
        description:
          'true 时与总账核对，须指定 programme；读取全部分录，人多时再指定 period 逐期核对 / ties the programme to its entries: name the programme; it reads them all, so name a period as well where there are many',
      }),
    ),
  ),
});

const SummaryRow = z.strictObject({
  programme: ProgrammeText,
  ...named.shape,
  line: z.string(),
  amount: Amount,
});
const FundingSummary = z
  .strictObject({
    jurisdiction: Jurisdiction,
    month: MonthText,
    runs: z.array(
      z.strictObject({
        runId: RunIdText,
        programme: ProgrammeText,
        period: PeriodText,
        round: RunRoundText,
        payDate: DateText,
        payments: Count,
        amount: Amount,
      }),
    ),
    lines: z.array(SummaryRow),
    funds: z.array(z.strictObject({ fund, amount: Amount })),
    total: Amount,
    totalInWords: z.string(),
  })
  .check(
    z.meta({
      id: 'FundingSummary',
      description: '用款汇总（无姓名账号）/ funds drawn by the runs of a month, without names or accounts',
    }),
  );

const ofBudget = z.strictObject({ programme: ProgrammeText, fiscalYear: FiscalYear });
const ofRun = z.strictObject({ runId: RunIdText });
const ofMonth = z.strictObject({ month: MonthText });
const page = { status: 200, mediaType: 'text/html', response: z.string() } as const;
const table = { status: 200, mediaType: 'text/csv', response: z.string() } as const;

export const budgetContracts = {
  setBudget: {
    summary: { zh: '登记预算指标', en: 'Set the lines of a budget' },
    notes: {
      zh: '一次列出全部指标，顺序即使用顺序；与原数的差额逐条记为一次变动。上年结转的指标自动保留。',
      en: 'Lists all lines in the order in which they are drawn; each difference is recorded as an act. Lines carried over from a year before stay by themselves.',
    },
    request: z.strictObject({
      programme: ProgrammeText,
      fiscalYear: FiscalYear,
      lines: z
        .array(z.strictObject({ ...named.shape, appropriated: AmountInput }))
        .check(z.minLength(1), z.maxLength(50)),
    }),
    status: 200,
    response: BudgetView,
  },
  getBudget: {
    summary: { zh: '预算指标及占用', en: 'A budget and its use' },
    params: ofBudget,
    status: 200,
    response: BudgetView,
  },
  recordBudgetAct: {
    summary: { zh: '下达、调整、收回指标', en: 'Allocate, adjust or withdraw a budget line' },
    notes: {
      zh: '一条指标的预算数是各次变动之和，变动只增不改。首次下达须写明级次和资金性质；下一年度的指标自上年 9 月起可以提前下达。',
      en: 'A line holds the sum of its acts, which are never edited. The first allocation names level and kind of fund; lines of the next fiscal year may be allocated from September on.',
    },
    params: ofBudget,
    request: z.strictObject({
      kind: z.enum(LINE_ACTS),
      line: LineName,
      amount: signedAmount,
      on: DateText,
      document: DocumentNumber,
      level: z.optional(level),
      fund: z.optional(fund),
      ...codes,
    }),
    status: 200,
    response: BudgetView,
  },
  proposeYearEnd: {
    summary: { zh: '提出年终结账', en: 'Propose to close the budget of a year' },
    notes: {
      zh: '最后发放日已过、该年度批次全部关账后才能提出。surplus 决定结余结转或收回，except 中的指标相反；未付部分一律结转。',
      en: 'After the last pay day and once every run of the year is closed. `surplus` says whether what is left is carried over or lapses; lines in `except` do the other. What is owed is carried over in any case.',
    },
    params: ofBudget,
    request: z.strictObject({
      surplus: z.enum(['carried-over', 'lapsed']),
      except: z.optional(z.array(LineName).check(z.maxLength(50))),
    }),
    status: 200,
    response: BudgetView,
  },
  confirmYearEnd: {
    summary: { zh: '确认年终结账（另一人）', en: 'Close the budget of a year (another person)' },
    notes: {
      zh: 'proposedAt 写明所确认的申请（见 yearEnd）：其间换了申请的，须重新阅读。结账后该年度不再变动；其后的退回和补发记入下一年度的结转指标（原指标号加 -JZ）。',
      en: '`proposedAt` names the proposal that was read (see yearEnd): one put in its place meanwhile is read first. The year never changes after; what comes back or is paid later is on carried-over lines of the next year, named after the old ones with -JZ.',
    },
    params: ofBudget,
    request: z.strictObject({ proposedAt: InstantText }),
    status: 200,
    response: BudgetView,
  },
  getBudgetReport: {
    summary: { zh: '预算执行情况', en: 'How the budgets of a year stand' },
    notes: {
      zh: '预算数 + 退回 − 上缴 = 占用 + 支出 + 可用。核对总账时，差额应为零；未关账批次单列。',
      en: 'appropriated + returned − surrendered = reserved + spent + available. Tied to the ledger, the difference is zero; runs that are not closed stand apart.',
    },
    query: reportQuery,
    status: 200,
    response: BudgetReport,
  },
  getBudgetReportSheet: {
    summary: { zh: '预算执行情况表（打印）', en: 'The budget report, to print' },
    query: reportQuery,
    ...page,
  },
  getFundingSheet: {
    summary: { zh: '拨款申请（打印）', en: 'Funding request, to print' },
    notes: {
      zh: 'HTML，A4：指标号、级次、资金性质、科目、金额、合计大写，人数、户数、笔数分列，及已签批情况；不含姓名和账号。',
      en: 'HTML for A4: lines with level, fund and classification, the total in words, persons, households and payments apart, and the signatures so far; no names and no accounts.',
    },
    params: ofRun,
    ...page,
  },
  getFundingTable: {
    summary: { zh: '拨款申请（CSV）', en: 'Funding request as CSV' },
    params: ofRun,
    ...table,
  },
  getFundingSummary: {
    summary: { zh: '用款汇总', en: 'Funds drawn by the runs of a month' },
    notes: {
      zh: '发放日在该月且已审批的各批次，按项目、指标和资金性质汇总，供财政部门使用。',
      en: 'Approved runs that pay in the month, by programme, budget line and kind of fund: for the finance bureau.',
    },
    params: ofMonth,
    status: 200,
    response: FundingSummary,
  },
  getFundingSummarySheet: {
    summary: { zh: '用款汇总表（打印）', en: 'The funding summary, to print' },
    params: ofMonth,
    ...page,
  },
  getFundingSummaryTable: {
    summary: { zh: '用款汇总（CSV）', en: 'The funding summary as CSV' },
    params: ofMonth,
    ...table,
  },
} as const satisfies Record<string, Contract>;
