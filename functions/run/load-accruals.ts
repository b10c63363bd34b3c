import type { Bucket, EnrolmentId } from '../../domain/ids.ts';
import { type Attempt, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import {
  type Accrual,
  accrualsOf,
  attemptsAsOf,
  type Claimed,
  type Credited,
} from '../../domain/run/accruals.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { creditedAfterAll } from './load-reissues.ts';
import type { RunPorts } from './ports.ts';

type LedgerPorts = Pick<RunPorts, 'ledger' | 'results'>;

/** Above so many changed enrolments in a bucket, reading whole partitions is cheaper than asking for each. */
const WHOLE_PARTITION_FROM = 8;
const NONE: Credited = new Map();

/**
 * What the ledger holds accrued for each enrolment (of what was surrendered, only what nobody has claimed), and whether anybody has received it, as it stood at the cut-off. Entries are let
 * go period by period; only payments that failed or came back wait for what the bank said of them since.
 */
export async function loadAccruals(
  ports: LedgerPorts,
  manifest: RunManifest,
  bucket: Bucket,
  enrolments: readonly EnrolmentDocument[],
  claimed: Claimed,
): Promise<Map<EnrolmentId, Accrual[]>> {
  const accruals = new Map<EnrolmentId, Accrual[]>(enrolments.map(({ id }) => [id, []]));
  const unpaid: Attempt[] = [];
  const own = manifest.round === 'R' ? [] : [manifest.period];
  const periods = enrolments.length === 0 ? [] : [...new Set([...manifest.earlierPeriods, ...own])];
  for (const period of periods) {
    for (const [enrolment, entries] of await entriesOf(ports, manifest, period, bucket, [
      ...accruals.keys(),
    ])) {
      const attempts = attemptsAsOf(entries, manifest.cutOff);
      const open = new Set(
        latestAttempts(attempts)
          .filter(isOpen)
          .map(({ payment }) => payment),
      );
      unpaid.push(...attempts.filter(({ payment }) => open.has(payment)));
      const sure = attempts.filter(({ payment }) => !open.has(payment));
      accruals.get(enrolment)?.push(...accrualsOf(sure, NONE));
    }
  }
  const credited = await creditedAfterAll(
    ports,
    unpaid.map(({ release }) => release.run),
    manifest.cutOff,
  );
  for (const [enrolment, attempts] of Map.groupBy(unpaid, ({ release }) => release.enrolment))
    accruals.get(enrolment)?.push(...accrualsOf(attempts, credited, claimed));
  return accruals;
}

const isOpen = ({ state }: Attempt): boolean => state === 'failed' || state === 'returned';

async function entriesOf(
  { ledger }: Pick<LedgerPorts, 'ledger'>,
  manifest: RunManifest,
  period: string,
  bucket: Bucket,
  wanted: readonly EnrolmentId[],
): Promise<Map<EnrolmentId, Entry[]>> {
  const found = new Map<EnrolmentId, Entry[]>(wanted.map((enrolment) => [enrolment, []]));
  if (wanted.length >= WHOLE_PARTITION_FROM) {
    for await (const entry of ledger.ofBucket(manifest, period, bucket))
      found.get(entry.enrolment)?.push(entry);
  } else {
    for (const enrolment of wanted)
      found.set(enrolment, await ledger.ofEnrolment(manifest, period, enrolment));
  }
  return found;
}
