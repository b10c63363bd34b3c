// Goal: two townships that draw at once on the last money of a fund: exactly one gets it, and the other is told the balance; whoever dies
// where, a decision draws once and a replenishment is granted once. Method: side by side, and one write later each time, on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monthOf } from '../../../domain/calendar.ts';
import { applicationState } from '../../../domain/grants/application.ts';
import { drawsIn, sumOf } from '../../../domain/imprest/fund.ts';
import { fen } from '../../../domain/money.ts';
import { drawImprest } from '../../../functions/imprest/draw.ts';
import { cancelImprestDraw } from '../../../functions/imprest/fund-service.ts';
import { answerReplenishment, askReplenishment } from '../../../functions/imprest/replenish.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { nextRequest, yuan } from '../grants/aid-office.ts';
import { code, DISTRICT, type Office, value } from '../run/office.ts';
import { cashFor, EAST, fundOffice, fundPorts, openedFund, storeOf, WEST } from './fund-office.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await fundOffice();
});
afterAll(() => bureau.stop());

let person = 100;
const fundNow = async (fund: string) => value(await storeOf(bureau).get(DISTRICT, fund));
async function determinedOf(application: string) {
  const { subject } = (await bureau.ports.grants.applications.load(application))!.applied;
  const [enrolment] = await bureau.register.enrolmentsOfPerson(subject);
  return enrolment ? (await bureau.register.enrolmentRead(enrolment))!.determinations : [];
}

describe('at once', () => {
  it('two townships on the last money of a fund: one wins, the other is told the balance and its decision has no effect', async () => {
    for (let round = 0; round < 4; round += 1) {
      const fund = `last-${round}`;
      await openedFund(bureau, fund, 2000);
      const both = await Promise.all(
        [EAST, WEST].map((street) => cashFor(bureau, (person += 1), { fund, street })),
      );
      const decided = await Promise.all(both.map(({ decide }) => decide()));
      expect(decided.map(code).sort()).toEqual(['accepted', 'conflict/imprest-balance']);
      const lost = decided.findIndex(({ ok }) => !ok);
      const refused = decided[lost]!;
      expect(!refused.ok && [refused.error.zh, refused.error.en].join()).toMatch(
        /余额 550\.00 元.*holds 550\.00/s,
      );
      expect((await fundNow(fund)).balance).toBe(yuan(550));
      expect(await determinedOf(both[lost]!.application)).toEqual([]);
      expect(await determinedOf(both[1 - lost]!.application)).toHaveLength(1);
    }
  });

  it('many who draw what they like leave the fund at what it had less what they got, and never below zero', async () => {
    await openedFund(bureau, 'many', 1000);
    const ports = fundPorts(bureau);
    const amounts = [300, 250, 199, 180, 170, 90, 60, 50, 1, 700].map(yuan);
    const drawn = await Promise.all(
      amounts.map((amount, index) =>
        drawImprest(ports, {
          jurisdiction: DISTRICT,
          fund: 'many',
          street: index % 2 ? EAST : WEST,
          fen: amount,
          application: `ga-${index}`,
          sequence: 2,
          payee: `PAYEE-${index}`,
          receipt: `R-${index}`,
          by: 'x',
        }),
      ),
    );
    const got = amounts.filter((_, index) => drawn[index]!.ok);
    const fund = await fundNow('many');
    expect(fund.balance).toBe(fen(yuan(1000) - got.reduce((sum, amount) => sum + amount, 0)));
    expect(sumOf(drawsIn(fund, 'drawn'))).toBe(yuan(1000) - fund.balance);
    const refused = amounts.filter((_, index) => !drawn[index]!.ok);
    expect(refused.every((amount) => amount > fund.balance)).toBe(true);
    expect(new Set((await storeOf(bureau).acts(DISTRICT, 'many')).map(({ sequence }) => sequence)).size).toBe(
      fund.sequence,
    );
  });
});

describe('dead at a write', () => {
  it('of a decision in cash: asked again there is one draw and one grant, and the money is gone once', async () => {
    await openedFund(bureau, 'crash', 50_000);
    await dyingAtEveryWrite(async (survived) => {
      const before = (await fundNow('crash')).balance;
      const { application, decide } = await cashFor(bureau, (person += 1), { fund: 'crash' });
      const died = await diesAfter(bureau.faults, survived, decide, survived % 2 ? 'before' : 'after');
      value(await decide());
      expect(before - (await fundNow('crash')).balance).toBe(yuan(1450));
      const [grant, ...more] = await determinedOf(application);
      expect(more).toEqual([]);
      expect(grant!.spans.map(({ components }) => components)).toEqual([
        [{ component: 'imprest:crash', fen: yuan(1450) }],
      ]);
      return died;
    });
  });

  it('of a cancelled draw: asked again, or by the sweeper alone, the money is back and the grant withdrawn, once', async () => {
    await openedFund(bureau, 'undone', 5000);
    const ports = fundPorts(bureau);
    const address = { jurisdiction: DISTRICT, fund: 'undone' };
    await dyingAtEveryWrite(async (survived) => {
      const { application, decide } = await cashFor(bureau, (person += 1), { fund: 'undone' });
      const id = `${application}.${value(await decide()).granted!.sequence}`;
      const said = { reason: '未领取', document: '示民救〔2026〕3号' };
      const who = { by: 'staff-reviewer', request: nextRequest() };
      const cancel = () => cancelImprestDraw(ports, address, id, said, who);
      const died = await diesAfter(bureau.faults, survived, cancel, survived % 2 ? 'before' : 'after');
      if ((await bureau.ports.grants.applications.load(application))!.stopped) {
        await bureau.sweep();
        await bureau.sweep();
        await bureau.deliver();
      } else value(await cancel());
      const { balance, draws } = await fundNow('undone');
      expect([balance, draws.get(id)]).toMatchObject([yuan(5000), { state: 'cancelled' }]);
      expect(applicationState((await bureau.ports.grants.applications.load(application))!)).toBe('stopped');
      expect((await determinedOf(application)).map(({ kind }) => kind)).toEqual(['grant', 'grant-withdrawn']);
      expect((await storeOf(bureau).acts(DISTRICT, 'undone')).at(-1)).toMatchObject({
        kind: 'draw-cancelled',
        by: 'staff-reviewer',
        reason: '未领取',
      });
      return died;
    });
  });

  it('of a replenishment: asked again, or by the sweeper alone, it is one grant to the township', async () => {
    const ports = fundPorts(bureau);
    let number = 0;
    await dyingAtEveryWrite(async (survived) => {
      const fund = `fill-${(number += 1)}`;
      const body = `MB0${String(number).padStart(3, '0')}02`;
      const address = await openedFund(bureau, fund, 100, body);
      const by = (who: string) => ({ by: who, request: nextRequest() });
      value(await askReplenishment(ports, address, undefined, by('staff-preparer')));
      const said = { outcome: 'approved', document: '示民救〔2026〕2号', decidedOn: '2026-11-22' } as const;
      const who = by('staff-approver');
      const decide = () => answerReplenishment(ports, address, 1, said, who);
      const died = await diesAfter(bureau.faults, survived, decide, survived % 2 ? 'before' : 'after');
      const decided = (await fundNow(fund)).replenishments[0]!.decided;
      if (decided) {
        // Nobody comes back: twice looked at, the sweeper has it carried out.
        await bureau.sweep();
        await bureau.sweep();
        await bureau.deliver();
      } else value(await decide());
      const { organisation, replenishments } = await fundNow(fund);
      expect(replenishments[0]!.recorded).toMatchObject({ number: 1, determination: 1 });
      const [enrolment] = await bureau.register.enrolmentsOfPerson(organisation);
      const { determinations } = (await bureau.register.enrolmentRead(enrolment!))!;
      expect(determinations.map(({ basis, spans }) => [basis, spans[0]!.from, spans[0]!.components])).toEqual(
        [
          [
            `imprest:${fund}:replenishment-1`,
            monthOf(said.decidedOn),
            [{ component: `advance:${fund}`, fen: yuan(19_900) }],
          ],
        ],
      );
      return died;
    });
  });
});
