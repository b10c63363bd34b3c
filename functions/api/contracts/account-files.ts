import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { Count, HashText, InstantText, Link, OpaqueId } from './primitives.ts';

const AccountFileView = z
  .strictObject({
    importId: OpaqueId,
    hash: z.optional(HashText),
    state: z
      .enum(['checking', 'refused', 'checked', 'applying', 'applied'])
      .check(z.meta({ description: '核对中、整件退回、待第二人签认、办理中、已办结 / how far the file is' })),
    lines: z.strictObject({ matching: Count, unchanged: Count, refused: Count }),
    applied: z.strictObject({ changed: Count, unchanged: Count, refused: Count }),
    refusedSince: z.array(
      z
        .strictObject({ row: Count, zh: z.string(), en: z.string() })
        .check(
          z.meta({ description: '核对后登记又有变化的行 / lines whose person changed after the check' }),
        ),
    ),
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    confirmedBy: z.optional(OpaqueId),
    confirmedAt: z.optional(InstantText),
    errorFileUrl: z.optional(Link),
  })
  .check(
    z.meta({ id: 'AccountFile', description: '银行批量换卡文件 / the bank’s file of changed accounts' }),
  );

export const accountFileContracts = {
  getAccountFile: {
    summary: {
      zh: '银行批量换卡：核对与办理情况',
      en: 'The bank’s change of many accounts: check and progress',
    },
    params: z.strictObject({ importId: OpaqueId }),
    status: 200,
    response: AccountFileView,
  },
  confirmAccountFile: {
    summary: {
      zh: '签认银行批量换卡（另一人）',
      en: 'Confirm the bank’s change of many accounts (another person)',
    },
    notes: {
      zh: '对整份文件的摘要签认，只办理核对相符的行。提出人和签认人都不签批首次发入新账号的批次；由出纳签认，审批链就不缺人。上传超过20天的文件不再签认。',
      en: 'Signs the hash of the whole file; only lines that matched are applied. Neither person signs a run that first pays into the new accounts: with the cashier as second person the chain lacks nobody. A file uploaded more than 20 days ago is no longer signed.',
    },
    params: z.strictObject({ importId: OpaqueId }),
    request: z.strictObject({ hash: HashText }),
    status: 200,
    response: AccountFileView,
  },
} as const satisfies Record<string, Contract>;
