import {
  type Application,
  applicationState,
  foldApplication,
  papersOpen,
} from '../../domain/grants/application.ts';
import {
  type Decider,
  decideStop,
  type GrantWish,
  grantApplication,
  proposeStop,
  receivePapers,
  rejectApplication,
} from '../../domain/grants/application-commands.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { noApplication } from '../adapters/grant-application-store.ts';
import { pause } from '../concurrency.ts';
import type { ApplicationPorts } from './application-ports.ts';
import { finishApplication, whyVoid } from './carry-out-grant.ts';
import type { FamilyGrants } from './earlier-grants.ts';
import { paidFrom } from './paid-from.ts';
import { cashAllowed, papersDueOn, workedOutApplication } from './work-out-grant.ts';

type Asked = { readonly by: Decider; readonly request: string };
type Done = Promise<Result<Application>>;

/** Another application of the family may be decided at the same moment; the loser looks again, this often, a little later each time. */
const TRIES = 8;
const WAIT_MS = 40;

/**
 * 审批: grants an application as it was seen, and carries the grant out. Places in the family's row of claims are taken before the
 * decision is written, so that of two decisions on one family the later one has counted the earlier. Refusals: those of the
 * programme, `grantApplication`, `papersDueOn`, `cashAllowed`, `paidFrom`, `conflict/family-busy`, the fund's, those of `recordGrant`.
 */
export async function grant(
  ports: ApplicationPorts,
  application: string,
  wish: GrantWish,
  { by, request }: Asked,
): Done {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const acts = await ports.applications.acts(application);
    const loaded = foldApplication(acts);
    if (!loaded) return refuse(noApplication());
    if (acts.some((act) => act.request === request)) return again(ports, loaded);
    // What another left half done is finished before anybody is told of it.
    const done = await finishApplication(ports, loaded);
    if (!done.ok) return done;
    const found = done.value;
    const decided = await decision(ports, found, wish, by);
    if (!decided.ok) return decided;
    const { body, family } = decided.value;
    if (family.pending) {
      await pause(WAIT_MS * attempt);
      continue;
    }
    const at = ports.clock.now();
    await ports.marks.mark({ application, at });
    const places = await claimed(ports, found, family, at);
    if (places !== 'all') {
      // What was claimed so far counts for nothing; the next look is at what the faster one did.
      const system = { now: ports.clock.now, by: 'system' };
      if (places === 'some') await ports.applications.append(application, found, { kind: 'lapsed' }, system);
      await pause(WAIT_MS * attempt * Math.random());
      continue;
    }
    const stamp = { now: () => at, by: by.id, request };
    const after = await ports.applications.append(application, found, body, stamp);
    if (after) return finishApplication(ports, after);
  }
  return refuse(familyBusy());
}

/** What this very request decided before: the grant, or why it could not be carried out. */
async function again(ports: ApplicationPorts, found: Application): Done {
  const why = whyVoid(found);
  if (why) return refuse(why);
  return finishApplication(ports, found);
}

async function decision(ports: ApplicationPorts, found: Application, wish: GrantWish, by: Decider) {
  const { decidedOn, means } = wish;
  const cash = means.kind === 'imprest-cash' ? await cashAllowed(ports, found, decidedOn) : undefined;
  if (cash && !cash.ok) return cash;
  const due = await papersDueOn(ports, found, decidedOn);
  if (!due.ok) return due;
  const worked = await workedOutApplication(ports, found, decidedOn);
  // Who may not decide at all is told so, whatever the amount.
  if (!worked.ok) return worked;
  const papers = due.value !== undefined && { papersDue: due.value };
  const { occasion } = worked.value;
  const once = occasion !== undefined && { occasion };
  const stamp = { by, today: ports.clock.today(), ...papers, ...once };
  const body = grantApplication(found, wish, worked.value, stamp);
  if (!body.ok) return body;
  const months = worked.value.parts.map(({ month }) => month);
  const paid = await paidFrom(ports, found.applied, months);
  if (!paid.ok) return paid;
  return { ok: true, value: { body: body.value, family: worked.value.family } } as const;
}

/** Takes the next place of every member, in the order of their keys, until somebody else was faster at one of them. */
async function claimed(
  { claims }: ApplicationPorts,
  { application, applied, stated, sequence }: Application,
  family: FamilyGrants,
  at: string,
): Promise<'all' | 'some' | 'none'> {
  const claim = { application, jurisdiction: applied.jurisdiction, sequence: sequence + 1, at };
  const inOrder: readonly PersonKey[] = [...stated.members].sort();
  for (const [index, person] of inOrder.entries())
    if (!(await claims.claim(person, family.claims.get(person) ?? [], claim)))
      return index === 0 ? 'none' : 'some';
  return 'all';
}

/** 不予批准. What comes to nothing by the rules may be turned down by whoever is nearest: nobody's amount is at stake. */
export async function reject(
  ports: ApplicationPorts,
  application: string,
  said: Parameters<typeof rejectApplication>[1],
  { by, request }: Asked,
): Done {
  const seen = by.street === undefined ? undefined : await ports.applications.load(application);
  const worked = seen && (await workedOutApplication(ports, seen, said.decidedOn));
  const level = worked?.ok ? worked.value.proposal.decidedAt : 'township';
  return ports.applications.act(
    application,
    (found) => found && rejectApplication(found, said, { by, today: ports.clock.today(), level }),
    { now: ports.clock.now, by: by.id, request },
  );
}

/** 补齐材料. */
export async function papersReceived(
  ports: ApplicationPorts,
  application: string,
  said: Parameters<typeof receivePapers>[1],
  { by, request }: Asked,
): Done {
  const done = await ports.applications.act(application, (found) => found && receivePapers(found, said), {
    now: ports.clock.now,
    by: by.id,
    request,
  });
  if (!done.ok) return done;
  const { granted, applied } = done.value;
  if (granted?.papersDue !== undefined) {
    const mark = { application, due: granted.papersDue, done: papersOpen(done.value).length === 0 };
    await ports.marks.papers(applied.jurisdiction, mark);
  }
  return done;
}

/** 拟停. */
export async function askToStop(
  ports: ApplicationPorts,
  application: string,
  { from, reason }: { readonly from: string; readonly reason: string },
  { by, request }: Asked,
): Done {
  const seen = await ports.applications.load(application);
  const cashPosted = seen !== undefined && (await ports.isPosted(seen));
  return ports.applications.act(
    application,
    (found) => found && proposeStop(found, from, reason, cashPosted),
    { now: ports.clock.now, by: by.id, request },
  );
}

/** 停止决定, carried out at once. */
export async function stop(
  ports: ApplicationPorts,
  application: string,
  said: Parameters<typeof decideStop>[1],
  { by, request }: Asked,
): Done {
  const at = ports.clock.now();
  await ports.marks.mark({ application, at });
  const done = await ports.applications.act(
    application,
    (found) => found && decideStop(found, said, { by, today: ports.clock.today() }),
    { now: () => at, by: by.id, request },
  );
  if (!done.ok) return done;
  return applicationState(done.value) === 'stopping' ? finishApplication(ports, done.value) : done;
}

const familyBusy = (): Refusal =>
  refusal(
    'conflict/family-busy',
    '该家庭的另一份申请正在审批：请稍后重新查看，再审批',
    'another application of this family is being decided: look again in a moment, then decide',
  );
