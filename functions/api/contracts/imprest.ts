import * as z from 'zod/mini';
import { parseOrganisationCode } from '../../../domain/organisation-code.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
  DateText,
  DocumentNumber,
  InstantText,
  Jurisdiction,
  MonthText,
  Names,
  OpaqueId,
  PersonKeyText,
  Reason,
  StreetText,
  sentence,
} from './primitives.ts';

const FundId = z.string().check(
  z.regex(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/, {
    error: sentence(
      '备用金编号为小写字母、数字和连字符，最多 30 位，例如 chengguan',
      'the id of a fund has lower-case letters, digits and hyphens, at most 30, e.g. chengguan',
    ),
  }),
  z.meta({ description: '备用金编号 / id of an imprest fund', examples: ['chengguan'] }),
);
const fund = z.strictObject({ fundId: FundId });
const Label = (zh: string, en: string, most: number, example: string) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(2, { error: sentence(`请填写${zh}`, `give the ${en}`) }),
      z.maxLength(most, { error: sentence(`${zh}太长`, `the ${en} is too long`) }),
      z.meta({ description: `${zh} / ${en}`, examples: [example] }),
    );
const OrganisationCode = z.string().check(
  z.refine((text) => parseOrganisationCode(text).ok, {
    error: (issue) => {
      const parsed = parseOrganisationCode(String(issue.input));
      return parsed.ok ? '' : sentence(parsed.error.zh, parsed.error.en);
    },
  }),
  z.meta({
    description: '统一社会信用代码 / unified social credit code',
    examples: ['11110199MB0000019B'],
  }),
);
const CorporateAccount = z.string().check(
  z.regex(/^\d{11,32}$/, {
    error: sentence('对公账号应为 11–32 位数字', 'a corporate account has 11 to 32 digits'),
  }),
  z.meta({ description: '对公账号 / corporate account', examples: ['11019900000000000088'] }),
);

const Finding = z
  .strictObject({
    code: z.enum(['not-counted', 'count-differs']),
    names: Names,
    month: MonthText,
    difference: z.optional(Amount),
  })
  .check(
    z.meta({ id: 'ImprestFinding', description: '备用金对账发现的问题 / what the reconciliation found' }),
  );
const DrawView = z
  .strictObject({
    drawId: OpaqueId,
    applicationId: OpaqueId,
    on: DateText,
    street: StreetText,
    amount: Amount,
    receipt: z.string(),
    payee: PersonKeyText,
    payeeName: z.optional(z.string().check(z.meta({ description: '脱敏姓名 / masked name' }))),
    state: z.enum(['drawn', 'posted', 'cancelled']),
    stateNames: Names,
    by: OpaqueId,
  })
  .check(z.meta({ id: 'ImprestDraw', description: '支取 / a draw' }));
const ReplenishmentView = z
  .strictObject({
    number: z.int(),
    vouchers: Amount,
    floorLack: Amount,
    amount: Amount,
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    state: z.enum(['proposed', 'refused', 'approved', 'received']),
    stateNames: Names,
    document: z.optional(z.string()),
    decidedOn: z.optional(DateText),
    decidedBy: z.optional(OpaqueId),
    reason: z.optional(z.string()),
  })
  .check(z.meta({ id: 'ImprestReplenishment', description: '补足 / a replenishment' }));
const CountView = z
  .strictObject({
    month: MonthText,
    on: DateText,
    book: Amount,
    cash: Amount,
    difference: Amount,
    explanation: z.optional(z.string()),
    by: OpaqueId,
  })
  .check(z.meta({ id: 'ImprestCount', description: '盘点 / a count of the cash' }));

const summary = {
  fundId: FundId,
  name: z.string(),
  streets: z.array(StreetText),
  balance: Amount,
  closed: z.boolean(),
} as const;
export const ImprestFundView = z
  .strictObject({
    ...summary,
    jurisdiction: Jurisdiction,
    organisation: PersonKeyText,
    confirmed: z.boolean().check(z.meta({ description: '期初余额已由第二人确认 / opening confirmed' })),
    broughtIn: Amount,
    received: Amount,
    drawnNotPosted: Amount,
    posted: Amount,
    toReplenish: Amount,
    underway: Amount,
    mayAsk: z.optional(Amount),
    findings: z.array(Finding),
    draws: z.array(DrawView),
    replenishments: z.array(ReplenishmentView),
    counts: z.array(CountView),
  })
  .check(
    z.meta({
      id: 'ImprestFund',
      description:
        '备用金：余额 = 期初 + 到账 − 支取（已撤销的不计）；支取最近的在前 / an imprest fund; the balance is what came in less what was drawn',
    }),
  );

const answer = { status: 200, response: ImprestFundView } as const;
const Persons = z
  .string()
  .check(z.regex(/^(?:0|[1-9]\d{0,7})$/), z.meta({ description: '人数 / persons', examples: ['12000'] }));

export const imprestContracts = {
  estimateAidFund: {
    summary: { zh: '临时救助金年度总额测算', en: 'Money to put aside for temporary aid in a year' },
    notes: {
      zh: '按本地政策和当日低保标准测算，供编制预算；不产生任何资金变动。',
      en: 'By local policy and the standard of the day, for the budget; moves no money.',
    },
    query: z.strictObject({ dibao: Persons, lowIncome: Persons, on: z.optional(DateText) }),
    status: 200,
    response: z.strictObject({
      amount: Amount,
      step: Names,
      citation: z.string(),
      sample: z.boolean().check(z.meta({ description: '是否依据样例数值 / rests on a sample value' })),
    }),
  },
  openImprestFund: {
    summary: { zh: '设立备用金', en: 'Open an imprest fund' },
    notes: {
      zh: '一个备用金由一个或几个乡镇（街道）支取，补足到所属单位的对公账户。已有现金作为期初余额，须由第二人清点确认后才能支取；没有期初的即时可用，从零开始。',
      en: 'One or several streets draw from a fund; it is replenished to the corporate account of its organisation. Cash that is there already counts once a second person has confirmed it.',
    },
    request: z.strictObject({
      fundId: FundId,
      name: Label('备用金名称', 'name of the fund', 40, '城关镇临时救助备用金'),
      streets: z.array(StreetText).check(z.minLength(1), z.maxLength(50)),
      organisation: z.strictObject({
        code: OrganisationCode,
        name: Label('单位名称', 'name of the organisation', 80, '示例区城关镇人民政府'),
        account: CorporateAccount,
        bank: z.optional(Label('开户行', 'bank', 80, '示例银行城关支行')),
      }),
      broughtIn: z.optional(AmountInput),
      document: DocumentNumber,
    }),
    status: 201,
    response: ImprestFundView,
  },
  listImprestFunds: {
    summary: { zh: '备用金一览', en: 'Imprest funds' },
    status: 200,
    response: z.strictObject({ funds: z.array(z.strictObject(summary)) }),
  },
  getImprestFund: {
    summary: { zh: '备用金：余额、支取、补足、盘点', en: 'One fund: balance, draws, replenishments, counts' },
    params: fund,
    ...answer,
  },
  getImprestLedger: {
    summary: { zh: '备用金台账（打印）', en: 'Cash book of a fund, to print' },
    params: fund,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  confirmImprestOpening: {
    summary: { zh: '确认期初余额', en: 'Confirm the cash brought in' },
    params: fund,
    request: z.strictObject({}),
    ...answer,
  },
  changeImprestStreets: {
    summary: { zh: '变更可支取的乡镇（街道）', en: 'Change which streets may draw' },
    params: fund,
    request: z.strictObject({
      streets: z.array(StreetText).check(z.minLength(1), z.maxLength(50)),
      document: DocumentNumber,
    }),
    ...answer,
  },
  cancelImprestDraw: {
    summary: { zh: '撤销支取', en: 'Cancel a draw' },
    notes: {
      zh: '现金没有交付或已交回、且尚未报销入账的，由经手人以外的人撤销：先撤销给付决定，再记回备用金。已经入账的按追缴办理。',
      en: 'For cash that was not handed over or came back before it was posted, by somebody else than who drew it: the grant is withdrawn, then the money is in the fund again. What was posted is recovered instead.',
    },
    params: z.strictObject({ fundId: FundId, drawId: OpaqueId }),
    request: z.strictObject({ reason: Reason, document: DocumentNumber }),
    ...answer,
  },
  countImprestFund: {
    summary: { zh: '月度盘点', en: 'Count the cash of a month' },
    notes: {
      zh: '账面余额由系统按此刻的台账给出；实存与账面不符须写明原因，并作为问题列示，直到再次盘点相符。',
      en: 'The book is the balance of this moment. A difference needs an explanation and stands as a finding until a later count agrees.',
    },
    params: fund,
    request: z.strictObject({ month: MonthText, cash: AmountInput, explanation: z.optional(Reason) }),
    ...answer,
  },
  askImprestReplenishment: {
    summary: { zh: '申请补足', en: 'Ask for a replenishment' },
    notes: {
      zh: '按已报销入账的凭证，加上低于年度最低规模的差额；此前各月须已盘点且最近一次相符，同时只能有一次在办。',
      en: 'For vouchers that runs have posted and for what the floor lacks; every month before was counted, the last count agrees, and none is underway.',
    },
    params: fund,
    request: z.strictObject({ amount: z.optional(AmountInput) }),
    ...answer,
  },
  decideImprestReplenishment: {
    summary: { zh: '决定补足', en: 'Decide a replenishment' },
    notes: {
      zh: '由申请人以外的人决定；同意后由“imprest”项目的下一补充批次发放到对公账户，银行入账后自动记入备用金。',
      en: 'By somebody else than who asked. Approved, the next supplementary run of "imprest" pays it, and what the bank settles reaches the fund.',
    },
    params: z.strictObject({ fundId: FundId, number: z.string().check(z.regex(/^[1-9]\d{0,5}$/)) }),
    request: z.strictObject({
      outcome: z.enum(['approved', 'refused']),
      document: DocumentNumber,
      decidedOn: DateText,
      reason: z.optional(Reason),
    }),
    ...answer,
  },
  closeImprestFund: {
    summary: { zh: '撤销备用金', en: 'Close a fund' },
    params: fund,
    request: z.strictObject({ document: DocumentNumber }),
    ...answer,
  },
} as const satisfies Record<string, Contract>;
