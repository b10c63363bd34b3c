import { invariant, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { CALL_ID, type Call } from '../../domain/venture/call.ts';
import {
  dropProject,
  overrideBlock,
  publiciseProject,
  scoreProject,
  screenProject,
} from '../../domain/venture/intake.ts';
import { banOn } from '../../domain/venture/organisation.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { ProjectActBody, ProjectKey } from '../../domain/venture/project-acts.ts';
import { draftContract, type Standing, signContract, type Terms } from '../../domain/venture/signing.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { noProject } from '../adapters/venture-store.ts';
import { mapBounded } from '../concurrency.ts';
import { keyOf } from './file-project.ts';
import { organisation } from './organisations.ts';
import type { By, IntakePorts } from './ports.ts';
import { finishShortlist, giveBackOf } from './shortlist.ts';

/** What became of many projects at once: numbers of those done, and why the others were not. */
export type Many = {
  readonly done: readonly string[];
  readonly refused: readonly { readonly number: string; readonly refusal: Refusal }[];
};
type Step = (found: Project) => Result<ProjectActBody> | undefined;

const AT_ONCE = 12;

/** The same step for each of some projects of a call; each stands for itself. */
export async function forEachProject<Item extends { readonly number: string }>(
  ports: IntakePorts,
  call: Call,
  items: readonly Item[],
  step: (item: Item) => Step,
  stamp: By,
): Promise<Many> {
  const outcomes = await mapBounded(items, AT_ONCE, async (item) => {
    const done = await actOnProject(ports, keyOf(call, item.number), step(item), stamp);
    return { number: item.number, done };
  });
  return manyOf(outcomes);
}

const manyOf = (outcomes: readonly { readonly number: string; readonly done: Result<unknown> }[]): Many => ({
  done: outcomes.flatMap(({ number, done }) => (done.ok ? [number] : [])),
  refused: outcomes.flatMap(({ number, done }) => (done.ok ? [] : [{ number, refusal: done.error }])),
});

/** One act on one project. Refusals: `missing/project`, `conflict/busy`, those of the step. */
export function actOnProject(
  { projects, clock }: Pick<IntakePorts, 'projects' | 'clock'>,
  key: ProjectKey,
  step: Step,
  { jurisdiction, by, request }: By,
): Promise<Result<Project>> {
  return projects.act(
    key,
    (found) => (found?.jurisdiction === jurisdiction ? step(found) : refuse(noProject())),
    { now: clock.now, by, ...(request !== undefined && { request }) },
  );
}

export const screenMany = (
  ports: IntakePorts,
  call: Call,
  items: readonly ({ readonly number: string } & Parameters<typeof screenProject>[1])[],
  stamp: By,
): Promise<Many> =>
  forEachProject(
    ports,
    call,
    items,
    (item) => {
      const { number: _, ...wish } = item;
      return (found) => screenProject(found, wish, stamp.by);
    },
    stamp,
  );

export const scoreMany = (
  ports: IntakePorts,
  call: Call,
  sheet: { readonly judge: string; readonly evidence?: string },
  items: readonly { readonly number: string; readonly score: string; readonly correction?: string }[],
  stamp: By,
): Promise<Many> =>
  forEachProject(
    ports,
    call,
    items,
    ({ score, correction }) =>
      (found) =>
        scoreProject(
          found,
          { ...sheet, score, ...(correction !== undefined && { correction }) },
          call.rules,
          stamp.by,
        ),
    stamp,
  );

/** Working days of publicity where the place names none: 五个工作日. */
const PUBLICITY_DAYS = 5;

/** 公示 of projects that were shortlisted. */
export async function publiciseMany(
  ports: IntakePorts,
  call: Call,
  numbers: readonly string[],
  wish: Parameters<typeof publiciseProject>[1],
  stamp: By,
): Promise<Many> {
  await finishShortlist(ports, call);
  const days = await ports.workingDays();
  const daysMin = Math.max(PUBLICITY_DAYS, call.rules.publicity ?? 0);
  const items = numbers.map((number) => ({ number }));
  return forEachProject(
    ports,
    call,
    items,
    () => (found) => publiciseProject(found, wish, daysMin, days),
    stamp,
  );
}

export const draftMany = (
  ports: IntakePorts,
  call: Call,
  items: readonly ({ readonly number: string } & Terms)[],
  stamp: By,
): Promise<Many> =>
  forEachProject(
    ports,
    call,
    items,
    (item) => {
      const { number: _, ...terms } = item;
      return (found) => draftContract(found, call, terms, sha256Hex);
    },
    stamp,
  );

/** 签约 of drafts as they were read. How each organisation stands is read right before. */
export async function signMany(
  ports: IntakePorts,
  call: Call,
  items: readonly { readonly number: string; readonly hash: string }[],
  wish: { readonly document: string; readonly signedOn: string },
  stamp: By,
): Promise<Many> {
  const allotted = (await ports.calls.allotments(call.jurisdiction, call.year)).given;
  const today = ports.clock.today();
  const outcomes = await mapBounded(items, AT_ONCE, async ({ number, hash }) => {
    const key = keyOf(call, number);
    const found = await ports.projects.get(call.jurisdiction, key);
    if (!found.ok) return { number, done: found };
    const standing = await standingOf(ports, found.value, allotted.get(key)?.grant);
    const done = await actOnProject(
      ports,
      key,
      (now) => signContract(now, { hash, ...wish }, standing, stamp.by, today),
      stamp,
    );
    return { number, done };
  });
  return manyOf(outcomes);
}

async function standingOf(
  ports: IntakePorts,
  { jurisdiction, application }: Project,
  allotted: Standing['allotted'],
): Promise<Standing> {
  const found = await organisation(ports, application.organisation);
  invariant(found.ok, 'the organisation of a project is in the register');
  const bans = await ports.calls.bans(jurisdiction, application.organisation);
  return {
    status: found.value.status?.status,
    hasAccount: found.value.account !== undefined,
    ban: banOn(bans, ports.clock.today()),
    allotted,
  };
}

/** 放行 a block. */
export const overrideOf = (
  ports: IntakePorts,
  key: ProjectKey,
  wish: Parameters<typeof overrideBlock>[1],
  stamp: By,
): Promise<Result<Project>> =>
  actOnProject(ports, key, (found) => overrideBlock(found, wish, stamp.by), stamp);

/** 退出: the act first, and then its money goes back to the pool. */
export async function dropOf(
  ports: IntakePorts,
  key: ProjectKey,
  reason: string,
  stamp: By,
): Promise<Result<Project>> {
  const done = await actOnProject(ports, key, (found) => dropProject(found, reason), stamp);
  if (done.ok) await giveBackOf(ports, done.value, reason, stamp.by);
  return done;
}

/** Refusal `missing/call`. */
export async function callOf(
  ports: Pick<IntakePorts, 'calls'>,
  jurisdiction: string,
  callId: string,
): Promise<Result<Call>> {
  return CALL_ID.test(callId)
    ? ports.calls.call(jurisdiction, callId)
    : refuse(refusal('missing/call', '没有这届征集', 'there is no such call'));
}
