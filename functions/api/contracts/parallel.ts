import * as z from 'zod/mini';
import { COMPARISONS } from '../../../domain/go-live/parallel.ts';
import type { Contract } from './contract.ts';
import { Amount, Count, Link, OpaqueId, PeriodText, ProgrammeText, RunIdText } from './primitives.ts';
import { RunView } from './run-schemas.ts';

const Comparison = z
  .strictObject({
    runId: RunIdText,
    lines: z.array(
      z.strictObject({ result: z.enum(COMPARISONS), count: Count, ours: Amount, theirs: Amount }),
    ),
    url: Link,
  })
  .check(z.meta({ id: 'ParallelComparison', description: '并行比对结果 / a parallel run compared' }));

export const parallelContracts = {
  startParallelRun: {
    summary: { zh: '启动并行核算（只比对，不发放）', en: 'Compute a period in parallel, never to be paid' },
    request: z.strictObject({ programme: ProgrammeText, period: PeriodText }),
    status: 201,
    response: RunView,
  },
  compareParallelRun: {
    summary: { zh: '与本单位名册逐行比对', en: 'Compare it with the bureau’s own list, line by line' },
    notes: {
      zh: '名册（用途 bureau-list）含姓名、身份证号、发放金额。最多 2 万行、10 MB。报告默认隐去姓名和号码；unmasked 为真时，名册中的行给出原文，“仅本系统”的行始终隐去。',
      en: 'The list (purpose bureau-list) has names, identity numbers and amounts. At most 20,000 rows and 10 MB. The report is masked; with `unmasked` the rows of the list are not, and what only this system pays always is.',
    },
    params: z.strictObject({ runId: RunIdText }),
    request: z.strictObject({ uploadId: OpaqueId, unmasked: z.optional(z.boolean()) }),
    status: 200,
    response: Comparison,
  },
} as const satisfies Record<string, Contract>;
