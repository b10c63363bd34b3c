import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import {
  DateText,
  DocumentNumber,
  InstantText,
  Jurisdiction,
  OpaqueId,
  ProgrammeText,
  Reason,
} from './primitives.ts';

const StaffId = OpaqueId;
const AuthorisingDocument = DocumentNumber.check(
  z.meta({
    description: '授权文件文号 / number of the document that authorises it',
    examples: ['示民办〔2026〕18号'],
  }),
);

export const DelegationView = z
  .strictObject({
    delegationId: OpaqueId,
    jurisdiction: Jurisdiction,
    principal: StaffId,
    deputy: StaffId,
    programmes: z.optional(z.array(ProgrammeText)),
    from: DateText,
    to: DateText,
    reason: z.string(),
    document: z.optional(z.string()),
    grantedBy: StaffId,
    grantedAt: InstantText,
    state: z
      .enum(['in-force', 'not-begun', 'expired', 'revoked'])
      .check(z.meta({ description: '今天的效力 / whether it holds today' })),
    revoked: z.optional(z.strictObject({ by: StaffId, at: InstantText, reason: z.string() })),
  })
  .check(z.meta({ id: 'Delegation', description: '授权代签，不可更改 / a delegation, immutable' }));

export const delegationContracts = {
  grantDelegation: {
    summary: { zh: '授权代签', en: 'Let a deputy sign' },
    notes: {
      zh: '由授权人本人或管理员登记，按自然日（北京时间）生效，首尾两日都算；不能倒签，不能更改，只能撤销后重新授权。代签人不能转授。',
      en: 'By the principal or an administrator; holds from the first day to the last, both included (Asia/Shanghai). Never backdated, never edited: revoke and grant anew. A deputy cannot delegate it further.',
    },
    request: z.strictObject({
      principal: z.optional(StaffId),
      deputy: StaffId,
      jurisdiction: z.optional(Jurisdiction),
      programmes: z.optional(z.array(ProgrammeText).check(z.minLength(1), z.maxLength(30))),
      from: DateText,
      to: DateText,
      reason: Reason,
      document: z.optional(AuthorisingDocument),
    }),
    status: 201,
    response: DelegationView,
  },
  listDelegations: {
    summary: { zh: '授权代签登记', en: 'Delegations' },
    query: z.strictObject({ jurisdiction: z.optional(Jurisdiction) }),
    status: 200,
    response: z.strictObject({ delegations: z.array(DelegationView) }),
  },
  revokeDelegation: {
    summary: { zh: '撤销授权', en: 'Revoke a delegation' },
    notes: {
      zh: '由授权人本人或管理员撤销，即时生效；已签的仍然有效。',
      en: 'By the principal or an administrator, at once; what was signed before stands.',
    },
    params: z.strictObject({ delegationId: OpaqueId }),
    request: z.strictObject({ reason: Reason }),
    status: 200,
    response: DelegationView,
  },
} as const satisfies Record<string, Contract>;
