// Goal: a budget is checked by kind of organisation, and a settlement pays what the audit leaves and asks back what was too much. Method: the sample
// district's rules, some values changed.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../../domain/money.ts';
import type { Step } from '../../../../domain/programmes/programme.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { budgetFaults, type Line } from '../../../../domain/programmes/venture-fund/budget-lines.ts';
import { bandOf, bonusOf, trancheUnder } from '../../../../domain/programmes/venture-fund/evaluation.ts';
import { grantAmount } from '../../../../domain/programmes/venture-fund/grant-amount.ts';
import {
  checkAuditedOut,
  recovered,
  settleProject,
} from '../../../../domain/programmes/venture-fund/settlement.ts';
import { codeOf, must } from '../samples.ts';
import { refusalOf, rulesFor, yuan } from './samples.ts';

const RULES = rulesFor('110199');
const line = (category: string, item: string, amount: string): Line => ({
  category,
  item,
  fen: yuan(amount),
});
const rendered = (steps: readonly Step[]) => steps.map((step) => renderStep({ id: 'venture-fund' }, step).zh);

describe('a budget', () => {
  const faults = (
    lines: Line[],
    kind: 'social-service' | 'association' | 'foundation' = 'association',
    rules = RULES,
  ) =>
    budgetFaults(rules, lines, kind).map(({ code, category, disallowed }) => [
      code,
      category,
      toYuan(disallowed),
    ]);

  it('may be at the cap of a category exactly; of one fen over only the fen is disallowed', () => {
    const of = (personnel: string, rest: string) =>
      faults([line('personnel', '项目专员', personnel), line('activities', '活动', rest)]);
    expect(of('3000.00', '7000.00')).toEqual([]);
    expect(of('3000.01', '6999.99')).toEqual([['over-cap', 'personnel', '0.01']]);
  });

  it('has caps by kind: personnel 40 percent for a social service institution, 30 for others', () => {
    const lines = [line('personnel', '项目专员', '4000.00'), line('activities', '活动', '6000.00')];
    expect(faults(lines, 'social-service')).toEqual([]);
    expect(faults(lines)).toEqual([['over-cap', 'personnel', '1000.00']]);
  });

  it('sums the lines of a category before it looks at the cap', () => {
    const lines = [
      line('experts', '督导', '600.00'),
      line('experts', '评审', '600.00'),
      line('activities', '活动', '8800.00'),
    ];
    expect(faults(lines)).toEqual([['over-cap', 'experts', '200.00']]);
  });

  it('has 社工服务成本 only where allowed', () => {
    const lines = [line('social-work', '社工服务', '2000.00'), line('activities', '活动', '8000.00')];
    expect(faults(lines, 'social-service')).toEqual([]);
    expect(faults(lines)).toEqual([['not-for-kind', 'social-work', '2000.00']]);
  });

  it('names categories nobody knows, and forbidden things whatever they are filed as', () => {
    const lines = [
      line('dinner', '聚餐', '500.00'),
      line('taxes', '办公用打印机', '900.00'),
      line('gifts', '春节礼包', '100.00'),
    ];
    expect(faults(lines)).toEqual([
      ['unknown-category', 'dinner', '500.00'],
      ['forbidden', 'fixed-assets', '900.00'],
      ['forbidden', 'gifts', '100.00'],
    ]);
  });

  it('is of the grant where the place counts so, and of nothing where it sets no rule', () => {
    const { budget } = RULES;
    const ofGrant = rulesFor('110199', '2026-03-01', { budget: { ...budget, capBase: 'grant' } });
    const lines = [line('personnel', '专员', '3000.00'), line('activities', '活动', '7000.00')];
    const found = budgetFaults(ofGrant, lines, 'association', yuan('8000.00'));
    expect(found.map(({ disallowed }) => toYuan(disallowed))).toEqual(['600.00']);
    expect(budgetFaults(rulesFor('441900'), [line('dinner', '聚餐', '500.00')], 'company')).toEqual([]);
  });
});

describe('a settlement', () => {
  const BUDGET = [line('activities', '活动', '8000.00'), line('personnel', '专员', '2000.00')];
  const settled = (
    spend: Line[],
    paid: string,
    more: { interest?: string; rules?: typeof RULES; auditedOut?: Line[] } = {},
  ) =>
    settleProject(more.rules ?? RULES, {
      grant: yuan('10000.00'),
      paid: yuan(paid),
      kind: 'association',
      budget: BUDGET,
      spend,
      ...(more.auditedOut && { auditedOut: more.auditedOut }),
      ...(more.interest !== undefined && { interest: yuan(more.interest) }),
    });
  const spent = (activities: string, personnel: string) => [
    line('activities', '活动', activities),
    line('personnel', '专员', personnel),
  ];
  const outcome = (answer: ReturnType<typeof settled>) => [
    toYuan(answer.eligible),
    toYuan(answer.pays),
    toYuan(answer.recovers),
  ];

  it.each([
    ['all of it spent: the last tranche', '8000.00', '2000.00', '9000.00', ['10000.00', '1000.00', '0.00']],
    [
      'less spent than granted, more than paid',
      '7500.00',
      '2000.00',
      '9000.00',
      ['9500.00', '500.00', '0.00'],
    ],
    ['just what was paid', '7000.00', '2000.00', '9000.00', ['9000.00', '0.00', '0.00']],
    ['less than was paid: recovered', '6000.00', '2000.00', '9000.00', ['8000.00', '0.00', '1000.00']],
    [
      'more than granted: never above the grant',
      '8800.00',
      '2000.00',
      '9000.00',
      ['10800.00', '1000.00', '0.00'],
    ],
    ['nothing spent: all recovered', '0.00', '0.00', '9000.00', ['0.00', '0.00', '9000.00']],
  ])('%s', (_, activities, personnel, paid, expected) => {
    expect(outcome(settled(spent(activities, personnel), paid))).toEqual(expected);
  });

  it('counts a category up to its budget and a tenth, and leaves out only what is over', () => {
    expect(outcome(settled(spent('7000.00', '2200.00'), '9000.00'))).toEqual(['9200.00', '200.00', '0.00']);
    const over = settled(spent('7000.00', '2200.01'), '9000.00');
    expect(over.disallowed).toEqual([{ category: 'personnel', fen: 1, reason: 'over-budget' }]);
    expect(outcome(over)).toEqual(['9200.00', '200.00', '0.00']);
  });

  it('leaves out what the auditor left out, what is forbidden, and what is over a cap, each once', () => {
    const spend = [
      line('activities', '活动', '7000.00'),
      line('activities', '慰问品', '300.00'),
      line('personnel', '专员', '2000.00'),
      line('management', '管理', '50.00'),
    ];
    const auditedOut = [line('activities', '活动', '500.00'), line('activities', '慰问品', '100.00')];
    const { disallowed, eligible } = settled(spend, '9000.00', { auditedOut });
    expect(disallowed.map(({ category, reason, fen }) => [category, reason, toYuan(fen)])).toEqual([
      ['activities', 'audited-out', '500.00'],
      ['activities', 'audited-out', '100.00'],
      ['gifts', 'forbidden', '200.00'],
      ['management', 'over-budget', '50.00'],
    ]);
    expect(toYuan(eligible)).toBe('8500.00');
  });

  it('refuses what the auditor left out and nobody spent, by name', () => {
    const spend = [line('activities', '活动', '100.00'), line('activities', '活动', '50.00')];
    expect(codeOf(checkAuditedOut(spend, [line('activities', '活动', '150.00')]))).toBe('ok');
    for (const out of [line('activities', '活动', '150.01'), line('activities', '宣传', '0.01')])
      expect(refusalOf(checkAuditedOut(spend, [out]))).toMatchObject({
        code: 'invalid/audited-out',
        detail: { field: 'auditedOut', category: 'activities' },
      });
  });

  it('takes the percentage where it is tighter than the budget', () => {
    const { budget, settlement, ...rest } = RULES;
    const caps = budget!.categories.map((each) =>
      each.category === 'personnel' ? { ...each, caps: [{ percent: '10' }] } : each,
    );
    const rules = { ...rest, settlement: settlement!, budget: { ...budget!, categories: caps } };
    expect(settled(spent('7000.00', '1500.00'), '9000.00', { rules }).disallowed).toEqual([
      { category: 'personnel', fen: yuan('500.00'), reason: 'over-cap' },
    ]);
  });

  it('asks interest back where it is to be returned, and leaves it where it is kept', () => {
    const all = spent('8000.00', '2000.00');
    expect(outcome(settled(all, '10000.00', { interest: '12.34' }))).toEqual(['10000.00', '0.00', '12.34']);
    expect(outcome(settled(all, '9000.00', { interest: '12.34' }))).toEqual(['10000.00', '987.66', '0.00']);
    const kept = rulesFor('110199', '2026-03-01', { settlement: { interest: 'kept' } });
    expect(outcome(settled(all, '10000.00', { interest: '12.34', rules: kept }))).toEqual([
      '10000.00',
      '0.00',
      '0.00',
    ]);
  });

  it('says how it was found', () => {
    expect(rendered(settled(spent('6000.00', '2300.00'), '9000.00', { interest: '1.00' }).steps)).toEqual([
      '不予认可人员和劳务费100.00元：超出预算',
      '审计支出8300.00元 − 不予认可100.00元 = 合规支出8200.00元',
      '资助额10000.00元与合规支出8200.00元取小 − 已拨付9000.00元 − 应退利息1.00元 = -801.00元',
    ]);
  });
});

describe('what ends early or falls short', () => {
  it.each([
    ['none', '0.00'],
    ['unspent', '5000.00'],
    ['all', '9000.00'],
  ] as const)('%s of what was paid is asked back: %s', (rule, expected) => {
    expect(toYuan(recovered(rule, yuan('9000.00'), yuan('4000.00')))).toBe(expected);
    expect(recovered('unspent', yuan('1.00'), yuan('2.00'))).toBe(0);
  });

  it('a band pays its percentage of a tranche and its bonus on top, rounded down', () => {
    const band = { ...must(bandOf(RULES, '70')), pays: '50', bonusPercent: '3' };
    expect(trancheUnder(band, yuan('3333.33'))).toBe(yuan('1666.66'));
    expect(bonusOf(band, yuan('333.33'))).toBe(yuan('9.99'));
    expect(bonusOf(must(bandOf(RULES, '90')), yuan('10000.00'))).toBe(0);
  });
});

describe('sentences of a grant', () => {
  it.each([
    [
      '110199',
      { budget: yuan('9000.00'), ownFunds: yuan('1000.00') },
      '申请8000.00元，每个项目0.00元至80000.00元：8000.00元',
    ],
    [
      '440100',
      { budget: yuan('300000.00'), ownFunds: yuan('150000.00') },
      '缺口150000.00元，不超过预算的60%（180000.00元）和上限（500000.00）：150000.00元',
    ],
    [
      '441900',
      { budget: yuan('250000.00'), donated: yuan('40000.00') },
      '配比后仍不足缺口210000.00元（配比80000.00元，补差上限300000.00元），按补差：210000.00元',
    ],
    ['370300', { budget: yuan('60000.00') }, '每个项目资助50000.00元'],
  ])('%s: each step is one, with the article it rests on', (place, asked, rule) => {
    const { steps } = must(grantAmount(rulesFor(place), asked));
    const sentences = rendered(steps);
    expect(sentences.at(0)).toMatch(/^预算.* = 缺口\d+\.00元$/);
    expect(sentences.at(-2)).toBe(rule);
    expect(sentences.at(-1)).toMatch(/^按规定测算.*（尚缺\d+\.00元）$/);
    expect(steps.at(-1)?.citation).toBeDefined();
  });
});
