import { type Month, maxMonth, monthOf } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import { lookupOption } from '../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { Clock } from '../wiring.ts';

/**
 * That runs of the programme will pay these months: one before `historyFrom` never becomes money here, and nobody would be told. Asked
 * before a grant is decided. Refusals: `conflict/before-history`, `policy/gap`.
 */
export async function paidFrom(
  {
    policies,
    clock,
  }: { readonly policies: Pick<PolicyStore, 'current'>; readonly clock: Pick<Clock, 'today'> },
  scope: { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId },
  months: readonly Month[],
): Promise<Result<true>> {
  const book = await policies.current();
  if (!book.ok) return book;
  const knownOn = clock.today();
  for (const month of months) {
    // As the run reads it that may pay the month first.
    const query = { ...scope, knownOn, parameter: 'historyFrom', month: maxMonth(month, monthOf(knownOn)) };
    const historyFrom = lookupOption(book.value, query, RUN_PARAMETERS.historyFrom);
    if (!historyFrom.ok) return historyFrom;
    if (historyFrom.value !== undefined && month < historyFrom.value)
      return refuse(
        refusal(
          'conflict/before-history',
          `${historyFrom.value} 之前的月份不在本系统发放，${month} 的给付不会发出：请核对决定日期`,
          `months before ${historyFrom.value} are not paid by this system, and a grant for ${month} never would be: check the day of the decision`,
          { month, historyFrom: historyFrom.value },
        ),
      );
  }
  return ok(true);
}
