import { addMonths, type Month, monthRange } from '../../../domain/calendar.ts';
import { type Fen, sumFen, toYuan } from '../../../domain/money.ts';
import { csvLine } from '../../../domain/register/csv-cells.ts';
import type { ResponseOf } from './api-client.ts';
import { errorRows } from './error-file.ts';
import { determinedFen, type Enrolled } from './household-register.ts';
import { approve, close, type Desk, dispatch, type Run, reviewable } from './payment-run.ts';
import { csvSheet, importSheet } from './prepare.ts';

/** The first month that the sample district's 低保 may pay through this service, by its policy pack. */
export const HISTORY_FROM = '2026-10';

/** What Excel paid to a household for a month before this service. */
export type PaidBefore = { readonly enrolled: Enrolled; readonly month: Month; readonly fen: Fen };
export type Opening = {
  readonly rows: readonly PaidBefore[];
  readonly reviewed: ResponseOf<'getOpening'>;
  readonly closed: Run;
  readonly usedBefore: Fen;
};

/** What is due by the first decisions for the months of the bureau's own books, the last of them before `month`. */
export function paidBefore(enrolled: readonly Enrolled[], month: Month): PaidBefore[] {
  const months = monthRange(HISTORY_FROM, addMonths(month, -1));
  return enrolled.flatMap((each) =>
    months.flatMap((paid) => {
      const fen = determinedFen(each.determination, paid);
      return fen > 0 ? [{ enrolled: each, month: paid, fen }] : [];
    }),
  );
}

/** 期初: what Excel paid comes in as one sheet, its control totals are signed, and nothing goes to the bank. */
export async function openBooks(
  desk: Desk,
  rows: readonly PaidBefore[],
  fiscalYear: string,
): Promise<Opening> {
  const { api, key, programme } = desk;
  const lines = rows.map(({ enrolled, month, fen }) => {
    const [head] = enrolled.household.members;
    return csvLine([head?.name ?? '', head?.idNumber ?? '', month, toYuan(fen)]);
  });
  const csv = csvLine(['姓名', '身份证号', '所属月份', '已发金额']) + lines.join('');
  const imported = await importSheet(api, programme, csvSheet('opening', csv), key('opening'));
  const [refused] = await errorRows(api, imported);
  if (refused) throw new Error(`期初表 ${refused.row}: ${refused.reason}`);
  const usedBefore = sumFen(rows.map(({ fen }) => fen));
  const body = {
    programme,
    importId: imported.importId,
    usedBudget: [{ fiscalYear, amount: toYuan(usedBefore) }],
  };
  const { runId } = await api.call('preparer', 'startOpening', { body, key: key('start-opening') });
  await reviewable(desk, runId);
  const reviewed = await api.call('reviewer', 'getOpening', { params: { runId } });
  await approve(desk, runId);
  await dispatch(desk, runId);
  return { rows, reviewed, closed: await close(desk, runId), usedBefore };
}
