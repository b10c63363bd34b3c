import * as z from 'zod/mini';
import {
  Amount,
  DateText,
  InstantText,
  Jurisdiction,
  MonthText,
  Names,
  OpaqueId,
  PersonKeyText,
  StreetText,
  sentence,
} from './primitives.ts';

export const FundId = z.string().check(
  z.regex(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/, {
    error: sentence(
      '备用金编号为小写字母、数字和连字符，最多 30 位，例如 chengguan',
      'the id of a fund has lower-case letters, digits and hyphens, at most 30, e.g. chengguan',
    ),
  }),
  z.meta({ description: '备用金编号 / id of an imprest fund', examples: ['chengguan'] }),
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
const ReturnView = z
  .strictObject({
    number: z.int(),
    amount: Amount,
    voucher: z.string(),
    on: DateText,
    by: OpaqueId,
    state: z.enum(['proposed', 'refused', 'confirmed', 'booked']),
    stateNames: Names,
    decidedBy: z.optional(OpaqueId),
    recoveryId: z.optional(z.string()),
  })
  .check(z.meta({ id: 'ImprestReturn', description: '缴回国库 / cash paid back to the treasury' }));
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

export const summary = {
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
    returns: z.array(ReturnView),
    counts: z.array(CountView),
  })
  .check(
    z.meta({
      id: 'ImprestFund',
      description:
        '备用金：余额 = 期初 + 到账 − 支取（已撤销的不计）；支取最近的在前 / an imprest fund; the balance is what came in less what was drawn',
    }),
  );
