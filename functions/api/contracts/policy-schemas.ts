import * as z from 'zod/mini';
import { FUNDING_LEVELS } from '../../../domain/budget/line.ts';
import { PolicyPackFile } from '../../../domain/policy/pack.ts';
import {
  Amount,
  Count,
  DateText,
  HashText,
  InstantText,
  Jurisdiction,
  MonthText,
  Names,
  OpaqueId,
  ProgrammeText,
  Reason,
} from './primitives.ts';

const persons = z.int().check(z.nonnegative(), z.meta({ description: '对象数 / number of enrolments' }));
export const STATES = [
  'working-out',
  'review',
  'approved',
  'in-force',
  'rejected',
  'withdrawn',
  'void',
] as const;
export const place = { jurisdiction: Jurisdiction, programme: ProgrammeText };
const RefusalView = z.strictObject({ code: z.string(), zh: z.string(), en: z.string() });

/** Months that are to have no value, on purpose. */
export const AcceptedGapInput = z
  .strictObject({
    ...place,
    parameter: z.string().check(z.minLength(1), z.maxLength(60)),
    from: MonthText,
    to: z.optional(MonthText),
    reason: Reason,
  })
  .check(
    z.meta({
      id: 'AcceptedGap',
      description:
        '有意不设值的月份及理由，不写 to 即无止期 / months left without a value on purpose; without `to` there is no end',
    }),
  );

const sums = { gaining: persons, gain: Amount, losing: persons, loss: Amount };
const ScopeEffectView = z
  .strictObject({
    ...place,
    programmeNames: Names,
    /** 首个受影响的月份 */
    from: MonthText,
    compared: persons,
    ...sums,
    moved: persons,
    arrears: Amount,
    overpaid: Amount,
    ahead: Amount,
    /** 本年度新增支出：补发与当月及以后净额之和 */
    cost: Amount,
    refused: z.record(z.string(), z.int()),
    months: z.optional(z.array(z.strictObject({ month: MonthText, gain: Amount, loss: Amount }))),
    streets: z.optional(z.array(z.strictObject({ street: z.string(), ...sums }))),
    budget: z.optional(
      z.strictObject({
        levels: z.array(
          z.strictObject({
            level: z.enum(FUNDING_LEVELS),
            needed: Amount,
            available: Amount,
            short: Amount,
          }),
        ),
        short: Amount,
      }),
    ),
  })
  .check(
    z.meta({
      id: 'PolicyEffectOfProgramme',
      description: '对一个区划、一个项目的影响 / effect on a programme of a place',
    }),
  );

const EffectView = z.strictObject({
  round: z.int(),
  month: MonthText,
  through: MonthText,
  knownOn: DateText,
  cutOff: InstantText,
  progress: z.strictObject({ done: Count, of: Count }),
  hash: z.optional(HashText),
  /** 为何已过时：book 政策库已变动，register 不是当日的对象信息 */
  stale: z.array(z.enum(['book', 'register'])),
  scopes: z.array(ScopeEffectView),
  leftOut: z.array(z.strictObject({ ...place, refusal: RefusalView })),
});

export const PolicyProposalView = z
  .strictObject({
    proposalId: OpaqueId,
    jurisdiction: Jurisdiction,
    state: z.enum(STATES),
    stateNames: Names,
    reason: z.string(),
    proposedBy: OpaqueId,
    proposedAt: InstantText,
    places: z.array(
      z.strictObject({ ...place, programmeNames: Names, parameters: z.array(z.string()), values: Count }),
    ),
    notices: z.array(
      z.strictObject({ kind: z.string(), ...place, parameter: z.string(), zh: z.string(), en: z.string() }),
    ),
    acceptedGaps: z.array(AcceptedGapInput),
    effect: z.optional(EffectView),
    decision: z.optional(
      z.strictObject({
        by: OpaqueId,
        at: InstantText,
        document: z.optional(z.string()),
        decidedOn: z.optional(DateText),
        reason: z.optional(z.string()),
      }),
    ),
    /** 已入库的政策包摘要 */
    packHashes: z.optional(z.array(HashText)),
    refusal: z.optional(RefusalView),
    /** 所提的值；仅在查看一项提议时给出 */
    packs: z.optional(z.array(PolicyPackFile)),
    history: z.optional(
      z.array(
        z.strictObject({
          act: z.string(),
          by: z.string(),
          at: InstantText,
          document: z.optional(z.string()),
          reason: z.optional(z.string()),
        }),
      ),
    ),
  })
  .check(
    z.meta({
      id: 'PolicyProposal',
      description:
        '政策提议及其影响；入库前不改变任何发放 / proposed policy and its effect; changes no payment before it is in the book',
    }),
  );

/** The book of a place and those inside it, as a file. */
export const PolicyBookView = z
  .strictObject({
    format: z
      .string()
      .check(z.meta({ description: '文件格式 / format of the file', examples: ['policy-book.v1'] })),
    jurisdiction: Jurisdiction,
    hash: HashText,
    packs: z.array(PolicyPackFile),
  })
  .check(
    z.meta({
      id: 'PolicyBook',
      description:
        '政策库文件，内容相同则逐字节相同 / the policy book as a file; the same content is the same bytes',
    }),
  );

const CitationView = z.strictObject({
  document: z.string(),
  title: z.string(),
  article: z.optional(z.string()),
  url: z.optional(z.string()),
});
const SettingView = z.strictObject({
  parameter: z.string(),
  values: z.array(
    z.strictObject({
      value: z.json(),
      /** 值的一行文字 */
      text: z.string(),
      from: MonthText,
      to: z.optional(MonthText),
      decidedOn: DateText,
      citation: CitationView,
      retroactivity: z.strictObject({
        months: z.string(),
        persons: z.string(),
        components: z.union([z.string(), z.array(z.string())]),
      }),
      sample: z.boolean(),
    }),
  ),
  gaps: z.array(z.strictObject({ from: MonthText, to: MonthText })),
  lapses: z.optional(MonthText),
});
export const CatalogueProgrammeView = z
  .strictObject({
    programme: ProgrammeText,
    code: z.string(),
    names: Names,
    unit: z.enum(['person', 'household', 'organisation', 'project']),
    amountBasis: z.enum(['rule', 'decision']),
    legalBasis: z.array(CitationView),
    components: z.array(z.strictObject({ component: z.string(), zh: z.string(), en: z.string() })),
    parameters: z.array(
      z.strictObject({
        name: z.string(),
        label: Names,
        unit: Names,
        bearsAmount: z.boolean(),
        of: z.enum(['programme', 'runs']),
      }),
    ),
    places: z.array(
      z.strictObject({ jurisdiction: Jurisdiction, settings: z.array(SettingView), sampleValues: Count }),
    ),
    openQuestions: z.array(
      z.strictObject({
        code: z.string(),
        zh: z.string(),
        en: z.string(),
        parameters: z.array(z.string()),
        jurisdiction: z.optional(Jurisdiction),
        meanwhile: Names,
      }),
    ),
  })
  .check(
    z.meta({
      id: 'CatalogueProgramme',
      description: '规则目录中的一个发放项目 / a programme in the catalogue of rules',
    }),
  );
