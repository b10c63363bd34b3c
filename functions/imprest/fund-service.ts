import { addMonths, type Month, monthOf, monthRange, type PlainDate } from '../../domain/calendar.ts';
import type { DrawId, FundId } from '../../domain/imprest/acts.ts';
import { cancelDraw, closeFund, confirmOpening, countCash, openFund } from '../../domain/imprest/commands.ts';
import { countDifference, type Draw, type ImprestFund, monthsNotCounted } from '../../domain/imprest/fund.ts';
import { decisionUnderway, noFund, postingUnderway } from '../../domain/imprest/refusals.ts';
import type { Fen } from '../../domain/money.ts';
import { imprestComponent } from '../../domain/programmes/granted.ts';
import { type Refusal, type Result, refuse } from '../../domain/result.ts';
import type { RunState } from '../../domain/run/run.ts';
import { ensurePerson } from '../grants/ensure-person.ts';
import { recordGrant } from '../grants/record-grant.ts';
import type { Asked, FundAddress, ImprestPorts } from './ports.ts';
import { upToDate } from './replenish.ts';

type Answer = Promise<Result<ImprestFund>>;

export type OpeningRequest = {
  readonly fund: FundId;
  readonly name: string;
  readonly streets: readonly string[];
  /** The township: its code and name as registered, and its corporate account, all checked already. */
  readonly organisation: {
    readonly code: string;
    readonly name: string;
    readonly account: string;
    readonly bank?: string;
  };
  readonly broughtIn: Fen;
  readonly document: string;
};

/** 设立. The township comes into the register with its account; one that is there keeps what it has. */
export async function openImprest(
  ports: ImprestPorts,
  jurisdiction: string,
  { fund, organisation, ...wish }: OpeningRequest,
  { by, request }: Asked,
): Answer {
  const { code, name, account, bank } = organisation;
  const ensured = await ensurePerson(ports, {
    idNumber: code,
    legalName: name,
    account: { account, holderName: name, ...(bank !== undefined && { bank }) },
    organisation: true,
    source: 'imprest-fund',
    by,
  });
  if (!ensured.ok) return ensured;
  const opening = { jurisdiction, organisation: ensured.value.personKey, ...wish };
  return ports.imprest.act(jurisdiction, fund, (found) => openFund(found, opening), {
    now: ports.clock.now,
    by,
    request,
  });
}

/** 确认期初余额, by a second person. */
export const confirmImprest = (ports: ImprestPorts, address: FundAddress, asked: Asked): Answer =>
  act(ports, address, asked, (found) => confirmOpening(found, asked.by));

/** 盘点. */
export const countImprest = (
  ports: ImprestPorts,
  address: FundAddress,
  said: { readonly month: Month; readonly cash: Fen; readonly explanation?: string },
  asked: Asked,
): Answer => act(ports, address, asked, (found) => countCash(found, said, ports.clock.today()));

/** 撤销备用金. What runs have posted by now counts. */
export async function closeImprest(
  ports: ImprestPorts,
  address: FundAddress,
  document: string,
  asked: Asked,
): Answer {
  const current = await upToDate(ports, address);
  return current.ok ? act(ports, address, asked, (found) => closeFund(found, document)) : current;
}

const act = (
  { imprest, clock }: ImprestPorts,
  { jurisdiction, fund }: FundAddress,
  { by, request }: Asked,
  decide: (found: ImprestFund) => ReturnType<typeof confirmOpening>,
): Answer =>
  imprest.act(jurisdiction, fund, (found) => (found ? decide(found) : refuse(noFund())), {
    now: clock.now,
    by,
    request,
  });

/**
 * 撤销支取: the cash was not handed over or came back before it was posted. First its grant is withdrawn, so that no run posts it any more;
 * then the money is in the fund again. Refusals: those of `cancelDraw`, `conflict/posting-underway`, `conflict/decision-underway`, those of `recordGrant`.
 */
export async function cancelImprestDraw(
  ports: ImprestPorts,
  address: FundAddress,
  id: DrawId,
  { reason, document }: { readonly reason: string; readonly document: string },
  { by, request }: Asked,
): Answer {
  const current = await upToDate(ports, address);
  if (!current.ok) return current;
  const found = current.value;
  const may = cancelDraw(found, id, reason, by);
  if (may && !may.ok) return may;
  const draw = found.draws.get(id);
  if (may && draw) {
    const withdrawn = await withdrawGrant(ports, found, draw, { document, by });
    if (withdrawn) return refuse(withdrawn);
  }
  return act(ports, address, { by, request }, (now) => cancelDraw(now, id, reason, by));
}

const ENDED: readonly RunState[] = ['dispatched', 'closed', 'void'];

/** Why the grant of a draw cannot be withdrawn now, or undefined once it is. */
async function withdrawGrant(
  ports: ImprestPorts,
  { jurisdiction, fund }: ImprestFund,
  draw: Draw,
  { document, by }: { readonly document: string; readonly by: string },
): Promise<Refusal | undefined> {
  const application = await ports.applications.load(draw.application);
  const { applied, granted, recorded } = application ?? {};
  const [part] = granted?.parts ?? [];
  if (!applied || !granted || !recorded || !part) return decisionUnderway();
  const { programme } = applied;
  // A run that posts is caught at its start or at its dispatch, but not in between.
  const active = await ports.runs.activePointer({ jurisdiction, programme });
  if (active && /\.I\d+\.\d+$/.test(active.runId)) {
    // The pointer goes on naming a run that has ended.
    const run = await ports.runs.load(active.runId);
    if (!run || !ENDED.includes(run.state)) return postingUnderway();
  }
  const decidedOn: PlainDate = ports.clock.today();
  const withdrawn = await recordGrant(
    ports,
    { jurisdiction, programme, id: recorded.enrolment },
    {
      kind: 'grant-withdrawn',
      basis: `imprest:${fund}:${draw.draw}:cancelled`,
      spans: [
        {
          from: part.month,
          components: [{ component: imprestComponent(fund), fen: draw.fen }],
          derivation: granted.derivation,
        },
      ],
      document,
      decidedOn,
      sample: granted.sample,
      proposedBy: draw.by,
      decidedBy: by,
    },
  );
  return withdrawn.ok ? undefined : withdrawn.error;
}

/** What stands out about a fund: a month that was not counted, a count that differs. */
export type ImprestFinding =
  | { readonly code: 'not-counted'; readonly month: Month }
  | { readonly code: 'count-differs'; readonly month: Month; readonly difference: Fen };

export function findingsOf(fund: ImprestFund, today: PlainDate): ImprestFinding[] {
  if (fund.closed) return [];
  const before = monthRange(fund.openedOn, addMonths(monthOf(today), -1));
  const missing = monthsNotCounted(fund, before).map((month) => ({ code: 'not-counted', month }) as const);
  const last = countDifference(fund);
  return last
    ? [...missing, { code: 'count-differs', month: last.month, difference: last.difference }]
    : missing;
}
