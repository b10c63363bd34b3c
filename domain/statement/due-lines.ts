import { chinaDate, type Instant, type Month } from '../calendar.ts';
import type { PaymentId, RunId } from '../ids.ts';
import { foldAttempts } from '../ledger/attempts.ts';
import type { Entry } from '../ledger/entry.ts';
import { fen, ZERO } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import type { STACKING_STEPS } from '../programmes/stacking-labels.ts';
import { cashLines } from '../run/accruals.ts';
import type { PaymentLine } from '../run/draft.ts';
import { inSpan, type Span } from './payments.ts';
import type { DueKind, DueLine, SignedDraft, StatementSource } from './statement.ts';

/** A line before it is known what the month came to without it. */
type Moved = Pick<DueLine, 'kind' | 'month' | 'component' | 'fen' | 'payment' | 'runId'> & {
  readonly at: Instant;
  readonly on: string;
  readonly cause?: string;
  readonly document?: string;
  readonly steps: readonly Step[];
};

/**
 * Everything that moved what an enrolment is due, in the order it happened, each with what the month came to before and after, and with
 * what its derivation says that the one before did not.
 */
export function dueLines(source: StatementSource, span: Span): DueLine[] {
  const moved = [...source.entries.flatMap((entry) => ofEntry(entry, source)), ...lookedAt(source)]
    .filter(({ payment }) => inSpan(payment, span))
    .sort((a, b) => (a.at === b.at ? compare(a.month, b.month) : compare(a.at, b.at)));
  const due = new Map<string, number>();
  const known = new Map<Month, readonly Step[]>();
  // Lines of one run stand side by side: what its derivation changed is said with each of them.
  const told = new Map<string, readonly Step[]>();
  const lines = moved.map(({ at: _at, ...one }): DueLine => {
    const key = `${one.month}/${one.component}`;
    const before = fen(due.get(key) ?? 0);
    const after = fen(before + one.fen);
    due.set(key, after);
    const name = `${one.runId}/${one.month}`;
    const changed = told.get(name) ?? newSteps(one.steps, known.get(one.month) ?? []);
    told.set(name, changed);
    if (one.steps.length > 0) known.set(one.month, one.steps);
    const stacking = one.steps.filter(({ code }) => TAKES.includes(code));
    return { ...one, beforeFen: before, afterFen: after, changed, stacking };
  });
  return lines.sort((a, b) => compare(a.month, b.month) || compare(a.on, b.on));
}

/** Another programme left the amount as it was: that it says so of another amount is no change of its own. */
const UNMOVED = 'stacking-kept' satisfies keyof typeof STACKING_STEPS;
const TAKES: readonly string[] = [
  'stacking-excluded',
  'stacking-lost',
  'stacking-topped-up',
] satisfies readonly (keyof typeof STACKING_STEPS)[];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Steps that the derivation before did not have, or that said something else there; all of them are the first time. */
function newSteps(steps: readonly Step[], before: readonly Step[]): readonly Step[] {
  if (before.length === 0) return [];
  return steps.filter(
    ({ code, result }) =>
      code !== UNMOVED && !before.some((other) => other.code === code && other.result === result),
  );
}

function ofEntry(entry: Entry, source: StatementSource): Moved[] {
  const kindsOf = KINDS[entry.kind];
  if (!kindsOf) return [];
  const { payment, at, recovery } = entry;
  const lines = entry.kind === 'surrendered' ? surrenderedLines(payment, source) : (entry.lines ?? []);
  const runId = entry.decidedIn ?? entry.run;
  const signed = recovery ? undefined : draftOf(source.drafts, runId, payment);
  return lines
    .filter((line) => entry.kind !== 'release' || line.kind !== 'set-off')
    .map((line): Moved => {
      const { kind, sign } = kindsOf(line);
      return {
        kind,
        month: line.month,
        component: line.component,
        fen: fen(sign * line.fen),
        payment,
        runId,
        at,
        on: (recovery ? entry.bankDate : undefined) ?? chinaDate(at),
        ...(line.cause !== undefined && { cause: line.cause }),
        ...(recovery && { document: recovery.document }),
        steps: signed?.draft.derivations[line.month] ?? [],
      };
    });
}

type Meaning = (line: PaymentLine) => { readonly kind: DueKind; readonly sign: 1 | -1 };
const KINDS: Partial<Record<Entry['kind'], Meaning>> = {
  release: ({ kind }) => ({ kind: kind === 'arrears' ? 'arrears' : 'entitlement', sign: 1 }),
  'imprest-paid': ({ kind }) => ({ kind: kind === 'arrears' ? 'arrears' : 'entitlement', sign: 1 }),
  opening: () => ({ kind: 'opening', sign: 1 }),
  reversed: () => ({ kind: 'cancelled', sign: -1 }),
  surrendered: () => ({ kind: 'surrendered', sign: -1 }),
  'recovery-ordered': () => ({ kind: 'ordered-back', sign: -1 }),
  'recovery-revoked': () => ({ kind: 'owed-after-all', sign: 1 }),
};

/** What nobody had received of a payment when it went back to the treasury; claimed after all, it is paid anew. */
const surrenderedLines = (payment: PaymentId, { entries }: StatementSource): PaymentLine[] =>
  cashLines(foldAttempts(entries.filter((entry) => entry.payment === payment)));

const draftOf = (drafts: readonly SignedDraft[], runId: RunId, payment: PaymentId): SignedDraft | undefined =>
  drafts.find((one) => one.runId === runId && one.draft.payment === payment);

/** Months that a released run looked at again and had nothing to pay for: its draft says why, also where it is paid too much. */
function lookedAt({ drafts }: StatementSource): Moved[] {
  return drafts.flatMap(({ runId, at, draft }) => {
    if (draft.kind === 'reissue') return [];
    const paid = new Set(draft.lines.map(({ month }) => month));
    const beyond = new Set(draft.recoveries.map(({ month }) => month));
    return Object.entries(draft.derivations)
      .filter(([month]) => !paid.has(month) && (paid.size === 0 || beyond.has(month)))
      .map(
        ([month, steps]): Moved => ({
          kind: 'nothing',
          month,
          component: '',
          fen: ZERO,
          payment: draft.payment,
          runId,
          at,
          on: chinaDate(at),
          ...(draft.cause !== undefined && { cause: draft.cause }),
          steps,
        }),
      );
  });
}
