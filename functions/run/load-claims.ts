import type { Instant } from '../../domain/calendar.ts';
import { type Bucket, type EnrolmentId, type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { RunStores } from './ports.ts';

/** 认领: a surrendered payment that somebody came for, by the cut-off. Its months are owed again. */
export type ClaimedPayment = {
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  /** Who recorded it: signs nothing in the run that pays it. */
  readonly by: string;
  readonly at: Instant;
};

/** Claims of a bucket as a run sees them: nothing that was recorded after the cut-off. */
export async function loadClaims(
  ports: Pick<RunStores, 'unclaimed'>,
  manifest: RunManifest,
  bucket: Bucket,
): Promise<ClaimedPayment[]> {
  const records = await ports.unclaimed.records(manifest, bucket);
  return records.flatMap(({ payment, claim }) =>
    claim && claim.at <= manifest.cutOff
      ? [{ payment, enrolment: parsePaymentId(payment).enrolment, by: claim.by, at: claim.at }]
      : [],
  );
}
