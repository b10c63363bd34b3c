import { type Month, monthRange } from '../../../domain/calendar.ts';
import { fen } from '../../../domain/money.ts';
import type { PolicyBook } from '../../../domain/policy/book.ts';
import type { AccruedLine } from '../../../domain/programmes/differences.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { Accrual } from '../../../domain/run/accruals.ts';
import { assessPayment, type EnrolmentCase } from '../../../domain/run/assess-payment.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import type { RunManifest } from '../../../domain/run/manifest.ts';
import { BOOK, situationOf } from '../programmes/samples.ts';
import { manifestOf, must } from './samples.ts';

const PERSON = '7Z3K9QX2M4BT';
export const PAYEE = {
  key: PERSON,
  facts: [],
  reference: { payee: PERSON, index: 0, hash: 'h' },
  account: { holderMatches: true, sharedWith: 0 },
};

/** A run over the real policy book; everything decided by December 2026 is known. */
export const manifest = (changes: Partial<RunManifest>): RunManifest =>
  manifestOf({ knownOn: '2026-12-01', historyFrom: '2019-10', ...changes });

export const accruedOver = (from: Month, to: Month, amount: number): AccruedLine[] =>
  monthRange(from, to).map((month) => ({ month, component: 'allowance', fen: fen(amount) }));

/** Accruals count as received unless they say otherwise. */
type CaseChanges = Partial<Omit<EnrolmentCase, 'accrued'>> & {
  readonly accrued?: readonly (AccruedLine & Partial<Accrual>)[];
};

/** One person paid to themselves, never paid before, nothing on hold. */
export function caseOf(
  jurisdiction: string,
  facts: readonly Fact[],
  { accrued = [], ...changes }: CaseChanges,
): EnrolmentCase {
  const { only, ...situation } = situationOf(jurisdiction, facts);
  return {
    enrolment: only,
    situation,
    payee: { ...PAYEE, facts: situation.persons[PERSON] ?? [] },
    accrued: accrued.map((line) => ({ standing: 'received', ...line })),
    previousFen: fen(0),
    heldMonths: new Set(),
    releasedMonths: [],
    policyChanged: false,
    open: [],
    proposed: [],
    ...changes,
  };
}

export const drafts = (run: RunManifest, found: EnrolmentCase, book: PolicyBook = BOOK): readonly Draft[] =>
  must(assessPayment(book, run, found)).drafts;
export const proposals = (run: RunManifest, found: EnrolmentCase, book: PolicyBook = BOOK) =>
  must(assessPayment(book, run, found)).proposals;

/** The only draft. */
export function one(run: RunManifest, found: EnrolmentCase, book: PolicyBook = BOOK): Draft {
  const [draft, ...others] = drafts(run, found, book);
  if (!draft || others.length > 0) throw new Error(`${others.length + (draft ? 1 : 0)} drafts`);
  return draft;
}
/** Month, fen, kind and cause of each line of the only draft. */
export const lines = (run: RunManifest, found: EnrolmentCase, book: PolicyBook = BOOK) =>
  one(run, found, book).lines.map((line) => [line.month, line.fen, line.kind, line.cause]);
