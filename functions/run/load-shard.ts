import { addMonths, type Instant, type Month, monthsOfPeriod } from '../../domain/calendar.ts';
import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import { type Fen, fen } from '../../domain/money.ts';
import type { EnrolmentFacts } from '../../domain/programmes/programme.ts';
import type { SetOffDebt } from '../../domain/recovery/set-off.ts';
import type { Determination } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { type Fact, knownBy, latestFact } from '../../domain/register/facts.ts';
import type { Accrual } from '../../domain/run/accruals.ts';
import type { EnrolmentCase } from '../../domain/run/assess-payment.ts';
import { policyChanged, postsImprest, type RunManifest } from '../../domain/run/manifest.ts';
import type { Hold, Recovery } from '../adapters/follow-up-store.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { isLookedAt, isResolved } from '../street/run-scope.ts';
import { formatOf } from './bank-layout.ts';
import { loadAccruals } from './load-accruals.ts';
import { type ClaimedPayment, loadClaims } from './load-claims.ts';
import { loadControlData } from './load-control-data.ts';
import { loadAccounts, type PayeeKnowledge, payeeCase } from './load-payee-case.ts';
import { changersOf, countWards } from './load-payees.ts';
import { loadOpenPayments, openPayment, type UnpaidPayment } from './load-reissues.ts';
import { enrolmentKnownBy, loadRelated, type Related } from './load-related.ts';
import { loadSetOffs } from './load-set-offs.ts';
import { loadSubjects } from './load-subjects.ts';
import { loadWatched, type Watched } from './load-watched.ts';
import type { RunPorts } from './ports.ts';

/** One enrolment ready to be decided on, and who changed the account that it pays into since the last run. */
export type LoadedCase = {
  readonly case: EnrolmentCase;
  readonly accountChangers: readonly string[];
  /** When the account paid was recorded in the place of an earlier one. */
  readonly accountChangedAt?: Instant;
};

type LoadPorts = Pick<RunPorts, 'ledger' | 'followUps' | 'results' | 'unclaimed' | 'cases' | 'relatives'> & {
  readonly register: RegisterStore;
  readonly recoveries: RecoveryStore;
};

/**
 * All reads of one bucket, before anything is decided: enrolments in order, their persons, accounts and who else has them, holds,
 * attempts that failed, proposals, and the ledger's past of those that changed. Everything as known at the cut-off, so that a
 * second try reads the same.
 */
export async function loadBucket(
  ports: LoadPorts,
  manifest: RunManifest,
  bucket: Bucket,
): Promise<LoadedCase[]> {
  const enrolments: EnrolmentDocument[] = [];
  const determinations = new Map<EnrolmentId, readonly Determination[]>();
  for await (const read of ports.register.enrolmentsOfBucket(
    manifest.jurisdiction,
    manifest.programme,
    bucket,
  )) {
    if (!isLookedAt(manifest, read.document)) continue;
    enrolments.push(read.document);
    determinations.set(read.document.id, read.determinations);
  }
  if (enrolments.length === 0) return [];
  const subjects = await loadSubjects(ports.register, manifest, enrolments);
  const related = await loadRelated(ports.register, manifest, bucket, enrolments, subjects);
  const accounts = await loadAccounts(ports.register, manifest, subjects);
  const wards = await countWards(ports.register, manifest, enrolments, subjects);
  const controls = await loadControlData(ports.register, manifest, enrolments, subjects);
  const [holds, open, recoveries] = await Promise.all([
    ports.followUps.holds(manifest, bucket),
    ports.followUps.open(manifest, bucket),
    ports.followUps.recoveries(manifest, bucket),
  ]);
  const known: Known = {
    manifest,
    subjects,
    related,
    determinations,
    accounts,
    wards,
    controls,
    watched: await loadWatched(ports, manifest, bucket),
    holds,
    recoveries,
    open: await loadOpenPayments(ports, manifest, open),
    claims: await loadClaims(ports, manifest, bucket),
    format: await formatOf(manifest),
    debts: await loadSetOffs(
      ports,
      manifest,
      enrolments.map(({ id }) => id),
    ),
  };
  const changed = enrolments.filter((enrolment) => needsPast(known, enrolment));
  const claimed = new Set(known.claims.map(({ payment }) => payment));
  const accrued = await loadAccruals(ports, manifest, bucket, changed, claimed);
  const previous = await loadPrevious(ports, manifest, bucket);
  return enrolments.map((enrolment) =>
    caseOf(known, enrolment, accrued.get(enrolment.id), previous.get(enrolment.id) ?? fen(0)),
  );
}

type Known = PayeeKnowledge & {
  readonly related: Related;
  readonly determinations: ReadonlyMap<EnrolmentId, readonly Determination[]>;
  readonly watched: Watched;
  readonly holds: readonly Hold[];
  readonly recoveries: readonly Recovery[];
  readonly open: ReadonlyMap<EnrolmentId, readonly UnpaidPayment[]>;
  readonly claims: readonly ClaimedPayment[];
  readonly debts: ReadonlyMap<EnrolmentId, readonly SetOffDebt[]>;
};

/** Whether the past of an enrolment has to be compared with what is owed now; for most it has not changed. */
function needsPast(known: Known, enrolment: EnrolmentDocument): boolean {
  const { manifest, subjects, related, determinations, holds, recoveries } = known;
  const { previous } = manifest;
  const byGrants = manifest.paysBy?.paidBy === 'grants';
  if (
    manifest.openedSince ||
    !previous ||
    policyChanged(manifest) ||
    // What was kept out of an imprest run left no hold behind.
    postsImprest(manifest) ||
    !(byGrants || followsOn(manifest, previous.period))
  )
    return true;
  // The payee too: a payment that was blocked for want of an account is owed from the month it was blocked in.
  const people = [enrolment.subject, subjects.payeeOf(enrolment)];
  const changedAt = [
    enrolment.changedAt,
    ...people.map((key) => subjects.persons.get(key)?.changedAt ?? ''),
    ...(determinations.get(enrolment.id) ?? []).map(({ recordedAt }) => recordedAt),
    // What became known late of another programme repairs this one too.
    ...related.changedAt(enrolment.subject),
  ];
  return (
    changedAt.some((at) => at > previous.cutOff) ||
    // Parts of a grant fall due with their months.
    (byGrants && fallsDue(manifest, previous.period, determinations.get(enrolment.id) ?? [])) ||
    holds.some((hold) => hold.enrolment === enrolment.id) ||
    // Whether what is open is still owed, and whether what was awaited has been received since.
    known.open.has(enrolment.id) ||
    known.claims.some((claim) => claim.enrolment === enrolment.id) ||
    recoveries.some((recovery) => recovery.enrolment === enrolment.id && stands(recovery))
  );
}

function fallsDue(
  { period }: RunManifest,
  previous: string,
  determinations: readonly Determination[],
): boolean {
  const [after, through] = [lastOf(previous), lastOf(period)];
  return determinations.some(({ spans }) => spans.some(({ from }) => from > after && from <= through));
}

const lastOf = (period: string): Month => monthsOfPeriod(period).at(-1) ?? '';

/** Says something: to be given back, or accrued beyond what is owed and not received yet. */
const stands = (recovery: Recovery): boolean => recovery.fen > 0 || (recovery.awaitedFen ?? 0) > 0;

/** False when a period was left out between the last run and this one: then everybody's past is looked at. */
function followsOn(manifest: RunManifest, previous: string): boolean {
  if (previous === manifest.period) return true;
  return addMonths(lastOf(previous), 1) === monthsOfPeriod(manifest.period)[0];
}

/** What each enrolment was due for the regular period before: for joined, stopped and changed. */
async function loadPrevious(
  ports: LoadPorts,
  manifest: RunManifest,
  bucket: Bucket,
): Promise<Map<EnrolmentId, Fen>> {
  const before = new Map<EnrolmentId, Fen>();
  const period = manifest.earlierPeriods.filter((earlier) => earlier < manifest.period).at(-1);
  if (manifest.round !== 'R' || period === undefined) return before;
  for await (const entry of ports.ledger.ofBucket(manifest, period, bucket)) {
    const due = (entry.lines ?? [])
      .filter((line) => line.kind === 'entitlement')
      .reduce((sum, line) => sum + line.fen, 0);
    if ((entry.kind === 'release' || entry.kind === 'opening') && due !== 0)
      before.set(entry.enrolment, fen((before.get(entry.enrolment) ?? 0) + due));
  }
  return before;
}

function caseOf(
  known: Known,
  enrolment: EnrolmentDocument,
  accrued: readonly Accrual[] | undefined,
  previousFen: Fen,
): LoadedCase {
  const { manifest, holds } = known;
  const mine = holds.filter((hold) => hold.enrolment === enrolment.id);
  const facts = knownBy(enrolment.facts, manifest.cutOff);
  const payee = payeeCase(known, enrolment);
  const isReleased = (hold: Hold) =>
    (hold.release !== undefined && hold.release.at <= manifest.cutOff) ||
    isResolved(hold, facts, manifest, known.watched.cases.get(enrolment.id), payee.account);
  const account = known.accounts.get(known.subjects.payeeOf(enrolment));
  const open = known.open.get(enrolment.id) ?? [];
  const target = payee.reference ? `${payee.reference.payee}.${payee.reference.index}` : undefined;
  const toHeir = payee.heir?.confirmed === true && manifest.controls?.heirs === true;
  const resumable = open.flatMap((one) => openPayment(one, target, toHeir) ?? []);
  const again = new Set(resumable.filter((one) => one.sendAgain).map(({ payment }) => payment));
  return {
    case: {
      enrolment: factsOf(known, enrolment),
      situation: situationOf(known, enrolment),
      payee,
      about: { ...known.controls.aboutOf(enrolment), ...known.watched.aboutOf(enrolment, known.subjects) },
      ...(accrued && { accrued }),
      debts: known.debts.get(enrolment.id) ?? [],
      previousFen,
      heldMonths: new Set<Month>(mine.filter((hold) => !isReleased(hold)).flatMap((hold) => hold.months)),
      releasedMonths: mine.filter(isReleased).flatMap((hold) => hold.months),
      policyChanged: policyChanged(manifest),
      open: resumable,
      proposed: known.recoveries.filter(
        (recovery) => recovery.enrolment === enrolment.id && stands(recovery),
      ),
    },
    ...(account && account.index > 0 && { accountChangedAt: account.record.recordedAt }),
    accountChangers: [
      ...changersOf(
        [
          known.accounts.get(known.subjects.payeeOf(enrolment))?.record,
          known.subjects.payeeRecordOf(enrolment),
        ],
        firstLookedAt(manifest, facts, accrued),
        mine.length > 0 || open.length > 0,
      ),
      ...open.flatMap(({ payment, clearedBy }) => (again.has(payment) ? (clearedBy ?? []) : [])),
      ...claimersOf(known, enrolment, mine.length > 0 || open.length > 0),
    ],
  };
}

/**
 * From when on an account or payee is new to runs: the last cut-off; of whom was never paid by grants their application, which runs may
 * have passed by while nothing was decided.
 */
function firstLookedAt(
  { previous, paysBy }: RunManifest,
  facts: readonly Fact[],
  accrued: readonly Accrual[] | undefined,
): Instant | undefined {
  const applied = latestFact(facts, 'application')?.value ?? '';
  const never = paysBy?.paidBy === 'grants' && accrued?.length === 0;
  return never && applied < (previous?.cutOff ?? '') ? applied : previous?.cutOff;
}

/** Who recorded claims that no run has paid yet: since the last one, or earlier where something still waits. */
function claimersOf({ claims, manifest }: Known, { id }: EnrolmentDocument, waits: boolean): string[] {
  const since = manifest.previous?.cutOff ?? '';
  return claims.flatMap((one) => (one.enrolment === id && (waits || one.at > since) ? [one.by] : []));
}

/** The enrolment with what was recorded and decided by the cut-off. */
const factsOf = ({ manifest, determinations }: Known, enrolment: EnrolmentDocument): EnrolmentFacts =>
  enrolmentKnownBy(enrolment, determinations.get(enrolment.id) ?? [], manifest.cutOff);

const situationOf = (known: Known, enrolment: EnrolmentDocument): EnrolmentCase['situation'] =>
  known.related.situationOf(
    factsOf(known, enrolment),
    known.subjects.situationOf(enrolment),
    known.manifest.cutOff,
  );
