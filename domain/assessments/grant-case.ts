import * as z from 'zod/mini';
import type { PlainDate } from '../calendar.ts';
import { writtenFen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { GrantFacts, GrantProposal, Situation } from '../programmes/programme.ts';
import { wordIn } from '../register/column-words.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Assumption, CaseAt } from './case-at.ts';
import { type CaseProblem, problemsOf } from './problems.ts';
import type { ReadCase } from './read-case.ts';
import type { ReadEnrolment } from './read-enrolment.ts';
import { renamed } from './written.ts';

/** What one application for a single grant comes to, or why nothing. */
export type AssessedGrant = {
  readonly one: ReadEnrolment;
  readonly decidedOn: PlainDate;
  readonly result: Result<GrantProposal>;
};

/** Works out the grants of a case. Faults of what an application states are told by path. */
export function assessGrants(
  read: ReadCase,
  { at, book }: { readonly at: CaseAt; readonly book: PolicyBook },
): Result<
  { readonly assessed: readonly AssessedGrant[]; readonly assumed: readonly Assumption[] },
  readonly CaseProblem[]
> {
  const problems: CaseProblem[] = [];
  const assumed: Assumption[] = [];
  const assessed: AssessedGrant[] = [];
  for (const one of read.enrolments) {
    const { grant } = one.programme;
    if (!grant) continue;
    const first = `${at.months[0] ?? ''}-01`;
    const decidedOn = one.given.decidedOn ?? one.given.appliedOn ?? first;
    const path = `${one.path}.facts`;
    const usual = one.programme.id === 'temporary-aid' ? usualAid(one, decidedOn) : {};
    const stated = renamed(withoutFalse(one.given.facts ?? {}), FACT_NAMES);
    const facts = grantFacts(grant.schema, { stated, usual, path }, assumed);
    if (!facts.ok) {
      problems.push(...facts.error);
      continue;
    }
    const scope = {
      jurisdiction: one.enrolment.jurisdiction,
      programme: one.programme.id,
      knownOn: at.knownOn,
    };
    const subject = read.situation.persons[one.enrolment.subject];
    const result = grant.workOut({
      facts: facts.value,
      appliedOn: one.given.appliedOn ?? decidedOn,
      decidedOn,
      view: { book, scope },
      ...(subject && { subject }),
      earlier: earlierOf(one),
      situation: aroundOf(one, read),
    });
    assessed.push({ one, decidedOn, result });
  }
  return problems.length > 0 ? refuse(problems) : ok({ assessed, assumed });
}

/** What an application for 临时救助 is taken to say where the case does not. */
function usualAid({ given: { appliedOn, facts = {} } }: ReadEnrolment, decidedOn: PlainDate) {
  const kind = fieldOf(renamed(facts, FACT_NAMES), 'kind');
  const isSpending = typeof kind === 'string' && word(kind) === 'spending';
  return {
    persons: 1,
    residence: 'urban',
    registration: 'local',
    family: 'other',
    cause: isSpending ? 'illness' : 'other',
    eventOn: appliedOn ?? decidedOn,
  };
}

const FACT_NAMES = {
  type: 'kind',
  spending: 'spend',
  expense: 'spend',
  expenses: 'spend',
  people: 'persons',
};
/** What people write for the words of application forms. */
const WORDS: Readonly<Record<string, string>> = {
  急难: 'urgent',
  急难型: 'urgent',
  emergency: 'urgent',
  支出: 'spending',
  支出型: 'spending',
  expense: 'spending',
  expenditure: 'spending',
  城镇: 'urban',
  城市: 'urban',
  农村: 'rural',
  本地: 'local',
  本地户籍: 'local',
  居住证: 'resident',
  外地: 'visitor',
  特困: 'tekun',
  低保: 'dibao',
  低收入: 'low-income',
  低保边缘: 'low-income',
  marginal: 'low-income',
  其他: 'other',
  一般: 'other',
  none: 'other',
  疾病: 'illness',
  因病: 'illness',
  重病: 'illness',
  medical: 'illness',
  意外: 'accident',
  火灾: 'fire',
  交通事故: 'traffic',
  因学: 'education',
  教育: 'education',
};
const word = (given: string): string => wordIn(WORDS, given.trim()) ?? given.trim();

/** The person of a grant with the programmes of every month that the case has for him. */
function aroundOf({ enrolment: { subject } }: ReadEnrolment, { situation, enrolments }: ReadCase): Situation {
  const monthly = new Set(enrolments.flatMap((one) => (one.programme.grant ? [] : [one.enrolment.id])));
  const own = situation.enrolments.filter((one) => one.subject === subject && monthly.has(one.id));
  return { ...situation, enrolments: own };
}

function earlierOf({ given: { earlier = [] }, programme }: ReadEnrolment) {
  return earlier
    .map((one) => ({
      programme: one.programme ?? programme.id,
      decidedOn: one.decidedOn,
      fen: writtenFen(one.amount),
      ...(one.kind !== undefined && { kind: one.kind }),
      ...(one.cause !== undefined && { cause: one.cause }),
    }))
    .sort((a, b) => (a.decidedOn < b.decidedOn ? -1 : 1));
}

type Stated = {
  readonly stated: unknown;
  /** Values of fields that may be left out, although the schema asks for them. */
  readonly usual: Readonly<Record<string, string | number>>;
  readonly path: string;
};

/** What an application states, read by the programme's schema; amounts may be numbers, counts digits, and words Chinese. */
function grantFacts(
  schema: z.ZodMiniType<GrantFacts>,
  { stated, usual, path }: Stated,
  assumed: Assumption[],
): Result<GrantFacts, readonly CaseProblem[]> {
  let facts = stated;
  for (let attempt = 0; ; attempt += 1) {
    const read = z.safeParse(schema, facts);
    if (read.success) {
      const filled = Object.keys(usual).filter((field) => fieldOf(stated, field) === undefined);
      for (const field of filled)
        assumed.push({
          path: `${path}.${field}`,
          zh: `按 ${usual[field] ?? ''} 计算`,
          en: `taken to be ${usual[field] ?? ''}`,
        });
      return ok(read.data);
    }
    const mended = attempt > 0 ? facts : mend(facts, read.error.issues, usual);
    if (mended === facts) return refuse(problemsOf(read.error.issues, [path]));
    facts = mended;
  }
}

/** A flag that is not so is left out. */
const withoutFalse = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== false && value !== null));

type Issue = { readonly path: readonly PropertyKey[]; readonly code?: string };

function mend(facts: unknown, issues: readonly Issue[], usual: Stated['usual']): unknown {
  const copy: unknown = structuredCopy(facts);
  let changed = false;
  for (const issue of issues) {
    const parent = issue.path.slice(0, -1).reduce<unknown>((at, key) => fieldOf(at, key), copy);
    const key = issue.path.at(-1);
    if (key === undefined || !isRecord(parent)) continue;
    const value = fieldOf(parent, key);
    const left = issue.path.length === 1 && value === undefined ? wordIn(usual, String(key)) : undefined;
    const better = left ?? betterFor(issue, value);
    if (better === undefined) continue;
    parent[String(key)] = better;
    changed = true;
  }
  return changed ? copy : facts;
}

/** 45,000元 is 45000. */
function plainAmount(value: string): string | undefined {
  const plain = value.normalize('NFKC').replace(/[,\s元¥]/g, '');
  return /^\d{1,12}(?:\.\d{1,2})?$/.test(plain) ? plain : undefined;
}

function betterFor(issue: Issue, value: unknown): string | number | boolean | undefined {
  const expected = 'expected' in issue ? issue.expected : undefined;
  const values: unknown = 'values' in issue ? issue.values : undefined;
  if (expected === 'string' && typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  if ((expected === 'number' || expected === 'int') && /^\d{1,9}$/.test(value)) return Number(value);
  if (issue.code === 'custom') return plainAmount(value);
  if (!Array.isArray(values)) return undefined;
  if (values.includes(true)) return ['yes', 'true', '是'].includes(value) ? true : undefined;
  return values.includes(word(value)) ? word(value) : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const fieldOf = (value: unknown, key: PropertyKey): unknown =>
  isRecord(value) ? value[String(key)] : undefined;
const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
