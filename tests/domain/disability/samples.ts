import { readdirSync } from 'node:fs';
import { addMonths } from '../../../domain/calendar.ts';
import { toYuan } from '../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { entitledMonths } from '../../../domain/programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../../../domain/programmes/programme.ts';
import { checkedFact } from '../../../domain/register/fact-values.ts';
import { ENROLMENT_FACT_KINDS, type Fact, type FactKind } from '../../../domain/register/facts.ts';
import type { Result } from '../../../domain/result.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';

const BOOK_FOLDER = new URL('../../../domain/policy-book/', import.meta.url);
export const LIVING = 'disability-living';
export const NURSING = 'disability-nursing';
const PROGRAMMES = [LIVING, NURSING, 'veterans-care', 'dibao'];

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}

/** Every pack of the programmes that these tests look at. */
export const FILES: readonly PolicyFile[] = readdirSync(BOOK_FOLDER).flatMap((place) =>
  readdirSync(new URL(`${place}/`, BOOK_FOLDER))
    .map((name) => name.replace('.json', ''))
    .filter((programme) => PROGRAMMES.includes(programme))
    .map((programme) => policyFile(place, programme)),
);
export const packsOf = (programme: string) => FILES.filter((file) => file.programme === programme);
export const bookOf = (files: readonly unknown[]): PolicyBook =>
  must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));
export const BOOK = bookOf(FILES);

/** The book with some parameters of one place set to something else; of what it did not set, a value from long ago. */
export function bookWith(place: string, programme: string, changes: Record<string, unknown>): PolicyBook {
  const file = policyFile(place, programme);
  const [first] = file.values;
  for (const [parameter, value] of Object.entries(changes)) {
    const rows = file.values.filter((row) => row.parameter === parameter);
    for (const row of rows) row.value = value;
    if (rows.length === 0) file.values.push({ ...first!, parameter, value });
  }
  return bookOf([
    ...FILES.filter((other) => other.jurisdiction !== place || other.programme !== programme),
    file,
  ]);
}

export const PERSON = '7Z3K9QX2M4BT';
export const LAST = '2030-12-31';

export function fact(kind: FactKind, validFrom: string, value = validFrom, recordedAt = ''): Fact {
  const at = recordedAt || `${validFrom}T01:00:00.000Z`;
  return checkedFact({ kind, value, validFrom, recordedAt: at, source: 'register', by: 'import-1' });
}

const ofEnrolment = ({ kind }: Fact) => ENROLMENT_FACT_KINDS.some((known) => known === kind);
const CODES: Record<string, string> = { [LIVING]: 'CS', [NURSING]: 'CH', 'veterans-care': 'YF', dibao: 'DB' };

/** One person with an enrolment in each of the programmes; enrolment facts go into all of them. */
export function situationOf(
  jurisdiction: string,
  facts: readonly Fact[],
  programmes: readonly string[] = [LIVING, NURSING],
): Situation {
  const enrolments = programmes.map(
    (programme): EnrolmentFacts => ({
      id: `${CODES[programme]}-${PERSON}-1`,
      programme,
      jurisdiction,
      subject: PERSON,
      facts: facts.filter(ofEnrolment),
    }),
  );
  return { persons: { [PERSON]: facts.filter((one) => !ofEnrolment(one)) }, enrolments };
}

export type At = { readonly book?: PolicyBook; readonly knownOn?: string; readonly programme?: string };

/** What the facts give in one programme for one month. */
export function monthOf(
  jurisdiction: string,
  facts: readonly Fact[],
  month: string,
  { book = BOOK, knownOn = LAST, programme = LIVING }: At = {},
): Result<Entitlement> {
  const { enrolments } = assess(situationOf(jurisdiction, facts, [programme]), book, { month, knownOn });
  return enrolments[0]!.result;
}

/** Yuan due for one month; the code of a refusal. */
export function due(jurisdiction: string, facts: readonly Fact[], month: string, at: At = {}): string {
  const found = monthOf(jurisdiction, facts, month, at);
  return found.ok ? toYuan(found.value.fen) : found.error.code;
}

/** Yuan of consecutive months from one on. */
export function months(
  jurisdiction: string,
  facts: readonly Fact[],
  from: string,
  count: number,
  at: At = {},
): string[] {
  return Array.from({ length: count }, (_, index) => due(jurisdiction, facts, addMonths(from, index), at));
}

/** Everything due from the first month through one, as a run takes arrears from. */
export function owed(
  jurisdiction: string,
  facts: readonly Fact[],
  through: string,
  { book = BOOK, knownOn = LAST, programme = LIVING }: At = {},
) {
  const situation = situationOf(jurisdiction, facts, [programme]);
  return must(
    entitledMonths(situation, situation.enrolments[0]!, book, { historyFrom: '2016-01', through, knownOn }),
  );
}

/** Somebody on 低保 with a grade, who applied and was decided on a day. */
export function person(grade: string, applied = '2024-05-06', ...more: readonly Fact[]): Fact[] {
  return [
    fact('disability', '2015-01-01', grade),
    fact('identity-class', '2015-01-01', 'dibao'),
    fact('application', applied),
    fact('decision', applied, `${applied}/示例〔2024〕1号`),
    ...more,
  ];
}

export const stepsOf = (result: Result<Entitlement>) => must(result).derivation.map(({ code }) => code);
