import * as z from 'zod/mini';
import { RUN_STATES } from '../../../domain/run/run.ts';
import {
  Amount,
  Count,
  DateText,
  HashText,
  InstantText,
  Jurisdiction,
  Link,
  MonthText,
  Names,
  OpaqueId,
  PaymentIdText,
  PeriodText,
  ProgrammeText,
  RunIdText,
  RunRoundText,
  StreetText,
  Tally,
} from './primitives.ts';

export const StateName = z
  .enum(RUN_STATES)
  .check(z.meta({ id: 'RunState', description: '批次状态 / state of a run' }));
const Signature = z.strictObject({
  step: z.string(),
  office: Names,
  by: OpaqueId,
  at: InstantText,
  onBehalfOf: z.optional(
    OpaqueId.check(z.meta({ description: '代签：授权人 / signed in the place of this person' })),
  ),
  delegation: z.optional(OpaqueId),
});
const Step = z
  .strictObject({ code: z.string(), role: z.string(), office: Names, above: z.optional(Amount) })
  .check(
    z.meta({
      id: 'ApprovalStep',
      description:
        '签批步骤；有 above 时，应发合计超过此金额才需此步 / a step; with `above`, only when the payable total is more than it',
    }),
  );

/** 顺延、提前: the day that the policy's dates say, and why another one was taken. */
export const MovedDay = z
  .strictObject({ from: DateText, reason: z.enum(['before', 'after', 'spring-festival']), why: Names })
  .check(z.meta({ id: 'MovedDay', description: '顺延或提前的缘由 / why a day was moved, and from where' }));

const RunFindingView = z.strictObject({ control: z.string(), zh: z.string(), en: z.string() });

export const RunView = z
  .strictObject({
    runId: RunIdText,
    jurisdiction: Jurisdiction,
    programme: ProgrammeText,
    programmeNames: Names,
    period: PeriodText,
    round: RunRoundText,
    street: z.optional(StreetText),
    state: StateName,
    stateNames: Names,
    revision: z.int(),
    hash: z.optional(HashText),
    startedBy: OpaqueId,
    startedAt: InstantText,
    payDate: DateText,
    payDayMoved: z.optional(MovedDay),
    fiscalYear: z.string(),
    months: z.array(MonthText),
    cutOff: InstantText,
    policyHash: HashText,
    codeVersion: z.string(),
    demoMode: z.boolean(),
    progress: z.strictObject({ done: Count, of: Count }),
    totals: z.optional(
      z.strictObject({
        payable: Tally,
        payableInWords: z.string(),
        held: Tally,
        blocked: Tally,
        recoveries: Tally,
        reissued: Tally,
        /** 冲销: failed or returned, and no longer owed. */
        cancelled: z.optional(Tally),
        /** 抵扣: kept back for recovery orders, and not in `payable`. */
        setOff: z.optional(Tally),
      }),
    ),
    approvalChain: z
      .array(Step)
      .check(z.meta({ description: '本批次需要的签批步骤 / the signatures that this run needs, in order' })),
    stepsNotNeeded: z
      .array(Step)
      .check(
        z.meta({ description: '因金额未超过而免签的步骤 / steps whose amount this run does not exceed' }),
      ),
    runFindings: z.optional(z.array(RunFindingView)).check(
      z.meta({
        description:
          '批次级疑点，提交时逐项说明；没有时不出现 / what stands out about the run as a whole; the submitter gives a reason for each',
      }),
    ),
    submission: z.optional(
      z.strictObject({
        by: OpaqueId,
        revision: z.int(),
        hash: HashText,
        acknowledged: z.optional(z.array(z.extend(RunFindingView, { reason: z.string() }))),
      }),
    ),
    signatures: z.array(Signature),
    funding: z.strictObject({
      needed: Amount,
      funded: Amount,
      vouchers: z.array(
        z.strictObject({
          voucher: z.string(),
          date: DateText,
          amount: Amount,
          by: OpaqueId,
          reversed: z.optional(z.strictObject({ by: OpaqueId, date: DateText, reason: z.string() })),
        }),
      ),
    }),
    files: Count,
    closing: z.optional(
      z.strictObject({
        at: InstantText,
        released: Tally,
        settled: Tally,
        failed: Tally,
        returned: Tally,
        inTransit: Tally,
        paidOutside: z.optional(Tally),
        seal: z.strictObject({ sequence: z.int(), hash: HashText }),
      }),
    ),
    closeRequest: z.optional(
      z.strictObject({
        at: InstantText,
        by: OpaqueId,
        refusal: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
      }),
    ),
    lastReason: z.optional(z.string()),
  })
  .check(z.meta({ id: 'Run', description: '发放批次 / a payment run' }));

export const RunSummaryView = z
  .strictObject({
    runId: RunIdText,
    programme: ProgrammeText,
    period: PeriodText,
    round: RunRoundText,
    state: StateName,
    stateNames: Names,
    revision: z.int(),
    startedAt: InstantText,
    payable: Tally,
  })
  .check(z.meta({ id: 'RunSummary', description: '批次摘要 / a run in a list' }));

export const ActView = z
  .strictObject({
    sequence: z.int(),
    at: InstantText,
    by: OpaqueId,
    byName: z.optional(
      z.string().check(z.meta({ description: '经办人姓名 / the name of the member of staff' })),
    ),
    office: z.optional(Names),
    kind: z.string(),
    names: Names,
    facts: z
      .record(z.string(), z.union([z.string(), z.int(), z.boolean()]))
      .check(z.meta({ description: '要点，金额单位元 / the main facts, amounts in yuan' })),
  })
  .check(z.meta({ id: 'Act', description: '一步操作，不可更改 / one act of a run, immutable' }));
export const ActList = z.strictObject({ runId: RunIdText, acts: z.array(ActView) });

export const ReviewView = z
  .strictObject({
    run: RunView,
    streets: z.array(
      z.strictObject({ street: z.string(), name: z.optional(z.string()), payable: Tally, held: Tally }),
    ),
    notSubmitted: z
      .optional(z.array(z.strictObject({ street: StreetText, name: z.optional(z.string()) })))
      .check(
        z.meta({
          description:
            '截止日未报送月度变动表的街道；不要求报送的项目没有此项 / streets that had submitted no change report; absent where streets do not report',
        }),
      ),
    components: z.array(
      z.strictObject({
        component: z.string(),
        kind: z.string(),
        names: z.optional(Names),
        amount: Amount,
      }),
    ),
    movements: z.strictObject({ joined: Count, stopped: Count, changed: Count, same: Count }),
    findings: z.array(z.strictObject({ control: z.string(), names: z.optional(Names), count: Count })),
    refused: z.array(z.strictObject({ code: z.string(), count: Count })),
    notAssessed: z.array(
      z.strictObject({ enrolment: OpaqueId, code: z.string(), zh: z.string(), en: z.string() }),
    ),
    unpaid: z.optional(z.strictObject({ open: Count, overdue: Count, at: InstantText })).check(
      z.meta({
        description:
          '本单位未清退票笔数、其中超期笔数，以最近一次每日清点为准；尚未清点过的没有此项 / failed and returned payments of the bureau that are open, and overdue, as of the last daily look; absent before the first',
      }),
    ),
    holds: z.array(
      z.strictObject({
        payment: PaymentIdText,
        amount: Amount,
        by: OpaqueId,
        reason: z.string(),
        foundBeforeRelease: z.boolean(),
      }),
    ),
    overrides: z.array(
      z.strictObject({
        payment: PaymentIdText,
        control: z.string(),
        reason: z.string(),
        amount: z.optional(Amount),
        proposedBy: OpaqueId,
        confirmedBy: z.optional(OpaqueId),
        confirmedBecause: z.optional(z.string()),
      }),
    ),
  })
  .check(z.meta({ id: 'Review', description: '复核页 / what a reviewer looks at' }));

export const FundingRequestView = z
  .strictObject({
    runId: RunIdText,
    programme: ProgrammeText,
    programmeNames: Names,
    period: PeriodText,
    round: RunRoundText,
    state: StateName,
    stateNames: Names,
    fiscalYear: z.string(),
    payDate: DateText,
    payable: Tally,
    payableInWords: z.string(),
    needed: Amount,
    funded: Amount,
    lines: z.array(
      z.strictObject({
        line: z.string(),
        level: z.string(),
        fund: z.string(),
        functional: z.optional(z.string()),
        economic: z.optional(z.string()),
        amount: Amount,
        planned: z.optional(Amount),
      }),
    ),
    shortage: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
    streets: z.array(z.strictObject({ street: z.string(), name: z.optional(z.string()), payable: Tally })),
  })
  .check(
    z.meta({
      id: 'FundingRequest',
      description: '用款申请（汇总，无姓名账号） / summary without names or accounts',
    }),
  );
export const FileView = z.strictObject({
  fileNumber: z.int(),
  fileName: z.string(),
  count: Count,
  amount: Amount,
  sha256: HashText,
  url: Link,
});
