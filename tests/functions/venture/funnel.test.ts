// Goal: a round of small projects goes from one sheet to signed contracts, and neither a crash nor two people at once gives more than
// the pool, gives twice, or loses what was given.
// Method: the use cases over a small bureau on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fen, sumFen } from '../../../domain/money.ts';
import { allottedOf } from '../../../domain/venture/allotments.ts';
import type { Call } from '../../../domain/venture/call.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import { openVentureCall } from '../../../functions/venture/calls.ts';
import { keyOf } from '../../../functions/venture/file-project.ts';
import {
  draftMany,
  dropOf,
  type Many,
  publiciseMany,
  scoreMany,
  screenMany,
  signMany,
} from '../../../functions/venture/funnel.ts';
import { recordStatus } from '../../../functions/venture/organisations.ts';
import type { IntakePorts } from '../../../functions/venture/ports.ts';
import { ProjectRecorder } from '../../../functions/venture/record-project-row.ts';
import { finishShortlist, shortlistMany } from '../../../functions/venture/shortlist.ts';
import { codeOf } from '../../domain/venture/intake-samples.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { request } from '../register/sheet-fixture.ts';
import { code, DISTRICT, type Office, value } from '../run/office.ts';
import { type Cells, cells, intakePorts, numberOf, projectSheet, stamp, ventureOffice } from './round.ts';

/** The demo brings 267; what is proven here does not depend on how many they are. */
const ROUND = 24;
/** Of these the way is followed to the signature. */
const FOLLOWED = 12;
let bureau: Office;
let ports: IntakePorts;
let call: Call;
beforeAll(async () => {
  bureau = await ventureOffice({ quickReads: true });
  ports = intakePorts(bureau);
  call = await opened(1, 270_000_000);
});
afterAll(() => bureau.stop());

const opened = async (number: number, pool: number): Promise<Call> =>
  value(
    await openVentureCall(
      ports,
      {
        year: '2026',
        number,
        title: `第${number}届公益创投`,
        document: `示民〔2026〕${number}号`,
        from: '2026-11-01',
        to: '2026-11-30',
        pool: fen(pool),
        tracks: [],
      },
      stamp('staff-preparer'),
    ),
  );

async function importProjects(importId: string, rows: readonly Cells[], to = call) {
  const at = bureau.clock.now();
  const sheet = { importId, callId: to.callId, projects: rows.length, asked: fen(1), fileName: 'x.csv' };
  await ports.calls.addSheet(DISTRICT, { ...sheet, by: 'staff-preparer', at });
  const message = request(importId, { kind: 'projects', programme: 'venture-fund', requestedAt: at });
  await bureau.engines.files.put(message.objectKey, projectSheet(rows));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  return (await bureau.imports.get(importId))?.counts;
}

const all = Array.from({ length: FOLLOWED }, (_, index) => ({ number: numberOf(index + 1) }));
const followed = async () => (await ports.projects.listed(DISTRICT, call.callId)).slice(0, FOLLOWED);
const refusedIn = ({ refused }: Many) => refused.map(({ number, refusal }) => [number, refusal.code]);

describe('a round', () => {
  it('comes from one sheet: good rows are filed, bad ones come back, and the same sheet again changes nothing', async () => {
    const good = Array.from({ length: ROUND }, (_, index) => cells(index + 1));
    const wrongCheck = `${codeOf(900).slice(0, 17)}${codeOf(900).endsWith('0') ? '1' : '0'}`;
    const bad = [
      cells(901, { code: wrongCheck }),
      cells(902, { holder: '张三' }),
      cells(903, { lines: '业务活动费-物料：4903；人员和劳务费-讲师：6000' }),
      cells(904, { code: codeOf(904, '91') }),
      cells(1, { projectName: '另一个项目' }),
    ];
    expect(await importProjects('im-round', [...good, ...bad])).toMatchObject({
      accepted: ROUND,
      created: ROUND,
      rejected: bad.length,
      accountChanges: 0,
    });
    const listed = await ports.projects.listed(DISTRICT, call.callId);
    expect(listed).toHaveLength(ROUND);
    const asked = sumFen(listed.map((one) => one.asked));
    expect(asked).toBe((8_000 * ROUND + (ROUND * (ROUND + 1)) / 2) * 100);
    // A chunk that was interrupted and is done again counts what it did the first time.
    const recorder = new ProjectRecorder(ports, {
      importId: 'im-round',
      jurisdiction: DISTRICT,
      programme: 'venture-fund',
      programmeCode: 'GY',
      by: 'staff-preparer',
      requestedAt: bureau.clock.now(),
      requestedOn: '2026-11-22',
    });
    await recorder.prepare();
    const done = { outcome: 'created', accountChange: false };
    expect(await recorder.record(cells(2), 3)).toEqual({ ok: true, value: done });
    const again = await importProjects('im-round-2', good);
    expect(again).toMatchObject({ accepted: ROUND, unchanged: ROUND, created: 0, changed: 0 });
    const mended = await importProjects('im-round-3', [cells(1, { projectName: '改名' })]);
    expect(mended).toMatchObject({ changed: 1 });
    const [organisation] = await ports.register.personKeysByIdNumber([`USCC:${codeOf(901)}`]);
    expect(organisation).toBeUndefined();
  });

  it('is screened, scored and shortlisted by others than who filed it, within the pool', async () => {
    const passed = all.map((one) => ({ ...one, outcome: 'passed' as const }));
    const own = await screenMany(ports, call, passed.slice(0, 2), stamp('staff-preparer'));
    expect(refusedIn(own)).toEqual([
      ['2026-001', 'forbidden/own-project'],
      ['2026-002', 'forbidden/own-project'],
    ]);
    expect((await screenMany(ports, call, passed, stamp('staff-reviewer', 'r1'))).done).toHaveLength(
      FOLLOWED,
    );
    // The same request again is told what came of it.
    const repeated = await screenMany(ports, call, passed.slice(0, 3), stamp('staff-reviewer', 'r1'));
    expect(repeated).toMatchObject({ done: ['2026-001', '2026-002', '2026-003'], refused: [] });
    for (const [judge, score] of [
      ['P1', '86'],
      ['P2', '79.5'],
    ] as const)
      await scoreMany(
        ports,
        call,
        { judge },
        all.map((one) => ({ ...one, score })),
        stamp('staff-reviewer'),
      );
    const done = await shortlistMany(ports, call, all, '示民〔2026〕20号', stamp('staff-approver'));
    expect(value(done)).toMatchObject({ refused: [] });
    const given = await ports.calls.allotments(DISTRICT, '2026');
    const listed = await followed();
    expect(allottedOf(given, call.callId)).toBe(sumFen(listed.map(({ grant }) => grant)));
    expect(new Set(listed.map(({ stage }) => stage))).toEqual(new Set(['shortlisted']));
    const [first] = listed;
    expect((await ports.projects.load(first?.projectKey ?? ''))?.shortlisted?.average).toBe('82.8');
  });

  it('is publicised for five working days and signed by two, tranches summing to every grant', async () => {
    const numbers = all.map(({ number }) => number);
    const notice = { from: '2026-11-23', document: '示民告1号' };
    const short = await publiciseMany(
      ports,
      call,
      numbers.slice(0, 1),
      { ...notice, to: '2026-11-27' },
      stamp('staff-preparer'),
    );
    expect(refusedIn(short)).toEqual([['2026-001', 'invalid/publicity']]);
    await publiciseMany(ports, call, numbers, { ...notice, to: '2026-11-30' }, stamp('staff-preparer'));
    expect((await draftMany(ports, call, all, stamp('staff-preparer'))).refused).toEqual([]);
    bureau.clock.moveTo('2026-12-01');
    const listed = await followed();
    const read = listed.map(({ number, contractHash = '' }) => ({ number, hash: contractHash }));
    const wish = { document: '示民协〔2026〕1号', signedOn: '2026-12-01' };
    const unknown = await signMany(ports, call, read.slice(0, 1), wish, stamp('staff-approver'));
    expect(refusedIn(unknown)).toEqual([['2026-001', 'missing/organisation-status']]);
    const looked = { status: 'normal', on: '2026-11-30', source: '全国社会组织信用信息公示平台' } as const;
    await mapBounded(listed, 12, ({ organisation }) =>
      recordStatus(ports, organisation, looked, stamp('staff-preparer')),
    );
    expect((await signMany(ports, call, read, wish, stamp('staff-approver'))).refused).toEqual([]);
    const found = await mapBounded(listed, 12, ({ projectKey }) => ports.projects.load(projectKey));
    for (const project of found) {
      const contract = project?.contract;
      expect(sumFen((contract?.tranches ?? []).map((tranche) => tranche.fen))).toBe(contract?.grant);
      expect(contract?.rules).toEqual(call.rules);
    }
  });
});

describe('the last money of a pool', () => {
  const scored = async (own: Call, numbers: readonly number[], prefix = 500) => {
    const rows = numbers.map((n) => cells(prefix + n));
    await importProjects(`im-${own.callId}-${prefix}`, rows, own);
    const items = rows.map(({ number = '' }) => ({ number }));
    await screenMany(
      ports,
      own,
      items.map((one) => ({ ...one, outcome: 'passed' as const })),
      stamp('staff-reviewer'),
    );
    for (const judge of ['P1', 'P2'])
      await scoreMany(
        ports,
        own,
        { judge },
        items.map((one) => ({ ...one, score: '80' })),
        stamp('staff-reviewer'),
      );
    return items;
  };

  it('goes to one of two who give it at once, and the other is told what is left', async () => {
    bureau.clock.moveTo('2026-11-22');
    const own = await opened(2, 9_000_00);
    const [a, b] = await scored(own, [1, 2]);
    const give = (item: typeof a) =>
      shortlistMany(ports, own, item ? [item] : [], '示民〔2026〕21号', stamp('staff-approver'));
    const outcomes = await Promise.all([give(a), give(b)]);
    expect(outcomes.map((one) => code(one)).sort()).toEqual(['accepted', 'limit/pool']);
    const [winner] = outcomes.flatMap((one) => (one.ok ? one.value.done : []));
    const stages = (await ports.projects.listed(DISTRICT, own.callId)).map(({ number, stage }) => [
      number,
      stage,
    ]);
    expect(stages.filter(([, stage]) => stage === 'shortlisted')).toEqual([[winner, 'shortlisted']]);
    // Dropped, it gives its money back, and the other one gets it.
    const [kept, other] = winner === a?.number ? [a, b] : [b, a];
    value(await dropOf(ports, keyOf(own, kept?.number ?? ''), '主动退出', stamp('staff-preparer')));
    expect(code(await give(other))).toBe('accepted');
  });

  it('is given once, whenever who gives it dies, and what was given is marked by whoever looks next', async () => {
    let n = 0;
    const own = await opened(3, 900_000_00);
    const items = await scored(
      own,
      Array.from({ length: 12 }, (_, index) => index + 1),
      600,
    );
    await dyingAtEveryWrite(async (survived) => {
      const item = items[n++];
      if (!item) throw new Error('more writes than projects');
      const died = await diesAfter(bureau.faults, survived, async () => {
        value(await shortlistMany(ports, own, [item], '示民〔2026〕22号', stamp('staff-approver')));
      });
      await finishShortlist(ports, own);
      const key = keyOf(own, item.number);
      const { given } = await ports.calls.allotments(DISTRICT, '2026');
      const found = await ports.projects.load(key);
      expect([survived, given.has(key)]).toEqual([survived, found?.stage === 'shortlisted']);
      const other = [{ ...item, grant: fen(1_00) }];
      const changed = await shortlistMany(ports, own, other, '示民〔2026〕22号', stamp('staff-approver'));
      const wasGiven = given.has(key);
      expect([wasGiven, changed.ok && changed.value.refused.length === 0]).toEqual([wasGiven, !wasGiven]);
      value(await shortlistMany(ports, own, [item], '示民〔2026〕22号', stamp('staff-approver')));
      const acts = await ports.projects.acts(key);
      expect(acts.filter(({ kind }) => kind === 'shortlisted')).toHaveLength(1);
      return died;
    });
  });
});
