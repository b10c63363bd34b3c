import { addMonths, type Month, monthOf, monthRange } from '../../domain/calendar.ts';
import type { EnrolmentId, ProgrammeId } from '../../domain/ids.ts';
import { coveredBy, type GrantedDraw, notePosted, receive } from '../../domain/imprest/commands.ts';
import { drawsIn, type ImprestFund } from '../../domain/imprest/fund.ts';
import { returnBasis } from '../../domain/imprest/returns.ts';
import { foldAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type Fen, sumFen } from '../../domain/money.ts';
import { imprestComponent } from '../../domain/programmes/granted.ts';
import { advanceComponent } from '../../domain/programmes/imprest/run-rules.ts';
import { ok, type Result } from '../../domain/result.ts';
import { accrualsOf } from '../../domain/run/accruals.ts';
import type { ImprestPorts } from './ports.ts';

type ReceivePorts = Pick<ImprestPorts, 'imprest' | 'ledger' | 'clock'> & {
  readonly recovery: Pick<ImprestPorts['recovery'], 'recoveries'>;
};
export type SettlePorts = ReceivePorts & Pick<ImprestPorts, 'applications'>;

/** What the ledger holds as received by an enrolment, of one component, in all periods from one month to today's. */
async function receivedOf(
  { ledger, clock }: Pick<ImprestPorts, 'ledger' | 'clock'>,
  scope: { readonly jurisdiction: string; readonly programme: ProgrammeId },
  enrolment: EnrolmentId,
  { component, from, month }: { readonly component: string; readonly from: Month; readonly month?: Month },
): Promise<Fen> {
  const entries = await entriesOf({ ledger, clock }, scope, enrolment, from);
  const accruals = accrualsOf(foldAttempts(entries), new Map());
  const mine = accruals.filter(
    (one) =>
      one.standing === 'received' &&
      one.component === component &&
      (month === undefined || one.month === month),
  );
  return sumFen(mine.map(({ fen }) => fen));
}

/** Of a replenished component: what was settled, and what of it the fund's own returns (缴回) have taken back: they left the fund by themselves. */
async function settledOf(
  { ledger, clock, recovery }: ReceivePorts,
  { jurisdiction, fund, ...rest }: ImprestFund,
  enrolment: EnrolmentId,
): Promise<Fen> {
  const scope = { jurisdiction, programme: 'imprest' } as const;
  const component = advanceComponent(fund);
  const entries = await entriesOf({ ledger, clock }, scope, enrolment, firstMonth(rest));
  const accruals = accrualsOf(foldAttempts(entries), new Map());
  // Read after the ledger: an order is there before its entries are.
  const { orders } = await recovery.recoveries.of({ ...scope, enrolment });
  const returns = new Set(rest.returns.map(({ proposed }) => returnBasis(fund, proposed.number)));
  const own = orders.filter(({ proposed }) => returns.has(proposed.basis)).map(({ order }) => order);
  const back = entries.filter(
    ({ kind, recovery: note }) => kind === 'recovery-ordered' && note && own.includes(note.order),
  );
  const lines = [
    ...accruals.filter(({ standing }) => standing === 'received'),
    ...back.flatMap((entry) => entry.lines ?? []),
  ];
  return sumFen(lines.filter((line) => line.component === component).map((line) => line.fen));
}

async function entriesOf(
  { ledger, clock }: Pick<ImprestPorts, 'ledger' | 'clock'>,
  scope: { readonly jurisdiction: string; readonly programme: ProgrammeId },
  enrolment: EnrolmentId,
  from: Month,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  // A run of the next month may be there already on the last days of this one.
  for (const period of monthRange(from, addMonths(monthOf(clock.today()), 1)))
    entries.push(...(await ledger.ofEnrolment(scope, period, enrolment)));
  return entries;
}

/**
 * Brings a fund to what the bank has settled to its township in all, as the ledger has it: an absolute figure, so that a second look
 * changes nothing.
 *
 * @param fund as it stands, read before the ledger is
 */
export async function noteReceived(ports: ReceivePorts, fund: ImprestFund): Promise<Result<ImprestFund>> {
  const recorded = fund.replenishments.flatMap((one) => one.recorded ?? []);
  const [first] = recorded;
  if (!first) return ok(fund);
  const settled = await settledOf(ports, fund, first.enrolment);
  if (settled === fund.received) return ok(fund);
  // Who has noted something since knows a later figure.
  return ports.imprest.act(
    fund.jurisdiction,
    fund.fund,
    (found) => (found?.received === fund.received ? receive(found, settled) : undefined),
    { now: ports.clock.now, by: 'system' },
  );
}

const firstMonth = ({ replenishments, openedOn }: Pick<ImprestFund, 'replenishments' | 'openedOn'>): Month =>
  replenishments.flatMap(({ decided }) => (decided ? [monthOf(decided.decidedOn)] : [])).sort()[0] ??
  openedOn;

/** Notes which draws imprest runs have posted since (备用金报销): vouchers that a replenishment may be asked for. */
export async function notePostings(ports: SettlePorts, fund: ImprestFund): Promise<Result<ImprestFund>> {
  const granted: GrantedDraw[] = [];
  const held = new Map<string, Fen>();
  for (const { draw, application } of drawsIn(fund, 'drawn')) {
    const found = await ports.applications.load(application);
    const [part] = found?.granted?.parts ?? [];
    if (!found?.recorded || !part || found.granted?.sequence !== Number(draw.split('.').at(-1))) continue;
    const { enrolment, determination } = found.recorded;
    const { month } = part;
    granted.push({ draw, enrolment, month, determination });
    const key = `${enrolment} ${month}`;
    if (held.has(key)) continue;
    const scope = { jurisdiction: fund.jurisdiction, programme: found.applied.programme };
    const of = { component: imprestComponent(fund.fund), from: month, month };
    held.set(key, await receivedOf(ports, scope, enrolment, of));
  }
  const of = ({ enrolment, month }: { enrolment: EnrolmentId; month: Month }) =>
    held.get(`${enrolment} ${month}`) ?? (0 as Fen);
  if (coveredBy(fund, granted, of).length === 0) return ok(fund);
  return ports.imprest.act(
    fund.jurisdiction,
    fund.fund,
    (found) => found && notePosted(found, coveredBy(found, granted, of)),
    { now: ports.clock.now, by: 'system' },
  );
}
