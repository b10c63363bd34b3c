import { batchNumber } from '../../domain/bank/layout.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { ExpectedMovement, SentFile } from '../../domain/reconciliation/statement-breaks.ts';
import { USUAL_BOOKING } from '../../domain/reconciliation/statement-item.ts';
import type { Run } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from '../run/ports.ts';

const READS_AT_ONCE = 16;

/** The runs of a jurisdiction that pay from an account; all of them when none is named. Runs of an opening move no money. */
export async function runsOfAccount(
  ports: Pick<RunPorts, 'runs'>,
  jurisdiction: JurisdictionCode,
  account?: string,
): Promise<Run[]> {
  const listings = await ports.runs.listings(jurisdiction);
  const runs = await mapBounded(listings, READS_AT_ONCE, ({ runId }) => ports.runs.load(runId));
  return runs.flatMap((run) =>
    run && !run.manifest.opening && (account === undefined || run.manifest.payerAccount === account)
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

/** Money that a run moves on its account without a file: what the finance bureau gave for it, what was paid by hand. */
export async function expectedOf(ports: Pick<RunPorts, 'outside'>, run: Run): Promise<ExpectedMovement[]> {
  const funded = run.fundings
    .filter(({ reversed }) => !reversed)
    .map(({ voucher, fen, date }): ExpectedMovement => ({ ref: voucher, side: 'credit', fen, date }));
  const byHand = (await ports.outside.ofRun(run.runId))
    .filter(({ decision }) => decision?.decision === 'confirmed')
    .map(
      ({ voucher, fen, paidOn }): ExpectedMovement => ({ ref: voucher, side: 'debit', fen, date: paidOn }),
    );
  return [...funded, ...byHand];
}
