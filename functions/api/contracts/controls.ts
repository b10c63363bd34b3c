import * as z from 'zod/mini';
import { FINDINGS } from '../../../domain/controls/control.ts';
import type { Contract } from './contract.ts';
import { ControlCode, MonthText, Names, ProgrammeText } from './primitives.ts';

const Severity = z.enum(['block', 'hold', 'warn']);
const ControlView = z
  .strictObject({
    code: ControlCode,
    names: Names,
    scope: z
      .enum(['payment', 'run'])
      .check(z.meta({ description: '单笔或整批 / of one payment, or of a whole run' })),
    basis: z.string(),
    findings: z
      .array(z.enum(FINDINGS))
      .check(z.meta({ description: '对应的审计问题 / audit findings that it answers' })),
    needs: Names,
    explanation: Names,
    severity: Severity,
    owner: z.enum(['preparer', 'street', 'administrator']),
    parameter: z.optional(
      z.string().check(z.meta({ description: '启用它的政策参数 / policy parameter that switches it on' })),
    ),
    active: z.optional(z.boolean()),
    why: z.optional(Names),
  })
  .check(z.meta({ id: 'Control', description: '核查规则 / a control' }));

export const controlContracts = {
  listControls: {
    summary: { zh: '核查规则目录', en: 'The controls, and what each answers' },
    notes: {
      zh: '每条规则的依据、对应审计问题、所需数据、处理级别和负责岗位。给出 programme 时，说明该项目在 month（默认本月）是否启用、为什么、级别是否上调。',
      en: 'Basis, audit findings, data needed, severity and owner of each. With `programme` also whether it looks in `month` (this month by default), why, and at which severity there.',
    },
    query: z.strictObject({ programme: z.optional(ProgrammeText), month: z.optional(MonthText) }),
    status: 200,
    response: z.strictObject({ controls: z.array(ControlView) }),
  },
} as const satisfies Record<string, Contract>;
