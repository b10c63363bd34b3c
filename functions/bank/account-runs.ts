import { batchNumber } from '../../domain/bank/layout.ts';
import { chinaDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { recordingOf } from '../../domain/ledger/funding.ts';
import { sumFen } from '../../domain/money.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { ExpectedMovement, SentFile } from '../../domain/reconciliation/statement-breaks.ts';
import { USUAL_BOOKING } from '../../domain/reconciliation/statement-item.ts';
import { sendsNothing } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from '../run/ports.ts';

const READS_AT_ONCE = 16;

/** The runs of a jurisdiction that pay from an account; all of them when none is named. Openings and imprest postings move no money. */
export async function runsOfAccount(
  ports: Pick<RunPorts, 'runs'>,
  jurisdiction: JurisdictionCode,
  account?: string,
): Promise<Run[]> {
  const listings = await ports.runs.listings(jurisdiction);
  const runs = await mapBounded(listings, READS_AT_ONCE, ({ runId }) => ports.runs.load(runId));
  return runs.flatMap((run) =>
    run && !sendsNothing(run.manifest) && (account === undefined || run.manifest.payerAccount === account)
      ? [run]
      : [],
  );
}

/** The files of a run, with every name under which a bank may book one: file, batch number, message of ISO 20022. */
export function sentFiles({ manifest, files }: Run): SentFile[] {
  const { jurisdiction, programme, period, round, debitBooking } = manifest;
  return files.map(({ fileName, fileNumber, count, fen }) => {
    const batch = batchNumber({
      jurisdiction,
      programmeCode: PROGRAMMES[programme]?.code ?? '',
      compactPeriod: period.replace('-', ''),
      round,
      fileNumber,
    });
    const batchIds = [fileName, batch, `${jurisdiction}-${batch}`];
    return { fileName, batchIds, count, fen, booking: debitBooking ?? USUAL_BOOKING };
  });
}

type ExpectedPorts = Pick<RunPorts, 'outside' | 'results' | 'unclaimed'>;

/**
 * Money that runs move on their account without a file, by voucher: what the finance bureau gave, what was paid by hand, and came back of
 * it, what was surrendered to the treasury. The tie reads the same from the ledger.
 */
export async function expectedOf(ports: ExpectedPorts, runs: readonly Run[]): Promise<ExpectedMovement[]> {
  const ofRuns = await mapBounded(runs, READS_AT_ONCE, (run) => paidByHand(ports, run));
  return byVoucher([...fundingsOf(runs), ...ofRuns.flat(), ...(await surrenderedOf(ports, runs))]);
}

/** One recording of a voucher may be named by two runs: by one that was voided, and by the one after it. */
function fundingsOf(runs: readonly Run[]): ExpectedMovement[] {
  const standing = runs.flatMap(({ fundings }) => fundings).filter(({ reversed }) => !reversed);
  const once = new Map(standing.map((funding) => [recordingOf(funding), funding]));
  return [...once.values()].map(({ voucher, fen, date }) => ({ ref: voucher, side: 'credit', fen, date }));
}

async function paidByHand(ports: ExpectedPorts, run: Run): Promise<ExpectedMovement[]> {
  const outside = (await ports.outside.ofRun(run.runId)).filter(
    ({ decision }) => decision?.decision === 'confirmed',
  );
  const byHand = outside.map(
    ({ voucher, fen, paidOn }): ExpectedMovement => ({ ref: voucher, side: 'debit', fen, date: paidOn }),
  );
  if (outside.length === 0) return [];
  const back = (await ports.results.exceptions(run.runId)).flatMap(
    ({ kind, payment = '', instructedFen, decision }): ExpectedMovement[] =>
      kind === 'outside-returned' && decision?.decision === 'returned' && instructedFen !== undefined
        ? [{ ref: `returned ${payment}`, side: 'credit', fen: instructedFen, date: chinaDate(decision.at) }]
        : [],
  );
  return [...byHand, ...back];
}

async function surrenderedOf(
  { unclaimed }: ExpectedPorts,
  runs: readonly Run[],
): Promise<ExpectedMovement[]> {
  const mine = new Set(runs.map(({ runId }) => runId));
  const scopes = new Map(runs.map(({ manifest }) => [manifest.programme, manifest]));
  const records = await mapBounded([...scopes.values()], READS_AT_ONCE, (scope) => unclaimed.records(scope));
  return records
    .flat()
    .flatMap(({ surrenders }) => surrenders)
    .filter(({ runId, posted }) => posted === true && mine.has(runId))
    .map(({ voucher, fen, paidInOn }) => ({ ref: voucher, side: 'debit', fen, date: paidInOn }));
}

/** One voucher is one booking, whatever it stands for. */
function byVoucher(movements: readonly ExpectedMovement[]): ExpectedMovement[] {
  const groups = Map.groupBy(movements, ({ ref, side }) => `${side} ${ref}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((one, other) => (one.date < other.date ? -1 : 1));
    return first ? [{ ...first, fen: sumFen(group.map(({ fen }) => fen)) }] : [];
  });
}
