// Goal: every numbered example of the field's collection of venture-fund rules comes out exactly, by name. Method: the packs of the policy
// book, as a bureau would use them; the calendar is the one of the State Council's notices.
import { describe, expect, it } from 'vitest';
import { type Fen, sumFen, toYuan } from '../../../../domain/money.ts';
import { budgetFaults } from '../../../../domain/programmes/venture-fund/budget-lines.ts';
import { firstPaymentDue } from '../../../../domain/programmes/venture-fund/deadlines.ts';
import { bandOf } from '../../../../domain/programmes/venture-fund/evaluation.ts';
import { grantAmount } from '../../../../domain/programmes/venture-fund/grant-amount.ts';
import { splitGrant } from '../../../../domain/programmes/venture-fund/tranches.ts';
import { type Allotment, allot, foldAllotments } from '../../../../domain/venture/allotments.ts';
import { blocksOf } from '../../../../domain/venture/intake.ts';
import type { Project } from '../../../../domain/venture/project.ts';
import type { Block } from '../../../../domain/venture/project-acts.ts';
import { loadWorkingDays } from '../../../../functions/adapters/working-days.ts';
import { must } from '../samples.ts';
import { inYuan, refusalOf, rulesFor, yuan } from './samples.ts';

const days = await loadWorkingDays();

describe('example 1, 滨海新区: 50/40/10', () => {
  it('48,000.00 is paid as 24,000.00, 19,200.00 and 4,800.00, each on its milestone', () => {
    const { tranches } = rulesFor('120116', '2014-06-01');
    const split = must(splitGrant(yuan('48000.00'), tranches));
    expect(inYuan(split)).toEqual(['24000.00', '19200.00', '4800.00']);
    expect(split.map(({ milestone }) => milestone)).toEqual(['signed', 'mid-term-passed', 'accepted']);
  });
});

describe('example 2, the same with a rounding', () => {
  const { tranches } = rulesFor('120116', '2014-06-01');
  it.each([
    ['half-up', ['16666.67', '13333.33', '3333.33']],
    ['down', ['16666.66', '13333.33', '3333.34']],
  ] as const)('33,333.33 by %s: %j', (rule, expected) => {
    const split = must(splitGrant(yuan('33333.33'), { ...tranches, rounding: { rule, unit: 'fen' } }));
    expect(inYuan(split)).toEqual(expected);
    expect(sumFen(split.map(({ fen }) => fen))).toBe(yuan('33333.33'));
  });

  it('the place has chosen one, and it is frozen in its pack', () => {
    expect(tranches.rounding).toEqual({ rule: 'half-up', unit: 'fen' });
  });
});

describe('examples 3 and 4, 广州: the gap, at most 60 percent and 500,000', () => {
  const rules = rulesFor('440100', '2019-08-01');
  const granted = (budget: string, ownFunds: string) =>
    grantAmount(rules, { budget: yuan(budget), ownFunds: yuan(ownFunds) });

  it('3: budget 900,000, own 400,000 → 500,000', () => {
    expect(toYuan(must(granted('900000.00', '400000.00')).fen)).toBe('500000.00');
  });

  it('4: budget 300,000, own 150,000 → 150,000', () => {
    expect(toYuan(must(granted('300000.00', '150000.00')).fen)).toBe('150000.00');
  });

  it('4: budget 300,000, own 100,000 is not fundable as filed: own at least 120,000, or budget at most 250,000', () => {
    const refused = refusalOf(granted('300000.00', '100000.00'));
    expect(refused).toMatchObject({
      code: 'limit/share-over',
      detail: { field: 'ownFunds', ownFundsLeast: '120000.00', budgetMost: '250000.00' },
    });
    expect(refused.zh).toContain('自筹资金须不少于120000.00元，或预算不超过250000.00元');
    expect(toYuan(must(granted('300000.00', '120000.00')).fen)).toBe('180000.00');
    expect(toYuan(must(granted('250000.00', '100000.00')).fen)).toBe('150000.00');
  });
});

describe('example 5, 东莞: matched 1:2 or filled', () => {
  const granted = (budget: string, donated: string, changes = {}) =>
    grantAmount(rulesFor('441900', '2015-01-01', changes), { budget: yuan(budget), donated: yuan(donated) });

  it('budget 300,000, donated 120,000: the match of 240,000 is limited by need → 180,000', () => {
    expect(toYuan(must(granted('300000.00', '120000.00')).fen)).toBe('180000.00');
  });

  it('budget 250,000, donated 40,000: the match leaves a gap, filled → 210,000', () => {
    expect(toYuan(must(granted('250000.00', '40000.00')).fen)).toBe('210000.00');
  });

  it.each([
    ['match-route', '400000.00'],
    ['fill-route', '300000.00'],
  ])('budget 900,000, donated 200,000 is a policy switch: %s → %s', (stillShort, expected) => {
    expect(toYuan(must(granted('900000.00', '200000.00', { stillShort })).fen)).toBe(expected);
  });

  it('and where nobody set the switch it is refused, not guessed', () => {
    const { stillShort, ...rules } = rulesFor('441900', '2015-01-01');
    expect(stillShort).toBe('match-route');
    const asked = { budget: yuan('900000.00'), donated: yuan('200000.00') };
    expect(refusalOf(grantAmount(rules, asked))).toMatchObject({
      code: 'policy/no-rule',
      detail: { parameter: 'stillShort' },
    });
  });
});

describe('example 7, the city of bands: A from 85, B from 60, C below', () => {
  const rules = rulesFor('110199');
  it.each([
    ['85', 'A'],
    ['84', 'B'],
    ['60', 'B'],
    ['59', 'C'],
    ['84.5', 'B'],
  ])('%s → %s', (score, grade) => {
    expect(must(bandOf(rules, score)).grade).toBe(grade);
  });

  it('where scores are whole numbers 84.5 is sent back', () => {
    const { evaluation } = rules;
    const whole = rulesFor('110199', '2026-03-01', { evaluation: { ...evaluation, scores: 'integer' } });
    expect(refusalOf(bandOf(whole, '84.5'))).toMatchObject({
      code: 'invalid/score-not-whole',
      detail: { field: 'score', score: '84.5' },
    });
    expect(must(bandOf(whole, '84')).grade).toBe('B');
  });
});

it('example 8, 中山: signed on 2026-09-22, the first tranche is due by 2026-10-20 and not by 10-13', () => {
  expect(must(firstPaymentDue(rulesFor('442000'), '2026-09-22', days))).toBe('2026-10-20');
});

describe('example 10, 上虞: what a budget may not hold', () => {
  const line = (item: string, amount: string) => ({ category: 'activities', item, fen: yuan(amount) });
  const faults = budgetFaults(
    rulesFor('330604', '2020-09-01'),
    [line('场地布置', '6000.00'), line('笔记本电脑', '5800.00'), line('慰问品', '3000.00')],
    'social-service',
  );

  it('场地布置 6,000 stays; 笔记本电脑 5,800 is a fixed asset and 慰问品 3,000 a gift', () => {
    expect(faults.map(({ item, category, disallowed }) => [item, category, toYuan(disallowed)])).toEqual([
      ['笔记本电脑', 'fixed-assets', '5800.00'],
      ['慰问品', 'gifts', '3000.00'],
    ]);
    expect(faults[0]?.zh).toContain('固定资产');
  });
});

describe('example 13, 上海普陀: eleven projects', () => {
  const sums = [
    '478320',
    '478080',
    '225850',
    '258575',
    '65150',
    '200000',
    '129150',
    '129150',
    '129150',
    '152920',
    '174300',
  ];
  const all = sums.map((sum, index) => allotment(index, yuan(sum)));
  const giving = (wanted: readonly Allotment[], pool: string) =>
    allot(foldAllotments([]), wanted, '示民函〔2026〕1号', { callId: '2026-1', fen: yuan(pool) }, {});

  it('come to 2,420,645.00, and a pool of that has not a fen left', () => {
    expect(all).toHaveLength(11);
    expect(toYuan(sumFen(all.map(({ grant }) => grant)))).toBe('2420645.00');
    expect(giving(all, '2420645.00')).toMatchObject({ ok: true, value: { allotments: all } });
    expect(giving([...all, allotment(11, yuan('0.01'))], '2420645.00')).toMatchObject({
      ok: false,
      error: { code: 'limit/pool', detail: { left: '2420645.00' } },
    });
    expect(giving(all, '2420644.99')).toMatchObject({ ok: false, error: { code: 'limit/pool' } });
  });
});

describe('example 14: one organisation twice, or other government money', () => {
  const { doubleSupport } = rulesFor('110199');
  const [first, second] = [allotment(1, yuan('8000.00')), allotment(2, yuan('9000.00'))];
  const again = { ...second, organisation: first.organisation };
  const giving = (wanted: readonly Allotment[]) =>
    allot(
      foldAllotments([]),
      wanted,
      '示民函〔2026〕1号',
      { callId: '2026-1', fen: yuan('3000000.00') },
      { projects: doubleSupport?.projectsPerOrganisation ?? 0 },
    );

  it('the second project of the same code is blocked until somebody else overrides it with a reason', () => {
    expect(doubleSupport).toMatchObject({ projectsPerOrganisation: 1, otherGovernmentMoney: 'blocked' });
    expect(giving([first, second])).toMatchObject({ ok: true });
    expect(giving([first, again])).toMatchObject({
      ok: false,
      error: { code: 'conflict/double-support', zh: expect.stringContaining('另一人写明理由') },
    });
    expect(giving([first, { ...again, overridden: true }])).toMatchObject({ ok: true });
  });

  it('a project with other government money is blocked too, until that is overridden', () => {
    const project = (overridden: readonly Block[]) =>
      ({ application: { otherGovernmentMoney: true }, overridden }) as unknown as Project;
    const rule = doubleSupport?.otherGovernmentMoney ?? 'allowed';
    expect(blocksOf(project([]), rule)).toEqual(['other-government-money']);
    expect(blocksOf(project(['other-government-money']), rule)).toEqual([]);
  });
});

function allotment(index: number, grant: Fen): Allotment {
  const key = `7Z3K9QX2M4${String(index).padStart(2, '0')}`;
  return { project: `P${key.slice(1)}`, callId: '2026-1', organisation: key, grant, average: '85' };
}
