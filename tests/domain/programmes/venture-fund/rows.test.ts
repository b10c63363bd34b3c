// Goal: what the field's collection says of each place (rows P1 to P16) is what the engine does with that place's pack, and the edges of each rule
// are where its text puts them. Method: the packs of the policy book; where a row names no place, the sample district's with one value changed.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../../domain/money.ts';
import {
  banUntil,
  checkPeriod,
  firstPaymentDue,
  lastDayOfUse,
  lateFile,
  unusedSince,
} from '../../../../domain/programmes/venture-fund/deadlines.ts';
import {
  averageScore,
  bandOf,
  failureEffect,
} from '../../../../domain/programmes/venture-fund/evaluation.ts';
import {
  type GrantAsked,
  grantAmount,
  mayBeNamed,
} from '../../../../domain/programmes/venture-fund/grant-amount.ts';
import type { VentureRules } from '../../../../domain/programmes/venture-fund/rules.ts';
import { splitGrant } from '../../../../domain/programmes/venture-fund/tranches.ts';
import { loadWorkingDays } from '../../../../functions/adapters/working-days.ts';
import { codeOf, must } from '../samples.ts';
import { refusalOf, rulesFor, yuan } from './samples.ts';

const days = await loadWorkingDays();
const granted = (rules: VentureRules, asked: Record<string, string>) => {
  const { score, ...sums } = asked;
  const fens = Object.fromEntries(Object.entries(sums).map(([name, text]) => [name, yuan(text)]));
  return grantAmount(rules, { ...(fens as unknown as GrantAsked), ...(score !== undefined && { score }) });
};
const sum = (rules: VentureRules, asked: Record<string, string>) => {
  const worked = granted(rules, asked);
  return worked.ok ? toYuan(worked.value.fen) : worked.error.code;
};

describe('滨海新区 (P1)', () => {
  it.each([
    ['2014-06-10', '2014-07-10'],
    ['2014-01-31', '2014-02-28'],
    ['2013-12-31', '2014-01-31'],
  ])('signed on %s, half is due within a month: by %s', (signedOn, due) => {
    expect(must(firstPaymentDue(rulesFor('120116', '2014-01-01'), signedOn, days))).toBe(due);
  });
});

describe('海曙 (P2 to P4)', () => {
  const rules = rulesFor('330203', '2020-11-18');
  const due = '2020-12-15T17:00';

  it('the mid-term evaluation releases the last tranche', () => {
    const last = must(splitGrant(yuan('50000.00'), rules.tranches)).at(-1);
    expect(last).toMatchObject({ number: 2, milestone: 'mid-term-passed' });
  });

  it.each([
    ['2020-12-15T17:00', false, 'in-time'],
    ['2020-12-15T17:01', false, 'fail'],
    ['2020-12-16', false, 'fail'],
    ['2020-12-16', true, 'late-allowed'],
    [undefined, false, 'fail'],
    [undefined, true, 'late-allowed'],
    ['2020-12-15', false, 'in-time'],
  ] as const)('the mid-term file filed %s, a reason accepted: %s → %s', (filed, reason, verdict) => {
    expect(lateFile(rules, due, filed, reason)).toBe(verdict);
  });

  it('late is only late where the place says nothing, and always fails where it says so', () => {
    expect(lateFile(rulesFor('442000'), due, '2020-12-16')).toBe('late-allowed');
    expect(lateFile(rulesFor('110199', '2026-03-01', { lateFiles: 'fail' }), due, '2020-12-16', true)).toBe(
      'fail',
    );
    expect(lateFile(rulesFor('110199', '2026-03-01', { lateFiles: 'allowed' }), due)).toBe('late-allowed');
  });

  it('a failed mid-term ends the project, with a public notice', () => {
    expect(failureEffect(rules, 'midTerm')).toEqual({
      next: 'terminated',
      recover: 'none',
      publicNotice: true,
    });
  });

  it('2013: 50,000 at most, for 6 to 12 months', () => {
    const third = rulesFor('330203', '2013-05-01');
    expect(third.sample).toBe(true);
    expect(sum(third, { budget: '50000.00' })).toBe('50000.00');
    expect(refusalOf(granted(third, { budget: '50000.01' }))).toMatchObject({
      code: 'limit/grant-over-cap',
      detail: { field: 'asked', cap: '50000.00' },
    });
    expect(sum(third, { budget: '80000.00', ownFunds: '30000.00' })).toBe('50000.00');
    expect(sum(third, { budget: '80000.00', asked: '40000.00' })).toBe('40000.00');
  });

  it.each([
    ['2013-01-01', '2013-06-30', 'ok'],
    ['2013-01-01', '2013-06-29', 'limit/project-too-short'],
    ['2013-01-01', '2013-12-31', 'ok'],
    ['2013-01-01', '2014-01-01', 'limit/project-too-long'],
    ['2013-08-31', '2014-02-27', 'ok'],
    ['2013-08-31', '2014-02-26', 'limit/project-too-short'],
    ['2013-06-01', '2013-05-31', 'invalid/project-period'],
  ])('a project from %s through %s: %s', (from, through, answer) => {
    expect(codeOf(checkPeriod(rulesFor('330203', '2013-05-01'), from, through))).toBe(answer);
  });

  it('2023: at least six months and no most', () => {
    const twelfth = rulesFor('330203', '2023-01-01');
    expect(codeOf(checkPeriod(twelfth, '2023-01-01', '2023-11-30'))).toBe('ok');
    expect(codeOf(checkPeriod(twelfth, '2023-01-01', '2024-12-31'))).toBe('ok');
    expect(codeOf(checkPeriod(twelfth, '2023-06-15', '2023-11-30'))).toBe('limit/project-too-short');
    expect(twelfth.applicants?.sponsorForUnregistered).toBe(true);
  });
});

describe('广州 (P5, P6)', () => {
  const rules = rulesFor('440100', '2020-03-10');
  it.each([
    ['at 60 percent exactly', { budget: '100000.00', ownFunds: '40000.00' }, '60000.00'],
    ['one fen over', { budget: '100000.00', ownFunds: '39999.99' }, 'limit/share-over'],
    ['at the cap exactly', { budget: '1000000.00', ownFunds: '500000.00' }, '500000.00'],
    ['over the cap, within 60 percent', { budget: '1000000.00', ownFunds: '400000.00' }, '500000.00'],
    [
      'own funds as large as the budget',
      { budget: '100000.00', ownFunds: '100000.00' },
      'limit/nothing-lacking',
    ],
    ['own funds larger', { budget: '100000.00', ownFunds: '100000.01' }, 'limit/nothing-lacking'],
    ['one fen lacking', { budget: '100000.00', ownFunds: '99999.99' }, '0.01'],
    [
      'donations count as own',
      { budget: '300000.00', ownFunds: '100000.00', donated: '20000.00' },
      '180000.00',
    ],
    ['no budget', { budget: '0.00' }, 'invalid/budget'],
    ['negative own funds', { budget: '100.00', ownFunds: '-1.00' }, 'invalid/budget'],
  ])('%s', (_, asked, answer) => {
    expect(sum(rules, asked as Record<string, string>)).toBe(answer);
  });

  it('2014 to 2019-06 had a cap of 300,000; the rules of 2023 were not read and are a sample', () => {
    expect(sum(rulesFor('440100', '2019-06-30'), { budget: '900000.00', ownFunds: '500000.00' })).toBe(
      '300000.00',
    );
    expect(rulesFor('440100', '2024-01-01').sample).toBe(true);
  });

  it('money unused two years after payment is to be returned, the oldest counted as spent first', () => {
    expect(lastDayOfUse(rules, '2020-02-29')).toBe('2022-02-28');
    const payments = [
      { paidOn: '2020-05-10', fen: yuan('30000.00') },
      { paidOn: '2021-05-10', fen: yuan('20000.00') },
    ];
    const unused = (today: string, spent: string) => toYuan(unusedSince(rules, payments, yuan(spent), today));
    expect(unused('2022-05-10', '12000.00')).toBe('0.00');
    expect(unused('2022-05-11', '12000.00')).toBe('18000.00');
    expect(unused('2022-05-11', '31000.00')).toBe('0.00');
    expect(unused('2023-05-11', '31000.00')).toBe('19000.00');
    expect(toYuan(unusedSince(rulesFor('441900'), payments, yuan('0.00'), '2026-01-01'))).toBe('0.00');
  });
});

describe('东莞 (P7)', () => {
  const rules = rulesFor('441900', '2015-01-01');
  it.each([
    ['nothing donated: filled', { budget: '250000.00', donated: '0.00' }, '250000.00'],
    ['nothing donated: filled to the cap', { budget: '400000.00' }, '300000.00'],
    ['the match reaches its cap exactly', { budget: '750000.00', donated: '250000.00' }, '500000.00'],
    ['the match over its cap', { budget: '1000000.00', donated: '300000.00' }, '500000.00'],
    ['donations cover the budget', { budget: '100000.00', donated: '100000.00' }, 'limit/nothing-lacking'],
    ['both routes alike', { budget: '450000.00', donated: '150000.00' }, '300000.00'],
  ])('%s', (_, asked, answer) => {
    expect(sum(rules, asked as Record<string, string>)).toBe(answer);
  });

  it('a donor of half the budget may name the project, one of a fen less may not', () => {
    const named = (donated: string) =>
      mayBeNamed(rules, { budget: yuan('100000.00'), donated: yuan(donated) });
    expect([named('50000.00'), named('49999.99')]).toEqual([true, false]);
    expect(mayBeNamed(rulesFor('440100'), { budget: yuan('1.00'), donated: yuan('1.00') })).toBe(false);
  });
});

describe('中山 (P8)', () => {
  const rules = rulesFor('442000');
  it.each([
    ['29999.99', 'limit/grant-below-least'],
    ['30000.00', '30000.00'],
    ['80000.00', '80000.00'],
    ['80000.01', 'limit/grant-over-cap'],
  ])('30,000 to 80,000: %s → %s', (budget, answer) => {
    expect(sum(rules, { budget })).toBe(answer);
  });

  // National Day and New Year, weekends worked instead, the Spring Festival of nine days.
  it.each([
    ['2025-12-15', '2026-01-06'],
    ['2026-02-06', '2026-03-05'],
    ['2026-09-22', '2026-10-20'],
  ])('signed on %s, 15 working days end on %s', (signedOn, due) => {
    expect(must(firstPaymentDue(rules, signedOn, days))).toBe(due);
  });

  it('a date whose year has no published calendar is refused', () => {
    expect(codeOf(firstPaymentDue(rules, '2026-12-20', days))).toBe('missing/calendar-year');
  });

  it('a failed mid-term stops the next tranche and asks back what is unspent; a failed acceptance delays', () => {
    expect(failureEffect(rules, 'midTerm')).toMatchObject({ next: 'stopped', recover: 'unspent' });
    expect(failureEffect(rules, 'acceptance')).toMatchObject({ next: 'delayed', recover: 'none' });
  });

  it('a breach bans for three years; elsewhere nobody is banned', () => {
    expect(banUntil(rules, '2026-05-10')).toBe('2029-05-10');
    expect(banUntil(rules, '2024-02-29')).toBe('2027-02-28');
    expect(banUntil(rulesFor('441900'), '2026-05-10')).toBeUndefined();
  });
});

describe('the city of bands (P9)', () => {
  const rules = rulesFor('110199');
  it.each([
    ['100', 'A'],
    ['85.0', 'A'],
    ['84.99', 'B'],
    ['59.9', 'C'],
    ['0', 'C'],
  ])('%s → %s', (score, grade) => {
    expect(must(bandOf(rules, score)).grade).toBe(grade);
  });

  it.each(['-1', '100.1', '101', '', '85分', '８５', '1e1', ' 85'])('"%s" is no score', (score) => {
    expect(refusalOf(bandOf(rules, score))).toMatchObject({
      code: 'invalid/score',
      detail: { field: 'score' },
    });
  });

  it('a place without bands says so', () => {
    expect(codeOf(bandOf(rulesFor('441900'), '85'))).toBe('policy/no-rule');
  });

  it('8 to 10 months', () => {
    expect(codeOf(checkPeriod(rules, '2026-03-01', '2026-12-31'))).toBe('ok');
    expect(codeOf(checkPeriod(rules, '2026-03-01', '2027-01-01'))).toBe('limit/project-too-long');
  });

  it.each([
    [['80', '90'], '85'],
    [['80', '85', '90.5'], '85.2'],
    [['84.9', '85'], '85'],
    [['84.8', '85'], '84.9'],
  ])('the scores %j make %s', (scores, average) => {
    expect(must(averageScore(rules, scores))).toBe(average);
  });

  it('one scorer is not enough; a trimmed mean leaves out one highest and one lowest, a median takes the middle', () => {
    expect(codeOf(averageScore(rules, ['80']))).toBe('missing/scores');
    const of = (average: string) =>
      rulesFor('110199', '2026-03-01', { scoring: { average, decimals: 2, rule: 'half-up', scorersMin: 1 } });
    expect(must(averageScore(of('trimmed-mean'), ['10', '80', '81', '100']))).toBe('80.5');
    expect(codeOf(averageScore(of('trimmed-mean'), ['10', '80']))).toBe('missing/scores');
    expect(must(averageScore(of('median'), ['100', '60', '80']))).toBe('80');
    expect(must(averageScore(of('median'), ['100', '60', '80', '81']))).toBe('80.5');
    expect(codeOf(averageScore(of('mean'), ['80', '101']))).toBe('invalid/score');
  });
});

describe('other places', () => {
  it('淄博 (P10): 50,000 each, and none to last year’s winners', () => {
    const rules = rulesFor('370300', '2019-08-21');
    expect(sum(rules, { budget: '90000.00' })).toBe('50000.00');
    expect(sum(rules, { budget: '50000.00' })).toBe('50000.00');
    expect(sum(rules, { budget: '49999.99' })).toBe('limit/grant-over-need');
    expect(rules.doubleSupport).toEqual({ otherGovernmentMoney: 'blocked', lastYearsWinners: 'blocked' });
  });

  it('丽水 (P13): one payment for what has been done, the score decides', () => {
    const rules = rulesFor('331100', '2017-10-15');
    expect(must(splitGrant(yuan('20000.00'), rules.tranches))).toMatchObject([
      { number: 1, share: '100', fen: yuan('20000.00'), milestone: 'implemented' },
    ]);
    expect(codeOf(granted(rules, { budget: '30000.00' }))).toBe('missing/score');
  });

  it.each([
    ['95', '30000.00', '20000.00'],
    ['90', '30000.00', '20000.00'],
    ['89.9', '30000.00', '12000.00'],
    ['75', '30000.00', '5000.00'],
    ['75', '3000.00', '3000.00'],
    ['59', '30000.00', 'limit/score-too-low'],
    ['101', '30000.00', 'invalid/score'],
  ])('a street (P16) gives by three bands of score: %s of a budget of %s → %s', (score, budget, answer) => {
    const bands = [
      { from: '90', amount: '20000.00' },
      { from: '80', amount: '12000.00' },
      { from: '60', amount: '5000.00' },
    ];
    const rules = rulesFor('110199', '2026-03-01', { grant: { rule: 'score-bands', bands } });
    expect(sum(rules, { budget, score })).toBe(answer);
  });
});
