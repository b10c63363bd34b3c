import { type Instant, type Month, maxMonth, monthsOfPeriod } from '../calendar.ts';
import type { ControlInput } from '../controls/control.ts';
import { findingsOn } from '../controls/index.ts';
import { sampleValue } from '../controls/sample-value.ts';
import { type EnrolmentId, paymentId } from '../ids.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import { assess } from '../programmes/assess.ts';
import { type Difference, differences } from '../programmes/differences.ts';
import { imprestFundOf } from '../programmes/granted.ts';
import { entitledMonths } from '../programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../programmes/programme.ts';
import { type SetOffDebt, setOffLines } from '../recovery/set-off.ts';
import { invariant, ok, type Result } from '../result.ts';
import { keptStreet } from '../street/kept-street.ts';
import type { Accrual } from './accruals.ts';
import { controlInput } from './control-input.ts';
import {
  type AccountReference,
  type Draft,
  draftTotal,
  type PaymentLine,
  type RecoveryProposal,
} from './draft.ts';
import { derivationsOf, evidenceOf, lostToOthers, restsOnSample } from './draft-grounds.ts';
import { ownMonths, postsImprest, type RunManifest } from './manifest.ts';
import { movementOf } from './movement.ts';
import { lineKey, type OpenPayment, type Resumed, resumeOpen } from './open-payment.ts';
import { policyMonths } from './policy-months.ts';

/** Who would be paid, as the register knows it at the cut-off. */
export type PayeeCase = ControlInput['payee'] & {
  readonly reference?: AccountReference;
  /** When the payee was named with a grant; absent where two people named them. */
  readonly namedAt?: Instant;
};

/** Everything about one enrolment that a run may look at: loaded first, decided on once. */
export type EnrolmentCase = {
  readonly enrolment: EnrolmentFacts;
  readonly situation: Situation;
  readonly payee: PayeeCase;
  /** What the controls that policy switched on have to know of others. */
  readonly about?: Pick<
    ControlInput['subject'],
    'identityFaults' | 'twins' | 'alsoIn' | 'cases' | 'staffRelatives'
  >;
  /** Accruals by month; undefined when nothing changed since the last run, so that the past need not be looked at. */
  readonly accrued?: readonly Accrual[];
  /** Regular entitlement paid for the period before. */
  readonly previousFen: Fen;
  /** Months kept back by a hold that is still open, and months of holds that were let go. */
  readonly heldMonths: ReadonlySet<Month>;
  readonly releasedMonths: readonly Month[];
  /** The policy book is another than the last run's: differences may be its doing. */
  readonly policyChanged: boolean;
  /** Supplementary runs only: payments that failed or came back. Whoever has one is looked at with all accruals. */
  readonly open: readonly OpenPayment[];
  /** What may be kept back for recovery orders (抵扣), the oldest first; absent when there are none. */
  readonly debts?: readonly SetOffDebt[];
  /** Recovery proposals on record that still say something: withdrawn when the money turns out to be owed after all. */
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
  const street = keptStreet(manifest, found.enrolment.facts);
  if (!street.ok) return street;
  const owed = owedNow(book, manifest, found);
  if (!owed.ok) return owed;
  const { changes, entitlements } = owed.value;
  // What was paid out in cash is not kept back any more.
  const held = postsImprest(manifest) ? new Set<Month>() : found.heldMonths;
  const lines = payableLines(manifest, changes, held);
  const beyond = changes.filter((change) => change.fen < 0);
  const proposals = beyond.map((change) => proposalOf(change, found.accrued ?? []));
  const recoveries = proposals.filter((proposal) => proposal.fen > 0);
  const resumed = resumeOpen(
    found.open,
    new Map(beyond.map((change) => [lineKey(change), 0 - change.fen] as const)),
  );
  const drafts = [
    ...regularDraft(book, manifest, found, lines, recoveries, entitlements),
    ...resumed.map((one) => reissueDraft(book, manifest, found, one, entitlements)),
  ];
  return ok({
    enrolment: found.enrolment.id,
    drafts,
    proposals: found.accrued ? [...proposals, ...withdrawn(manifest, found, proposals)] : [],
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
    invariant(
      found.open.length === 0,
      `enrolment ${enrolment.id} has an open payment and no look at its past`,
    );
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
  // A payment of a later period may be open, too: whether its months are still owed has to be known before it is sent again.
  const through = found.open
    .flatMap(({ lines }) => lines.map(({ month }) => month))
    .reduce(maxMonth, lastMonthOf(manifest));
  const span = { ...at, historyFrom: manifest.historyFrom, through };
  const entitled = entitledMonths(situation, enrolment, book, span);
  if (!entitled.ok) return entitled;
  const hints = {
    periodMonths: ownMonths(manifest),
    heldMonths: found.releasedMonths,
    ...(found.policyChanged &&
      !manifest.paysBy?.paidBy && {
        policyMonths: policyMonths(book, found, entitled.value, {
          ...span,
          since: manifest.previous?.cutOff,
        }),
      }),
  };
  const mine = ofThisRound(manifest);
  const due = entitled.value.months.map((month) => ({ ...month, components: month.components.filter(mine) }));
  const changes = differences(accrued.filter(mine), due, entitled.value.span, hints);
  return ok({
    changes: beyondSurrendered(changes, accrued),
    entitlements: new Map(entitled.value.months.map((entitlement) => [entitlement.month, entitlement])),
  });
}

/** What imprest funds paid out in cash is posted by runs of its own, and everything else is paid by the others. */
const ofThisRound =
  (manifest: RunManifest) =>
  ({ component }: { readonly component: string }): boolean =>
    (imprestFundOf(component) !== undefined) === postsImprest(manifest);

/** What was given back to the treasury and turns out not to be owed is nobody's to recover and nobody's to wait for. */
function beyondSurrendered(changes: readonly Difference[], accrued: readonly Accrual[]): Difference[] {
  const gone = accrued.filter(({ standing }) => standing === 'surrendered');
  return changes.flatMap((change) => {
    const back = sumFen(gone.filter((line) => lineKey(line) === lineKey(change)).map((line) => line.fen));
    if (change.fen > 0 || back === 0) return [change];
    const left = Math.min(0, change.fen + back);
    return left === 0 ? [] : [{ ...change, fen: fen(left) }];
  });
}

const lastMonthOf = (manifest: RunManifest): Month => monthsOfPeriod(manifest.period).at(-1) ?? '';

function payableLines(
  manifest: RunManifest,
  changes: readonly Difference[],
  held: ReadonlySet<Month>,
): PaymentLine[] {
  return changes
    .filter(({ month, fen: amount }) => amount > 0 && !held.has(month) && month <= lastMonthOf(manifest))
    .map(({ month, component, fen: amount, cause }) =>
      ownMonths(manifest).includes(month)
        ? { month, component, fen: amount, kind: 'entitlement' }
        : { month, component, fen: amount, kind: 'arrears', cause },
    );
}

const PENDING: readonly Accrual['standing'][] = ['in-transit', 'open'];

/** What is accrued beyond what is owed: first what nobody received yet, and only then what would have to be given back. */
function proposalOf(change: Difference, accrued: readonly Accrual[]): RecoveryProposal {
  const { month, component, cause } = change;
  const pending = sumFen(
    accrued
      .filter(({ standing, ...line }) => PENDING.includes(standing) && lineKey(line) === lineKey(change))
      .map((line) => line.fen),
  );
  const awaitedFen = fen(Math.min(pending, 0 - change.fen));
  const received = fen(0 - change.fen - awaitedFen);
  return { month, component, fen: received, ...(awaitedFen > 0 && { awaitedFen }), cause };
}

function withdrawn(
  manifest: RunManifest,
  found: EnrolmentCase,
  proposals: readonly RecoveryProposal[],
): RecoveryProposal[] {
  const standing = new Set(proposals.map(lineKey));
  return found.proposed
    .filter((proposal) => ofThisRound(manifest)(proposal) && !standing.has(lineKey(proposal)))
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
  // Who loses all of a month to another programme has the reason in writing.
  const told = movement !== 'same' || lostToOthers(entitlements, manifest.months);
  if (nothing && (!regular || !told)) return [];
  const months = [
    ...new Set([
      ...lines.map((line) => line.month),
      ...recoveries.map((recovery) => recovery.month),
      ...manifest.months,
    ]),
  ];
  const sample = restsOnSample(entitlements, months);
  const findings = findingsOf(book, manifest, found, lines, sample);
  const paid = [...lines, ...keptBack(manifest, found, lines, findings)];
  const draft: Draft = {
    payment: paymentId(manifest.period, manifest.round, found.enrolment.id),
    enrolment: found.enrolment.id,
    street: streetOf(manifest, found),
    kind: regular ? 'regular' : 'difference',
    attempt: 1,
    fen: draftTotal(paid),
    lines: paid,
    findings,
    recoveries,
    movement,
    previousFen: found.previousFen,
    sample,
    derivations: derivationsOf(entitlements, months),
    ...(found.payee.reference && { account: found.payee.reference }),
    ...(found.about?.staffRelatives && { staffRelatives: found.about.staffRelatives }),
    ...evidenceOf(found, lines),
    ...(cause !== undefined && { cause }),
  };
  return [draft];
}

/** 抵扣: never of what is held or blocked, nor of advances to imprest funds. */
function keptBack(
  { setOff, paysBy }: RunManifest,
  { debts = [] }: EnrolmentCase,
  lines: readonly PaymentLine[],
  findings: Draft['findings'],
): PaymentLine[] {
  const stopped = findings.some(({ severity }) => severity === 'block' || severity === 'hold');
  return !setOff || paysBy?.debits || stopped ? [] : setOffLines(lines, debts, setOff);
}

/** None on what an imprest fund has paid out: whom it went to was looked at when it did. A sample value is one all the same. */
function findingsOf(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  sample: boolean,
): Draft['findings'] {
  if (lines.length === 0) return [];
  const findings = findingsOn(controlInput(book, manifest, found, lines, sample));
  return postsImprest(manifest) ? findings.filter(({ control }) => control === sampleValue.code) : findings;
}

/** What an open payment still owes is sent again; what is no longer owed is named, with the reason in the derivation of the month. */
function reissueDraft(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  { payment, attempt, lines, cancelled }: Resumed,
  entitlements: ReadonlyMap<Month, Entitlement>,
): Draft {
  const sample = restsOnSample(
    entitlements,
    lines.map(({ month }) => month),
  );
  return {
    payment,
    enrolment: found.enrolment.id,
    street: streetOf(manifest, found),
    kind: 'reissue',
    attempt,
    fen: draftTotal(lines),
    lines,
    ...(cancelled.length > 0 && { cancelled }),
    findings: lines.length === 0 ? [] : findingsOn(controlInput(book, manifest, found, lines, sample)),
    recoveries: [],
    movement: 'same',
    previousFen: ZERO,
    sample,
    derivations: derivationsOf(
      entitlements,
      cancelled.map(({ month }) => month),
    ),
    ...(found.payee.reference && { account: found.payee.reference }),
    ...(found.about?.staffRelatives && { staffRelatives: found.about.staffRelatives }),
    ...evidenceOf(found, lines),
  };
}

/** The street that keeps the enrolment at the end of the period; that it can be said was checked at the start. */
function streetOf(manifest: RunManifest, found: EnrolmentCase): string {
  const street = keptStreet(manifest, found.enrolment.facts);
  invariant(street.ok, `enrolment ${found.enrolment.id} is kept by nobody`);
  return street.value;
}
