import { chinaDate, monthOf } from '../../domain/calendar.ts';
import { type JurisdictionCode, type ProgrammeId, parsePaymentId, type RunId } from '../../domain/ids.ts';
import {
  type Attempt,
  foldAttempts,
  lastWord,
  latestAttempts,
  owedOf,
  tally,
} from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type Fen, sumFen } from '../../domain/money.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { invariant } from '../../domain/result.ts';
import { parseRunId } from '../../domain/run/manifest.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { type AgedList, ageOpen, OPEN_PAYMENT_ALARM, type OpenFact } from '../../domain/unpaid/open-list.ts';
import { STUCK_DAYS, type StuckMoney, stuckMoney } from '../../domain/unpaid/stuck-money.ts';
import type { WorkingDays } from '../../domain/working-days.ts';
import type { OpenAttempt } from '../adapters/follow-up-store.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import { entriesOf } from '../audit/run-entries.ts';
import { mapBounded } from '../concurrency.ts';
import { ALL_BUCKETS, ofBuckets } from '../run/buckets.ts';
import { creditedAfterAll } from '../run/load-reissues.ts';
import type { RunStores } from '../run/ports.ts';

export type OpenListPorts = Pick<
  RunStores,
  'followUps' | 'ledger' | 'results' | 'runs' | 'sweeps' | 'clock'
> & {
  readonly policies: Pick<PolicyStore, 'freeze'>;
  readonly workingDays: () => Promise<WorkingDays>;
};
/** Open money of a bureau, or of one of its programmes, as it stands now. */
export type OpenList = AgedList & { readonly stuck: readonly StuckMoney[] };

const READS_AT_ONCE = 16;

/**
 * 退票清单: every payment of a bureau that failed or came back and stands open, with its age; and money that stands still. The list of
 * open attempts only says where to look: what stands is asked of the ledger.
 */
export async function openList(
  ports: OpenListPorts,
  jurisdiction: JurisdictionCode,
  programme?: ProgrammeId,
): Promise<OpenList> {
  const scopes = (await ports.sweeps.scopes()).filter(
    (scope) =>
      scope.jurisdiction === jurisdiction && (programme === undefined || scope.programme === programme),
  );
  const facts = (await mapBounded(scopes, 1, (scope) => openFacts(ports, scope))).flat();
  const frozen = await ports.policies.freeze();
  invariant(frozen.ok, `the policy book cannot be read: ${frozen.ok ? '' : frozen.error.code}`);
  const today = ports.clock.today();
  const alarms = new Map(
    scopes.map((scope) => [scope.programme, alarmAfter(frozen.value.book, scope, today)]),
  );
  const alarm = (of: ProgrammeId): number => alarms.get(of) ?? OPEN_PAYMENT_ALARM;
  const aged = ageOpen(facts, await ports.workingDays(), today, alarm);
  return { ...aged, stuck: stuckMoney(await standingMoney(ports, jurisdiction, programme), today) };
}

/** A gap in what was once set falls back to the usual figure: an alarm that policy forgot is no reason for none. */
function alarmAfter(book: PolicyBook, scope: LedgerScope, today: string): number {
  const query = { ...scope, knownOn: today, parameter: 'openPaymentAlarm', month: monthOf(today) };
  const found = lookupOption(book, query, RUN_PARAMETERS.openPaymentAlarm);
  return (found.ok ? found.value : undefined) ?? OPEN_PAYMENT_ALARM;
}

/** Open payments of a programme; attempts that are found to be over are marked, so that the next look leaves them out. */
async function openFacts(ports: OpenListPorts, scope: LedgerScope): Promise<OpenFact[]> {
  const ever = await ofBuckets(ALL_BUCKETS, (bucket) => ports.followUps.open(scope, bucket));
  const listed = ever.filter(({ over }) => !over);
  const payments = new Set(listed.map(({ payment }) => payment));
  // The bank may change its word about any attempt of a payment, also about one that is over.
  const credited = await creditedAfterAll(
    ports,
    ever.flatMap(({ payment, runId }) => (payments.has(payment) ? runId : [])),
  );
  const facts = await mapBounded(listed, READS_AT_ONCE, async (open) => {
    const latest = await latestOf(ports, scope, open);
    const fact = latest && factOf(scope, open, latest, credited.has(open.payment));
    if (latest && !fact) await ports.followUps.markOver(scope, open);
    return fact ? [fact] : [];
  });
  return facts.flat();
}

async function latestOf(
  { ledger }: Pick<OpenListPorts, 'ledger'>,
  scope: LedgerScope,
  { payment, enrolment }: OpenAttempt,
): Promise<Attempt | undefined> {
  const entries = await ledger.ofEnrolment(scope, parsePaymentId(payment).period, enrolment);
  return latestAttempts(foldAttempts(entries.filter((entry) => entry.payment === payment)))[0];
}

/** Undefined for an attempt that is over for ever: followed by another, given back, or no longer owed. */
function factOf(
  { programme }: LedgerScope,
  open: OpenAttempt,
  latest: Attempt,
  lateSuccess: boolean,
): OpenFact | undefined {
  const last = lastWord(latest);
  const stands = latest.attempt === open.attempt && owedOf(latest) > 0;
  if (!stands || !last || (latest.state !== 'failed' && latest.state !== 'returned')) return undefined;
  const { payment, enrolment, attempt, clearance } = open;
  return {
    programme,
    payment,
    enrolment,
    attempt,
    runId: latest.release.run,
    kind: latest.state,
    fen: owedOf(latest),
    reason: last.reason ?? 'OTHER',
    since: chinaDate(last.at),
    street: latest.release.street ?? '',
    ...(clearance && { clearedAt: clearance.at }),
    lateSuccess,
  };
}

/** Runs whose money stands still long enough to be looked at: what was funded and not sent, what was sent and is in transit. */
async function standingMoney(
  ports: OpenListPorts,
  jurisdiction: JurisdictionCode,
  programme: ProgrammeId | undefined,
): Promise<Omit<StuckMoney, 'days'>[]> {
  const oldest = new Date(Date.parse(ports.clock.now()) - STUCK_DAYS * 86_400_000).toISOString();
  const runs = (await ports.runs.listings(jurisdiction)).filter(
    ({ runId, state, startedAt }) =>
      state !== 'closed' &&
      state !== 'void' &&
      startedAt < oldest &&
      (programme === undefined || programmeOf(runId) === programme),
  );
  const found = await mapBounded(runs, 4, async ({ runId }) => {
    const run = await ports.runs.load(runId);
    return run ? ((await standingOf(ports, run)) ?? []) : [];
  });
  return found.flat();
}

const programmeOf = (runId: RunId): ProgrammeId | undefined => {
  const parsed = parseRunId(runId);
  return parsed.ok ? parsed.value.programme : undefined;
};

async function standingOf(ports: OpenListPorts, run: Run): Promise<Omit<StuckMoney, 'days'> | undefined> {
  const { runId, manifest, state, fundedFen, fundings } = run;
  const { programme } = manifest;
  if (state === 'dispatched') {
    const sent = (await ports.runs.acts(runId)).findLast(({ kind }) => kind === 'dispatched');
    const since = chinaDate(sent?.at ?? run.startedAt);
    return { runId, programme, kind: 'sent-not-answered', since, fen: await inTransit(ports, run) };
  }
  const dates = fundings.flatMap(({ date, reversed }) => (reversed ? [] : [date])).sort();
  const [since] = dates;
  return since === undefined
    ? undefined
    : { runId, programme, kind: 'funded-not-sent', since, fen: fundedFen };
}

/** What the bank has not answered of a run, from the ledger: few runs stand that long, so all their entries may be read. */
async function inTransit(ports: OpenListPorts, run: Run): Promise<Fen> {
  const sums = await ofBuckets(draftedBuckets(run), async (bucket) => {
    const entries: Entry[] = [];
    for await (const entry of entriesOf(ports, run, bucket)) if (entry.run === run.runId) entries.push(entry);
    return [tally(foldAttempts(entries)).inTransit.fen];
  });
  return sumFen(sums);
}
