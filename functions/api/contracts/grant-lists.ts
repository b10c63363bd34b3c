import * as z from 'zod/mini';
import { WITHDRAWAL_STATES } from '../../../domain/grants/withdrawal.ts';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
  Count,
  DateText,
  DocumentNumber,
  HashText,
  InstantText,
  Names,
  OpaqueId,
  ProgrammeText,
  Reason,
  StreetText,
} from './primitives.ts';

const Persons = Count.check(z.meta({ description: '救助人数（人） / people helped' }));
const listed = {
  importId: OpaqueId,
  programme: ProgrammeText,
  state: z
    .enum(['checking', 'refused', 'checked', 'granting', 'granted'])
    .check(z.meta({ description: '测算中、整件退回、待审批、记录中、已给付 / how far the list is' })),
  rejected: Count,
  uploadedBy: OpaqueId,
  uploadedAt: InstantText,
} as const;
const GrantListSummary = z
  .strictObject({
    ...listed,
    rows: Count,
    decision: z.optional(
      z.strictObject({ document: z.string(), decidedOn: DateText, count: Count, amount: Amount }),
    ),
  })
  .check(z.meta({ id: 'GrantListSummary', description: '批量给付名册一览 / a list of grants, in short' }));
const RowWithdrawalView = z
  .strictObject({
    row: Count,
    state: z.enum(WITHDRAWAL_STATES),
    stateNames: Names,
    reason: z.string(),
    proposal: z.strictObject({ by: OpaqueId, at: InstantText, document: z.string() }),
    decision: z.optional(
      z.strictObject({ by: OpaqueId, at: InstantText, document: z.string(), decidedOn: DateText }),
    ),
    kept: z.optional(z.strictObject({ by: OpaqueId, reason: z.string() })),
    received: z.optional(Amount),
    recoveryId: z.optional(
      z.string().check(z.meta({ description: '据此提出的追缴 / the recovery proposed for it' })),
    ),
  })
  .check(z.meta({ id: 'GrantRowWithdrawal', description: '撤销名册中一行的给付 / the withdrawal of a row' }));
const GrantListView = z
  .strictObject({
    ...listed,
    hash: z.optional(HashText),
    count: Count,
    amount: Amount,
    persons: Persons,
    sample: z.boolean().check(z.meta({ description: '含样例标准 / rests on sample amounts' })),
    streets: z.array(z.strictObject({ street: StreetText, count: Count, amount: Amount, persons: Persons })),
    decision: z.optional(
      z.strictObject({ by: OpaqueId, at: InstantText, document: z.string(), decidedOn: DateText }),
    ),
    granted: z.strictObject({ count: Count, amount: Amount }),
    withdrawals: z.array(RowWithdrawalView),
    notGranted: z.array(z.strictObject({ row: Count, zh: z.string(), en: z.string() })).check(
      z.meta({
        description:
          '审批后未给付的行：测算之后已就同一事项获得给付 / rows that were granted elsewhere since they were checked',
      }),
    ),
  })
  .check(z.meta({ id: 'GrantList', description: '批量给付名册 / a list of grants' }));

const ofList = z.strictObject({ importId: OpaqueId });
const ofRow = z.strictObject({
  importId: OpaqueId,
  row: z
    .string()
    .check(
      z.regex(/^[1-9]\d{0,5}$/),
      z.meta({ description: '表中行号 / row of the sheet', examples: ['2'] }),
    ),
});

export const grantListContracts = {
  listGrantLists: {
    summary: { zh: '批量给付名册', en: 'Lists of grants of a programme' },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({ lists: z.array(GrantListSummary) }),
  },
  getGrantList: {
    summary: { zh: '批量给付名册：控制总数与办理情况', en: 'A list of grants: control totals and progress' },
    notes: {
      zh: '名册按 kind "grant-list" 导入；每行按项目规则测算，不合格的行连同原因退回，合格的行待一次审批。同一对象同一事项只给付一次。',
      en: 'A list comes in as an import of kind "grant-list". Every row is worked out by the rules of the programme; bad rows come back with reasons, good ones wait for one decision. A subject gets one grant for an occasion.',
    },
    params: ofList,
    status: 200,
    response: GrantListView,
  },
  decideGrantList: {
    summary: { zh: '审批批量给付名册（另一人）', en: 'Decide on a list of grants (another person)' },
    notes: {
      zh: '按所见的摘要、笔数和总金额审批，一份文件覆盖整份名册；上传人不能审批。须在测算的当月审批，跨月请重新导入。之后由补充批次（S）发放。',
      en: 'Over the hash, count and total that were seen, under one document; not by who uploaded it. In the month in which it was worked out: later it is imported again. A supplementary run (S) then pays it.',
    },
    params: ofList,
    request: z.strictObject({
      hash: HashText,
      count: z.int().check(z.minimum(1)),
      amount: AmountInput,
      document: DocumentNumber,
      decidedOn: DateText,
    }),
    status: 200,
    response: GrantListView,
  },
  proposeGrantRowWithdrawal: {
    summary: { zh: '拟撤销名册中一行的给付', en: 'Propose to withdraw what a row was granted' },
    notes: {
      zh: '审批后发现有误的行：写明理由和依据文件，由另一人决定。签约人退出协议的（节地生态安葬生前奖补），填写退出日期 withdrawnOn：按本地政策追回或不追回，不追回的不能撤销。',
      en: 'For a row that turns out wrong after the decision: with the reason and the document that shows it, for another person to decide. Where the signatory withdrew from the agreement (green burial award in life), `withdrawnOn` is that day: policy takes the award back or leaves it, and what it leaves is not withdrawn.',
    },
    params: ofRow,
    request: z.strictObject({
      reason: Reason,
      document: DocumentNumber,
      withdrawnOn: z.optional(DateText),
    }),
    status: 200,
    response: RowWithdrawalView,
  },
  decideGrantRowWithdrawal: {
    summary: { zh: '撤销决定（另一人）', en: 'Decide on the withdrawal of a row (another person)' },
    notes: {
      zh: '撤销后，未发的不再发放，同一对象同一事项可以重新给付；已发到账的自动提出追缴（须另作追缴决定），在途的待银行回盘后提出。',
      en: 'Withdrawn, what is not paid is paid by no run, and the same subject may be granted for the occasion again. What was received becomes a proposed recovery, to be decided by itself; what is on its way, once the bank has answered.',
    },
    params: ofRow,
    request: z.discriminatedUnion('outcome', [
      z.strictObject({
        outcome: z.literal('withdraw'),
        document: DocumentNumber,
        decidedOn: DateText,
        dueOn: DateText.check(
          z.meta({ description: '已发款项的缴款期限 / by when what was paid is given back' }),
        ),
      }),
      z.strictObject({ outcome: z.literal('keep'), reason: Reason }),
    ]),
    status: 200,
    response: RowWithdrawalView,
  },
  getGrantListSheet: {
    summary: { zh: '给付汇总表（打印）', en: 'Summary sheet of a list, to be printed' },
    notes: { zh: '按街道汇总，不含姓名。', en: 'By street; no names in it.' },
    params: ofList,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getGrantListNotice: {
    summary: { zh: '给付公示名单（打印）', en: 'Notice of a list, to be printed' },
    notes: {
      zh: '姓名隐去部分，只列街道和金额；每次取出都留有记录。',
      en: 'Masked names, streets and amounts alone. Every time it is taken, that is recorded.',
    },
    params: ofList,
    query: z.strictObject({ street: z.optional(StreetText) }),
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
} as const satisfies Record<string, Contract>;
