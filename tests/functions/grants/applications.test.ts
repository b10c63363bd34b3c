// Goal: from an application to the settled payment, by supplementary runs of its own; months that are stopped are not paid. Method: a
// bureau on real engines; nobody it helps is in any sheet.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationState } from '../../../domain/grants/application.ts';
import type { Run } from '../../../domain/run/run.ts';
import { applyForGrant } from '../../../functions/grants/apply-for-grant.ts';
import { askToStop, grant, reject, stop } from '../../../functions/grants/decide-application.ts';
import { workedOutApplication } from '../../../functions/grants/work-out-grant.ts';
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

it('a funeral is granted once for one decedent, and paid to the funeral home', async () => {
  const ports = PORTS(bureau);
  const facts = {
    diedOn: '2026-11-10',
    residency: 'registered',
    settlement: 'waived',
    otherMoney: [],
    items: { cremation: '380.00', urn: '260.00' },
  };
  const { subject } = asked(50);
  const home = {
    idNumber: '12110199MB0000000B',
    legalName: '示例区殡仪馆',
    organisation: true,
    account: { account: '11019900000000000077', holderName: '示例区殡仪馆' },
  } as const;
  const funeral = asked(50, facts, {
    programme: 'funeral',
    subject: { idNumber: subject.idNumber, legalName: subject.legalName },
    payee: { named: home, grounds: { kind: 'organisation', document: '结算单1号' } },
  });
  const by = (request = nextRequest()) => ({ by: APPROVER, request });
  const [one, two] = [await applied(ports, funeral), await applied(ports, funeral)];
  const wishes = [await wishFor(ports, one), await wishFor(ports, two)];
  value(await grant(ports, one, wishes[0]!, by()));
  expect(code(await grant(ports, two, wishes[1]!, by()))).toBe('conflict/granted-before');
  const scope = { jurisdiction: office.DISTRICT, programme: 'funeral' };
  const run = await office.computed(bureau, { ...scope, period: '2026-11', round: 'S1' });
  expect(run.totals).toMatchObject({
    payable: { count: 1, fen: 58_000 },
    held: { count: 0 },
    blocked: { count: 0 },
  });

  // Somebody of the same family who dies later has a funeral of their own, whoever of the family is named.
  const { subject: other } = asked(51);
  const widow = { ...funeral, subject: { idNumber: other.idNumber, legalName: other.legalName } };
  const family = [{ name: subject.legalName, idNumber: subject.idNumber }];
  const later = await ports.applications.load(await applied(ports, { ...widow, family }));
  expect(code(await workedOutApplication(ports, later!, '2026-11-22'))).toBe('accepted');
});

it('of who has died somebody else is paid, who is named', async () => {
  const facts = { diedOn: '2026-11-01', buriedOn: '2026-11-10', way: 'tree' };
  const burial = asked(55, facts, { programme: 'green-burial' });
  const by = { by: 'town-clerk', request: nextRequest() };
  const grounds = { kind: 'representative' } as const;
  const self = { ...burial, payee: { named: burial.subject, grounds } };
  const handler = { ...burial, payee: { named: asked(56).subject, grounds } };
  const answers = [burial, self, handler].map((each) => applyForGrant(PORTS(bureau), each, by));
  expect((await Promise.all(answers)).map(code)).toEqual([
    'invalid/grant-payee',
    'invalid/grant-payee',
    'accepted',
  ]);
});

it('a township turns down what it may grant; what is for the district to grant is for it to turn down', async () => {
  const ports = PORTS(bureau);
  const no = {
    document: '示民临〔2026〕3号',
    decidedOn: '2026-11-22',
    ground: 'no-hardship',
    reason: '不符',
  } as const;
  for (const [n, months, wanted] of [
    [57, 2, 'accepted'],
    [58, 3, 'forbidden/grant-level'],
  ] as const) {
    const application = await applied(ports, asked(n, { ...URGENT, months }));
    const answer = await reject(ports, application, no, { by: TOWNSHIP, request: nextRequest() });
    expect(code(answer)).toBe(wanted);
  }
});

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
