// Goal: from an application to the settled payment, by supplementary runs of its own; months that are stopped are not paid. Method: a
// bureau on real engines; nobody it helps is in any sheet.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationState } from '../../../domain/grants/application.ts';
import type { Run } from '../../../domain/run/run.ts';
import { askToStop, grant, stop } from '../../../functions/grants/decide-application.ts';
import * as office from '../run/office.ts';
import {
  APPROVER,
  aidOffice,
  applied,
  asked,
  nextRequest,
  PORTS,
  TOWNSHIP,
  URGENT,
  wishFor,
} from './aid-office.ts';

const { code, value } = office;
let bureau: office.Office;
beforeAll(async () => {
  bureau = await aidOffice({ quickReads: true });
});
afterAll(() => bureau.stop());

const SCOPE = { jurisdiction: office.DISTRICT, programme: 'temporary-aid' } as const;
async function paid(period: string, round: string): Promise<Run> {
  const run = await office.computed(bureau, { ...SCOPE, period, round });
  const sent = await office.dispatched(bureau, await office.approved(bureau, run));
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  const done = await office.closed(bureau, sent);
  expect(done.state).toBe('closed');
  return done;
}

it('what a township grants is paid by the next run; of what is paid month by month, nothing after it was stopped', async () => {
  const ports = PORTS(bureau);
  const once = await applied(ports, asked(1));
  const by = (decider: typeof TOWNSHIP | typeof APPROVER) => ({ by: decider, request: nextRequest() });
  const granted = value(await grant(ports, once, await wishFor(ports, once), by(TOWNSHIP)));
  expect(granted.granted).toMatchObject({ level: 'township', persons: 2, proposedBy: 'town-clerk' });
  const byMonth = async (n: number) => {
    const application = await applied(ports, asked(n, { ...URGENT, months: 2, continuing: true }));
    const wish = await wishFor(ports, application);
    const { granted: each } = value(await grant(ports, application, wish, by(APPROVER)));
    expect(each?.parts.map(({ month }) => month)).toEqual(['2026-11', '2026-12']);
    return application;
  };
  const [going, stopping] = [await byMonth(2), await byMonth(3)];
  const each = (await ports.applications.load(going))!.granted!.fen / 2;

  const first = await paid('2026-11', 'S1');
  expect(first.totals?.payable).toEqual({ count: 3, fen: granted.granted!.fen + 2 * each });

  const why = { from: '2026-12', reason: '已恢复工作' };
  value(await askToStop(ports, stopping, why, { by: TOWNSHIP, request: nextRequest() }));
  const said = { outcome: 'stop', document: '示民临停〔2026〕1号', decidedOn: '2026-11-22' } as const;
  expect(code(await stop(ports, stopping, said, by(TOWNSHIP)))).toBe('forbidden/own-application');
  expect(applicationState(value(await stop(ports, stopping, said, by(APPROVER))))).toBe('stopped');

  bureau.clock.moveTo('2026-12-10');
  expect((await paid('2026-12', 'S1')).totals?.payable).toEqual({ count: 1, fen: each });
});
