import type { Instant } from '../../domain/calendar.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import { postedBy } from '../../domain/recovery/posted-by.ts';
import { foldRecoveries } from '../../domain/recovery/recovery.ts';
import type { LateFinding } from '../../domain/run/act.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import { mapBounded } from '../concurrency.ts';

const READ_AT_ONCE = 16;
/** The entry of a revocation follows its act at once, or by the sweeper: a run that began in between has not seen it. */
const UNSEEN_MINUTES = 60;

/**
 * Enrolments of which an order to give money back was called back (撤销) since the run looked at the books: these months count as paid
 * again, and the run would pay them a second time.
 */
export async function revokedSince(
  { recoveries }: { readonly recoveries: Pick<RecoveryStore, 'enrolments' | 'acts'> },
  { jurisdiction, programme, cutOff }: RunManifest,
  payable: readonly Draft[],
): Promise<ReadonlySet<EnrolmentId>> {
  const fresh = payable.filter(({ kind }) => kind !== 'reissue');
  const monthsOf = new Map(fresh.map(({ enrolment, lines }) => [enrolment, lines.map(({ month }) => month)]));
  const ordered: EnrolmentId[] = [];
  for await (const enrolment of recoveries.enrolments({ jurisdiction, programme }))
    if (monthsOf.has(enrolment)) ordered.push(enrolment);
  const since = minutesBefore(cutOff, UNSEEN_MINUTES);
  const found = await mapBounded(ordered, READ_AT_ONCE, async (enrolment) => {
    const acts = await recoveries.acts({ jurisdiction, programme, enrolment });
    const { orders } = foldRecoveries(acts);
    const owedAgain = acts
      .filter(({ at }) => at >= since)
      .flatMap((act) => postedBy(act, orders[act.order - 1]))
      .flatMap(({ fact }) => (fact.kind === 'recovery-revoked' ? fact.lines : []));
    return owedAgain.some(({ month }) => monthsOf.get(enrolment)?.includes(month)) ? [enrolment] : [];
  });
  return new Set(found.flat());
}

export const REVOKED_SINCE: Pick<LateFinding, 'control' | 'zh' | 'en'> = {
  control: 'determined-since',
  zh: '核算前后撤销了对该对象的追缴，所涉月份不再重复发放，发放前已暂缓：请重新核算',
  en: 'an order to give this money back was called back as the run was computed or since, so that these months count as paid: held before release; recompute',
};

const minutesBefore = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) - minutes * 60_000).toISOString();
