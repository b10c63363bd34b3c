// Goal: every worked example of 临时救助 comes out exactly, by name, with who may decide it. Method: ./cases.ts of the programme under
// the packs of the policy book; then the rules around them, at both sides of every limit.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../../domain/money.ts';
import { policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { TEMPORARY_AID_CASES } from '../../../../domain/programmes/temporary-aid/cases.ts';
import { temporaryAid } from '../../../../domain/programmes/temporary-aid/programme.ts';
import { yearFund } from '../../../../domain/programmes/temporary-aid/year-fund.ts';
import { policyFile } from '../../../policy-files.ts';
import { codeOf, must } from '../samples.ts';
import { aidBook, aidFile, before, due, totalOf, worked } from './samples.ts';

const BEIJING = { place: '110000', appliedOn: '2024-10-10', decidedOn: '2024-10-18' } as const;
const SHANGHAI = { place: '310000', appliedOn: '2025-08-10', decidedOn: '2025-08-12' } as const;
const TAIZHOU = { place: '321281' } as const;
const spent = (spend: string) => ({ kind: 'spending', spend, eventOn: '2024-09-01' }) as const;

describe('worked examples', () => {
  it.each(TEMPORARY_AID_CASES.map((one) => [one.row, one] as const))('%s', (_, one) => {
    const { jurisdiction: place, appliedOn, decidedOn, earlier = [] } = one;
    const proposal = must(worked(one.facts, { place, appliedOn, decidedOn, earlier }));
    expect(toYuan(totalOf(proposal))).toBe(one.due);
    expect(proposal.decidedAt).toBe(one.decidedAt);
    expect(proposal.sample).toBe(one.sample);
    expect(proposal.persons).toBe(one.facts.persons);
    expect(proposal.parts.map(({ monthsAfter }) => monthsAfter)).toEqual([0]);
    for (const step of proposal.derivation) {
      const { zh, en } = renderStep(temporaryAid, step);
      expect(zh + en).not.toMatch(/[{}]/);
      expect(step.citation).toBeDefined();
    }
  });
});

describe('广州', () => {
  it.each([
    [1, 1, '1309.00', 'township'],
    [1, 2, '2618.00', 'township'],
    [4, 2, '10472.00', 'township'],
    [1, 3, '3927.00', 'district'],
    [5, 3, '19635.00', 'district'],
  ])('urgent, %i persons for %i months: %s, decided by the %s', (persons, months, amount, level) => {
    const proposal = must(worked({ persons, months }));
    expect([toYuan(totalOf(proposal)), proposal.decidedAt]).toEqual([amount, level]);
  });

  it.each([
    ['four months', { months: 4 }, 'policy/months'],
    ['three months paid first', { months: 3, payFirst: true }, 'policy/months'],
    ['two months paid first', { months: 2, payFirst: true }, '2618.00'],
    ['seven months of continuing effects', { months: 7, continuing: true }, 'policy/months'],
    ['no number of months', {}, 'invalid/months'],
    ['an event 32 days before', { months: 1, eventOn: '2025-05-09' }, 'policy/event-window'],
    ['an event a month before to the day', { months: 1, eventOn: '2025-05-10' }, '1309.00'],
    ['an event after the application', { months: 1, eventOn: '2025-06-11' }, 'invalid/event-date'],
    ['somebody registered elsewhere with a permit', { months: 1, registration: 'resident' }, '1309.00'],
    ['somebody passing through', { months: 1, registration: 'visitor' }, 'policy/registration'],
  ] as const)('urgent: %s is %s', (_, facts, expected) => {
    expect(due(facts)).toBe(expected);
  });

  it('pays continuing effects month by month, and the district decides more than two months a person', () => {
    const proposal = must(worked({ persons: 2, months: 6, continuing: true }));
    expect(proposal.parts.map(({ monthsAfter }) => monthsAfter)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(proposal.parts[5]?.components).toEqual([{ component: 'urgent', fen: 261_800 }]);
    expect(proposal.decidedAt).toBe('district');
    expect(must(worked({ months: 2, continuing: true })).decidedAt).toBe('township');
  });

  it.each([
    ['15707.99', 1, '15707.99'],
    ['15708.01', 1, '15708.00'],
    ['20000.00', 2, '20000.00'],
    ['60000.00', 3, '47124.00'],
    ['60000.00', 4, '50000.00'],
  ])('spending %s for %i persons: %s', (spend, persons, amount) => {
    expect(due({ ...spent(spend), persons })).toBe(amount);
  });

  it('spending: months may be fewer than twelve, the cause lies in the twelve months before', () => {
    expect(due({ ...spent('20000.00'), months: 4 })).toBe('5236.00');
    expect(due({ ...spent('20000.00'), months: 13 })).toBe('policy/months');
    expect(due({ ...spent('20000.00'), eventOn: '2024-06-10' })).toBe('15708.00');
    expect(due({ ...spent('20000.00'), eventOn: '2024-06-09' })).toBe('policy/event-window');
    expect(due({ kind: 'spending' })).toBe('invalid/spend');
    expect(due(spent('0.00'))).toBe('policy/nothing-due');
    expect(due({ ...spent('1.00'), payFirst: true })).toBe('invalid/only-urgent');
  });

  it.each([
    ['120 a day', { spend: '5000.00', days: 10 }, 'other', '1200.00'],
    ['240 a day for 特困', { spend: '5000.00', days: 10 }, 'tekun', '2400.00'],
    ['what was paid where that is less', { spend: '1000.00', days: 10 }, 'other', '1000.00'],
    [
      'nothing where it was aided already',
      { spend: '5000.00', days: 10, aidedOtherwise: true },
      'other',
      '0.00',
    ],
  ] as const)('hospital care counts %s', (_, care, family, amount) => {
    const spend = { kind: 'spending', spend: '100.00', care, family, eventOn: '2025-01-01' } as const;
    expect(due(spend)).toBe(toYuan((Number(amount) * 100 + 100 * 100) as never));
  });

  it('what was aided already counts for nothing also where care has no limit; nothing spent is nothing due, flat or not', () => {
    const care = { spend: '5000.00', days: 10 };
    const dibao = { ...spent('3000.00'), family: 'dibao' } as const;
    expect(due({ ...dibao, care }, BEIJING)).toBe('3200.00');
    expect(due({ ...dibao, care: { ...care, aidedOtherwise: true } }, BEIJING)).toBe('1200.00');
    expect(due(spent('0.01'), TAIZHOU)).toBe('1065.00');
    expect(due(spent('0.00'), TAIZHOU)).toBe('policy/nothing-due');
  });

  it('a family gets at most 50,000 in a calendar year: the rest, then nothing, then case by case', () => {
    const whole = { ...spent('60000.00'), persons: 3 };
    expect(due(whole, { earlier: [before('2025-02-01', 10_000)] })).toBe('40000.00');
    expect(due(whole, { earlier: [before('2024-12-31', 10_000)] })).toBe('47124.00');
    expect(due(whole, { earlier: [before('2025-02-01', 10_000, { programme: 'dibao' })] })).toBe('47124.00');
    const used = [before('2025-01-01', 30_000), before('2025-03-01', 20_000)];
    expect(due(whole, { earlier: used })).toBe('policy/year-cap');
    const special = must(worked({ ...whole, specialAmount: '8000.00' }, { earlier: used }));
    expect([toYuan(totalOf(special)), special.decidedAt]).toEqual(['8000.00', 'special']);
    expect(due({ ...whole, specialAmount: '47124.00' })).toBe('invalid/special-amount');
    expect(due({ ...whole, specialAmount: '47124.01' })).toBe('47124.01');
  });

  it('an amount set case by case is a sample where nobody read that it may be set so', () => {
    const files = [policyFile('440100', 'dibao'), aidFile('440100')];
    const unread = { ...files[1]!.values.find(({ parameter }) => parameter === 'caseByCase')!, sample: true };
    const others = files[1]!.values.filter(({ parameter }) => parameter !== 'caseByCase');
    const packs = [files[0]!, { ...files[1]!, values: [...others, unread] }];
    const book = must(policyBook(packs.map((file) => must(parsePolicyPack(file)).pack)));
    const whole = { ...spent('60000.00'), persons: 3 };
    expect(must(worked(whole, { book })).sample).toBe(false);
    expect(must(worked({ ...whole, specialAmount: '48000.00' }, { book })).sample).toBe(true);
    expect(must(worked({ ...whole, specialAmount: '48000.00' })).sample).toBe(false);
  });

  it('the cap cuts the last months of continuing effects, never the first', () => {
    const asked = { earlier: [before('2025-02-01', 46_000)] };
    const { parts } = must(worked({ months: 6, continuing: true }, asked));
    expect(parts.map(({ components }) => components[0]?.fen)).toEqual([130_900, 130_900, 130_900, 7_300]);
  });

  it('nothing is worked out where the 低保 standard has lapsed, nor after the rules themselves have', () => {
    const asked = (decidedOn: string) => ({ appliedOn: decidedOn, decidedOn });
    expect(due({ months: 1, eventOn: '2026-05-20' }, asked('2026-05-29'))).toBe('1309.00');
    expect(due({ months: 1, eventOn: '2026-06-01' }, asked('2026-06-02'))).toBe('policy/gap');
    const own = aidBook('440100', { aidStandard: { urban: '1000.00', rural: '900.00' } });
    const at = (decidedOn: string) => ({ ...asked(decidedOn), book: own });
    expect(due({ months: 1, residence: 'rural', eventOn: '2026-12-01' }, at('2026-12-05'))).toBe('900.00');
    expect(due({ months: 1, eventOn: '2027-01-01' }, at('2027-01-02'))).toBe('policy/gap');
  });
});

describe('北京', () => {
  it.each([
    ['dibao', '1999.99', 'policy/spend-below-least'],
    ['dibao', '2000.00', '800.00'],
    ['tekun', '30000.00', '12000.00'],
    ['low-income', '30000.01', '12000.01'],
    ['dibao', '75600.00', '34800.00'],
    ['dibao', '75599.98', '34799.99'],
    ['dibao', '200000.00', '34800.00'],
    ['other', '4999.99', 'policy/spend-below-least'],
    ['other', '5000.00', '1500.00'],
    ['other', '30000.00', '9000.00'],
    ['other', '45000.00', '15000.00'],
  ] as const)('a family %s that spent %s gets %s', (family, spend, amount) => {
    expect(due({ ...spent(spend), family, eventOn: '2024-01-01' }, BEIJING)).toBe(amount);
  });

  it('10% more for a severely disabled member is ten points for other families, or a tenth of the rate by choice', () => {
    const facts = { ...spent('45000.00'), severelyDisabled: true, eventOn: '2024-01-01' } as const;
    expect(due(facts, BEIJING)).toBe('19500.00');
    expect(due({ ...facts, family: 'dibao' }, BEIJING)).toBe('19500.00');
    const file = aidBook('110000').rows.get('110000/temporary-aid/spending')![0]!.value as object;
    const read = structuredClone(file) as { classes: { severeDisability?: { reading: string } }[] };
    read.classes[1]!.severeDisability!.reading = 'share-of-rate';
    expect(due(facts, { ...BEIJING, book: aidBook('110000', { spending: read }) })).toBe('16500.00');
  });

  it('24 months of the standard cap the family, or each person by choice', () => {
    const facts = { ...spent('200000.00'), persons: 3, family: 'dibao', eventOn: '2024-01-01' } as const;
    expect(due(facts, BEIJING)).toBe('34800.00');
    const file = aidBook('110000').rows.get('110000/temporary-aid/spending')![0]!.value as object;
    const each = { ...structuredClone(file), cap: { months: 24, per: 'person' } };
    const book = aidBook('110000', { spending: each });
    expect(due(facts, { ...BEIJING, book })).toBe('97000.00');
    expect(due({ ...facts, persons: 2 }, { ...BEIJING, book })).toBe('69600.00');
  });

  it('the same cause once within twelve months, unless it is said to be another event', () => {
    const facts = { ...spent('10000.00'), family: 'dibao', eventOn: '2024-01-01' } as const;
    const after = (decidedOn: string, cause = 'illness') => ({
      ...BEIJING,
      earlier: [before(decidedOn, 100, { cause })],
    });
    expect(due(facts, after('2023-10-11'))).toBe('policy/same-cause');
    expect(due(facts, after('2023-10-10'))).toBe('4000.00');
    expect(due(facts, after('2024-02-01', 'education'))).toBe('4000.00');
    expect(due({ ...facts, differentCause: true }, after('2024-02-01'))).toBe('4000.00');
    const stopped = { ...BEIJING, earlier: [before('2024-02-01', 0, { cause: 'illness' })] };
    expect(due(facts, stopped)).toBe('4000.00');
    const book = aidBook('110000', { sameCause: { within: 'calendar-year' } });
    expect(due(facts, { ...after('2023-12-31'), book })).toBe('4000.00');
    expect(due(facts, { ...after('2024-01-01'), book })).toBe('policy/same-cause');
  });

  it('helps anyone in an emergency, and families registered there with their spending', () => {
    const urgent = { months: 3, persons: 2, eventOn: '2024-10-01' } as const;
    expect(due({ ...urgent, registration: 'visitor' }, BEIJING)).toBe('8700.00');
    expect(due({ ...spent('10000.00'), registration: 'resident' }, BEIJING)).toBe('policy/registration');
    const staged = must(worked({ ...urgent, continuing: true }, BEIJING));
    expect(staged.parts.map(({ components }) => components[0]?.fen)).toEqual([290_000, 290_000, 290_000]);
    expect(due({ ...urgent, months: 4 }, BEIJING)).toBe('policy/months');
  });
});

it('北京 puts aside 5% of a year’s standard for everybody on 低保 or of low income; others say no sum', () => {
  const of = (place: string, decidedOn: string) => {
    const scope = { jurisdiction: place, programme: 'temporary-aid', knownOn: decidedOn };
    return yearFund({ book: aidBook(place), scope }, decidedOn, { dibao: 10_000, lowIncome: 2_001 });
  };
  const { fen, step } = must(of('110000', '2024-10-01'));
  expect(toYuan(fen)).toBe('10440870.00');
  expect(renderStep(temporaryAid, step).zh).toBe(
    '年度总额：12001人 × 每月1450.00元 × 12 × 5% = 10440870.00元',
  );
  expect(codeOf(of('440100', '2025-06-10'))).toBe('policy/no-year-fund');
});

describe('上海 and 泰州', () => {
  it('上海: a standard per person and month, three months at most, spending only for families on 低保', () => {
    expect(due({ months: 3, persons: 2, eventOn: '2025-08-01' }, SHANGHAI)).toBe('9900.00');
    expect(due({ months: 4, eventOn: '2025-08-01' }, SHANGHAI)).toBe('policy/months');
    expect(due({ kind: 'spending', family: 'dibao', months: 2 }, SHANGHAI)).toBe('3300.00');
    expect(due({ kind: 'spending', family: 'other', months: 2 }, SHANGHAI)).toBe('policy/family-class');
    expect(due({ months: 1, eventOn: '2025-08-01', continuing: true }, SHANGHAI)).toBe('policy/continuing');
    expect(must(worked({ months: 1, eventOn: '2025-08-01' }, SHANGHAI))).toMatchObject({
      decidedAt: 'township',
      sample: true,
    });
  });

  it('泰州: one amount for illness up to 20,000, nothing guessed above or for another cause', () => {
    expect(due(spent('0.01'), TAIZHOU)).toBe('1065.00');
    expect(due(spent('20000.01'), TAIZHOU)).toBe('policy/spend-above-bands');
    expect(due({ ...spent('100.00'), cause: 'education' }, TAIZHOU)).toBe('policy/cause');
    expect(due({ months: 1 }, TAIZHOU)).toBe('policy/kind-not-offered');
    expect(due({ ...spent('100.00'), specialAmount: '9999.00' }, TAIZHOU)).toBe('policy/case-by-case');
  });
});
