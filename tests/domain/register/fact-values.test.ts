import { describe, expect, it } from 'vitest';
import { checkedFact, isFactValue } from '../../../domain/register/fact-values.ts';
import {
  ENROLMENT_FACT_KINDS,
  type FactKind,
  HOUSEHOLD_FACT_KINDS,
  PERSON_FACT_KINDS,
} from '../../../domain/register/facts.ts';

const household = 'H0000000000A';
const VALUES: Partial<Record<FactKind, { good: readonly string[]; bad: readonly string[] }>> = {
  household: {
    good: ['', `${household}:head:covered`, `${household}:child-in-law:uncovered`],
    bad: [
      `${household}:head`,
      `${household}:cousin:covered`,
      'H0:head:covered',
      `${household}:head:covered:x`,
    ],
  },
  disability: { good: ['', '1:visual', '4:multiple'], bad: ['5:visual', '0:limb', '1:leg', '1', '1:limb:x'] },
  'serious-illness': { good: ['yes', ''], bad: ['no'] },
  student: { good: ['', 'compulsory'], bad: ['primary'] },
  employment: {
    good: ['none', 'employed:0.00', 'flexible:2200.50'],
    bad: ['', 'employed', 'employed:-1.00', 'employed:1,000', 'retired:1.00'],
  },
  incomes: {
    good: ['', 'pension:1200.00:month', 'pension:1.00:month;transfer:2.00:year'],
    bad: ['pension:1200.00', 'transfer:2.00:year;pension:1.00:month', 'gift:1.00:month', 'pension:x:month'],
  },
  'special-groups': { good: ['', 'lone-parent;veteran'], bad: ['veteran;lone-parent', 'rich'] },
  residence: { good: ['urban', 'rural'], bad: ['', 'city'] },
  'application-kind': { good: ['household', 'single-person:marginal'], bad: ['', 'single'] },
  obligors: {
    good: ['', 'child-support:3000.00:1:2', 'parent-support:0.00:3:1:tekun'],
    bad: ['parent-support:1.00:0:1', 'parent-support:1.00:3:1:rich', 'parent-support:1.00:3'],
  },
  spending: { good: ['', 'medical:1.00:year'], bad: ['food:1.00:year'] },
  custody: { good: ['custody', 'compulsory-rehabilitation', 'released'], bad: ['', 'jail'] },
  stop: { good: ['2026-05', ''], bad: ['2026-13', 'May'] },
  'paid-elsewhere': { good: ['2026-05'], bad: ['', '2026-05-01'] },
  'organisation-status': { good: ['normal', 'seriously-unlawful'], bad: ['', 'fine'] },
  'service-hours': { good: ['0/120', '130/120'], bad: ['', '120', '12.5/120', '5/0'] },
  'self-care': { good: ['full', 'half', 'none'], bad: ['', 'semi'] },
  'ability-assessment': {
    good: ['adl:', 'adl:eating', 'adl:bathing,dressing', 'level:severe'],
    bad: ['', 'adl:singing', 'adl:eating,', 'level:', 'eating'],
  },
  'funeral-done': { good: ['2026-11-03', ''], bad: ['yes', '2026-02-30'] },
  'care-setting': { good: ['institution', 'family'], bad: ['', 'home'] },
  'child-category': { good: ['201', '0A-1'], bad: ['', '散居', '-1'] },
  guardianship: { good: ['adopted', 'parent-found', 'parents-able', ''], bad: ['orphan'] },
  'interim-aid': { good: ['yes', ''], bad: ['no'] },
  'settled-adult': { good: ['2026-09-10/示例〔2026〕8号', ''], bad: ['2026-09-10', '2026-02-30/1号'] },
  'disability-card': {
    good: ['valid:2031-05-20', 'valid:-', 'frozen', 'cancelled'],
    bad: ['', 'valid', 'valid:', 'valid:2031-02-30', 'expired'],
  },
  regrading: { good: ['open', ''], bad: ['yes'] },
  'work-injury-care': { good: ['yes', ''], bad: ['no'] },
  'service-disability': {
    good: ['', '1:military', '10:police'],
    bad: ['0:military', '11:police', '1', '1:navy'],
  },
  'disability-hardship': {
    good: ['', 'several-disabled', 'cared-for-by-elderly;several-disabled'],
    bad: ['several-disabled;cared-for-by-elderly', 'several-disabled;several-disabled', 'poor'],
  },
  'registration-kind': { good: ['urban', 'rural'], bad: ['', 'city'] },
  'death-cause': { good: ['illness', 'old-injury', 'other'], bad: ['', 'age'] },
  'federation-review': {
    good: ['2026-03-18/示例残联〔2026〕3号'],
    bad: ['', '2026-03-18', '2026-02-30/3号'],
  },
  'income-report': { good: ['2026-03-10'], bad: ['', '2026-03'] },
  reapplication: { good: ['2026-09-01'], bad: ['', '2026-09'] },
  'preferential-class': {
    good: ['', 'martyr-family', 'retired-rural:6'],
    bad: ['烈属', 'retired-rural:', 'a:100'],
  },
  'birth-date': { good: ['1950-02-28'], bad: ['', '1950-02-30'] },
  'death-certified': { good: ['2026-02-28', ''], bad: ['2026-02-30'] },
  'household-registration': { good: ['in', '110105', '110105002'], bad: ['', 'out'] },
};

describe('values of facts', () => {
  it.each(Object.entries(VALUES))('%s', (kind, { good, bad }) => {
    for (const value of good) expect([value, isFactValue(kind as FactKind, value)]).toEqual([value, true]);
    for (const value of bad) expect([value, isFactValue(kind as FactKind, value)]).toEqual([value, false]);
  });

  it('every kind of a person and of a household has a check', () => {
    for (const kind of [...PERSON_FACT_KINDS, ...HOUSEHOLD_FACT_KINDS, ...ENROLMENT_FACT_KINDS]) {
      // A text that is long, and no word, date, month, code or amount: nothing accepts it by design.
      expect([kind, isFactValue(kind, `?${'x'.repeat(60)}`)]).toEqual([kind, false]);
    }
  });

  it('a value of another kind is a bug, not a fact', () => {
    const fact = {
      validFrom: '2026-01-01',
      recordedAt: '2026-01-01T00:00:00.000Z',
      source: 'register',
      by: 'import-1',
    };
    expect(() => checkedFact({ ...fact, kind: 'residence', value: 'city' })).toThrow(
      'not a value of residence',
    );
  });
});
