import * as z from 'zod/mini';
import { MILESTONES } from '../../../domain/programmes/venture-fund/options.ts';
import { CONCLUSION_CAUSES, EVALUATION_STAGES } from '../../../domain/venture/execution-acts.ts';
import { Amount, Count, DateText, InstantText, Names, OpaqueId, PersonKeyText } from './primitives.ts';
import { CallIdText, ProjectKeyText, Score } from './venture-schemas.ts';

/** Views of the execution (履约) of projects. */
export const PROJECT_STATES = ['in-execution', 'concluding', 'concluded', 'closed'] as const;
const acted = { by: OpaqueId, at: InstantText };
const LineView = z.strictObject({ category: z.string(), item: z.string(), amount: Amount });
const InstalmentView = z.strictObject({ dueOn: DateText, amount: Amount });
const decided = { document: z.string(), decidedOn: DateText, ...acted };

const TrancheView = z.strictObject({
  number: Count,
  share: z.string(),
  amount: Amount,
  milestone: z.enum(MILESTONES),
  milestoneNames: Names,
  reached: z.optional(z.strictObject({ evidence: z.string(), reachedOn: DateText, ...acted })),
  proposal: z.optional(
    z.strictObject({
      amount: Amount,
      bonus: z.optional(Amount),
      papers: z.record(z.string(), z.string()),
      ...acted,
    }),
  ),
  released: z.optional(z.strictObject(decided)),
});
export const FileView = z.strictObject({
  file: z.enum(EVALUATION_STAGES),
  names: Names,
  dueOn: z.optional(z.string()),
  filedOn: z.optional(z.string()),
  excused: z.boolean(),
  /** 逾期或未交 */
  overdue: z.boolean(),
  /** 按规定视为不合格 */
  fails: z.boolean(),
});
const ConclusionView = z.strictObject({
  cause: z.enum(CONCLUSION_CAUSES),
  causeNames: Names,
  reason: z.string(),
  evidence: z.string(),
  eligible: Amount,
  /** 正数应付，负数应收回 */
  balance: Amount,
  derivation: z.array(
    z.strictObject({ code: z.string(), result: z.string(), zh: z.string(), en: z.string() }),
  ),
  dueOn: z.optional(DateText),
  instalments: z.optional(z.array(InstalmentView)),
  bannedUntil: z.optional(DateText),
  ...acted,
  decided: z.optional(z.strictObject(decided)),
});

export const ExecutionView = z
  .strictObject({
    projectKey: ProjectKeyText,
    callId: CallIdText,
    number: z.string(),
    name: z.string(),
    organisation: PersonKeyText,
    enrolmentId: z.string(),
    state: z.enum(PROJECT_STATES),
    stateNames: Names,
    grant: Amount,
    released: Amount,
    spent: Amount,
    tranches: z.array(TrancheView),
    files: z.array(FileView),
    evaluations: z.array(
      z.strictObject({
        stage: z.enum(EVALUATION_STAGES),
        names: Names,
        score: z.optional(Score),
        grade: z.optional(z.string()),
        passes: z.boolean(),
        pays: z.string(),
        rectification: z.boolean(),
        on: DateText,
        evidence: z.string(),
        ...acted,
      }),
    ),
    rectifications: z.array(
      z.strictObject({
        number: Count,
        reason: z.string(),
        dueOn: DateText,
        ...acted,
        accepted: z.optional(z.strictObject({ evidence: z.string(), ...acted })),
      }),
    ),
    serviceHours: z.optional(
      z.strictObject({ contracted: Count, delivered: Count, upTo: z.optional(DateText) }),
    ),
    spend: z.optional(
      z.strictObject({ upTo: DateText, lines: z.array(LineView), evidence: z.string(), ...acted }),
    ),
    change: z.optional(
      z.strictObject({
        grant: Amount,
        to: DateText,
        tranches: z.array(z.strictObject({ number: Count, amount: Amount })),
        reason: z.string(),
        ...acted,
      }),
    ),
    conclusion: z.optional(ConclusionView),
    closed: z.optional(z.strictObject(acted)),
  })
  .check(z.meta({ id: 'VentureExecution', description: '项目履约 / the execution of a project' }));

export const OverdueView = z
  .strictObject({
    files: z.array(
      z.strictObject({
        projectKey: ProjectKeyText,
        callId: CallIdText,
        number: z.string(),
        name: z.string(),
        ...FileView.shape,
      }),
    ),
    payments: z.array(
      z.strictObject({
        projectKey: ProjectKeyText,
        callId: CallIdText,
        number: z.string(),
        name: z.string(),
        tranche: Count,
        payBy: DateText,
      }),
    ),
    unused: z.array(
      z.strictObject({
        projectKey: ProjectKeyText,
        callId: CallIdText,
        number: z.string(),
        name: z.string(),
        amount: Amount,
      }),
    ),
  })
  .check(
    z.meta({
      id: 'VentureOverdue',
      description:
        '逾期材料、逾期未拨付的各期和逾期未使用的资金 / files that are overdue, tranches not released in time, and money that was not used in time',
    }),
  );
