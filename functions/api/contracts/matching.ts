import * as z from 'zod/mini';
import { MATCHING_KINDS, MATCHING_SOURCES } from '../../../domain/matching/list-kinds.ts';
import { ImportView } from './administration.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  Count,
  DateText,
  InstantText,
  MonthText,
  Names,
  Next,
  OpaqueId,
  ProgrammeText,
  paging,
} from './primitives.ts';

const sources = Object.keys(MATCHING_SOURCES) as [keyof typeof MATCHING_SOURCES];
const list = {
  listId: OpaqueId,
  kind: z.enum(MATCHING_KINDS),
  kindNames: Names,
  source: z.enum(sources),
  sourceNames: Names,
  listDate: DateText,
  fileName: z.string(),
  by: OpaqueId,
  at: InstantText,
};
const ListView = z
  .strictObject(list)
  .check(z.meta({ id: 'MatchingList', description: '比对名单 / a matching list' }));
const ListWithImport = z.strictObject({ ...list, import: ImportView }).check(
  z.meta({
    id: 'MatchingListImport',
    description: '比对名单及导入结果 / a list and how its import stands',
  }),
);
const ofList = z.strictObject({ listId: OpaqueId });
const DeathRow = z.strictObject({
  person: z.optional(MaskedPerson),
  enrolmentId: EnrolmentIdText,
  /** 认证的才据以追缴 */
  basis: z.enum(['certified', 'reported']),
  deathMonth: MonthText,
  source: z.optional(z.string()),
  monthsPaid: z.array(MonthText),
  paid: Amount,
  recovered: Amount,
});
const DeathTotals = z.strictObject({ people: Count, months: Count, paid: Amount, recovered: Amount });

export const matchingContracts = {
  createMatchingList: {
    summary: { zh: '导入比对名单', en: 'Import a matching list' },
    notes: {
      zh: '先以用途 matching 上传。只须有身份证号一列，其他列不识别的不导入；死亡名单须有日期。名单中不在对象信息库的人只计数，不留存。比中的按政策暂缓、立案或提示。',
      en: 'Upload it with purpose `matching` first. Only the identity number must be there, columns that we do not know are left alone; a list of deaths needs dates. People whom the register does not know are counted and not kept. A match holds, opens a case or informs, by policy.',
    },
    request: z.strictObject({
      uploadId: OpaqueId,
      kind: z.enum(MATCHING_KINDS),
      source: z.enum(sources),
      listDate: DateText,
    }),
    status: 202,
    response: ListWithImport,
  },
  listMatchingLists: {
    summary: { zh: '已导入的比对名单', en: 'Matching lists that were imported' },
    status: 200,
    response: z.strictObject({ lists: z.array(ListView) }),
  },
  getMatchingList: {
    summary: { zh: '一份比对名单及导入结果', en: 'A matching list and how its import stands' },
    params: ofList,
    status: 200,
    response: ListWithImport,
  },
  listMatches: {
    summary: { zh: '一份名单比中的人员', en: 'Whom a list matched' },
    params: ofList,
    query: z.strictObject(paging),
    status: 200,
    response: z.strictObject({
      matches: z.array(
        z.strictObject({
          row: z.int(),
          person: z.optional(MaskedPerson),
          since: z.optional(DateText),
          detail: z.string(),
          enrolments: z.array(
            z.strictObject({
              enrolmentId: EnrolmentIdText,
              programme: ProgrammeText,
              caseId: z.optional(z.string()),
            }),
          ),
        }),
      ),
      next: Next,
    }),
  },
  getDeathReport: {
    summary: { zh: '死亡后发放核查：24 个月', en: 'Paid after death: a look back over 24 months' },
    notes: {
      zh: '按死亡名单比中的人员，从账簿统计死亡之后已发放的月份和金额；recovered 为其中已退回或追缴入库的；已决定追缴、尚未缴清的仍在 paid 中。拟追缴由下一批次按认证日期生成，与 certified 合计中尚未决定追缴的一致。',
      en: 'Of people whom lists of deaths matched: months and money in the ledger after death; `recovered` came back or was paid in to the treasury; what was ordered back and is not paid in stands in `paid`. The next run proposes the recovery by the certified date; it comes to the `certified` total as far as nothing of it was ordered back.',
    },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({
      certified: DeathTotals,
      reported: DeathTotals,
      people: z.array(DeathRow),
    }),
  },
} as const satisfies Record<string, Contract>;
