import * as z from 'zod/mini';

import type { Contract } from './contract.ts';
import { Amount, DateText, Jurisdiction, MonthText, Names, ProgrammeText } from './primitives.ts';

const about = (zh: string, en: string) => z.meta({ description: `${zh} / ${en}` });
const Case = z.record(z.string(), z.json()).check(
  about('案情，写法见 GET /v1/schemas', 'the case, written as GET /v1/schemas says'),
  z.meta({
    examples: [
      {
        person: { birthDate: '1944-09-20' },
        enrolments: [{ programme: 'high-age', appliedOn: '2024-11-05' }],
      },
    ],
  }),
);
const Schema = z.record(z.string(), z.unknown()).check(about('JSON Schema', 'JSON Schema 2020-12'));
const AssessmentExample = z.strictObject({
  jurisdiction: Jurisdiction,
  month: MonthText,
  case: z.record(z.string(), z.unknown()),
  amount: Amount,
});
const Citation = z.strictObject({
  document: z.string(),
  title: z.string(),
  article: z.optional(z.string()),
  url: z.optional(z.string()),
});
const Component = z.strictObject({ component: z.string(), zh: z.string(), en: z.string(), amount: Amount });
const Step = z.strictObject({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  result: z.string(),
  citation: z.optional(Citation),
});
const CaseResult = z
  .strictObject({
    programme: ProgrammeText,
    name: Names,
    subject: z.string().check(about('案情中的代号', 'what the case calls them')),
    basis: z.enum(['rule', 'determined', 'proposed', 'grant']),
    month: z.optional(MonthText),
    decidedOn: z.optional(DateText),
    amount: z.optional(Amount),
    components: z.optional(z.array(Component)),
    decidedAt: z.optional(z.enum(['township', 'district', 'special'])),
    persons: z.optional(z.int()),
    parts: z.optional(z.array(z.strictObject({ monthsAfter: z.int(), amount: Amount }))),
    sample: z.optional(z.boolean()),
    stacking: z.optional(z.array(Names)),
    derivation: z.optional(z.array(Step)),
    error: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .check(
    z.meta({
      id: 'CaseResult',
      description:
        '一个项目一个月（或一笔）的应发金额和计算过程，或不能测算的原因 / what one programme owes for a month, or as a grant, and why; or why that cannot be said',
    }),
  );
const Differences = z.strictObject({
  programme: ProgrammeText,
  subject: z.string(),
  toPay: z.optional(Amount),
  arrears: z.optional(Amount),
  toRecover: z.optional(Amount),
  months: z.optional(
    z.array(
      z.strictObject({ month: MonthText, component: z.string(), amount: z.string(), cause: z.string() }),
    ),
  ),
  error: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
});

export const assessmentContracts = {
  createAssessment: {
    summary: { zh: '试算一个案情，不保存', en: 'Assess a case; nothing is stored' },
    notes: {
      zh: '按政策库测算一户（或一人）各项目应发多少、为什么，叠加规则一并适用；写明已发金额（paid）的，同时算出补发和追缴。案情不写姓名和证件号码。某个项目因政策缺失等不能测算时，在其结果中写明 error。',
      en: 'What a household or person is owed in each programme by the policy book, and why, stacking included; with what was paid (`paid`), arrears and recoveries as well. A case has no names and numbers. Where one programme cannot be computed, its result has `error`.',
    },
    request: z
      .strictObject({
        jurisdiction: z.optional(Jurisdiction),
        month: z.optional(MonthText),
        from: z.optional(MonthText),
        through: z.optional(MonthText),
        case: Case,
      })
      .check(z.meta({ id: 'CaseAssessmentRequest', description: '试算请求 / a case to be assessed' })),
    status: 200,
    response: z
      .strictObject({
        jurisdiction: Jurisdiction,
        months: z.array(MonthText),
        knownOn: DateText,
        total: z.optional(Amount),
        results: z.array(CaseResult),
        totals: z.optional(z.array(z.strictObject({ month: MonthText, amount: Amount }))),
        differences: z.optional(z.array(Differences)),
        toPay: z.optional(Amount),
        arrears: z.optional(Amount),
        toRecover: z.optional(Amount),
        assumed: z.optional(z.array(z.strictObject({ path: z.string(), zh: z.string(), en: z.string() }))),
      })
      .check(z.meta({ id: 'CaseAssessment', description: '试算结果 / what comes out' })),
  },
  listSchemas: {
    summary: { zh: '案情的写法和各项目目录', en: 'How a case is written, and the programmes' },
    status: 200,
    response: z.strictObject({
      case: Schema,
      programmes: z.array(z.strictObject({ programme: ProgrammeText, names: Names })),
    }),
  },
  getSchemas: {
    summary: {
      zh: '一个项目的事实、参数及算例',
      en: 'Facts, parameters and an example of a programme',
    },
    notes: {
      zh: 'facts 说明享受记录中可写的事实，parameters 说明各地可设的参数，shared 是各项目共有的发放参数；example 可直接提交试算。',
      en: '`facts` says what an enrolment of a case may state, `parameters` what a place may set, `shared` the parameters of runs that all programmes have; `example` can be assessed as it is.',
    },
    params: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({
      programme: ProgrammeText,
      names: Names,
      unit: z.enum(['person', 'household', 'organisation', 'project']),
      amountBasis: z.enum(['rule', 'decision']),
      legalBasis: z.array(Citation),
      facts: Schema,
      parameters: Schema,
      shared: Schema,
      example: z.optional(AssessmentExample),
    }),
  },
} as const satisfies Record<string, Contract>;
