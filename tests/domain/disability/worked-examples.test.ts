import { describe, expect, it } from 'vitest';
import { DISABILITY_CASES } from '../../../domain/disability/cases.ts';
import { DISABILITY_PARAMETERS } from '../../../domain/disability/parameters.ts';
import { DISABILITY_PARAMETER_NAMES } from '../../../domain/disability/words.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { differences } from '../../../domain/programmes/differences.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { policyFile } from '../../policy-files.ts';
import {
  BOOK,
  bookOf,
  due,
  FILES,
  fact,
  LAST,
  LIVING,
  must,
  NURSING,
  owed,
  packsOf,
  person,
  situationOf,
} from './samples.ts';

describe('worked examples', () => {
  it.each(DISABILITY_CASES)('$row', ({ jurisdiction, applied, facts, knownOn = LAST, months, basis }) => {
    const all = facts.map(([kind, validFrom, value]) => fact(kind, validFrom, value));
    all.push(fact('application', applied), fact('decision', applied, `${applied}/示例〔2024〕1号`));
    for (const [month, expected] of Object.entries(months)) {
      const { enrolments } = assess(situationOf(jurisdiction, all), BOOK, { month, knownOn });
      for (const { programme, result } of enrolments) {
        const yuan = programme === LIVING ? expected.living : expected.nursing;
        if (yuan === undefined) continue;
        const entitlement = must(result);
        expect(`${month} ${programme} ${toYuan(entitlement.fen)}`).toBe(`${month} ${programme} ${yuan}`);
        // A rate that is linked to a sample standard is a sample, nothing published is.
        const linked = entitlement.derivation.some(({ code }) => code === 'dibao-standard');
        expect(entitlement.sample && !linked && basis !== 'derived').toBe(false);
        for (const step of entitlement.derivation) {
          const { zh, en } = renderStep({ id: programme }, step);
          expect(`${zh}${en}`).not.toMatch(/undefined|\{/);
        }
      }
    }
  });

  it('E13 湖南: what was paid at 100 each in January comes back as 10 each, 20 in all', () => {
    const facts = person('1:limb', '2025-03-01');
    const arrears = [LIVING, NURSING].flatMap((programme) => {
      const component = programme === LIVING ? 'living' : 'nursing';
      const before = owed('430000', facts, '2026-01', { programme, knownOn: '2026-01-20' });
      const accrued = before.months.flatMap(({ month, components }) =>
        components.map((one) => ({ month, ...one })),
      );
      const now = owed('430000', facts, '2026-02', { programme, knownOn: '2026-02-20' });
      const found = differences(accrued, now.months, now.span);
      expect(found.map(({ month, component: name }) => `${month} ${name}`)).toEqual([
        `2026-01 ${component}`,
        `2026-02 ${component}`,
      ]);
      return found.filter(({ month }) => month === '2026-01');
    });
    expect(toYuan(sumFen(arrears.map(({ fen }) => fen)))).toBe('20.00');
  });

  // S is whatever the district's standard is: the rate steps in its month, whoever decided it when.
  it.each([
    ['1000.00', '1130.00', '300.00', '339.00'],
    ['1131.50', '1201.00', '339.45', '360.30'],
    ['0.01', '0.05', '0.00', '0.02'],
  ])('E14 浙江: 30 %% of %s, then of %s', (old, raised, before, after) => {
    const dibao = policyFile('110000', 'dibao');
    const standard = dibao.values.find(({ parameter }) => parameter === 'standard')!;
    const rows = [
      { ...standard, value: { urban: old, rural: old }, inForceFrom: '2024-01', decidedOn: '2024-01-10' },
      {
        ...standard,
        value: { urban: raised, rural: raised },
        inForceFrom: '2025-07',
        decidedOn: '2025-08-20',
      },
    ];
    const others = FILES.filter(({ programme }) => programme !== 'dibao');
    const book = bookOf([...others, { ...dibao, jurisdiction: '330203', values: rows }]);
    const facts = person('4:limb');
    const amounts = ['2025-06', '2025-07', '2025-08'].map((month) => due('330203', facts, month, { book }));
    expect(amounts).toEqual([before, after, after]);
    expect(due('330203', facts, '2025-07', { book, knownOn: '2025-08-19' })).toBe(before);
  });

  it('a linked rate is refused, and not guessed, where the place has no standard for the month', () => {
    const without = bookOf(FILES.filter(({ programme }) => programme !== 'dibao'));
    expect(due('330203', person('4:limb'), '2025-07', { book: without })).toBe('policy/no-rule');
  });
});

describe('packs', () => {
  it.each([LIVING, NURSING])(
    '%s: each is accepted; only 河北 has months of which nobody knows the rate',
    (programme) => {
      expect(packsOf(programme).length).toBeGreaterThan(13);
      for (const file of packsOf(programme)) {
        const { warnings } = must(parsePolicyPack(file));
        const gap = { parameter: 'rates', from: '2017-01', to: '2023-12' };
        expect(warnings).toMatchObject(file.jurisdiction === '130000' ? [gap] : []);
      }
    },
  );

  it('names of parameters are those of the schemas', () => {
    expect(DISABILITY_PARAMETER_NAMES).toEqual(Object.keys(DISABILITY_PARAMETERS));
  });

  it('who signs is local: the federation is a step of the chain', () => {
    for (const programme of [LIVING, NURSING])
      for (const file of packsOf(programme)) {
        const chain = file.values.find(({ parameter }) => parameter === 'approvalChain');
        expect(JSON.stringify(chain?.value)).toContain('残联');
      }
  });
});
