// Goal: cash handed over by a township becomes expense by an imprest run without anything for the bank, its vouchers bring a
// replenishment, and what the bank settles is in the fund; book, ledger and cash agree all the way. Method: a month at a bureau on real
// engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReturnAnswer } from '../../../domain/imprest/returns.ts';
import type { Entry } from '../../../domain/ledger/entry.ts';
import { sumFen } from '../../../domain/money.ts';
import { askToStop, stop } from '../../../functions/grants/decide-application.ts';
import {
  cancelImprestDraw,
  closeImprest,
  countImprest,
  findingsOf,
} from '../../../functions/imprest/fund-service.ts';
import { answerReplenishment, askReplenishment, upToDate } from '../../../functions/imprest/replenish.ts';
import { answerReturn, returnImprest } from '../../../functions/imprest/return-cash.ts';
import { noteReceived } from '../../../functions/imprest/settle.ts';
import { decideRecovery, proposeOverpaid } from '../../../functions/recovery/recoveries.ts';
import { ALL_BUCKETS, ofBuckets } from '../../../functions/run/buckets.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { APPROVER, nextRequest, yuan } from '../grants/aid-office.ts';
import * as office from '../run/office.ts';
import { cashFor, fundOffice, fundPorts, openedFund } from './fund-office.ts';

const { code, value } = office;
let bureau: office.Office;
let paidInCash: string;
beforeAll(async () => {
  bureau = await fundOffice();
});
afterAll(() => bureau.stop());

const by = (who: string) => ({ by: who, request: nextRequest() });
const AID = { jurisdiction: office.DISTRICT, programme: 'temporary-aid', period: '2026-11' } as const;
const FUNDS = { ...AID, programme: 'imprest' } as const;

/** What the entries of a programme's month come to on an account. */
async function balanceOf(scope: typeof AID | typeof FUNDS, account: string): Promise<number> {
  const entries = await ofBuckets(ALL_BUCKETS, async (bucket) => {
    const found: Entry[] = [];
    for await (const entry of bureau.ports.ledger.ofBucket(scope, scope.period, bucket)) found.push(entry);
    return found;
  });
  const postings = entries.flatMap((entry) =>
    entry.postings.filter((posting) => posting.account === account),
  );
  const side = (name: 'debit' | 'credit') =>
    sumFen(postings.filter((posting) => posting.side === name).map(({ fen }) => fen));
  return side('debit') - side('credit');
}

const stopAsked = (application: string) =>
  askToStop(
    bureau.ports.grants,
    application,
    { from: '2026-11', reason: '查实不符合条件' },
    { by: { ...APPROVER, id: 'staff-preparer' }, request: nextRequest() },
  );

it('from cash in hand to expense, and from vouchers back to cash', async () => {
  const ports = fundPorts(bureau);
  const address = await openedFund(bureau, 'chengguan', 20_000);
  const [kept, returned, big] = await Promise.all([
    cashFor(bureau, 301, address),
    cashFor(bureau, 302, address),
    cashFor(bureau, 303, { ...address, facts: { persons: 4, months: 1 } }),
  ]);
  value(await kept.decide());
  paidInCash = kept.application;
  const drawn = value(await returned.decide());
  expect(code(await big.decide())).toBe('limit/imprest-draw');
  expect(value(await upToDate(ports, address)).balance).toBe(yuan(20_000 - 2 * 1450));

  // Cash that nobody fetched: another person than who drew it puts it back, and no run posts it.
  const id = `${returned.application}.${drawn.granted!.sequence}`;
  const why = { reason: '未领取', document: '示民救〔2026〕3号' };
  const cancel = (who: string) => cancelImprestDraw(ports, address, id, why, by(who));
  expect(code(await cancel(drawn.granted!.by))).toBe('forbidden/own-draw');
  expect(value(await cancel('staff-reviewer')).balance).toBe(yuan(20_000 - 1450));

  expect(code(await stopAsked(kept.application))).toBe('conflict/cash-paid');

  // The imprest run: signed like any other, nothing for the bank, nothing for the finance bureau.
  const run = await office.computed(bureau, { ...AID, round: 'I' });
  expect([run.manifest.round, run.totals?.payable]).toEqual(['I1', { count: 1, fen: yuan(1450) }]);
  const posted = await office.dispatched(bureau, await office.approved(bureau, run));
  expect(posted.files).toEqual([]);
  expect((await office.closed(bureau, posted)).state).toBe('closed');
  expect(await balanceOf(AID, 'expense:temporary-aid')).toBe(yuan(1450));
  expect(await balanceOf(AID, 'imprest:chengguan')).toBe(yuan(-1450));
  expect(
    code(await cancelImprestDraw(ports, address, `${kept.application}.2`, why, by('staff-reviewer'))),
  ).toBe('conflict/draw-posted');

  // Its voucher, and what the floor lacks: nothing here, as the fund had exactly that.
  const count = (cash: number, explanation?: string) =>
    countImprest(
      ports,
      address,
      { month: '2026-11', cash: yuan(cash), ...(explanation && { explanation }) },
      by('staff-cashier'),
    );
  const differing = value(await count(18_500, '少 50 元，待查'));
  expect(findingsOf(differing, '2026-11-30')).toEqual([
    { code: 'count-differs', month: '2026-11', difference: yuan(-50) },
  ]);
  expect(code(await askReplenishment(ports, address, undefined, by('staff-preparer')))).toBe(
    'conflict/count-differs',
  );
  expect(findingsOf(value(await count(18_550)), '2026-11-30')).toEqual([]);
  const asked = value(await askReplenishment(ports, address, undefined, by('staff-preparer')));
  expect(asked.replenishments[0]!.proposed).toMatchObject({
    vouchers: yuan(1450),
    floorLack: 0,
    fen: yuan(1450),
  });
  const said = { outcome: 'approved', document: '示民救〔2026〕4号', decidedOn: '2026-11-22' } as const;
  value(await answerReplenishment(ports, address, 1, said, by('staff-approver')));

  // It is paid by a supplementary run to the township's account; the sweeper credits the fund once the bank has settled it.
  const filling = await office.computed(bureau, { ...FUNDS, round: 'S' });
  expect(filling.totals?.payable).toEqual({ count: 1, fen: yuan(1450) });
  const sent = await office.dispatched(bureau, await office.approved(bureau, filling));
  await bureau.sweep();
  expect(value(await ports.imprest.get(office.DISTRICT, 'chengguan')).balance).toBe(yuan(18_550));
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  await bureau.sweep();
  const filled = value(await ports.imprest.get(office.DISTRICT, 'chengguan'));
  expect([filled.balance, filled.received]).toEqual([yuan(20_000), yuan(1450)]);
  // Who looked at the books before, and writes after somebody else, takes nothing out again.
  const before = { ...ports, ledger: { ofEnrolment: () => Promise.resolve([]) } };
  value(await noteReceived(before, { ...filled, received: yuan(700) }));
  expect(value(await ports.imprest.get(office.DISTRICT, 'chengguan')).balance).toBe(yuan(20_000));
  expect((await office.closed(bureau, sent)).state).toBe('closed');
  expect(await balanceOf(FUNDS, 'imprest:chengguan')).toBe(yuan(1450));
  expect(await balanceOf(FUNDS, 'expense:imprest')).toBe(0);
  expect(code(await askReplenishment(ports, address, undefined, by('staff-preparer')))).toBe(
    'conflict/nothing-to-replenish',
  );
});

it('what is left is paid back to the treasury by two people, whoever dies on the way; ledger, book and cash are at zero, and it is closed', async () => {
  const ports = fundPorts(bureau);
  const address = { jurisdiction: office.DISTRICT, fund: 'chengguan' };
  const pay = (amount: number, voucher: string, who = 'staff-cashier') =>
    returnImprest(ports, address, { fen: yuan(amount), voucher, on: '2026-11-22' }, by(who));
  const answer = (number: number, said: ReturnAnswer, who = 'staff-approver') =>
    answerReturn(ports, address, number, said, by(who));
  expect(code(await closeImprest(ports, address, '示民救〔2026〕5号', by('staff-approver')))).toBe(
    'conflict/imprest-not-empty',
  );
  expect(code(await pay(20_001, 'J-1'))).toBe('conflict/imprest-balance');
  // Two at once: one stands.
  const both = await Promise.all([pay(15_000, 'J-1'), pay(15_000, 'J-2')]);
  expect(both.map(code).sort()).toEqual(['accepted', 'conflict/return-open']);
  expect(value(await upToDate(ports, address)).balance).toBe(yuan(5_000));
  expect(
    code(await answer(1, { outcome: 'confirmed', document: '示民救〔2026〕5号' }, 'staff-cashier')),
  ).toBe('forbidden/own-proposal');
  value(await answer(1, { outcome: 'refused', reason: '凭证不符' }));
  expect(value(await upToDate(ports, address)).balance).toBe(yuan(20_000));

  value(await pay(20_000, 'J-3'));
  expect(code(await closeImprest(ports, address, '示民救〔2026〕5号', by('staff-approver')))).toBe(
    'conflict/return-open',
  );
  const confirmed = { outcome: 'confirmed', document: '示民救〔2026〕6号' } as const;
  await dyingAtEveryWrite((survived) =>
    diesAfter(bureau.faults, survived, async () => {
      const before = value(await ports.imprest.get(office.DISTRICT, 'chengguan'));
      return before.returns[1]?.decided ? upToDate(ports, address) : answer(2, confirmed);
    }),
  );
  await bureau.deliver();
  await bureau.sweep();
  const empty = value(await upToDate(ports, address));
  // Of the 20 000, 1 450 had been advanced; the rest was brought in and never in the ledger.
  expect(empty.returns[1]).toMatchObject({ decided: { advanced: yuan(1450) }, recorded: { number: 2 } });
  expect([empty.balance, empty.received, await balanceOf(FUNDS, 'imprest:chengguan')]).toEqual([
    0,
    yuan(1450),
    0,
  ]);
  expect(await balanceOf(FUNDS, 'appropriation:2026')).toBe(yuan(1450));
  expect(code(await pay(1, 'J-4'))).toBe('conflict/imprest-balance');
  const closing = await closeImprest(ports, address, '示民救〔2026〕7号', by('staff-approver'));
  expect(value(closing).closed).toBe(true);
});

it('cash that was posted and wrong is stopped by two people, then ordered back; its fund has no part in it', async () => {
  const ports = bureau.ports.grants;
  value(await stopAsked(paidInCash));
  const paper = { document: '示民救〔2026〕8号', decidedOn: '2026-11-22' };
  const asked = { by: APPROVER, request: nextRequest() };
  const stopped = value(await stop(ports, paidInCash, { outcome: 'stop', ...paper }, asked));
  const { programme } = stopped.applied;
  const address = { jurisdiction: office.DISTRICT, programme, enrolment: stopped.recorded!.enrolment };
  const wish = { reason: '查实不符合条件', dueOn: '2026-12-31' };
  const proposed = await proposeOverpaid(bureau.ports, address, wish, { by: 'staff-preparer' });
  const { recoveryId, order } = value(proposed);
  expect(order.proposed.fen).toBe(yuan(1450));
  const on = { jurisdiction: office.DISTRICT, recoveryId, by: 'staff-approver' };
  value(await decideRecovery(bureau.ports, on, paper));
  const [draw] = value(await bureau.ports.imprest.get(office.DISTRICT, 'chengguan')).draws.values();
  expect(draw?.state).toBe('posted');
});
