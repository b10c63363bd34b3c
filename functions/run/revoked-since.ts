import type { EnrolmentId } from '../../domain/ids.ts';
import { postedBy } from '../../domain/recovery/posted-by.ts';
import { foldRecoveries } from '../../domain/recovery/recovery.ts';
import type { LateFinding } from '../../domain/run/act.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import { mapBounded } from '../concurrency.ts';
import { secondsBefore } from '../instants.ts';

const READ_AT_ONCE = 16;
/** The entry of a revocation follows its act at once, or by the sweeper: a run that began in between has not seen it. */
const UNSEEN_SECONDS = 3_600;

/**
 * Enrolments of which an order to give money back was called back (撤销) since the run looked at the books: these months count as paid
 * again, and the run would pay them a second time.
 */
export async function revokedSince(
  { recoveries }: { readonly recoveries: Pick<RecoveryStore, 'enrolments' | 'acts'> },
  { jurisdiction, programme, cutOff }: RunManifest,
  payable: readonly Draft[],
): Promise<ReadonlySet<EnrolmentId>> {
  const drafts = Map.groupBy(payable, ({ enrolment }) => enrolment);
  const ordered: EnrolmentId[] = [];
  for await (const enrolment of recoveries.enrolments({ jurisdiction, programme }))
    if (drafts.has(enrolment)) ordered.push(enrolment);
  const since = secondsBefore(cutOff, UNSEEN_SECONDS);
  const found = await mapBounded(ordered, READ_AT_ONCE, async (enrolment) => {
    const acts = await recoveries.acts({ jurisdiction, programme, enrolment });
    const { orders } = foldRecoveries(acts);
    const owedAgain = acts
      .filter(({ at }) => at >= since)
      .flatMap((act) => postedBy(act, orders[act.order - 1]))
      .flatMap(({ fact }) => (fact.kind === 'recovery-revoked' ? fact.lines : []));
    const months = new Set(owedAgain.map(({ month }) => month));
    const pays = drafts.get(enrolment)?.some(({ lines }) => lines.some(({ month }) => months.has(month)));
    return pays ? [enrolment] : [];
  });
  return new Set(found.flat());
}

export const REVOKED_SINCE: Pick<LateFinding, 'control' | 'zh' | 'en'> = {
  control: 'determined-since',
  zh: '核算前后撤销了对该对象的追缴，所涉月份不再重复发放，发放前已暂缓：请重新核算',
  en: 'an order to give this money back was called back as the run was computed or since, so that these months count as paid: held before release; recompute',
};
