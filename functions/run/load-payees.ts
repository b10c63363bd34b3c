import type { Instant } from '../../domain/calendar.ts';
import type { PersonKey } from '../../domain/ids.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { wardsOf } from '../adapters/payee-wards.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { payeeOfPeriod, type Subjects } from './load-subjects.ts';

/**
 * For how many enrolments other than their own the payees of a bucket receive, in all programmes and buckets, as known at the cut-off.
 * Asked only where policy sets a limit; whoever was never named for more than that is not counted one by one.
 */
export async function countWards(
  register: RegisterStore,
  { payeeWardsMax, period, cutOff }: RunManifest,
  enrolments: readonly EnrolmentDocument[],
  { payeeOf }: Subjects,
): Promise<Map<PersonKey, number>> {
  const counts = new Map<PersonKey, number>();
  if (payeeWardsMax === undefined) return counts;
  const others = new Set(
    enrolments
      .map((one) => [one.subject, payeeOf(one)])
      .flatMap(([subject, payee]) => (payee && payee !== subject ? [payee] : [])),
  );
  for (const [payee, wards] of await wardsOf(register.table, [...others])) {
    if (wards.length <= payeeWardsMax) continue;
    const documents = await register.enrolments(wards);
    const subjects = documents.flatMap((one) =>
      one && payeeOfPeriod(one, period, cutOff)?.payee === payee ? [one.subject] : [],
    );
    // Two programmes of one ward are one ward.
    counts.set(payee, new Set(subjects).size);
  }
  return counts;
}

type Named = {
  readonly recordedAt: Instant;
  readonly source: string;
  readonly by: string;
  readonly confirmedBy?: string | undefined;
};
const CHANGED_BY_PEOPLE = ['account-change', 'payee-change', 'bank-file'];
/** By a change of its own, and not with something else. */
export const isChange = ({ source }: Pick<Named, 'source'>): boolean => CHANGED_BY_PEOPLE.includes(source);

/**
 * Staff who brought in or confirmed an account or a payee: they sign nothing in the run that first pays there. After the first run that is
 * one recorded since the last cut-off; for money that earlier runs left behind, any that somebody changed.
 */
export function changersOf(
  records: readonly (Named | undefined)[],
  previousCutOff: Instant | undefined,
  leftBehind: boolean,
): string[] {
  return records.flatMap((record) => {
    if (!record) return [];
    const since = leftBehind && isChange(record) ? '' : (previousCutOff ?? '');
    if (record.recordedAt <= since) return [];
    return [record.by, ...(record.confirmedBy === undefined ? [] : [record.confirmedBy])];
  });
}
