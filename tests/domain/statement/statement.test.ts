// Goal: one person in five programmes, with a regrading, a rate rise and a death that all came late in one quarter, reads what happened.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { figuresOf } from '../../../domain/recovery/recovery.ts';
import { buildStatement } from '../../../domain/statement/statement.ts';
import { statementPage } from '../../../functions/api/statement-page.ts';
import { statementView } from '../../../functions/api/views/statement-view.ts';
import { balance, happens } from '../recovery/ordered-back.ts';
import { aboutSetOff, SetOffLife } from '../recovery/set-off-life.ts';
import { fact, Quarter } from './quarter.ts';

const SPAN = { from: '2026-10', through: '2027-01' } as const;

const PRICE = ['price-subsidy'];

function lived(): Quarter {
  const life = new Quarter();
  life.facts.push(
    fact('birth-date', '1944-05-20', '1944-05-20'),
    fact('disability', '2015-01-01', '2:limb'),
    fact('identity-class', '2015-01-01', 'dibao'),
    fact('application', '2026-09-02', '2026-09-02'),
    fact('decision', '2026-09-20', '2026-09-20/滨民批〔2026〕8号'),
    fact('federation-review', '2026-09-10', '2026-09-10/滨残审〔2026〕8号'),
  );
  life.run('2026-10', '2026-10-05');
  life.run('2026-11', '2026-11-05');
  life.run('2026-10', '2026-11-12', PRICE);
  // Both came late: the card of the first grade in November of October, the new amounts by a notice that goes back to October.
  life.facts.push(fact('disability', '2026-10-08', '1:limb', '2026-11-20'));
  life.run('2026-12', '2026-12-05');
  life.run('2026-11', '2026-12-12', PRICE);
  life.facts.push(fact('death-certified', '2026-11-18', '2026-11-18', '2026-12-20'));
  life.run('2027-01', '2027-01-05');
  return life;
}

const STYLE = 'body{}';
/** The statement after the January run; what high-age overpaid is ordered back and half of it paid in. */
function stated() {
  const life = lived();
  life.orderBack('high-age', '示民追〔2027〕1号', 10_000);
  const statement = buildStatement(life.sources(), SPAN);
  const accounts = new Map([['7Z3K9QX2M4BT.0', '****0014']]);
  const body = statementView({ statement, accounts }, '2027-01-22', {
    personKey: '7Z3K9QX2M4BT',
    name: '张*',
  });
  const of = (programme: string) => {
    const found = statement.enrolments.find((one) => one.programme === programme);
    if (!found) throw new Error(programme);
    return found;
  };
  return { life, statement, body, of };
}

it('says of each month what was due, what came later and why: new minus old, with the article', () => {
  const { of, body } = stated();
  const arrears = (programme: string) =>
    of(programme).lines.flatMap(({ kind, month, fen, beforeFen, afterFen, cause }) =>
      kind === 'arrears' ? [[month, fen, beforeFen, afterFen, cause]] : [],
    );
  expect(arrears('disability-nursing')).toEqual([
    ['2026-10', 20_000, 10_000, 30_000, 'facts-changed'],
    ['2026-11', 20_000, 10_000, 30_000, 'facts-changed'],
  ]);
  expect(arrears('high-age')).toEqual([
    ['2026-10', 5_000, 10_000, 15_000, 'policy-changed'],
    ['2026-11', 5_000, 10_000, 15_000, 'policy-changed'],
  ]);
  const raised = body.enrolments
    .flatMap(({ months }) => months.flatMap(({ lines }) => lines))
    .find(({ cause }) => cause === 'policy-changed');
  expect(raised?.changed.map(({ citation }) => citation?.document)).toContain('滨民发〔2026〕30号');
});

it('says what another programme took, and why', () => {
  const lost = stated().of('elderly-service');
  expect(lost.totals.due).toBe(0);
  expect(lost.lines.map(({ month, kind, stacking }) => [month, kind, stacking[0]?.inputs['with']])).toEqual(
    ['2026-10', '2026-11', '2026-12'].map((month) => [month, 'nothing', 'disability-living']),
  );
  expect(lost.lines[0]?.stacking[0]?.citation?.document).toBeTruthy();
});

it('says what the death made too much: proposed, or ordered back and partly paid in', () => {
  const { of } = stated();
  for (const programme of ['disability-living', 'disability-nursing'])
    expect(of(programme).proposals).toMatchObject([{ month: '2026-12', cause: 'death' }]);
  const { debts, debtTotals, totals, lines, proposals } = of('high-age');
  expect(proposals).toEqual([]);
  expect(debts.map(({ kind, fen }) => [kind, fen])).toEqual([
    ['ordered', 15_000],
    ['received', -10_000],
  ]);
  expect(debtTotals).toMatchObject({ ordered: 15_000, received: 10_000, outstanding: 5_000 });
  expect(totals).toMatchObject({ due: 45_000, received: 45_000, orderedBack: 15_000, final: 30_000 });
  const december = lines.filter(({ month }) => month === '2026-12');
  expect(december.map(({ kind }) => kind)).toEqual(['entitlement', 'nothing', 'ordered-back']);
  expect(december[1]?.changed.map(({ code }) => code)).toEqual(['stopped-death']);
});

it('adds up: lines to months, months to programmes, programmes to the whole', () => {
  const { statement, body } = stated();
  const { totals } = statement;
  expect(totals.due).toBe(totals.received + totals.setOff + totals.inTransit + totals.open + totals.cameBack);
  for (const one of statement.enrolments) {
    expect(sumFen(one.lines.map((line) => line.fen))).toBe(one.totals.final);
    expect(sumFen(one.payments.map((payment) => payment.fen))).toBe(one.totals.received);
  }
  const months = body.enrolments.flatMap((one) => one.months.map(({ amount }) => Number(amount) * 100));
  expect(months.reduce((sum, amount) => sum + amount, 0)).toBe(totals.final);
  expect(toYuan(totals.final)).toBe(body.totals?.final);
});

it('is read by a clerk line by line: Chinese first, masked accounts, nobody named in full', () => {
  const page = statementPage(stated().body, STYLE);
  for (const words of [
    '个人发放对账单',
    '残疾人护理补贴',
    '新 300.00 － 旧 100.00 ＝ 200.00',
    '情况变动（晚到的信息）',
    '标准或政策调整',
    '滨民发〔2026〕30号第一条',
    '不得同享',
    '拟追缴（尚未决定）2026-12',
    '示民追〔2027〕1号',
    '****0014',
    '2026-10-10',
  ])
    expect(page).toContain(words);
  expect(page).not.toMatch(/1944|\d{15}/);
});

it('adds up whatever happened to the payments: failed, sent again, set off, ordered back, restored', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(happens, aboutSetOff), { minLength: 3, maxLength: 14 }), (events) => {
      const life = new SetOffLife(30);
      life.release(life.assess('R'));
      life.answer('settled');
      for (const event of events) event(life);
      const source = {
        enrolment: 'GL-7Z3K9QX2M4BT-1',
        programme: 'high-age',
        entries: life.entries,
        drafts: [],
        recoveries: life.journal.recoveries,
        proposals: [],
      };
      const { totals, debtTotals } = buildStatement([source], { from: '2020-01', through: '2029-12' });
      const figures = life.journal.recoveries.orders.map(figuresOf);
      const sum = (key: keyof (typeof figures)[number]) => sumFen(figures.map((one) => one[key]));
      expect(debtTotals).toMatchObject({
        ordered: sum('ordered'),
        received: sum('received'),
        setOff: sum('setOff'),
        outstanding: sum('outstanding'),
      });
      expect(totals.final).toBe(balance(life, 'expense'));
    }),
    { numRuns: 60 },
  );
});
