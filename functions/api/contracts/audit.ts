import * as z from 'zod/mini';
import type { ContractsOf } from './contract.ts';
import {
  Amount,
  Count,
  HashText,
  InstantText,
  Link,
  Names,
  OpaqueId,
  PaymentIdText,
  RunIdText,
} from './primitives.ts';
import { ActList, RunView } from './run-schemas.ts';

const ofRun = z.strictObject({ runId: RunIdText });
const EXPORT_FORMATS = ['csv', 'hledger'] as const;
const ExportView = z
  .strictObject({
    exportId: OpaqueId,
    runId: RunIdText,
    format: z.enum(EXPORT_FORMATS),
    state: z.enum(['requested', 'done']),
    entries: z.optional(Count),
    sha256: z.optional(HashText),
    fileName: z.optional(z.string()),
    url: z.optional(Link),
  })
  .check(z.meta({ id: 'Export', description: '账簿导出 / an export of a ledger' }));
const SealView = z
  .strictObject({
    sequence: z.int(),
    hash: HashText,
    previous: z.string(),
    acts: HashText.check(
      z.meta({ description: '关账前全部操作的摘要 / hash over the acts up to the closing' }),
    ),
    intact: z.boolean().check(
      z.meta({
        description:
          '封存摘要可由现存操作和上一封存重算得出 / the hash recomputes from the acts and the seal before as they are now',
      }),
    ),
    ranges: z.array(z.strictObject({ shard: z.string(), count: Count, amount: Amount, root: z.string() })),
  })
  .check(z.meta({ id: 'Seal', description: '封存 / the seal of a closed run' }));

export const auditContracts = {
  getAuditRun: {
    summary: { zh: '批次与封存', en: 'A run and its seal' },
    params: ofRun,
    status: 200,
    response: z.strictObject({ run: RunView, seal: z.optional(SealView) }),
  },
  listAuditActs: {
    summary: { zh: '批次的全部操作', en: 'All acts of a run' },
    params: ofRun,
    status: 200,
    response: ActList,
  },
  createExport: {
    summary: { zh: '导出批次账簿（CSV 或 hledger）', en: 'Export the ledger of a run (CSV or hledger)' },
    notes: {
      zh: '在后台生成；用 GET 查询，完成后给出 5 分钟有效的下载地址。',
      en: 'Made in the background: GET it; once done it has an address valid for five minutes.',
    },
    request: z.strictObject({ runId: RunIdText, format: z.enum(EXPORT_FORMATS) }),
    status: 202,
    response: ExportView,
  },
  getExport: {
    summary: { zh: '账簿导出', en: 'An export' },
    params: z.strictObject({ exportId: OpaqueId }),
    status: 200,
    response: ExportView,
  },
  getTrialBalance: {
    summary: { zh: '试算平衡表', en: 'Trial balance' },
    params: ofRun,
    status: 200,
    response: z
      .strictObject({
        runId: RunIdText,
        entries: Count,
        accounts: z.array(
          z.strictObject({
            account: z.string(),
            names: Names,
            debit: Amount,
            credit: Amount,
            balance: Amount,
          }),
        ),
        debit: Amount,
        credit: Amount,
        balanced: z.boolean(),
        afterSeal: z
          .array(
            z.strictObject({
              kind: z.string(),
              payment: PaymentIdText,
              attempt: z.int(),
              amount: Amount,
              at: InstantText,
            }),
          )
          .check(
            z.meta({
              description:
                '封存后入账的分录（如退回），计入本表，不在封存内 / entries after the seal, in the balance and in no seal yet',
            }),
          ),
      })
      .check(z.meta({ id: 'TrialBalance', description: '试算平衡表 / trial balance of a run' })),
  },
} as const satisfies ContractsOf<'audit'>;
