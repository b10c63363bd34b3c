import { addMonths } from '../../../domain/calendar.ts';
import { type PolicyBook, policyBook } from '../../../domain/policy/book.ts';
import { lookupParameter } from '../../../domain/policy/lookup.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { entitledMonths } from '../../../domain/programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../../../domain/programmes/programme.ts';
import type { Fact, FactKind } from '../../../domain/register/facts.ts';
import type { Result } from '../../../domain/result.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';

export type PackFile = PolicyFile;
/** The JSON of a pack in the policy book, free to change. */
export const packFile = (jurisdiction: string): PackFile => policyFile(jurisdiction, 'high-age');

/** A pack of the policy book with some parameters set to something else. */
export function changedPack(jurisdiction: string, changes: Record<string, unknown>): PackFile {
  const file = packFile(jurisdiction);
  for (const row of file.values) if (row.parameter in changes) row.value = changes[row.parameter];
  return file;
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

export function pack(file: unknown): PolicyPack {
  return must(parsePolicyPack(file)).pack;
}
export function bookOf(...files: unknown[]): PolicyBook {
  return must(policyBook(files.map(pack)));
}
export const BOOK = bookOf(packFile('110000'), packFile('110199'), packFile('231025'));

export function fact(kind: FactKind, validFrom: string, value = validFrom, recordedAt = ''): Fact {
  const at = recordedAt || `${validFrom}T01:00:00.000Z`;
  return { kind, value, validFrom, recordedAt: at, source: 'register', by: 'import-1' };
}

const PERSON = '7Z3K9QX2M4BT';
/** One person with one enrolment; `facts` may be of either kind. */
export function situationOf(
  jurisdiction: string,
  facts: readonly Fact[],
): Situation & { only: EnrolmentFacts } {
  const ofEnrolment = (candidate: Fact) =>
    ['application', 'stop', 'street', 'paid-elsewhere'].includes(candidate.kind);
  const only: EnrolmentFacts = {
    id: `GL-${PERSON}-1`,
    programme: 'high-age',
    jurisdiction,
    subject: PERSON,
    facts: facts.filter(ofEnrolment),
  };
  const persons = { [PERSON]: facts.filter((candidate) => !ofEnrolment(candidate)) };
  return { persons, enrolments: [only], only };
}

export const KNOWN_ON = '2026-12-01';

/** What the facts give for one month. */
export function monthOfFacts(
  jurisdiction: string,
  facts: readonly Fact[],
  month: string,
  book = BOOK,
  knownOn = KNOWN_ON,
): Result<Entitlement> {
  const { enrolments } = assess(situationOf(jurisdiction, facts), book, { month, knownOn });
  return enrolments[0]!.result;
}

/** Fen due for one month; throws on a refusal. */
export function due(jurisdiction: string, facts: readonly Fact[], month: string, book = BOOK): number {
  return must(monthOfFacts(jurisdiction, facts, month, book)).fen;
}

/** Fen for the month before, the month itself and the month after. */
export function around(jurisdiction: string, facts: readonly Fact[], month: string, book = BOOK): number[] {
  return [-1, 0, 1].map((offset) => due(jurisdiction, facts, addMonths(month, offset), book));
}

export function monthsOfFacts(jurisdiction: string, facts: readonly Fact[], through: string, book = BOOK) {
  const situation = situationOf(jurisdiction, facts);
  const { programme } = situation.only;
  const scope = { jurisdiction, programme, knownOn: KNOWN_ON, parameter: 'historyFrom', month: through };
  const historyFrom = must(lookupParameter(book, scope, RUN_PARAMETERS.historyFrom)).value;
  return entitledMonths(situation, situation.only, book, { historyFrom, through, knownOn: KNOWN_ON });
}
