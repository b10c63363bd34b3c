import * as z from 'zod/mini';
import { DISCLOSED } from '../../adapters/disclosure-store.ts';
import type { Contract } from './contract.ts';
import {
  InstantText,
  MonthText,
  Next,
  OpaqueId,
  paging,
  Reason,
  RunIdText,
  StreetText,
} from './primitives.ts';

const DisclosureView = z
  .strictObject({
    at: InstantText,
    by: OpaqueId,
    byName: z.optional(
      z.string().check(z.meta({ description: '经办人姓名 / the name of the member of staff' })),
    ),
    what: z.enum(DISCLOSED),
    of: z.string(),
    reason: z.string(),
  })
  .check(
    z.meta({ id: 'Disclosure', description: '个人信息导出记录 / personal data handed over to somebody' }),
  );

export const disclosureContracts = {
  getNoticeList: {
    summary: { zh: '公示名单（打印）', en: 'Notice list, to print' },
    notes: {
      zh: 'HTML，按街道：姓名脱敏（张*）、街道、本次金额。没有身份证号、账号、出生日期、电话。按户发放的列户主。打印须记录用途。',
      en: 'HTML of one street: masked name, street, amount of this run. No identity number, account, birth date or telephone. A household appears by its head. What it is for is kept on record.',
    },
    params: z.strictObject({ runId: RunIdText }),
    query: z.strictObject({ street: StreetText, reason: z.optional(Reason) }),
    status: 200,
    mediaType: 'text/html',
    response: z.string(),
  },
  listDisclosures: {
    summary: { zh: '个人信息导出记录', en: 'Log of personal data handed over' },
    notes: {
      zh: '谁、何时、为何下载了含个人信息的文件：报盘文件、退回行、比对结果、公示名单。默认本月。疑点清单的导出另见其记录。',
      en: 'Who took which file with personal data, when and why: instruction files, rejected rows, comparisons, notice lists. This month by default. Exports of cases have a log of their own.',
    },
    query: z.strictObject({ month: z.optional(MonthText), ...paging }),
    status: 200,
    response: z.strictObject({ disclosures: z.array(DisclosureView), next: Next }),
  },
} as const satisfies Record<string, Contract>;
