import { describe, expect, it } from 'vitest';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { highAge } from '../../../domain/programmes/high-age/programme.ts';
import { around, bookOf, codeOf, due, fact, monthOfFacts, monthsOfFacts, must, packFile } from './samples.ts';

const BEIJING = '110000';

/** Beijing with its bands cut into dated stretches; a stretch without bands is a gap. */
function bandsOver(...stretches: { from: string; to?: string; fromAge: number; yuan: string }[]) {
  const file = packFile(BEIJING);
  const [bands, ...rest] = file.values;
  const cut = stretches.map(({ from, to, fromAge, yuan }) => ({
    ...bands!,
    value: [{ fromAge, amount: yuan }],
    inForceFrom: from,
    ...(to ? { inForceTo: to } : {}),
  }));
  return bookOf({ ...file, values: [...cut, ...rest] });
}
const person = (birthDate: string, applied = '2019-10-05') => [
  fact('birth-date', birthDate),
  fact('application', applied),
];

describe('a change of amounts', () => {
  const book = bandsOver(
    { from: '2019-10', to: '2025-06', fromAge: 80, yuan: '100.00' },
    { from: '2025-07', fromAge: 80, yuan: '120.00' },
  );

  it('pays the new amount from its first month in force', () => {
    expect(around(BEIJING, person('1940-03-05'), '2025-07', book)).toEqual([10000, 12000, 12000]);
  });

  it('leaves the first month of entitlement where it was', () => {
    expect(must(monthsOfFacts(BEIJING, person('1944-09-20', '2024-10-01'), '2025-12', book)).first).toBe(
      '2024-09',
    );
  });
});

describe('a change of the starting age', () => {
  it('lowered: those between the ages are eligible from the change on', () => {
    const book = bandsOver(
      { from: '2019-10', to: '2025-06', fromAge: 80, yuan: '100.00' },
      { from: '2025-07', fromAge: 75, yuan: '50.00' },
    );
    const facts = person('1949-09-20', '2025-08-01');
    expect(around(BEIJING, facts, '2025-07', book)).toEqual([0, 5000, 5000]);
    expect(must(monthsOfFacts(BEIJING, facts, '2025-12', book)).first).toBe('2025-07');
  });

  it('raised: those between the ages get nothing until they reach it', () => {
    const book = bandsOver(
      { from: '2019-10', to: '2025-06', fromAge: 75, yuan: '50.00' },
      { from: '2025-07', fromAge: 80, yuan: '100.00' },
    );
    const facts = person('1945-09-20', '2021-01-01');
    expect(around(BEIJING, facts, '2025-07', book)).toEqual([5000, 0, 0]);
    expect(around(BEIJING, facts, '2025-09', book)).toEqual([0, 10000, 10000]);
  });
});

describe('several changes', () => {
  it('somebody who reaches the old age in the month of its end waits for the new one', () => {
    const book = bandsOver(
      { from: '2019-10', to: '2025-06', fromAge: 75, yuan: '50.00' },
      { from: '2025-07', fromAge: 80, yuan: '100.00' },
    );
    const firstOf = (birthDate: string) =>
      must(monthsOfFacts(BEIJING, person(birthDate, '2025-01-01'), '2025-12', book)).first;
    expect([firstOf('1950-06-20'), firstOf('1950-07-20')]).toEqual(['2025-06', '2030-07']);
  });

  it('a gap that is over does not follow those who came of age by a later change', () => {
    const book = bandsOver(
      { from: '2019-10', to: '2025-06', fromAge: 80, yuan: '100.00' },
      { from: '2025-10', to: '2026-03', fromAge: 80, yuan: '100.00' },
      { from: '2026-04', fromAge: 75, yuan: '50.00' },
    );
    expect(around(BEIJING, person('1949-09-20'), '2026-04', book)).toEqual([0, 5000, 5000]);
  });
});

describe('a lapsed policy', () => {
  const book = bandsOver(
    { from: '2019-10', to: '2025-06', fromAge: 80, yuan: '100.00' },
    { from: '2025-10', to: '2026-06', fromAge: 80, yuan: '100.00' },
  );

  it('refuses the months of the gap, and any span of months that holds one', () => {
    const facts = person('1940-03-05', '2020-03-05');
    const codes = ['2025-06', '2025-07', '2025-09', '2025-10'].map((month) =>
      codeOf(monthOfFacts(BEIJING, facts, month, book)),
    );
    expect(codes).toEqual(['ok', 'policy/gap', 'policy/gap', 'ok']);
    expect(codeOf(monthsOfFacts(BEIJING, facts, '2025-06', book))).toBe('ok');
    expect(codeOf(monthsOfFacts(BEIJING, facts, '2025-11', book))).toBe('policy/gap');
  });

  it('refuses to say when somebody who came of age in the gap became eligible', () => {
    expect(codeOf(monthOfFacts(BEIJING, person('1945-08-20'), '2025-11', book))).toBe('policy/gap');
    expect(due(BEIJING, person('1945-10-20'), '2025-11', book)).toBe(10000);
    expect(due(BEIJING, person('1945-06-20'), '2025-11', book)).toBe(10000);
  });

  it('a person too young is told so while the policy lasts', () => {
    expect(due(BEIJING, person('1950-06-20'), '2026-06', book)).toBe(0);
    expect(codeOf(monthsOfFacts(BEIJING, person('1950-06-20'), '2026-06', book))).toBe('policy/gap');
  });
});

describe('a value that is only a sample', () => {
  const specs = Object.entries({ ...RUN_PARAMETERS, ...highAge.parameters });

  it.each(specs.map(([name, spec]) => [name, spec.bearsAmount] as const))(
    '%s makes the entitlement a sample: %s',
    (parameter, bearsAmount) => {
      const file = packFile('231025');
      for (const row of file.values) {
        delete row.sample;
        if (row.parameter === parameter) row.sample = true;
      }
      const facts = [...person('1943-01-10', '2024-10-08'), fact('identity-class', '2020-01-01', 'dibao')];
      expect(must(monthOfFacts('231025', facts, '2025-06', bookOf(file))).sample).toBe(bearsAmount);
    },
  );
});
