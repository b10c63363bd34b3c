import { type EnrolmentId, parsePaymentId } from '../../domain/ids.ts';
import type { Draft, PaymentLine } from '../../domain/run/draft.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { lineKey } from '../../domain/run/open-payment.ts';
import { mapBounded } from '../concurrency.ts';
import { bucketOfEnrolment } from './buckets.ts';
import { loadClaims } from './load-claims.ts';
import { creditedAfterAll } from './load-reissues.ts';
import type { RunStores } from './ports.ts';

const READ_AT_ONCE = 16;

/**
 * Drafts that pay months of a surrendered payment again because somebody claimed it, while the bank has said since the cut-off that the
 * payment itself was credited.
 */
export async function claimsCredited(
  ports: Pick<RunStores, 'unclaimed' | 'ledger' | 'results'>,
  manifest: RunManifest,
  payable: readonly Draft[],
): Promise<ReadonlySet<Draft>> {
  const drafts = new Map<EnrolmentId, Draft>(
    payable.flatMap((draft) => (draft.kind === 'reissue' ? [] : [[draft.enrolment, draft] as const])),
  );
  const buckets = [...new Set([...drafts.keys()].map(bucketOfEnrolment))];
  const claims = await mapBounded(buckets, READ_AT_ONCE, (bucket) => loadClaims(ports, manifest, bucket));
  const credited = new Set<Draft>();
  for (const { payment, enrolment } of claims.flat()) {
    const draft = drafts.get(enrolment);
    if (!draft) continue;
    const entries = await ports.ledger.ofEnrolment(manifest, parsePaymentId(payment).period, enrolment);
    const releases = entries.filter((entry) => entry.payment === payment && entry.kind === 'release');
    if (
      !overlap(
        draft.lines,
        releases.flatMap(({ lines = [] }) => lines),
      )
    )
      continue;
    const runs = releases.map(({ run }) => run);
    const said = await creditedAfterAll(ports, runs, undefined, manifest.cutOff);
    if (said.has(payment)) credited.add(draft);
  }
  return credited;
}

function overlap(lines: readonly PaymentLine[], others: readonly PaymentLine[]): boolean {
  const keys = new Set(others.map(lineKey));
  return lines.some((line) => keys.has(lineKey(line)));
}
