// Goal: 特困人员救助供养 as a bureau lives it for a month: one written decision on two enrolments, two payees, a tier of care that is
// raised late, a death and the end of it after the funeral. Method: one bureau on real engines, one person in an institution and one at home.
import { afterEach, expect, test } from 'vitest';
import type { Asked } from '../../../domain/determination/proposal.ts';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { openTasks } from '../../../functions/determination/list-review-tasks.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import { reviewEnrolment } from '../../../functions/determination/review-tasks.ts';
import { code, computed, type Office, value } from '../run/office.ts';
import { draftsOf, sentMonth } from '../run/whole-month.ts';
import {
  addressOf,
  enrol,
  learned,
  type Part,
  PLACE,
  PROGRAMMES,
  party,
  tekunOffice,
} from './tekun-bureau.ts';

let bureau: Office;
afterEach(() => bureau.stop());

const portsOf = () => ({ ...bureau.ports, households: householdsOf(bureau.register) });

const ask = (person: string, asked: Asked, part: Part = 'basic') =>
  propose(portsOf(), addressOf(part, person), asked, bureau.clock.today(), { by: 'staff-preparer' });

async function decided(person: string, asked: Asked, document: string) {
  const { proposal } = value(await ask(person, asked));
  const decision = {
    proposal: proposalId(proposal),
    hash: proposal.hash,
    document,
    decidedOn: bureau.clock.today(),
    by: 'staff-approver',
  };
  return { proposal, decide: () => approve(portsOf(), addressOf('basic', person), decision) };
}
const determinationsOf = async (part: Part, person: string) =>
  (await bureau.register.enrolmentRead(addressOf(part, person)))?.determinations ?? [];
const month = (part: Part, round: 'R' | 'S1' = 'R') =>
  ({ jurisdiction: PLACE, programme: PROGRAMMES[part], period: '2026-12', round }) as const;
/** Who is paid how much by component and kind, by enrolment. */
async function linesOf(run: Awaited<ReturnType<typeof computed>>) {
  const drafts = await draftsOf(bureau, run);
  return Object.fromEntries(
    drafts.map(({ enrolment, account, lines }) => [
      enrolment,
      [account?.payee, ...lines.map((line) => [line.month, line.component, line.fen, line.kind])],
    ]),
  );
}
const line = (component: string, fen: number, kind = 'entitlement') => ['2026-12', component, fen, kind];

test('one decision, two enrolments, two payees; care raised late; the end after the funeral', async () => {
  bureau = await tekunOffice();
  const born = ['birth-date', '1948-03-05', '1948-03-05'] as const;
  const home = await party(bureau, '示例养老院', [], true);
  const inside = await party(bureau, '王一', [born, ['self-care', '2026-10-20', 'full']]);
  const outside = await party(bureau, '王二', [born, ['ability-assessment', '2026-10-20', 'adl:bathing']]);
  const neighbour = await party(bureau, '李三');
  const rural = ['residence', '2026-11-03', 'rural'] as const;
  for (const [person, setting, payees] of [
    [inside, 'institution', [home, home]],
    [outside, 'family', [outside, neighbour]],
  ] as const) {
    await enrol(bureau, 'basic', person, payees[0], [rural, ['care-setting', '2026-11-03', setting]]);
    await enrol(bureau, 'care', person, payees[1]);
  }

  // Care is not decided by itself; both are decided at once.
  const initial = { kind: 'initial', appliedOn: '2026-11-03' } as const;
  expect(code(await ask(outside, initial, 'care'))).toBe('conflict/decided-together');
  const first = await decided(inside, initial, '示民救〔2026〕1号');
  expect(first.proposal.with).toMatchObject([{ programme: 'tekun-care', number: 1 }]);
  value(await first.decide());
  for (const part of ['basic', 'care'] as const) {
    const [one, ...more] = await determinationsOf(part, inside);
    expect([one?.document, one?.spans[0]?.from, more.length]).toEqual(['示民救〔2026〕1号', '2026-12', 0]);
  }
  value(await (await decided(outside, initial, '示民救〔2026〕2号')).decide());

  const [basicOf, careOf] = [
    (person: string) => addressOf('basic', person).id,
    (person: string) => addressOf('care', person).id,
  ];
  expect(await linesOf(await sentMonth(bureau, { identity: month('basic') }))).toEqual({
    [basicOf(inside)]: [home, line('basic', 184_000), line('pocket-money', 46_000)],
    [basicOf(outside)]: [outside, line('basic', 200_000)],
  });
  expect(await linesOf(await sentMonth(bureau, { identity: month('care') }))).toEqual({
    [careOf(inside)]: [home, line('care', 50_800)],
    [careOf(outside)]: [neighbour, line('care', 101_600)],
  });

  // Nobody looked in time: the tier was another one from the beginning of the month. A task, and no money before somebody decides.
  bureau.clock.moveTo('2026-12-10');
  await learned(bureau, outside, 'ability-assessment', '2026-12-01', 'adl:bathing,dressing,toilet,walking');
  await learned(bureau, inside, 'death-certified', '2026-12-08', '2026-12-08');
  for (const person of [inside, outside])
    for (const part of ['basic', 'care'] as const) await reviewEnrolment(portsOf(), addressOf(part, person));
  const scope = { jurisdiction: PLACE, programme: 'tekun' };
  const tasks = async () =>
    Object.fromEntries(
      (await openTasks(bureau.ports, scope, { limit: 9 })).items.map(({ causes, enrolment }) => [
        enrolment,
        causes.map(({ kind }) => kind),
      ]),
    );
  expect(await tasks()).toEqual({
    [basicOf(inside)]: ['death-certified'],
    [basicOf(outside)]: ['ability-assessment'],
  });
  expect((await openTasks(bureau.ports, { ...scope, programme: 'tekun-care' }, { limit: 9 })).items).toEqual(
    [],
  );
  value(await (await decided(outside, { kind: 'review', from: '2026-12' }, '示民救〔2026〕3号')).decide());

  // Dead, but not buried: nothing is ended yet. Then what the funeral costs, and the end of both.
  const end = { kind: 'end', from: '2027-01', reason: '去世' } as const;
  expect(code(await ask(inside, end))).toBe('conflict/funeral-first');
  await learned(bureau, inside, 'funeral-done', '2026-12-09', '2026-12-09');
  value(await (await decided(inside, { kind: 'review', from: '2026-12' }, '示民救〔2026〕4号')).decide());
  for (const part of ['basic', 'care'] as const) {
    const last = (await determinationsOf(part, inside)).at(-1);
    expect(last).toMatchObject({ number: 2, document: '示民救〔2026〕4号' });
    expect(last?.spans.at(-1)).toMatchObject({ from: '2027-01', components: [] });
  }
  for (const person of [inside, outside]) await reviewEnrolment(portsOf(), addressOf('basic', person));
  expect(await tasks()).toEqual({});

  expect(await linesOf(await computed(bureau, month('basic', 'S1')))).toEqual({
    [basicOf(inside)]: [home, line('funeral', 2_760_000, 'arrears')],
  });
  expect(await linesOf(await computed(bureau, month('care', 'S1')))).toEqual({
    [careOf(outside)]: [neighbour, line('care', 50_800, 'arrears')],
  });
});
