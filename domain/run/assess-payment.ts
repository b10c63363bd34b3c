import { addMonths, type Month, maxMonth, monthsOfPeriod } from '../calendar.ts';
import { type ControlInput, lastMonth } from '../controls/control.ts';
import { findingsOn } from '../controls/index.ts';
import { membersOn } from '../household/membership.ts';
import { type EnrolmentId, type PaymentId, paymentId } from '../ids.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import { assess } from '../programmes/assess.ts';
import { type AccruedLine, type Difference, differences } from '../programmes/differences.ts';
import { entitledMonths } from '../programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation, Step } from '../programmes/programme.ts';
import { factOn } from '../register/facts.ts';
import { invariant, ok, type Result } from '../result.ts';
import {
  type AccountReference,
  type Draft,
  draftTotal,
  type PaymentLine,
  type RecoveryProposal,
} from './draft.ts';
import type { RunManifest } from './manifest.ts';

/** Who would be paid, as the register knows it at the cut-off. */
export type PayeeCase = ControlInput['payee'] & { readonly reference?: AccountReference };

/** An earlier attempt that failed or came back and may be sent again (重发). */
export type Reissue = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly fen: Fen;
  readonly lines: readonly PaymentLine[];
};

/** Everything about one enrolment that a run may look at: loaded first, decided on once. */
export type EnrolmentCase = {
  readonly enrolment: EnrolmentFacts;
  readonly situation: Situation;
  readonly payee: PayeeCase;
  /** Accruals by month; undefined when nothing changed since the last run, so that the past need not be looked at. */
  readonly accrued?: readonly AccruedLine[];
  /** Regular entitlement paid for the period before. */
  readonly previousFen: Fen;
  /** Months kept back by a hold that is still open, and months of holds that were let go. */
  readonly heldMonths: ReadonlySet<Month>;
  readonly releasedMonths: readonly Month[];
  /** The policy book is another than the last run's: differences may be its doing. */
  readonly policyChanged: boolean;
  readonly reissues: readonly Reissue[];
  /** Recovery proposals on record with an amount: withdrawn when the money turns out to be owed after all. */
  readonly proposed: readonly { readonly month: Month; readonly component: string }[];
};

export type AssessedPayment = {
  readonly enrolment: EnrolmentId;
  readonly drafts: readonly Draft[];
  /** Proposals as they stand now; zero withdraws an earlier one. */
  readonly proposals: readonly RecoveryProposal[];
};

/**
 * What one enrolment gets in a run, in one pure call: the months of the period, arrears of earlier ones, money to send again, and
 * what would have to be recovered. A refusal (a month without policy, a fact missing) leaves the other enrolments alone.
 */
export function assessPayment(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
): Result<AssessedPayment> {
  const owed = owedNow(book, manifest, found);
  if (!owed.ok) return owed;
  const { changes, entitlements } = owed.value;
  const lines = payableLines(manifest, changes, found.heldMonths);
  const recoveries = changes.filter((change) => change.fen < 0).map(recoveryOf);
  const drafts = [
    ...regularDraft(book, manifest, found, lines, recoveries, entitlements),
    ...found.reissues.map((reissue) => reissueDraft(manifest, found, reissue)),
  ];
  return ok({
    enrolment: found.enrolment.id,
    drafts,
    proposals: found.accrued ? [...recoveries, ...withdrawn(found, recoveries)] : [],
  });
}

type Owed = {
  readonly changes: readonly Difference[];
  readonly entitlements: ReadonlyMap<Month, Entitlement>;
};

function owedNow(book: PolicyBook, manifest: RunManifest, found: EnrolmentCase): Result<Owed> {
  const { enrolment, situation, accrued } = found;
  const at = { knownOn: manifest.knownOn, jurisdiction: manifest.jurisdiction };
  if (!accrued) {
    const entitlements = new Map<Month, Entitlement>();
    for (const month of manifest.months.filter((one) => one >= manifest.historyFrom)) {
      const mine = assess(situation, book, { ...at, month }).enrolments.find(
        ({ enrolment: id }) => id === enrolment.id,
      );
      invariant(mine, `enrolment ${enrolment.id} is not in its own situation`);
      if (!mine.result.ok) return mine.result;
      entitlements.set(month, mine.result.value);
    }
    const changes = [...entitlements.values()].flatMap(({ month, components }) =>
      components.map((component): Difference => ({ month, ...component, cause: 'period' })),
    );
    return ok({ changes, entitlements });
  }
  const through = monthsOfPeriod(manifest.period).at(-1) ?? '';
  const entitled = entitledMonths(situation, enrolment, book, { ...at, through });
  if (!entitled.ok) return entitled;
  const hints = {
    periodMonths: manifest.months,
    heldMonths: found.releasedMonths,
    ...(found.policyChanged && { policyMonths: [...new Set(accrued.map(({ month }) => month))] }),
  };
  return ok({
    changes: differences(accrued, entitled.value.months, entitled.value.span, hints),
    entitlements: new Map(entitled.value.months.map((entitlement) => [entitlement.month, entitlement])),
  });
}

function payableLines(
  manifest: RunManifest,
  changes: readonly Difference[],
  held: ReadonlySet<Month>,
): PaymentLine[] {
  return changes
    .filter((change) => change.fen > 0 && !held.has(change.month))
    .map(({ month, component, fen: amount, cause }) =>
      manifest.months.includes(month)
        ? { month, component, fen: amount, kind: 'entitlement' }
        : { month, component, fen: amount, kind: 'arrears', cause },
    );
}

const recoveryOf = ({ month, component, fen: amount, cause }: Difference): RecoveryProposal => ({
  month,
  component,
  fen: fen(0 - amount),
  cause,
});

function withdrawn(found: EnrolmentCase, recoveries: readonly RecoveryProposal[]): RecoveryProposal[] {
  const standing = new Set(recoveries.map(({ month, component }) => `${month}/${component}`));
  return found.proposed
    .filter(({ month, component }) => !standing.has(`${month}/${component}`))
    .map(({ month, component }) => ({ month, component, fen: ZERO, cause: 'withdrawn' }));
}

function regularDraft(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  recoveries: readonly RecoveryProposal[],
  entitlements: ReadonlyMap<Month, Entitlement>,
): Draft[] {
  const regular = manifest.round === 'R';
  const { movement, cause } = movementOf(book, manifest, found, lines, entitlements);
  const nothing = lines.length === 0 && recoveries.length === 0;
  if (nothing && (!regular || movement === 'same')) return [];
  const months = [
    ...new Set([
      ...lines.map((line) => line.month),
      ...recoveries.map((recovery) => recovery.month),
      ...manifest.months,
    ]),
  ];
  const derivations: Record<Month, readonly Step[]> = {};
  for (const month of months.sort()) {
    const steps = entitlements.get(month)?.derivation;
    if (steps) derivations[month] = steps;
  }
  const sample = [...entitlements.values()].some(
    (entitlement) => entitlement.sample && months.includes(entitlement.month),
  );
  const draft: Draft = {
    payment: paymentId(manifest.period, manifest.round, found.enrolment.id),
    enrolment: found.enrolment.id,
    street: streetOf(manifest, found),
    kind: regular ? 'regular' : 'difference',
    attempt: 1,
    fen: draftTotal(lines),
    lines,
    findings: lines.length === 0 ? [] : findingsOn(controlInput(manifest, found, lines, sample)),
    recoveries,
    movement,
    previousFen: found.previousFen,
    sample,
    derivations,
    ...(found.payee.reference && { account: found.payee.reference }),
    ...(cause !== undefined && { cause }),
  };
  return [draft];
}

function reissueDraft(manifest: RunManifest, found: EnrolmentCase, reissue: Reissue): Draft {
  return {
    payment: reissue.payment,
    enrolment: found.enrolment.id,
    street: streetOf(manifest, found),
    kind: 'reissue',
    attempt: reissue.attempt,
    fen: reissue.fen,
    lines: reissue.lines,
    findings: findingsOn(controlInput(manifest, found, reissue.lines, false)),
    recoveries: [],
    movement: 'same',
    previousFen: ZERO,
    sample: false,
    derivations: {},
    ...(found.payee.reference && { account: found.payee.reference }),
  };
}

function controlInput(
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  sample: boolean,
): ControlInput {
  const { subject, determinations } = found.enrolment;
  const { persons, households } = found.situation;
  const end = maxMonth(lastMonth(lines), monthsOfPeriod(manifest.period).at(-1) ?? '');
  return {
    lines,
    subject: {
      key: subject,
      facts: persons[subject] ?? [],
      ...(households && { members: membersOn(persons, subject, `${end}-31`) }),
      ...(determinations && { determinations }),
    },
    payee: found.payee,
    sample,
    demoMode: manifest.demoMode,
  };
}

/** The street that keeps the enrolment at the end of the period; empty when the register names none. */
function streetOf(manifest: RunManifest, found: EnrolmentCase): string {
  const month = monthsOfPeriod(manifest.period).at(-1) ?? '';
  return factOn(found.enrolment.facts, 'street', `${month}-31`)?.value ?? '';
}

/** Against the period before, entitlement with entitlement: arrears make nobody a newcomer or a change. */
function movementOf(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  entitlements: ReadonlyMap<Month, Entitlement>,
): { movement: Draft['movement']; cause?: string } {
  if (manifest.round !== 'R') return { movement: 'same' };
  const now = sumFen(lines.filter((line) => line.kind === 'entitlement').map((line) => line.fen));
  const before = found.previousFen;
  if (now === before) return { movement: 'same' };
  const movement = before === 0 ? 'joined' : now === 0 ? 'stopped' : 'changed';
  const newest = manifest.months.at(-1) ?? '';
  const steps = entitlements.get(newest)?.derivation ?? [];
  const cause = found.heldMonths.has(newest)
    ? 'on-hold'
    : (newStep(steps, stepsBefore(book, manifest, found)) ?? steps.at(movement === 'joined' ? 0 : -1))?.code;
  return cause === undefined ? { movement } : { movement, cause };
}

/** The derivation of the last month before the period; empty where that month cannot be said. */
function stepsBefore(book: PolicyBook, manifest: RunManifest, found: EnrolmentCase): readonly Step[] {
  const [first] = manifest.months;
  if (first === undefined) return [];
  const at = {
    month: addMonths(first, -1),
    knownOn: manifest.knownOn,
    jurisdiction: manifest.jurisdiction,
  };
  const mine = assess(found.situation, book, at).enrolments.find(
    ({ enrolment }) => enrolment === found.enrolment.id,
  );
  return mine?.result.ok ? mine.result.value.derivation : [];
}

/** The first step that says something else than the month before did: the rule that moved the amount. */
function newStep(steps: readonly Step[], before: readonly Step[]): Step | undefined {
  if (before.length === 0) return undefined;
  return steps.find(
    ({ code, result }) => !before.some((earlier) => earlier.code === code && earlier.result === result),
  );
}
