import type * as z from 'zod/mini';
import { maskAccount, maskId, maskName, maskPhone } from '../../../domain/mask.ts';
import { CHANGE_COLUMNS } from '../../../domain/register/change-columns.ts';
import type { ReportRow } from '../../../domain/street/report-rows.ts';
import type { streetReportContracts } from '../contracts/street-reports.ts';

type RowBody = z.input<(typeof streetReportContracts)['listStreetReportRows']['response']>['rows'][number];

/** Columns that say nothing of who somebody is. */
const PLAIN = [
  'appliedOn',
  'identityClass',
  'stopMonth',
  'diedOn',
  'toStreet',
  'cause',
  'residence',
  'changedOn',
  'community',
  'acceptedOn',
  'checkReport',
  'checkedOn',
  'publicityFrom',
  'publicityTo',
  'decisionNumber',
  'decidedOn',
  'reviewClass',
  'reviewedOn',
  'nextReview',
] as const;

/** A row as people see it: enough to find it on the street's own paper. */
export function reportRowView(row: ReportRow, number: number): RowBody {
  const { change, name = '', idNumber = '', phone, payeeName, account } = row;
  const plain = Object.fromEntries(PLAIN.flatMap((id) => (row[id] === undefined ? [] : [[id, row[id]]])));
  const own = Object.entries(row).flatMap(([id, cell]) =>
    cell === undefined || Object.hasOwn(CHANGE_COLUMNS, id) ? [] : [[id, cell] as const],
  );
  return {
    row: number,
    change: change === 'new' || change === 'stop' ? change : 'change',
    name: maskName(name),
    idNumber: maskId(idNumber),
    ...(phone !== undefined && { phone: maskPhone(phone) }),
    ...(payeeName !== undefined && { payeeName: maskName(payeeName) }),
    ...(account !== undefined && { account: maskAccount(account) }),
    ...plain,
    ...(own.length > 0 && { own: Object.fromEntries(own) }),
  };
}
