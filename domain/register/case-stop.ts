import type { PlainDate } from '../calendar.ts';
import { type Fact, latestFact } from './facts.ts';
import type { RowOrigin } from './sheet-person.ts';
import type { RowFault } from './sheets.ts';

/**
 * What is wrong with a row of a sheet that pays on whom a case (疑点) stopped: that was decided by two people after a written notice, and
 * a sheet is one person's. A street's report is signed and accepted, and may; so may a new application, of after the decision.
 * Undefined when the row takes nothing back.
 */
export function caseStopFault(
  enrolment: { readonly facts: readonly Fact[] } | undefined,
  { stopMonth, appliedOn }: { readonly stopMonth?: string | undefined; readonly appliedOn: PlainDate },
  { source }: Pick<RowOrigin, 'source'>,
): RowFault | undefined {
  const standing = latestFact(enrolment?.facts ?? [], 'stop');
  if (source !== undefined || stopMonth === undefined || !standing || standing.value === '') return undefined;
  const takesBack = stopMonth === '' || stopMonth > standing.value;
  if (!standing.source.startsWith('case:') || !takesBack || appliedOn > standing.validFrom) return undefined;
  return {
    column: '停发月份',
    zh: `疑点核查已决定停发（最后应发月份 ${standing.value}），名册不能恢复或推迟：请由街道以变动表填报恢复；重新申请的，填写决定之后的申请日期`,
    en: `Stop month: a case was decided with a stop after ${standing.value}, which a sheet does not take back: have the street report the return, or, of who applied anew, write the date of the new application`,
  };
}
