import * as z from 'zod/mini';
import type { PlainDate } from '../calendar.ts';
import { writtenFen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import type { GrantFacts, GrantProposal, Situation } from '../programmes/programme.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { CaseAt } from './case-at.ts';
import { type CaseProblem, problemsOf } from './problems.ts';
import type { ReadCase } from './read-case.ts';
import type { ReadEnrolment } from './read-enrolment.ts';

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
): Result<readonly AssessedGrant[], readonly CaseProblem[]> {
  const problems: CaseProblem[] = [];
  const assessed: AssessedGrant[] = [];
  for (const one of read.enrolments) {
    const { grant } = one.programme;
    if (!grant) continue;
    const facts = grantFacts(grant.schema, one.given.facts ?? {}, `${one.path}.facts`);
    if (!facts.ok) {
      problems.push(...facts.error);
      continue;
    }
    const first = `${at.months[0] ?? ''}-01`;
    const decidedOn = one.given.decidedOn ?? one.given.appliedOn ?? first;
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
  return problems.length > 0 ? refuse(problems) : ok(assessed);
}

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

/** What an application states, read by the programme's schema; amounts may be numbers, and counts digits. */
function grantFacts(
  schema: z.ZodMiniType<GrantFacts>,
  given: Readonly<Record<string, unknown>>,
  path: string,
): Result<GrantFacts, readonly CaseProblem[]> {
  let facts: unknown = withoutFalse(given);
  for (let attempt = 0; ; attempt += 1) {
    const read = z.safeParse(schema, facts);
    if (read.success) return ok(read.data);
    const mended = attempt > 0 ? facts : mend(facts, read.error.issues);
    if (mended === facts) return refuse(problemsOf(read.error.issues, [path]));
    facts = mended;
  }
}

/** A flag that is not so is left out. */
const withoutFalse = (given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== false && value !== null));

function mend(
  facts: unknown,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string }[],
) {
  const copy: unknown = structuredCopy(facts);
  let changed = false;
  for (const issue of issues) {
    const expected = 'expected' in issue ? issue.expected : undefined;
    const parent = issue.path.slice(0, -1).reduce<unknown>((at, key) => fieldOf(at, key), copy);
    const key = issue.path.at(-1);
    const value = key === undefined ? undefined : fieldOf(parent, key);
    const text = expected === 'string' && typeof value === 'number' ? String(value) : undefined;
    const number =
      (expected === 'number' || expected === 'int') && typeof value === 'string' && /^\d{1,9}$/.test(value)
        ? Number(value)
        : undefined;
    const better = text ?? number;
    if (better === undefined || key === undefined || !isRecord(parent)) continue;
    parent[String(key)] = better;
    changed = true;
  }
  return changed ? copy : facts;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const fieldOf = (value: unknown, key: PropertyKey): unknown =>
  isRecord(value) ? value[String(key)] : undefined;
const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
