import { chinaDate, type Instant, monthsOfPeriod } from '../../domain/calendar.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import { foldRecoveries, type Recoveries, type RecoveryAct } from '../../domain/recovery/recovery.ts';
import { type SetOffDebt, setOffDebts, withoutClaims } from '../../domain/recovery/set-off.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { RecoveryAddress, RecoveryStore } from '../adapters/recovery-store.ts';
import { mapBounded } from '../concurrency.ts';
import { returnedParts } from '../recovery/set-offs.ts';
import type { RunStores } from './ports.ts';

const READ_AT_ONCE = 16;

/**
 * What a run may keep back (抵扣) of the payments of these enrolments, as known at the cut-off; nothing is read where policy does not
 * allow it. What a run claimed that never released the payment is no set-off.
 */
export async function loadSetOffs(
  ports: Pick<RunStores, 'ledger'> & { readonly recoveries: Pick<RecoveryStore, 'enrolments' | 'acts'> },
  manifest: RunManifest,
  enrolments: readonly EnrolmentId[],
): Promise<ReadonlyMap<EnrolmentId, readonly SetOffDebt[]>> {
  const debts = new Map<EnrolmentId, readonly SetOffDebt[]>();
  if (!manifest.setOff || enrolments.length === 0) return debts;
  const { jurisdiction, programme, runId, period, cutOff } = manifest;
  const looked = new Set(enrolments);
  const ordered: EnrolmentId[] = [];
  for await (const enrolment of ports.recoveries.enrolments({ jurisdiction, programme }))
    if (looked.has(enrolment)) ordered.push(enrolment);
  const through = monthsOfPeriod(period).at(-1) ?? '';
  await mapBounded(ordered, READ_AT_ONCE, async (enrolment) => {
    const address = { jurisdiction, programme, enrolment };
    const known = foldRecoveries(actsBy(await ports.recoveries.acts(address), cutOff));
    const released = await releasedClaims(ports, address, known, runId);
    const standing = withoutClaims(known, ({ payment }) => !released.has(payment));
    const cameBack = await returnedParts(ports, address, standing.orders, cutOff);
    const found = setOffDebts(standing, { on: chinaDate(cutOff), through }, cameBack);
    if (found.length > 0) debts.set(enrolment, found);
  });
  return debts;
}

/** Acts are numbered through: those behind the first that came later are later, too. */
function actsBy(acts: readonly RecoveryAct[], cutOff: Instant): RecoveryAct[] {
  const later = acts.findIndex(({ at }) => at > cutOff);
  return later < 0 ? [...acts] : acts.slice(0, later);
}

/** Payments of other runs that kept something back and are in the ledger. */
async function releasedClaims(
  { ledger }: Pick<RunStores, 'ledger'>,
  { jurisdiction, programme }: RecoveryAddress,
  { orders }: Recoveries,
  runId: string,
): Promise<ReadonlySet<string>> {
  const claims = orders.flatMap(({ setOffs }) => setOffs.map(({ taken }) => taken));
  const keys = claims
    .filter(({ run }) => run !== runId)
    .map(({ payment }) => ({ jurisdiction, programme, payment, attempt: 1 }));
  const releases = (await ledger.slots(keys, ['release'])).flat();
  return new Set(releases.map(({ payment }) => payment));
}
