// Goal: what may be kept back of a payment, of which orders, and where the law forbids it.
import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { policyBook } from '../../../domain/policy/book.ts';
import { maySetOff } from '../../../domain/policy/may-set-off.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { setOffRule } from '../../../domain/policy/set-off-rule.ts';
import { decideOrder, deliverOrder, proposeOrder, receive } from '../../../domain/recovery/commands.ts';
import {
  decideRelief,
  pauseOrder,
  proposeRelief,
  resumeOrder,
} from '../../../domain/recovery/later-commands.ts';
import { figuresOf, type Instalment, recoveryState } from '../../../domain/recovery/recovery.ts';
import { claimSetOff, dropSetOff, setOffDebts, setOffLines } from '../../../domain/recovery/set-off.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';
import { policyFile } from '../../policy-files.ts';
import { codeOf, must } from '../run/samples.ts';
import { Journal, part, TODAY, wish } from './samples.ts';

const RUN = { on: TODAY, through: '2026-12' };
const never = () => false;
const ORDERED = { document: '示民追〔2026〕1号', decidedOn: '2026-11-10', means: 'set-off' } as const;
const DELIVERY = { on: '2026-11-11', means: 'in-person', evidence: '送达回证' } as const;

/** An order of 300.00 yuan by set-off, delivered. */
function order(
  journal = new Journal(),
  place = 0,
  decidedOn = '2026-11-10',
  instalments?: Instalment[],
): Journal {
  const basis = `project:A:${place}`;
  const plan = instalments ? { instalments, dueOn: instalments.at(-1)?.dueOn ?? '' } : {};
  journal.act(proposeOrder(journal.recoveries, wish(30_000, { basis, ...plan })), 'ann');
  const number = journal.recoveries.orders.length;
  journal.act(
    decideOrder(journal.order(number), { ...ORDERED, decidedOn }, [part(place, 30_000)], 'bob', TODAY),
    'bob',
  );
  journal.act(deliverOrder(journal.order(number), { ...DELIVERY, on: decidedOn }, TODAY), 'ann');
  return journal;
}
const debts = (journal: Journal, run = RUN) => setOffDebts(journal.recoveries, run, never);
const line = (month: string, amount: number): PaymentLine => ({
  month,
  component: 'allowance',
  fen: fen(amount),
  kind: 'entitlement',
});
const claim = { payment: '2026-12_R_GL-7Z3K9QX2M4BT-1', run: 'r', dispatch: 5, fen: fen(3_000) };

describe('what is kept back', () => {
  const rule = { maxSharePercent: 30, leaveFen: fen(0) };

  it('is no more than the share, leaves what is to be left, and stands beside the months, oldest first', () => {
    const lines = [line('2026-11', 2_000), line('2026-12', 10_000)];
    expect(setOffLines(lines, [{ order: 1, fen: fen(30_000) }], rule)).toEqual([
      { month: '2026-11', component: 'allowance', fen: -2_000, kind: 'set-off', order: 1 },
      { month: '2026-12', component: 'allowance', fen: -1_600, kind: 'set-off', order: 1 },
    ]);
    const most = (leaveFen: number, amount = 10_000) =>
      0 -
      setOffLines([line('2026-12', amount)], [{ order: 1, fen: fen(30_000) }], {
        ...rule,
        leaveFen: fen(leaveFen),
      }).reduce((sum, one) => sum + one.fen, 0);
    expect([most(0), most(7_000), most(7_001), most(10_000), most(20_000)]).toEqual([
      3_000, 3_000, 2_999, 0, 0,
    ]);
    expect(most(0, 3)).toBe(0);
  });

  it('goes to the order decided first, whatever its number, then to the next', () => {
    const journal = order(order(new Journal(), 0, '2026-11-12'), 1, '2026-11-10');
    expect(debts(journal).map((debt) => debt.order)).toEqual([2, 1]);
    const taken = setOffLines([line('2026-12', 200_000)], debts(journal), {
      maxSharePercent: 20,
      leaveFen: fen(0),
    });
    expect(taken.map((one) => [one.order, one.fen])).toEqual([
      [2, -30_000],
      [1, -10_000],
    ]);
  });

  it('by instalments is what is due by the end of the period, less what is settled', () => {
    const plan = [
      { dueOn: '2026-12-10', fen: fen(10_000) },
      { dueOn: '2027-01-10', fen: fen(20_000) },
    ];
    const journal = order(new Journal(), 0, '2026-11-10', plan);
    expect(debts(journal)).toEqual([{ order: 1, fen: 10_000 }]);
    expect(debts(journal, { ...RUN, through: '2026-11' })).toEqual([]);
    const receipt = {
      fen: fen(4_000),
      means: 'treasury',
      voucher: 'v',
      on: '2026-11-15',
      evidence: 'e',
    } as const;
    journal.act(receive(journal.order(), receipt, TODAY), 'cay');
    expect(debts(journal)).toEqual([{ order: 1, fen: 6_000 }]);
    expect(debts(journal, { ...RUN, through: '2027-01' })).toEqual([{ order: 1, fen: 26_000 }]);
  });

  it('is nothing before delivery, while it is paused, while a waiver waits, of what the bank sent back, or once it is settled', () => {
    const fresh = new Journal();
    fresh.act(proposeOrder(fresh.recoveries, wish(30_000)), 'ann');
    fresh.act(decideOrder(fresh.order(), ORDERED, [part(0, 30_000)], 'bob', TODAY), 'bob');
    expect(debts(fresh)).toEqual([]);
    const journal = order();
    expect(setOffDebts(journal.recoveries, RUN, () => true)).toEqual([]);
    journal.act(pauseOrder(journal.order(), '2026-12-31', 'r', TODAY), 'ann');
    expect(debts(journal)).toEqual([]);
    journal.act(resumeOrder(journal.order(), 'r'), 'ann');
    expect(debts(journal)).toHaveLength(1);
    journal.act(proposeRelief(journal.order(), { relief: 'waiver', reason: 'r' }, 'ann'), 'ann');
    expect(debts(journal)).toEqual([]);
    const said = { outcome: 'granted', document: 'd', reason: 'r' } as const;
    journal.act(decideRelief(journal.order(), said, 'bob'), 'bob');
    expect([debts(journal), recoveryState(journal.order())]).toEqual([[], 'closed']);
  });

  it('is, of a payment that the bank sent back, what never was cash: nobody can get that from the bank', () => {
    const journal = new Journal();
    journal.act(proposeOrder(journal.recoveries, wish(30_000)), 'ann');
    const { lines, ...rest } = part(0, 30_000);
    const [own] = lines;
    const mixed = {
      ...rest,
      lines: [
        { ...own!, fen: fen(20_000) },
        { ...own!, fen: fen(10_000), setOff: true as const },
      ],
    };
    journal.act(decideOrder(journal.order(), ORDERED, [mixed], 'bob', TODAY), 'bob');
    journal.act(deliverOrder(journal.order(), DELIVERY, TODAY), 'ann');
    const back = () => true;
    expect(setOffDebts(journal.recoveries, RUN, back)).toEqual([{ order: 1, fen: 10_000 }]);
    const most = { ...claim, fen: fen(10_000) };
    expect(codeOf(claimSetOff(journal.order(), { ...most, fen: fen(10_001) }, TODAY, back))).toBe(
      'conflict/set-off-changed',
    );
    expect(journal.act(claimSetOff(journal.order(), most, TODAY, back), 'system')).toBe('set-off');
    expect(setOffDebts(journal.recoveries, RUN, back)).toEqual([]);
    const receipt = {
      fen: fen(20_000),
      means: 'bank-return',
      voucher: 'v',
      on: TODAY,
      evidence: 'e',
    } as const;
    expect(journal.act(receive(journal.order(), receipt, TODAY, back), 'cay')).toBe('received');
    expect(recoveryState(journal.order())).toBe('closed');
  });
});

describe('a claim', () => {
  it('is made once for a payment, anew by the next dispatch, and leaves no more to be paid in', () => {
    const journal = order();
    expect(journal.act(claimSetOff(journal.order(), claim, TODAY, never), 'system')).toBe('set-off');
    expect(journal.act(claimSetOff(journal.order(), claim, TODAY, never), 'system')).toBe('done');
    expect(journal.act(claimSetOff(journal.order(), { ...claim, dispatch: 9 }, TODAY, never), 'system')).toBe(
      'set-off',
    );
    // A worker of the dispatch before, slower than the one that came after it, takes nothing over: that claim would be dropped.
    expect(codeOf(claimSetOff(journal.order(), claim, TODAY, never))).toBe('conflict/set-off-changed');
    expect(figuresOf(journal.order())).toMatchObject({ setOff: 3_000, outstanding: 27_000 });
    const receipt = {
      fen: fen(27_001),
      means: 'treasury',
      voucher: 'v',
      on: '2026-11-15',
      evidence: 'e',
    } as const;
    expect(codeOf(receive(journal.order(), receipt, TODAY))).toBe('conflict/more-than-outstanding');
    journal.act(dropSetOff(journal.order(), claim.payment), 'system');
    expect(figuresOf(journal.order())).toMatchObject({ setOff: 0, outstanding: 30_000 });
    expect(journal.act(dropSetOff(journal.order(), claim.payment), 'system')).toBe('done');
  });

  it('is refused once somebody paid so much that less is outstanding', () => {
    const journal = order();
    const receipt = {
      fen: fen(28_000),
      means: 'treasury',
      voucher: 'v',
      on: '2026-11-15',
      evidence: 'e',
    } as const;
    journal.act(receive(journal.order(), receipt, TODAY), 'cay');
    expect(codeOf(claimSetOff(journal.order(), claim, TODAY, never))).toBe('conflict/set-off-changed');
  });
});

describe('policy', () => {
  const book = must(
    policyBook(
      [policyFile('500000', 'dibao'), policyFile('110199', 'high-age'), policyFile('110000', 'high-age')].map(
        (file) => must(parsePolicyPack(file)).pack,
      ),
    ),
  );
  const asked = (jurisdiction: string, programme: string) =>
    maySetOff(book, { jurisdiction, programme, knownOn: '2026-12-01' });

  it('forbids it of dibao in Chongqing by the article, allows it where a place says so, and nowhere else', () => {
    const forbidden = asked('500000', 'dibao');
    expect(codeOf(forbidden)).toBe('forbidden/set-off');
    expect(forbidden.ok ? '' : forbidden.error.zh).toContain('第二十二条');
    expect(codeOf(asked('110199', 'high-age'))).toBe('ok');
    expect(codeOf(asked('110000', 'high-age'))).toBe('forbidden/set-off');
    expect(setOffRule({ action: 'forbidden' })).toBeUndefined();
    expect(setOffRule({ action: 'allowed', maxSharePercent: 30, leave: '50' })).toEqual({
      maxSharePercent: 30,
      leaveFen: 5_000,
    });
  });
});
