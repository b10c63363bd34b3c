import { type Fen, toYuan, writtenFen } from '../../domain/money.ts';
import { averageScore } from '../../domain/programmes/venture-fund/evaluation.ts';
import { grantAmount } from '../../domain/programmes/venture-fund/grant-amount.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  type Allotment,
  allot,
  giveBack,
  groupOf,
  type OrganisationLimits,
  partiesOf,
} from '../../domain/venture/allotments.ts';
import type { Call } from '../../domain/venture/call.ts';
import { blocksOf, inStage, ownProject, shortlistProject } from '../../domain/venture/intake.ts';
import type { Project, Stage } from '../../domain/venture/project.ts';
import { mapBounded } from '../concurrency.ts';
import { keyOf } from './file-project.ts';
import type { Many } from './funnel.ts';
import type { By, IntakePorts } from './ports.ts';

const AT_ONCE = 12;
/** Stages that give back what the project was given. */
const OUT: readonly Stage[] = ['dropped', 'rejected'];
/** The list may be a moment behind: whoever is in none of these is looked at. */
const MARKED: readonly Stage[] = ['shortlisted', 'publicised', 'drafted', 'signed'];

export type ShortlistWish = { readonly number: string; readonly grant?: Fen };

/**
 * 入围: one decision over a list. The grants are taken from the pool first, all or none, and then each project is marked; whoever is
 * interrupted in between is finished by asking again, or by whoever looks at the call next. When one project of the list cannot be
 * shortlisted nothing is done, and every such project is named. Refusals: `conflict/shortlisted-before`, `limit/pool`, `conflict/double-support`, `limit/organisation`.
 */
export async function shortlistMany(
  ports: IntakePorts,
  call: Call,
  items: readonly ShortlistWish[],
  document: string,
  { by }: By,
): Promise<Result<Many>> {
  const considered = await mapBounded(items, AT_ONCE, async (item) => {
    const found = await ports.projects.get(call.jurisdiction, keyOf(call, item.number));
    return { number: item.number, wanted: found.ok ? wantedFor(call, found.value, item, by) : found };
  });
  const refused = considered.flatMap(({ number, wanted }) =>
    wanted.ok ? [] : [{ number, refusal: wanted.error }],
  );
  if (refused.length > 0) return ok({ done: [], refused });
  const wanted = considered.flatMap((one) => (one.wanted.ok ? (one.wanted.value ?? []) : []));
  const limits = await limitsOf(ports, call);
  const given = await ports.calls.allot(
    call.jurisdiction,
    call.year,
    (before) => {
      // Who died after giving is finished with what was given: another amount would race with the mark of the first.
      const other = wanted.find((one) => (before.given.get(one.project)?.grant ?? one.grant) !== one.grant);
      if (other) return refuse(givenBefore(before.given.get(other.project)?.grant ?? other.grant));
      return allot(before, wanted, document, { callId: call.callId, fen: call.pool }, limits);
    },
    { now: ports.clock.now, by },
  );
  if (!given.ok) return given;
  await finishShortlist(ports, call);
  return ok({ done: items.map(({ number }) => number), refused: [] });
}

/** What is to be given to a project, undefined when it has it; refused while something keeps it from a grant. */
function wantedFor(
  call: Call,
  found: Project,
  { grant }: ShortlistWish,
  by: string,
): Result<Allotment | undefined> {
  const { rules, callId } = call;
  const again = found.shortlisted;
  const stands = again && MARKED.includes(found.stage);
  if (stands && (grant ?? again.grant) === again.grant) return ok(undefined);
  const wrong =
    inStage(found, ['screened'], { zh: '确定入围', en: 'be shortlisted' }) ?? ownProject(found, by);
  if (wrong) return refuse(wrong);
  const [block] = blocksOf(found, rules.doubleSupport?.otherGovernmentMoney ?? 'allowed');
  if (block) return refuse(blocked());
  const average = averageScore(
    rules,
    found.scores.map(({ score }) => score),
  );
  if (!average.ok) return average;
  const { budget, ownFunds, donated, asked, organisation, sponsoredGroup } = found.application;
  const worked = grantAmount(rules, { budget, ownFunds, donated, asked, score: average.value });
  if (!worked.ok) return worked;
  const most = worked.value.fen;
  const given = grant ?? most;
  if (given > most || given <= 0) {
    return refuse(
      refusal(
        'limit/grant-over-cap',
        `按政策和申请最多资助 ${toYuan(most)} 元，不能为 ${toYuan(given)} 元`,
        `policy and the application allow ${toYuan(most)} yuan at most, and ${toYuan(given)} is wanted`,
        { most: toYuan(most) },
      ),
    );
  }
  return ok({
    project: found.projectKey,
    callId,
    organisation,
    ...(sponsoredGroup !== undefined && { group: groupOf(sponsoredGroup) }),
    grant: given,
    average: average.value,
    ...(found.overridden.includes('double-support') && { overridden: true as const }),
  });
}

/** What one organisation may have, by the rules of the call. */
async function limitsOf(
  { calls }: IntakePorts,
  { jurisdiction, year, rules }: Call,
): Promise<OrganisationLimits> {
  const support = rules.doubleSupport;
  const cap = support?.organisationCap === undefined ? undefined : writtenFen(support.organisationCap);
  const blocks = support?.lastYearsWinners === 'blocked';
  const before = blocks ? await calls.allotments(jurisdiction, String(Number(year) - 1)) : undefined;
  const won = before && new Set([...before.given.values()].flatMap(partiesOf));
  return {
    ...(support?.projectsPerOrganisation !== undefined && { projects: support.projectsPerOrganisation }),
    ...(cap !== undefined && { money: cap }),
    ...(won && { lastYear: won }),
  };
}

/** Marks what was given and is not marked yet, and takes back what was given to a project that is out. */
export async function finishShortlist(ports: IntakePorts, call: Call): Promise<void> {
  const { given } = await ports.calls.allotments(call.jurisdiction, call.year);
  const unmarked: string[] = [];
  for await (const { projectKey, stage } of ports.projects.listings(call.jurisdiction, call.callId))
    if (given.has(projectKey) && !MARKED.includes(stage)) unmarked.push(projectKey);
  await mapBounded(unmarked, AT_ONCE, async (key) => {
    const one = given.get(key);
    invariant(one, 'what was given is marked');
    const { average, grant, document } = one;
    const marked = await ports.projects.act(
      key,
      (found) => (found ? shortlistProject(found, { average, grant, document }) : undefined),
      // In the name of who decided it.
      { now: ports.clock.now, by: one.by },
    );
    if (marked.ok) await giveBackOf(ports, marked.value, '项目已退出', 'system');
  });
}

/** Gives back what a project that is out was given. */
export async function giveBackOf(
  { calls, clock }: IntakePorts,
  { jurisdiction, callId, projectKey, stage }: Project,
  reason: string,
  by: string,
): Promise<void> {
  if (!OUT.includes(stage)) return;
  const year = callId.slice(0, 4);
  // Refused only as too busy: then it is given back by whoever looks at the call next.
  await calls.allot(jurisdiction, year, (before) => giveBack(before, projectKey, reason), {
    now: clock.now,
    by,
  });
}

const givenBefore = (grant: Fen) =>
  refusal(
    'conflict/shortlisted-before',
    `名单中有项目已按 ${toYuan(grant)} 元确定入围：请按该金额再次提交，或先办理退出`,
    `a project of the list was given ${toYuan(grant)} yuan before: ask again with that amount, or drop it first`,
    { grant: toYuan(grant) },
  );
const blocked = () =>
  refusal(
    'conflict/double-support',
    '该项目已有其他财政资金，按本地政策不重复资助：确需资助的，由另一人写明理由放行',
    'the project has other government money and policy gives no second grant: another person may override that with a reason',
  );
