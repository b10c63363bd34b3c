import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sumFen } from '../../../domain/money.ts';
import {
  decideOrder,
  deliverOrder,
  proposeOrder,
  RUN_PROPOSALS,
  receive,
  refuseOrder,
} from '../../../domain/recovery/commands.ts';
import {
  decideRelief,
  pauseOrder,
  proposeRelief,
  resumeOrder,
} from '../../../domain/recovery/later-commands.ts';
import { postedBy } from '../../../domain/recovery/posted-by.ts';
import {
  figuresOf,
  foldRecoveries,
  NO_RECOVERIES,
  openParts,
  overdueOf,
  recoveryState,
} from '../../../domain/recovery/recovery.ts';
import { Journal, ordered, part, TODAY, wish } from './samples.ts';

const receipt = (amount: number, voucher = '缴款书1', on = '2026-11-15') => ({
  fen: fen(amount),
  means: 'treasury' as const,
  voucher,
  on,
  evidence: '国库回单1',
});

describe('proposing', () => {
  it('is the same for the same basis and sum, and refused for another sum', () => {
    const journal = new Journal();
    expect(journal.act(proposeOrder(journal.recoveries, wish(100)), 'ann')).toBe('proposed');
    expect(journal.act(proposeOrder(journal.recoveries, wish(100)), 'ann')).toBe('done');
    expect(journal.act(proposeOrder(journal.recoveries, wish(101)), 'ann')).toBe('conflict/recovery-basis');
    expect(journal.recoveries.orders).toHaveLength(1);
  });

  it('takes no month that waits in another proposal, until that one is refused', () => {
    const journal = new Journal();
    const lines = [{ month: '2026-01', component: 'allowance', fen: fen(100) }];
    const asked = wish(100, { basis: RUN_PROPOSALS, lines });
    journal.act(proposeOrder(journal.recoveries, asked), 'ann');
    expect(journal.act(proposeOrder(journal.recoveries, asked), 'ann')).toBe('conflict/recovery-proposed');
    journal.act(refuseOrder(journal.order(), '核对有误', 'bob'), 'bob');
    expect(journal.act(proposeOrder(journal.recoveries, asked), 'ann')).toBe('proposed');
    expect(recoveryState(journal.order(1))).toBe('refused');
  });

  it.each([
    ['nothing', wish(0), 'invalid/amount'],
    [
      'another sum than its lines',
      wish(5, { lines: [{ month: '2026-01', component: 'a', fen: fen(4) }] }),
      'invalid/amount',
    ],
    [
      'instalments that are less',
      wish(5, { instalments: [{ dueOn: '2026-12-31', fen: fen(4) }] }),
      'invalid/instalments',
    ],
    [
      'instalments out of order',
      wish(4, {
        instalments: [
          { dueOn: '2027-01-31', fen: fen(2) },
          { dueOn: '2026-12-31', fen: fen(2) },
        ],
      }),
      'invalid/instalments',
    ],
    [
      'a last instalment that is due later',
      wish(4, { instalments: [{ dueOn: '2027-01-31', fen: fen(4) }] }),
      'invalid/instalments',
    ],
  ])('refuses %s', (_, asked, code) => {
    expect(proposeOrder(NO_RECOVERIES, asked)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('deciding', () => {
  const proposed = () => {
    const journal = new Journal();
    journal.act(proposeOrder(journal.recoveries, wish(50_000)), 'ann');
    return journal;
  };
  const parts = [part(0, 50_000)];
  const paper = { document: '追缴〔2026〕1号', decidedOn: '2026-11-10' };

  it('is for another person, once, on a day that is there and before it is due', () => {
    const order = proposed().order();
    const code = (by: string, more = {}) => {
      const decided = decideOrder(order, { ...paper, ...more }, parts, by, TODAY);
      return decided.ok ? decided.value?.kind : decided.error.code;
    };
    expect(code('ann')).toBe('forbidden/same-person');
    expect(code('bob', { decidedOn: '2026-11-23' })).toBe('invalid/date-in-future');
    expect(code('bob', { dueOn: '2026-11-10' })).toBe('invalid/date-too-early');
    expect(code('bob')).toBe('ordered');
    const after = ordered();
    expect(after.act(decideOrder(after.order(), paper, parts, 'bob', TODAY), 'bob')).toBe('done');
    // The same paper by other means is another decision, and not the one that stands.
    const setOff = { ...paper, means: 'set-off' } as const;
    expect(after.act(decideOrder(after.order(), setOff, parts, 'bob', TODAY), 'bob')).toBe(
      'conflict/recovery-state',
    );
    expect(after.act(decideOrder(after.order(), paper, parts, 'eve', TODAY), 'eve')).toBe(
      'conflict/recovery-state',
    );
    expect(after.act(refuseOrder(after.order(), '不追了', 'eve'), 'eve')).toBe('conflict/recovery-state');
  });

  it('keeps the instalments that were proposed, or takes others of the same sum', () => {
    const instalments = [
      { dueOn: '2026-12-31', fen: fen(20_000) },
      { dueOn: '2027-03-31', fen: fen(30_000) },
    ];
    const decided = decideOrder(
      proposed().order(),
      { ...paper, dueOn: '2027-03-31', instalments },
      parts,
      'bob',
      TODAY,
    );
    expect(decided).toMatchObject({ ok: true, value: { instalments } });
  });
});

describe('what is due', () => {
  it('is overdue the day after it was due, once it was delivered, and not while it is paused', () => {
    const journal = ordered();
    expect(overdueOf(journal.order(), '2027-01-01')).toBe(0);
    const said = { on: '2026-11-12', means: 'in-person', evidence: '送达回证1' } as const;
    journal.act(deliverOrder(journal.order(), said, TODAY), 'ann');
    expect(overdueOf(journal.order(), '2026-12-31')).toBe(0);
    expect(overdueOf(journal.order(), '2027-01-01')).toBe(50_000);
    journal.act(receive(journal.order(), receipt(10_000), TODAY), 'cay');
    expect(overdueOf(journal.order(), '2027-01-01')).toBe(40_000);
    journal.act(pauseOrder(journal.order(), '2027-02-28', '住院', TODAY), 'ann');
    expect(recoveryState(journal.order())).toBe('paused');
    expect(overdueOf(journal.order(), '2027-02-28')).toBe(0);
    expect(overdueOf(journal.order(), '2027-03-01')).toBe(40_000);
    journal.act(resumeOrder(journal.order(), '出院'), 'ann');
    expect(recoveryState(journal.order())).toBe('ordered');
  });
});

describe('taking in', () => {
  it('fills one payment after the other, never more than is outstanding, one voucher once', () => {
    const journal = ordered();
    expect(journal.act(receive(journal.order(), receipt(35_000), TODAY), 'cay')).toBe('received');
    expect(openParts(journal.order())).toEqual([0, 15_000]);
    expect(journal.act(receive(journal.order(), receipt(35_000), TODAY), 'cay')).toBe('done');
    expect(journal.act(receive(journal.order(), receipt(34_000), TODAY), 'cay')).toBe(
      'conflict/voucher-used',
    );
    expect(journal.act(receive(journal.order(), receipt(15_001, '2'), TODAY), 'cay')).toBe(
      'conflict/more-than-outstanding',
    );
    expect(journal.act(receive(journal.order(), receipt(1, '2', '2026-11-09'), TODAY), 'cay')).toBe(
      'invalid/date-too-early',
    );
    expect(journal.act(receive(journal.order(), receipt(15_000, '2'), TODAY), 'cay')).toBe('received');
    expect(recoveryState(journal.order())).toBe('closed');
  });

  it('takes what the bank returned only of payments that came back', () => {
    const journal = ordered();
    const back = { ...receipt(20_000), means: 'bank-return' as const };
    expect(journal.act(receive(journal.order(), back, TODAY), 'cay')).toBe('conflict/not-returned');
    const second = ({ fen: amount }: { fen: number }) => amount === 20_000;
    expect(journal.act(receive(journal.order(), back, TODAY, second), 'cay')).toBe('received');
    expect(openParts(journal.order())).toEqual([30_000, 0]);
  });

  it('takes what is paid in off the payments that did not come back, so that the others are settled by their return', () => {
    const journal = ordered();
    const first = ({ fen: amount }: { fen: number }) => amount === 30_000;
    const said = receive(journal.order(), receipt(20_000), TODAY, first);
    expect(journal.act(said, 'cay')).toBe('received');
    expect(openParts(journal.order())).toEqual([30_000, 0]);
    const back = { ...receipt(30_000, '2'), means: 'bank-return' as const };
    expect(journal.act(receive(journal.order(), back, TODAY, first), 'cay')).toBe('received');
    expect(recoveryState(journal.order())).toBe('closed');
  });
});

describe('giving up', () => {
  it('begins with payments that did not come back', () => {
    const journal = ordered();
    const asked = { relief: 'waiver' as const, fen: fen(20_000), reason: '无力偿还' };
    const paper = { outcome: 'granted' as const, document: '豁免〔2026〕1号', reason: '同意' };
    journal.act(proposeRelief(journal.order(), asked, 'ann'), 'ann');
    const first = ({ fen: amount }: { fen: number }) => amount === 30_000;
    expect(journal.act(decideRelief(journal.order(), paper, 'bob', first), 'bob')).toBe('relief-decided');
    expect(openParts(journal.order())).toEqual([30_000, 0]);
  });

  it('takes two people, and a revocation is of everything outstanding', () => {
    const journal = ordered();
    const asked = { relief: 'waiver' as const, fen: fen(20_000), reason: '低保对象，无力偿还' };
    const paper = { outcome: 'granted' as const, document: '豁免〔2026〕1号', reason: '同意' };
    journal.act(proposeRelief(journal.order(), asked, 'ann'), 'ann');
    expect(journal.act(proposeRelief(journal.order(), { ...asked, fen: fen(1) }, 'eve'), 'eve')).toBe(
      'conflict/relief-open',
    );
    expect(journal.act(decideRelief(journal.order(), paper, 'ann'), 'ann')).toBe('forbidden/same-person');
    expect(journal.act(decideRelief(journal.order(), paper, 'bob'), 'bob')).toBe('relief-decided');
    expect(journal.act(decideRelief(journal.order(), paper, 'eve'), 'eve')).toBe('missing/relief');
    journal.act(proposeRelief(journal.order(), { relief: 'revocation', reason: '复议撤销' }, 'ann'), 'ann');
    journal.act(receive(journal.order(), receipt(1_000), TODAY), 'cay');
    expect(journal.act(decideRelief(journal.order(), paper, 'bob'), 'bob')).toBe(
      'conflict/more-than-outstanding',
    );
    journal.act(decideRelief(journal.order(), { ...paper, outcome: 'refused' }, 'bob'), 'bob');
    journal.act(proposeRelief(journal.order(), { relief: 'revocation', reason: '复议撤销' }, 'ann'), 'ann');
    journal.act(decideRelief(journal.order(), { ...paper, document: '2' }, 'bob'), 'bob');
    const sums = { received: 1_000, waived: 20_000, revoked: 29_000, outstanding: 0 };
    expect(figuresOf(journal.order())).toMatchObject(sums);
  });
});

const PEOPLE = ['ann', 'bob', 'cay'] as const;
const person = fc.constantFrom(...PEOPLE);
const amount = fc.integer({ min: -1, max: 60_000 }).map(fen);
type Step = (journal: Journal, place: number) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(amount, fc.integer({ min: 0, max: 9 }), person).map(
    ([sum, basis, by]): Step =>
      (journal) => {
        journal.act(proposeOrder(journal.recoveries, wish(sum, { basis: `b${basis}` })), by);
      },
  ),
  fc.tuple(person, fc.double({ min: 0, max: 1, noNaN: true })).map(
    ([by, cut]): Step =>
      (journal, place) => {
        const order = journal.recoveries.orders[place];
        if (!order) return;
        const first = Math.floor(order.proposed.fen * cut);
        const parts = [part(0, first), part(1, order.proposed.fen - first)].filter((one) => one.fen > 0);
        journal.act(decideOrder(order, { document: 'd', decidedOn: '2026-11-10' }, parts, by, TODAY), by);
      },
  ),
  fc.tuple(amount, fc.integer({ min: 0, max: 20 }), person).map(
    ([sum, voucher, by]): Step =>
      (journal, place) => {
        const order = journal.recoveries.orders[place];
        if (order) journal.act(receive(order, receipt(sum, `v${voucher}`), TODAY), by);
      },
  ),
  fc.tuple(fc.constantFrom('waiver' as const, 'revocation' as const), amount, person).map(
    ([relief, sum, by]): Step =>
      (journal, place) => {
        const order = journal.recoveries.orders[place];
        if (order) journal.act(proposeRelief(order, { relief, fen: sum, reason: 'r' }, by), by);
      },
  ),
  fc.tuple(fc.constantFrom('granted' as const, 'refused' as const), person).map(
    ([outcome, by]): Step =>
      (journal, place) => {
        const order = journal.recoveries.orders[place];
        if (order) journal.act(decideRelief(order, { outcome, document: 'd', reason: 'r' }, by), by);
      },
  ),
);

describe('whatever people do to orders, in any order', () => {
  it('ordered = received + waived + revoked + outstanding, part by part, never below zero; entries come to the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.integer({ min: 0, max: 3 })), { maxLength: 40 }), (steps) => {
        const journal = new Journal();
        for (const [act, place] of steps) {
          act(journal, place);
          for (const order of journal.recoveries.orders) {
            const { ordered: all, received, waived, revoked, outstanding } = figuresOf(order);
            expect(received + waived + revoked + outstanding).toBe(all);
            expect(Math.min(all, received, waived, revoked, outstanding)).toBeGreaterThanOrEqual(0);
            expect(sumFen(openParts(order))).toBe(outstanding);
            expect(Math.min(0, ...openParts(order))).toBe(0);
            expect(sumFen((order.ordered?.instalments ?? []).map((one) => one.fen))).toBe(all);
            expect(order.ordered?.by).not.toBe(order.proposed.by);
            const posted = journal.acts
              .filter((one) => one.order === order.order)
              .flatMap((one) => postedBy(one, order));
            const sum = (kind: string) =>
              sumFen(posted.filter(({ fact }) => fact.kind === kind).map((one) => one.fen));
            expect(['recovery-ordered', 'recovered', 'recovery-waived', 'recovery-revoked'].map(sum)).toEqual(
              [all, received, waived, revoked],
            );
          }
        }
        expect(foldRecoveries(journal.acts)).toEqual(journal.recoveries);
      }),
      { numRuns: 200 },
    );
  });
});
