import type { ByLine } from '../../domain/budget/apportion.ts';
import { totalOf } from '../../domain/budget/apportion.ts';
import type { BudgetLine } from '../../domain/budget/line.ts';
import { addMonths, type Month, monthOf, monthsOfPeriod, type Period } from '../../domain/calendar.ts';
import {
  BUCKET_COUNT,
  type Bucket,
  bucketName,
  type EnrolmentId,
  type JurisdictionCode,
  type ProgrammeId,
  subjectOf,
} from '../../domain/ids.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type Fen, fen, sumFen, ZERO } from '../../domain/money.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { postedBy } from '../../domain/recovery/posted-by.ts';
import { foldRecoveries } from '../../domain/recovery/recovery.ts';
import type { Determination } from '../../domain/register/determination.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { parseRunId } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import {
  countPayments,
  countRecoveries,
  helpedBy,
  type StatisticsSpan,
  streetOf,
} from '../../domain/statistics/counted.ts';
import {
  type CountedEnrolment,
  type ProgrammeFigures,
  type StatisticsFigures,
  StatisticsSums,
} from '../../domain/statistics/statistics.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from '../run/ports.ts';
import { shanghaiDate } from '../shanghai-date.ts';

export type StatisticsPorts = Pick<RunPorts, 'runs' | 'ledger' | 'budgets' | 'outside'> & {
  readonly register: Pick<RegisterStore, 'enrolmentsOfBucket'>;
  readonly recoveries: Pick<RecoveryStore, 'enrolments' | 'acts'>;
};
export type StatisticsQuery = StatisticsSpan & {
  readonly jurisdiction: JurisdictionCode;
  readonly programme?: ProgrammeId;
  readonly street?: string;
  /** Everybody's in sixteen parts that have nobody in common: their figures add up. 0 to 15. */
  readonly part?: number;
};
/** What a budget line paid of a programme; `line` absent: of runs that reach beyond the months asked for. */
export type FundedFigures = { readonly line?: BudgetLine; readonly fen: Fen };
export type Statistics = {
  readonly programmes: readonly (ProgrammeFigures & { readonly funding: readonly FundedFigures[] })[];
  readonly total: StatisticsFigures;
};

export const PARTS = 16;
const PAYMENTS_MAX = 150_000;
/** Periods of programmes of which all buckets are read while somebody waits. */
const PERIODS_MAX = 60;
const BUCKETS_AT_ONCE = 16;
const RUNS_AT_ONCE = 16;
/** A bank's dates are the bank's: before a run's start or after its close by days, never by months. */
const SLACK_MONTHS = 2;

/**
 * 统计: what was paid in some months, from the entries as they stand, bucket by bucket: a few buckets are in memory, and as all of a
 * subject lies in one, nobody is counted twice. Refusals: `invalid/months`, `limit/statistics`.
 */
export async function statistics(
  ports: StatisticsPorts,
  query: StatisticsQuery,
): Promise<Result<Statistics>> {
  if (query.from > query.to) return refuse(wrongMonths());
  const runs = await runsAsked(ports, query);
  const parts = query.part === undefined ? 1 : PARTS;
  const payments = runs.reduce((sum, run) => sum + paymentsOf(run), 0) / parts;
  const places = placesOf(runs);
  const partitions = places.reduce((sum, [, periods]) => sum + periods.length, 0) / parts;
  if (payments > PAYMENTS_MAX || partitions > PERIODS_MAX) return refuse(tooMany(Math.ceil(payments)));
  const sums = new StatisticsSums((id) => PROGRAMMES[id]?.debits === 'imprest');
  await mapBounded(bucketsOf(query.part), BUCKETS_AT_ONCE, async (bucket) => {
    const counted: CountedEnrolment[] = [];
    for (const [programme, periods] of places)
      counted.push(...(await countBucket(ports, { ...query, programme }, periods, bucket)));
    sums.add(counted);
  });
  const funded = sums.programmes().map(async (figures) => ({
    ...figures,
    funding: await fundingOf(ports, query.jurisdiction, figures),
  }));
  return ok({ programmes: await Promise.all(funded), total: sums.total() });
}

function bucketsOf(part: number | undefined): Bucket[] {
  const all = Array.from({ length: BUCKET_COUNT }, (_, index) => bucketName(index));
  return part === undefined ? all : all.filter((_, index) => index % PARTS === part);
}

/** Runs that may have paid, in the months asked for or for them. */
async function runsAsked(ports: StatisticsPorts, query: StatisticsQuery): Promise<Run[]> {
  const listings = (await ports.runs.listings(query.jurisdiction)).filter(({ runId, state }) => {
    const parsed = parseRunId(runId);
    const programme = parsed.ok ? parsed.value.programme : '';
    return state !== 'void' && (query.programme === undefined || programme === query.programme);
  });
  const runs = await mapBounded(listings, RUNS_AT_ONCE, ({ runId }) => ports.runs.load(runId));
  const recovered = await runsRecovered(
    ports,
    query,
    new Set(runs.flatMap((run) => run?.manifest.programme ?? [])),
  );
  const found = await mapBounded(runs, RUNS_AT_ONCE, async (run) =>
    run &&
    (run.state === 'dispatched' || run.state === 'closed') &&
    (recovered.has(run.runId) || (await mayHavePaid(ports, run, query)))
      ? [run]
      : [],
  );
  return found.flat();
}

/** Runs of whose payments something was ordered back, given back or given up in the months: long after they were closed. */
async function runsRecovered(
  { recoveries }: StatisticsPorts,
  { jurisdiction, from, to }: StatisticsQuery,
  programmes: ReadonlySet<ProgrammeId>,
): Promise<ReadonlySet<string>> {
  const runs = new Set<string>();
  for (const programme of programmes) {
    for await (const enrolment of recoveries.enrolments({ jurisdiction, programme })) {
      const acts = await recoveries.acts({ jurisdiction, programme, enrolment });
      const { orders } = foldRecoveries(acts);
      for (const { on, part } of acts.flatMap((act) => postedBy(act, orders[act.order - 1])))
        if (from <= monthOf(on) && monthOf(on) <= to) runs.add(part.runId);
    }
  }
  return runs;
}

async function mayHavePaid(
  ports: StatisticsPorts,
  run: Run,
  { by, from, to }: StatisticsSpan,
): Promise<boolean> {
  const through = lastMonthOf(run.totals?.periods ?? []);
  if (by === 'entitlement') return through >= from;
  if (run.manifest.opening) return (run.totals?.periods ?? []).some((month) => from <= month && month <= to);
  const started = addMonths(monthOf(shanghaiDate(run.startedAt)), 0 - SLACK_MONTHS);
  if (started > to) return false;
  const closed = run.closing && addMonths(monthOf(shanghaiDate(run.closing.at)), SLACK_MONTHS);
  if (closed === undefined || closed >= from) return true;
  // Paid by hand after the run was closed.
  return (await ports.outside.ofRun(run.runId)).some(({ paidOn }) => monthOf(paidOn) >= from);
}

const lastMonthOf = (periods: readonly Period[]): Month =>
  periods
    .flatMap((period) => monthsOfPeriod(period))
    .sort()
    .at(-1) ?? '';

const paymentsOf = ({ totals, files }: Run): number =>
  Math.max(
    totals?.payable.count ?? 0,
    files.reduce((sum, file) => sum + file.count, 0),
  );

/** Periods of the ledger by programme. */
function placesOf(runs: readonly Run[]): [ProgrammeId, Period[]][] {
  const ofProgramme = Map.groupBy(runs, ({ manifest }) => manifest.programme);
  return [...ofProgramme].map(([programme, own]) => {
    return [programme, [...new Set(own.flatMap(({ totals }) => totals?.periods ?? []))].sort()];
  });
}

async function countBucket(
  ports: StatisticsPorts,
  query: StatisticsQuery & { readonly programme: ProgrammeId },
  periods: readonly Period[],
  bucket: Bucket,
): Promise<CountedEnrolment[]> {
  const { programme, jurisdiction, street } = query;
  const entries = new Map<EnrolmentId, Entry[]>();
  for (const period of periods) {
    for await (const entry of ports.ledger.ofBucket({ jurisdiction, programme }, period, bucket)) {
      const own = entries.get(entry.enrolment);
      if (own) own.push(entry);
      else entries.set(entry.enrolment, [entry]);
    }
  }
  if (entries.size === 0) return [];
  const unit = PROGRAMMES[programme]?.unit ?? 'person';
  const determined = await determinationsOf(ports, query, bucket);
  return [...entries].map(([enrolment, own]) => {
    const attempts = attemptsIn(foldAttempts(own), street);
    const payments = countPayments(attempts, query).map((payment) => ({
      ...payment,
      helped: helpedBy(determined.get(enrolment) ?? [], payment.months),
    }));
    return {
      programme,
      unit,
      subject: subjectOf(enrolment),
      payments,
      recovery: countRecoveries(attempts, query),
    };
  });
}

/** Of one street; of all when none is named. */
function attemptsIn(attempts: readonly Attempt[], street: string | undefined): readonly Attempt[] {
  if (street === undefined) return attempts;
  const payments = Map.groupBy(attempts, ({ payment }) => payment);
  const mine = new Set(
    latestAttempts(attempts).flatMap((latest) =>
      streetOf(latest, payments.get(latest.payment) ?? []) === street ? latest.payment : [],
    ),
  );
  return attempts.filter(({ payment }) => mine.has(payment));
}

/** Who was helped stands in determinations; where amounts follow from rules there are none. */
async function determinationsOf(
  { register }: StatisticsPorts,
  { jurisdiction, programme }: { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId },
  bucket: Bucket,
): Promise<ReadonlyMap<EnrolmentId, readonly Determination[]>> {
  const found = new Map<EnrolmentId, readonly Determination[]>();
  if (PROGRAMMES[programme]?.amountBasis !== 'decision') return found;
  for await (const { document, determinations } of register.enrolmentsOfBucket(
    jurisdiction,
    programme,
    bucket,
  ))
    found.set(document.id, determinations);
  return found;
}

/**
 * By budget line, of runs of which everything that was spent is in the figures; what other runs paid is named as one sum, because a
 * budget knows lines by run and not by month, street or payment.
 */
async function fundingOf(
  { runs, budgets }: StatisticsPorts,
  jurisdiction: JurisdictionCode,
  { programme, runs: paid }: ProgrammeFigures,
): Promise<FundedFigures[]> {
  const byLine = new Map<string, { line: BudgetLine; fen: Fen }>();
  let rest = ZERO;
  for (const [runId, amount] of paid) {
    const run = await runs.load(runId);
    const fiscalYear = run?.manifest.fiscalYear ?? '';
    const { budget } = await budgets.load({ jurisdiction, programme, fiscalYear });
    const spent: ByLine = budget.runs[runId]?.spent ?? {};
    if (amount === 0) continue;
    if (totalOf(spent) !== amount) {
      rest = fen(rest + amount);
      continue;
    }
    for (const line of budget.lines) {
      const more = spent[line.line] ?? ZERO;
      if (more === 0) continue;
      const key = `${fiscalYear}/${line.line}`;
      byLine.set(key, { line, fen: sumFen([byLine.get(key)?.fen ?? ZERO, more]) });
    }
  }
  return [...byLine.values(), ...(rest === 0 ? [] : [{ fen: rest }])];
}

const wrongMonths = (): Refusal =>
  refusal('invalid/months', '起始月份不能晚于截止月份', 'the first month is not after the last');
const tooMany = (payments: number): Refusal =>
  refusal(
    'limit/statistics',
    `涉及约 ${payments} 笔，一次最多 ${PAYMENTS_MAX} 笔、${PERIODS_MAX} 个项目期间：请按项目、按月统计，或以 part=0 至 ${PARTS - 1} 分 ${PARTS} 份统计后相加（各份之间没有重复的人）`,
    `about ${payments} payments; at once are counted ${PAYMENTS_MAX} at most, of ${PERIODS_MAX} periods of programmes: ask by programme and month, or for part 0 to ${PARTS - 1} one after the other and add up: nobody is in two of them`,
    { payments, most: PAYMENTS_MAX },
  );
