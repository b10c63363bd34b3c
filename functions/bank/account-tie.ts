import type { PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { type Tie, TieSums } from '../../domain/reconciliation/tie.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import type { RunPorts } from '../run/ports.ts';
import { visitMovements } from './account-movements.ts';
import { runsOfAccount, sentFiles } from './account-runs.ts';
import { breakIdOf, headsOf } from './breaks.ts';

/**
 * 银行存款余额调节表 of one account on a day: the journals of all runs that pay from it against its statements. Of entries and
 * bookings only sums per file and voucher are kept. Refusals: `missing/bank-account`, `missing/statement`.
 */
export async function tieAccount(
  ports: Pick<
    RunPorts,
    'runs' | 'ledger' | 'statements' | 'followUps' | 'outside' | 'unclaimed' | 'closings'
  >,
  request: { readonly jurisdiction: JurisdictionCode; readonly account: string; readonly date: PlainDate },
): Promise<Result<Tie>> {
  const { jurisdiction, account, date } = request;
  const runs = await runsOfAccount(ports, jurisdiction, account);
  if (runs.length === 0) return refuse(noAccount());
  const sums = new TieSums(date);
  await visitMovements(ports, runs, (movement) => sums.movement(movement));
  for await (const booking of ports.statements.bookings(request)) sums.booking(booking, booking.file);
  const heads = headsOf(await ports.statements.statements(request));
  const loose = await ports.statements.loose(request);
  const decisions = await ports.statements.decisions(jurisdiction);
  const decided = loose.filter(({ key }) => decisions.has(breakIdOf(account, key))).map(({ key }) => key);
  const tie = sums.tie(heads, loose, runs.flatMap(sentFiles), new Set(decided));
  if (tie) return ok(tie);
  return refuse(
    refusal(
      'missing/statement',
      '截至该日没有这个账号的对账单：请先上传',
      'there is no statement of this account up to that day: upload one first',
      { date },
    ),
  );
}

export const noAccount = () =>
  refusal(
    'missing/bank-account',
    '本单位没有批次从这个账号发放：请核对账号',
    'no run of this bureau pays from this account: check its number',
  );
