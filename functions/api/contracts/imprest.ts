import * as z from 'zod/mini';
import { parseOrganisationCode } from '../../../domain/organisation-code.ts';
import type { Contract } from './contract.ts';
import { FundId, ImprestFundView, summary } from './imprest-schemas.ts';
import {
  Amount,
  AmountInput,
  DateText,
  DocumentNumber,
  MonthText,
  Names,
  OpaqueId,
  Reason,
  StreetText,
  sentence,
} from './primitives.ts';
import { Voucher } from './runs.ts';

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
  returnImprestCash: {
    summary: { zh: '登记缴回国库', en: 'Record cash paid back to the treasury' },
    notes: {
      zh: '凭缴款书登记，不超过余额；登记后即从余额减去，由另一人核对凭证后确认。同时只能有一笔在办，补足在途时不能缴回。',
      en: 'By the voucher of the treasury, at most the balance, which it leaves at once; another person confirms it. One at a time, and none while a replenishment is underway.',
    },
    params: fund,
    request: z.strictObject({ amount: AmountInput, voucher: Voucher, on: DateText }),
    ...answer,
  },
  decideImprestReturn: {
    summary: { zh: '确认缴回（另一人）', en: 'Confirm a return (another person)' },
    notes: {
      zh: '确认后，补足过的款项记回拨款（备用金科目同时减少）；期初自有现金不在本系统账内，只记台账。未确认的退回登记，余额恢复。',
      en: 'Confirmed, what had been replenished goes back to the appropriation and off the advance in the ledger; cash that was brought in never was in it. Refused, the balance is as before.',
    },
    params: z.strictObject({ fundId: FundId, number: z.string().check(z.regex(/^[1-9]\d{0,5}$/)) }),
    request: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('confirmed'), document: DocumentNumber }),
      z.strictObject({ outcome: z.literal('refused'), reason: Reason }),
    ]),
    ...answer,
  },
  closeImprestFund: {
    summary: { zh: '撤销备用金', en: 'Close a fund' },
    params: fund,
    request: z.strictObject({ document: DocumentNumber }),
    ...answer,
  },
} as const satisfies Record<string, Contract>;
