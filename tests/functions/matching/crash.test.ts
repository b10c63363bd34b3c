// Goal: whoever dies while a case is opened or decided loses neither the hold nor the decision, and leaves no second case. Method: each
// attempt dies one write later, before or after it takes effect; then what is left is looked at, and the same is asked again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LAST_INSTANT } from '../../../domain/calendar.ts';
import { caseState } from '../../../domain/matching/case.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { casesUpTo } from '../../../functions/matching/case-list.ts';
import {
  actOnCase,
  caseScope,
  type Report,
  readCase,
  reportCase,
} from '../../../functions/matching/cases.ts';
import { bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import { diesAfter, dyingAtEveryWrite, type Moment } from '../../faults.ts';
import { code, DISTRICT, type Office, SCOPE, value } from '../run/office.ts';
import { casePorts, enrolmentOf, watchfulOffice } from './lists.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await watchfulOffice({ people: 48 });
});
afterAll(() => bureau.stop());

const REPORT: Report = { kind: 'public-report', reference: '举报1号', reason: '反映家中有车' };
const holds = async (enrolment: string) =>
  (await bureau.ports.cases.holding(SCOPE, bucketOfEnrolment(enrolment), LAST_INSTANT)).get(enrolment);
const listed = async (enrolment: string) => {
  const found = [];
  for await (const one of bureau.ports.cases.listings(SCOPE))
    if (one.enrolment === enrolment) found.push(one);
  return found;
};
let person = 0;

it.each(['before', 'after'] as const)('opening, dead %s a write', async (moment: Moment) => {
  await dyingAtEveryWrite(async (survived) => {
    person += 1;
    const { jurisdiction, programme, id } = await enrolmentOf(bureau, person);
    const by = { by: 'staff-1', request: `r-${person}` };
    const open = () => reportCase(casePorts(bureau), { jurisdiction, programme, id }, REPORT, by);
    const died = await diesAfter(bureau.faults, survived, open, moment);
    const acts = await bureau.ports.cases.acts(SCOPE, `${id}.public-report.1`);
    // No act without its hold: from the first write that took effect, runs leave the payment out.
    const written = acts.length > 0 || survived > 0 || moment === 'after';
    expect((await holds(id))?.length ?? 0).toBe(written ? 1 : 0);
    // Half of the time somebody looks first for what holds the payment: the case is there, opened by who died.
    const ports = { ...casePorts(bureau), workingDays: loadWorkingDays };
    const looked = person % 2 === 0 ? value(await casesUpTo(ports, SCOPE, { enrolment: id }, 5)) : [];
    expect(looked).toHaveLength(written && person % 2 === 0 ? 1 : 0);
    for (const { caseId } of looked)
      expect(value(await readCase(ports, SCOPE, caseId)).found.opened.request).toBe(`r-${person}`);
    value(await open());
    expect(await listed(id)).toMatchObject([{ caseId: `${id}.public-report.1`, hold: true, sources: 1 }]);
    expect(await bureau.ports.cases.acts(SCOPE, `${id}.public-report.1`)).toHaveLength(1);
    return died;
  });
});

/** Somebody's case, verified and told of, and the decision to stop it. */
async function readyToStop() {
  person += 1;
  const { jurisdiction, programme, id } = await enrolmentOf(bureau, person);
  const ports = casePorts(bureau);
  const address = { jurisdiction, programme, id };
  const { caseId } = value(await reportCase(ports, address, REPORT, { by: 'staff-1' }));
  const scope = value(caseScope(DISTRICT, caseId));
  const verify = { kind: 'verify', finding: 'confirmed', evidence: '核1号', note: '属实' } as const;
  const notice = { kind: 'notice', document: '告1号', deliveredOn: '2026-11-22', way: 'by-post' } as const;
  value(await actOnCase(ports, scope, caseId, verify, { by: 'staff-2' }));
  value(await actOnCase(ports, scope, caseId, notice, { by: 'staff-2' }));
  const stop = {
    kind: 'decide',
    outcome: 'stop',
    document: '决1号',
    reason: '属实',
    from: '2026-12',
  } as const;
  const by = { by: 'staff-3', request: `d-${person}` };
  return {
    id,
    caseId,
    decide: () => actOnCase(ports, scope, caseId, stop, by),
    stops: async () =>
      (await bureau.register.enrolment(jurisdiction, programme, id))!.facts.filter(
        ({ kind }) => kind === 'stop',
      ),
  };
}

it.each(['before', 'after'] as const)(
  'deciding, dead %s a write: held until the stop is recorded',
  async (moment) => {
    await dyingAtEveryWrite(async (survived) => {
      const { id, caseId, decide, stops } = await readyToStop();
      const died = await diesAfter(bureau.faults, survived, decide, moment);
      expect((await stops()).length === 0 && (await holds(id)) === undefined).toBe(false);
      value(await decide());
      const { found } = value(await readCase(casePorts(bureau), SCOPE, caseId));
      expect([caseState(found), await holds(id)]).toEqual(['closed', undefined]);
      expect(await stops()).toMatchObject([{ value: '2026-11', source: `case:${caseId}`, by: 'staff-3' }]);
      expect(await listed(id)).toMatchObject([{ state: 'closed', outcome: 'stop' }]);
      return died;
    });
  },
);

it.each(['before', 'after'] as const)(
  'deciding, dead %s a write, and nobody comes back: the sweeper carries out what was decided, and nothing else',
  async (moment) => {
    const marks = () => bureau.ports.decidingCases.open(bureau.clock.now());
    const look = async () => {
      for (let times = 0; times < 2; times += 1) await bureau.sweep();
      expect((await bureau.deliver()).failed).toBe(0);
    };
    await dyingAtEveryWrite(async (survived) => {
      const { id, caseId, decide, stops } = await readyToStop();
      const died = await diesAfter(bureau.faults, survived, decide, moment);
      const decided = (await bureau.ports.cases.acts(SCOPE, caseId)).some(({ kind }) => kind === 'decided');
      await look();
      const acts = await bureau.ports.cases.acts(SCOPE, caseId);
      expect(acts.at(-1)?.kind).toBe(decided ? 'applied' : 'noticed');
      expect((await holds(id))?.map((one) => one.caseId)).toEqual(decided ? undefined : [caseId]);
      expect(await stops()).toHaveLength(decided ? 1 : 0);
      expect(await listed(id)).toMatchObject([{ state: decided ? 'closed' : 'noticed' }]);
      return died;
    });
    // A mark whose decision may still come stays; once no request can be alive, it goes.
    expect(await marks()).toHaveLength(1);
    bureau.clock.moveTo('2026-12-01');
    await look();
    expect(await marks()).toEqual([]);
    bureau.clock.moveTo('2026-11-22');
  },
);

it('several lists and a report at the same moment: one case of each kind, nothing lost', async () => {
  person += 1;
  const { jurisdiction, programme, id } = await enrolmentOf(bureau, person);
  const opening = { jurisdiction, programme, enrolment: id, about: 'prison', street: '110199001' } as const;
  const lists = ['a', 'b', 'c', 'd'].map((list) =>
    bureau.ports.cases.hear(
      SCOPE,
      opening,
      {
        hold: list !== 'a',
        source: { type: 'match', list, source: 'prison', listDate: '2026-11-01', finding: list },
      },
      { now: bureau.clock.now, by: 'system' },
    ),
  );
  const reports = [1, 2].map((n) =>
    reportCase(casePorts(bureau), { jurisdiction, programme, id }, REPORT, {
      by: `staff-${n}`,
      request: `s-${n}`,
    }),
  );
  await Promise.all([...lists, ...reports]);
  expect(await listed(id)).toMatchObject([
    { caseId: `${id}.prison.1`, sources: 4, hold: true },
    { caseId: `${id}.public-report.1`, sources: 2, hold: true },
  ]);
  expect((await holds(id))?.map(({ kind }) => kind)).toEqual(['prison', 'public-report']);
});

it('a list of cases is handed over whole or not at all', async () => {
  const ports = { ...casePorts(bureau), workingDays: loadWorkingDays };
  const all = [];
  for await (const one of bureau.ports.cases.listings(SCOPE)) all.push(one.caseId);
  const taken = value(await casesUpTo(ports, SCOPE, {}, all.length));
  expect(taken.map(({ caseId }) => caseId)).toEqual(all);
  expect(code(await casesUpTo(ports, SCOPE, {}, all.length - 1))).toBe('limit/case-list');
});
