import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { VETERANS_CARE_CASES } from '../../../domain/programmes/veterans-care/cases.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { policyFile } from '../../policy-files.ts';
import { bookWith, due, fact, monthOf, months, must } from '../disability/samples.ts';

const PLACE = '110199';
const programme = 'veterans-care';
const recipient = (named: string, confirmed = '2024-10-08', ...more: Fact[]): Fact[] => [
  fact('application', confirmed),
  fact('decision', confirmed, `${confirmed}/示例〔2024〕1号`),
  fact('preferential-class', '2020-01-01', named),
  ...more,
];

describe('worked examples', () => {
  it.each(VETERANS_CARE_CASES)('$row', ({ class: named, confirmed, born, died, cause, months: expected }) => {
    const facts = recipient(named, confirmed);
    if (born) facts.push(fact('birth-date', born));
    if (died) facts.push(fact('death-certified', died));
    if (died && cause) facts.push(fact('death-cause', died, cause));
    for (const [month, yuan] of Object.entries(expected)) {
      const entitlement = must(monthOf(PLACE, facts, month, { programme }));
      expect(`${month} ${due(PLACE, facts, month, { programme })}`).toBe(`${month} ${yuan}`);
      for (const step of entitlement.derivation)
        expect(Object.values(renderStep({ id: programme }, step)).join()).not.toMatch(/undefined|\{/);
    }
  });

  it('the funeral aid is a component of its own, and there is none twice', () => {
    const facts = recipient('martyr-family', '2024-10-08', fact('death-certified', '2025-03-15'));
    expect(must(monthOf(PLACE, facts, '2025-03', { programme })).components).toEqual([
      { component: 'allowance', fen: 320_000 },
      { component: 'funeral', fen: 1_920_000 },
    ]);
    expect(months(PLACE, facts, '2025-04', 3, { programme })).toEqual(['0.00', '0.00', '0.00']);
  });

  it('the funeral aid is due also where the month of the death itself is not', () => {
    const book = bookWith(PLACE, programme, { stopFrom: 'same-month' });
    const facts = recipient('martyr-family', '2024-10-08', fact('death-certified', '2025-03-15'));
    expect(months(PLACE, facts, '2025-02', 3, { programme, book })).toEqual(['3200.00', '19200.00', '0.00']);
  });
});

describe('classes and stops', () => {
  it('another class counts from the month after, or the month itself', () => {
    const facts = recipient(
      'war-participant',
      '2024-10-08',
      fact('preferential-class', '2025-03-15', 'disabled-war'),
    );
    expect(months(PLACE, facts, '2025-02', 3, { programme })).toEqual(['1000.00', '1000.00', '5000.00']);
    const book = bookWith(PLACE, programme, { classChange: 'same-month' });
    expect(months(PLACE, facts, '2025-02', 3, { programme, book })).toEqual([
      '1000.00',
      '5000.00',
      '5000.00',
    ]);
  });

  it('a class that the place has no rate for, and none at all, are due nothing', () => {
    expect(due(PLACE, recipient('astronaut'), '2025-03', { programme })).toBe('0.00');
    expect(due(PLACE, recipient('martyr-family').slice(0, 2), '2025-03', { programme })).toBe('0.00');
  });

  it('what cannot be worked out is refused', () => {
    const old = fact('birth-date', '1950-01-01');
    expect(due(PLACE, recipient('retired-rural:6'), '2025-03', { programme })).toBe('missing/birth-date');
    expect(due(PLACE, recipient('retired-rural', '2024-10-08', old), '2025-03', { programme })).toBe(
      'missing/service-years',
    );
  });

  it('moved elsewhere: paid here through December, and there from January, or as other stops', () => {
    const facts = recipient(
      'martyr-family',
      '2024-10-08',
      fact('household-registration', '2025-06-10', '320102'),
    );
    expect(months(PLACE, facts, '2025-12', 2, { programme })).toEqual(['3360.00', '0.00']);
    const book = bookWith(PLACE, programme, { moveOut: 'as-other-stops' });
    expect(months(PLACE, facts, '2025-06', 2, { programme, book })).toEqual(['3200.00', '0.00']);
  });

  it('prison stops it and the release lets it go on', () => {
    const facts = recipient(
      'martyr-family',
      '2024-10-08',
      fact('custody', '2025-01-10', 'custody'),
      fact('custody', '2025-03-10', 'released'),
    );
    expect(months(PLACE, facts, '2025-01', 4, { programme })).toEqual(['3200.00', '0.00', '0.00', '3200.00']);
  });
});

it('the pack of the sample district is accepted', () => {
  expect(must(parsePolicyPack(policyFile(PLACE, programme))).warnings).toEqual([]);
});
