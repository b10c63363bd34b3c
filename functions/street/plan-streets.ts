import { monthsOfPeriod } from '../../domain/calendar.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { RunIdentity, RunManifest } from '../../domain/run/manifest.ts';
import { isSubmitted, reportIdOf, type StreetCode } from '../../domain/street/report.ts';
import { streetsOn } from '../../domain/street/street-history.ts';
import type { StreetReportStore } from '../adapters/street-report-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import { mapBounded } from '../concurrency.ts';
import { reportLockDay } from './report-lock.ts';

const READS_AT_ONCE = 8;

export type StreetPorts = {
  readonly streets: Pick<StreetStore, 'changes'>;
  readonly streetReports: Pick<StreetReportStore, 'reportsOf' | 'load'>;
};
/** A supplementary run may be limited to one street. */
export type StartIdentity = RunIdentity & { readonly street?: string };
type Planned = Pick<RunManifest, 'street' | 'streetChanges' | 'notSubmitted'>;

/**
 * What a run freezes of the district's streets: their changes so far, the one street that it is limited to, and for a regular run
 * where streets report, those that stood on the cut-off day and have signed no report. Refusals: `invalid/street-run`,
 * `missing/calendar-year`.
 */
export async function planStreets(
  { streets, streetReports }: StreetPorts,
  identity: StartIdentity,
  { book, knownOn }: { readonly book: PolicyBook; readonly knownOn: string },
): Promise<Result<Planned>> {
  const { jurisdiction, programme, period, round, street } = identity;
  const changes = await streets.changes(jurisdiction);
  const lastDay = `${monthsOfPeriod(period).at(-1) ?? ''}-31`;
  if (street !== undefined) {
    const standing = streetsOn(changes, lastDay);
    const known = changes.length === 0 || standing.includes(street);
    if (round === 'R' || !street.startsWith(jurisdiction) || !known) return refuse(noStreetRun(street));
  }
  const frozen = {
    ...(street !== undefined && { street }),
    ...(changes.length > 0 && { streetChanges: changes }),
  };
  const cutOff = await reportLockDay(book, { jurisdiction, programme, knownOn }, period);
  if (!cutOff.ok && cutOff.error.code === 'missing/calendar-year') return cutOff;
  if (round !== 'R' || !cutOff.ok) return ok(frozen);
  const notSubmitted = await streetsWithout(streetReports, identity, streetsOn(changes, cutOff.value.day));
  return ok({ ...frozen, notSubmitted });
}

/** Streets without a signed report. The list may be behind its reports: what it says is missing is asked of the reports. */
async function streetsWithout(
  streetReports: StreetPorts['streetReports'],
  { jurisdiction, programme, period }: StartIdentity,
  streets: readonly StreetCode[],
): Promise<StreetCode[]> {
  const listed = await streetReports.reportsOf({ jurisdiction, programme }, period);
  const submitted = new Set(listed.flatMap((one) => (one.submitted ? [one.street] : [])));
  const missing = streets.filter((street) => !submitted.has(street));
  await mapBounded(missing, READS_AT_ONCE, async (street) => {
    const regular = reportIdOf({ street, programme, period, round: 'R' });
    const others = listed.flatMap((one) => (one.street === street ? [one.reportId] : []));
    for (const reportId of new Set([regular, ...others])) {
      const report = await streetReports.load(reportId);
      if (report && isSubmitted(report)) submitted.add(street);
    }
  });
  return streets.filter((street) => !submitted.has(street));
}

const noStreetRun = (street: string) =>
  refusal(
    'invalid/street-run',
    '只有补充批次可以限定街道，且须是本区该期间存在的街道',
    'only a supplementary run can be limited to a street, and to one of the district that stands in the period',
    { street },
  );
