import { addMonths, type Month, monthOf, monthRange, type PlainDate } from '../../domain/calendar.ts';
import {
  type Application,
  type ApplicationActBody,
  applicationState,
} from '../../domain/grants/application.ts';
import type { DrawId, FundId } from '../../domain/imprest/acts.ts';
import {
  cancelDraw,
  changeStreets,
  closeFund,
  confirmOpening,
  countCash,
  openFund,
} from '../../domain/imprest/commands.ts';
import { countDifference, type ImprestFund, monthsNotCounted } from '../../domain/imprest/fund.ts';
import {
  decisionUnderway,
  noFund,
  otherAccount,
  ownDraw,
  postingUnderway,
} from '../../domain/imprest/refusals.ts';
import type { Fen } from '../../domain/money.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { finishApplication } from '../grants/carry-out-grant.ts';
import { ensurePerson } from '../grants/ensure-person.ts';
import { activeRunId } from '../run/active-run.ts';
import { drawId } from './draw.ts';
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
  if (ensured.value.accountDiffers) return refuse(otherAccount());
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

/** 变更支取单位. */
export const changeImprestStreets = (
  ports: ImprestPorts,
  address: FundAddress,
  said: { readonly streets: readonly string[]; readonly document: string },
  asked: Asked,
): Answer => act(ports, address, asked, (found) => changeStreets(found, said));

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
 * 撤销支取: the cash was not handed over or came back before it was posted. The grant is stopped, so that no run posts it any more and the
 * family may be helped again; carrying that out puts the money back into the fund, by the sweeper where a writer died.
 * Refusals: those of `cancelDraw`, `conflict/posting-underway`, `conflict/decision-underway`, those of `recordGrant`.
 */
export async function cancelImprestDraw(
  ports: ImprestPorts,
  address: FundAddress,
  id: DrawId,
  said: { readonly reason: string; readonly document: string },
  { by, request }: Asked,
): Answer {
  const current = await upToDate(ports, address);
  if (!current.ok) return current;
  const may = cancelDraw(current.value, id, said.reason, by);
  if (!may) return current;
  if (!may.ok) return may;
  const { jurisdiction } = address;
  const application = current.value.draws.get(id)?.application ?? '';
  const found = await ports.grants.applications.load(application);
  if (found && (await isPosting(ports, { jurisdiction, programme: found.applied.programme })))
    return refuse(postingUnderway());
  const at = ports.clock.now();
  await ports.grants.marks.mark({ application, at });
  const stopped = await ports.grants.applications.act(
    application,
    (now) => now && stopCash(now, id, { ...said, by, on: ports.clock.today() }),
    { now: () => at, by, request },
  );
  if (!stopped.ok) return stopped;
  const done = await finishApplication(ports.grants, stopped.value);
  return done.ok ? ports.imprest.get(jurisdiction, address.fund) : done;
}

/** Stops what was granted in cash, all of it: the person who cancels decides, who drew had proposed. */
function stopCash(
  found: Application,
  id: DrawId,
  { document, reason, by, on }: { document: string; reason: string; by: string; on: PlainDate },
): Result<ApplicationActBody> | undefined {
  const state = applicationState(found);
  if (state === 'stopping' || state === 'stopped') return undefined;
  const [part] = found.granted?.parts ?? [];
  if (state !== 'granted' || !found.granted || !part) return refuse(decisionUnderway());
  if (drawId({ ...found, sequence: found.granted.sequence }) !== id) return refuse(decisionUnderway());
  const proposedBy = found.granted.by;
  if (proposedBy === by) return refuse(ownDraw());
  return ok({ kind: 'stopped', from: part.month, document, decidedOn: on, proposedBy, reason });
}

/** A run that posts is caught at its start or at its dispatch, but not in between; the pointer goes on naming one that has ended. */
async function isPosting({ runs }: ImprestPorts, scope: Scope): Promise<boolean> {
  const active = await activeRunId(runs, scope);
  return active !== undefined && /\.I\d+\.\d+$/.test(active);
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
