import type { Instant } from '../../domain/calendar.ts';
import {
  type Application,
  type ApplicationActBody,
  type ApplicationActOf,
  applicationState,
  grantedFen,
  papersOpen,
} from '../../domain/grants/application.ts';
import { stoppedParts } from '../../domain/grants/application-commands.ts';
import { sumFen } from '../../domain/money.ts';
import type { Component } from '../../domain/programmes/programme.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { DecidingGrant } from '../adapters/grant-marks.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import { isAbandoned } from '../instants.ts';
import type { ApplicationPorts, CashDraw } from './application-ports.ts';
import { OF_APPLICATION } from './earlier-grants.ts';
import { enrolForGrant } from './enrol.ts';
import { recordGrant } from './record-grant.ts';
import { onList } from './work-out-grant.ts';

/** What carrying out a decision needs. */
export type FinishPorts = Pick<
  ApplicationPorts,
  'register' | 'applications' | 'claims' | 'marks' | 'grantLists' | 'sweeps' | 'clock' | 'draw' | 'cancelDraw'
>;
type Done = Promise<Result<Application>>;

/**
 * Carries out what was decided: of a grant the cash, then the determination; of a stop what it takes away. Every step is done once, and
 * whoever comes next goes on where another died. Refusals: the fund's, which void the decision; those of `recordGrant`.
 */
export async function finishApplication(ports: FinishPorts, found: Application): Done {
  const state = applicationState(found);
  if (state === 'deciding') return carryOutGrant(ports, found);
  return state === 'stopping' ? carryOutStop(ports, found) : ok(found);
}

async function carryOutGrant(ports: FinishPorts, found: Application): Done {
  const { applied, granted } = found;
  invariant(granted, 'only what was granted is carried out');
  const { means, papersDue } = granted;
  const once = await claimedOnce(ports, found, granted);
  if (!once.ok) return once;
  if (means.kind === 'imprest-cash') {
    const drawn = await drawCash(ports, found, granted, means);
    if (!drawn.ok) return drawn;
  }
  const address = await enrolled(ports, found, granted);
  const { parts, derivation, document, decidedOn, sample, proposedBy, by } = granted;
  const recorded = await recordGrant(ports, address, {
    basis: `${OF_APPLICATION}${found.application}`,
    spans: parts.map(({ month, components }) => ({
      from: month,
      components: means.kind === 'imprest-cash' ? fromImprest(means.fund, components) : components,
      derivation,
    })),
    document,
    decidedOn,
    sample,
    proposedBy,
    decidedBy: by,
  });
  if (!recorded.ok) return recorded;
  if (papersDue !== undefined) {
    const { application } = found;
    const done = papersOpen(found).length === 0;
    await ports.marks.papers(applied.jurisdiction, { application, due: papersDue, done });
  }
  const { number } = recorded.value;
  const after = await concluded(ports, found, 'deciding', {
    kind: 'recorded',
    enrolment: address.id,
    determination: number,
  });
  await ports.marks.settle({ application: found.application, at: granted.at });
  return after;
}

/** One sum in the name of the fund: it is no money of the bank. */
const fromImprest = (fund: string, components: readonly Component[]): Component[] => [
  { component: `imprest:${fund}`, fen: sumFen(components.map(({ fen }) => fen)) },
];

/** What a subject gets once goes to one row of a list or one application. A grant that comes too late for it is void. */
async function claimedOnce(
  ports: FinishPorts,
  { application, applied }: Application,
  { occasion, at }: ApplicationActOf<'granted'>,
): Promise<Result<true>> {
  const { programme, subject } = applied;
  const basis = `${OF_APPLICATION}${application}`;
  if (occasion === undefined) return ok(true);
  if ((await ports.grantLists.claimOnce(programme, { subject, occasion }, basis)) === 'ours') return ok(true);
  const holder = (await ports.grantLists.claimed(programme, subject, occasion)) ?? '';
  // Of another application that was stopped from its first month nothing stands any more.
  const other = holder.startsWith(OF_APPLICATION)
    ? await ports.applications.load(holder.slice(OF_APPLICATION.length))
    : undefined;
  if (other && grantedFen(other) === 0) return ok(true);
  return voided(ports, application, at, onList());
}

type CashMeans = Extract<ApplicationActOf<'granted'>['means'], { readonly kind: 'imprest-cash' }>;

function drawFor(
  { application, applied }: Application,
  { sequence, fen, by }: ApplicationActOf<'granted'>,
  { fund, receipt }: CashMeans,
): CashDraw {
  const { jurisdiction, street, subject, payee } = applied;
  const paid = payee?.payee ?? subject;
  return { jurisdiction, fund, street, fen, application, sequence, payee: paid, receipt, by };
}

/**
 * Takes the cash from the fund. That it did, and that it would not, compete for one place among the acts: should the fund have paid while
 * another look at the same decision was told that it would not, the draw is cancelled.
 */
async function drawCash(
  ports: FinishPorts,
  found: Application,
  granted: ApplicationActOf<'granted'>,
  means: CashMeans,
): Promise<Result<true>> {
  const { application } = found;
  const { at } = granted;
  if (found.drawn) return ok(true);
  const wanted = drawFor(found, granted, means);
  const drawn = await ports.draw(wanted);
  if (!drawn.ok) return voided(ports, application, at, drawn.error);
  const after = await ports.applications.act(
    application,
    (now) => (now && applicationState(now) === 'deciding' && !now.drawn ? ok({ kind: 'drawn' }) : undefined),
    { now: ports.clock.now, by: 'system' },
  );
  if (!after.ok || after.value.drawn) return after.ok ? ok(true) : after;
  await ports.cancelDraw(wanted);
  await ports.marks.settle({ application, at });
  return refuse(whyVoid(after.value) ?? busy());
}

/** Ends a decision that cannot be carried out, unless the fund has paid for it meanwhile. */
async function voided(
  { applications, marks, clock }: FinishPorts,
  application: string,
  at: Instant,
  { code, zh, en }: Refusal,
): Promise<Result<true>> {
  const after = await applications.act(
    application,
    (now) =>
      now && applicationState(now) === 'deciding' && !now.drawn
        ? ok({ kind: 'voided', code, zh, en })
        : undefined,
    { now: clock.now, by: 'system' },
  );
  if (after.ok && after.value.drawn) return ok(true);
  await marks.settle({ application, at });
  return refuse(refusal(code, zh, en));
}

/** Why the last decision could not be carried out; undefined while there is none such. */
export function whyVoid({ voided: act }: Application): Refusal | undefined {
  return act && refusal(act.code as Refusal['code'], act.zh, act.en);
}

const busy = (): Refusal =>
  refusal(
    'conflict/busy',
    '有人正在同时办理这份申请，请刷新后重试',
    'others are acting on this application: look again, then try again',
  );

async function enrolled(
  ports: FinishPorts,
  { applied }: Application,
  granted: ApplicationActOf<'granted'>,
): Promise<EnrolmentAddress> {
  const { jurisdiction, programme, subject, street, community, payee, appliedOn, by } = applied;
  const source = 'grant-application';
  const named = payee && { ...payee, source, by, evidence: granted.application, confirmedBy: granted.by };
  const place = { street, ...(community !== undefined && { community }) };
  const whom = { jurisdiction, programme, subject, ...place, ...(named && { payee: named }) };
  return enrolForGrant(ports, { ...whom, source, by, appliedOn });
}

async function carryOutStop(ports: FinishPorts, found: Application): Done {
  const { applied, granted, stopped, recorded } = found;
  invariant(granted && stopped && recorded, 'only what was granted is stopped');
  const { jurisdiction, programme } = applied;
  const { document, decidedOn, proposedBy, by, at } = stopped;
  const { derivation, sample, means } = granted;
  const cash = means.kind === 'imprest-cash' ? means : undefined;
  const withdrawn = await recordGrant(
    ports,
    { jurisdiction, programme, id: recorded.enrolment },
    {
      kind: 'grant-withdrawn',
      basis: `${OF_APPLICATION}${found.application}:stopped`,
      spans: stoppedParts(found).map(({ month, components }) => ({
        from: month,
        components: cash ? fromImprest(cash.fund, components) : components,
        derivation,
      })),
      document,
      decidedOn,
      sample,
      proposedBy,
      decidedBy: by,
    },
  );
  if (!withdrawn.ok) return withdrawn;
  // Whoever has the occasion next, by a list or an application, finds it free.
  const { subject } = applied;
  const { occasion } = granted;
  if (occasion !== undefined && grantedFen(found) === 0)
    await ports.grantLists.free(programme, { subject, occasion }, `${OF_APPLICATION}${found.application}`);
  if (cash) {
    const said = { by, reason: stopped.reason ?? document };
    const cancelled = await ports.cancelDraw(drawFor(found, granted, cash), said);
    // Posted, it is out of the fund for good: it is recovered from who got it.
    if (!cancelled.ok && cancelled.error.code !== 'conflict/draw-posted') return cancelled;
  }
  const { number } = withdrawn.value;
  const body = { kind: 'stop-recorded', determination: number } as const;
  const after = await concluded(ports, found, 'stopping', body);
  await ports.marks.settle({ application: found.application, at });
  return after;
}

const concluded = (
  { applications, clock }: FinishPorts,
  { application }: Application,
  state: 'deciding' | 'stopping',
  body: ApplicationActBody,
): Done =>
  applications.act(application, (now) => (now && applicationState(now) === state ? ok(body) : undefined), {
    now: clock.now,
    by: 'system',
  });

/**
 * What the sweeper asks for: carries out a decision whose writer died; one that was only begun is ended, so that the family's next
 * application need not wait for it. The mark stays while its decision may still be written.
 */
export async function finishMarked(ports: FinishPorts, marked: DecidingGrant): Promise<void> {
  const { application } = marked;
  const found = await ports.applications.load(application);
  const state = found && applicationState(found);
  if (found && (state === 'deciding' || state === 'stopping')) await finishApplication(ports, found);
  // The list may not have been brought up to the last act.
  else if (found) await ports.applications.listed(found);
  if (!isAbandoned(marked.at, ports.clock.now())) return;
  if (found && state === 'open' && (await hasBegun(ports, found)))
    await ports.applications.append(
      application,
      found,
      { kind: 'lapsed' },
      {
        now: ports.clock.now,
        by: 'system',
      },
    );
  await ports.marks.settle(marked);
}

/** A place is claimed for the act that would come next. */
async function hasBegun({ claims }: FinishPorts, found: Application): Promise<boolean> {
  const claimed = [...(await claims.of(found.stated.members)).values()].flat();
  return claimed.some(
    ({ application, sequence }) => application === found.application && sequence === found.sequence + 1,
  );
}
