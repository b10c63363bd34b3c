// Goal: from when it is due, and what stops it and lets it go on: papers, prison, absence, moves, other benefits, re-checks, reports.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../domain/money.ts';
import { bookWith, due, fact, LIVING, monthOf, months, NURSING, owed, person, stepsOf } from './samples.ts';

const GZ = '440100';
const L = '217.00';
const decided = (applied: string, on: string, ...more: ReturnType<typeof fact>[]) => [
  fact('disability', '2015-01-01', '1:limb'),
  fact('identity-class', '2015-01-01', 'dibao'),
  fact('application', applied),
  fact('decision', on, `${on}/示例〔2026〕1号`),
  ...more,
];

describe('the first month', () => {
  it.each([
    ['2026-03-31', '2026-04-02', '2026-05', 3],
    ['2026-03-01', '2026-03-20', '2026-04', 2],
    ['2026-02-28', '2026-04-30', '2026-05', 4],
  ])('applied %s, decided %s: by %s it is %s months', (applied, on, through, count) => {
    const found = owed(GZ, decided(applied, on), through);
    expect(found.first).toBe(applied.slice(0, 7));
    expect(found.months.map(({ fen }) => toYuan(fen))).toEqual(Array.from({ length: count }, () => L));
  });

  it('counts the date of the application also when another county took it', () => {
    const facts = [...decided('2026-05-30', '2026-06-20'), fact('acceptance', '2026-06-03')];
    expect(months(GZ, facts, '2026-04', 3)).toEqual(['0.00', L, L]);
  });

  it('is none without a decision, and none without the federation’s review where policy asks for it', () => {
    const undecided = decided('2026-03-31', '2026-04-02').filter(({ kind }) => kind !== 'decision');
    expect(stepsOf(monthOf(GZ, undecided, '2026-05'))).toEqual(['not-decided']);
    expect(owed(GZ, undecided, '2026-05').first).toBeUndefined();
    const book = bookWith(GZ, LIVING, { federationReview: 'required' });
    const facts = decided('2026-03-31', '2026-04-02');
    expect(stepsOf(monthOf(GZ, facts, '2026-05', { book }))).toContain('not-reviewed');
    expect(owed(GZ, facts, '2026-05', { book }).first).toBeUndefined();
    const reviewed = [...facts, fact('federation-review', '2026-04-01', '2026-04-01/示例残联〔2026〕3号')];
    expect(months(GZ, reviewed, '2026-02', 3, { book })).toEqual(['0.00', L, L]);
  });

  it('needs an application', () => {
    expect(due(GZ, decided('2026-03-31', '2026-04-02').slice(0, 2), '2026-05')).toBe('missing/application');
  });
});

describe('prison', () => {
  const facts = person(
    '1:limb',
    '2024-05-06',
    fact('custody', '2026-02-10', 'custody'),
    fact('custody', '2026-04-25', 'released'),
  );

  it('stops in the month after the judgment; after the release a new application is needed', () => {
    expect(months(GZ, facts, '2026-01', 7)).toEqual([L, L, '0.00', '0.00', '0.00', '0.00', '0.00']);
    expect(stepsOf(monthOf(GZ, facts, '2026-06'))).toContain('needs-reapplication');
    const again = [...facts, fact('reapplication', '2026-06-08')];
    expect(months(GZ, again, '2026-01', 7)).toEqual([L, L, '0.00', '0.00', '0.00', L, L]);
    // An application made inside does not count.
    const inside = [...facts, fact('reapplication', '2026-03-08')];
    expect(due(GZ, inside, '2026-06')).toBe('0.00');
  });

  it('goes on by itself in the month after the release where the place asks for nothing', () => {
    const book = bookWith(GZ, LIVING, { reapplyAfter: ['moved-out'] });
    expect(months(GZ, facts, '2026-01', 6, { book })).toEqual([L, L, '0.00', '0.00', L, L]);
  });

  it('costs nothing when it begins and ends within a month', () => {
    const short = person(
      '1:limb',
      '2024-05-06',
      fact('custody', '2026-02-10', 'custody'),
      fact('custody', '2026-02-25', 'released'),
    );
    expect(months(GZ, short, '2026-02', 3)).toEqual([L, L, L]);
  });
});

describe('other stops', () => {
  it.each([
    ['missing', 'missing', 'found'],
    ['work-injury-care', 'yes', ''],
    ['household-registration', '320102', 'in'],
  ] as const)('%s: from the month after, and back in the month after it ends', (kind, away, back) => {
    const facts = person(
      '1:limb',
      '2024-05-06',
      fact('household-registration', '2010-01-01', '440103'),
      fact(kind, '2026-02-10', away),
      fact(kind, '2026-04-25', back),
    );
    expect(months(GZ, facts, '2026-01', 6)).toEqual([L, L, '0.00', '0.00', L, L]);
  });

  it('work injury care is let be where the place says so', () => {
    const book = bookWith(GZ, LIVING, { workInjuryCare: 'allowed' });
    const facts = person('1:limb', '2024-05-06', fact('work-injury-care', '2026-02-10', 'yes'));
    expect(months(GZ, facts, '2026-02', 2, { book })).toEqual([L, L]);
  });

  it('leaving 低保 stops in the month after; coming in counts in the month itself', () => {
    const facts = person(
      '1:limb',
      '2024-05-06',
      fact('identity-class', '2026-02-10', 'none'),
      fact('identity-class', '2026-05-20', 'marginal'),
      fact('identity-class', '2026-08-20', 'tekun'),
    );
    expect(months(GZ, facts, '2026-01', 9)).toEqual([L, L, '0.00', '0.00', L, L, L, L, '0.00']);
  });

  it('whoever becomes 特困 loses it in the month after, whatever the class before', () => {
    const facts = person('1:limb', '2024-05-06', fact('identity-class', '2025-12-01', 'none'));
    facts.push(fact('identity-class', '2026-02-10', 'tekun'));
    expect(months(GZ, facts, '2026-01', 3, { programme: NURSING })).toEqual(['290.00', '290.00', '0.00']);
  });

  it('a stop that was wrong and is taken back is paid back', () => {
    const stopped = person('1:limb', '2024-05-06', fact('stop', '2026-02-10', '2026-02'));
    expect(months(GZ, stopped, '2026-02', 3)).toEqual([L, '0.00', '0.00']);
    const reversed = [...stopped, fact('stop', '2026-03-01', '', '2026-05-10T01:00:00.000Z')];
    expect(months(GZ, reversed, '2026-02', 4)).toEqual([L, L, L, L]);
  });
});

describe('re-checks and reports', () => {
  const reviewed = (on: string, ...more: string[]) =>
    person('1:limb', '2024-01-06', ...[on, ...more].map((day) => fact('review', day)));

  it('missed in the window: nothing from the month after it, due again from the month of a late one', () => {
    const facts = reviewed('2025-05-10');
    expect(months(GZ, facts, '2026-05', 4)).toEqual([L, L, '0.00', '0.00']);
    expect(months(GZ, reviewed('2025-05-10', '2026-06-20'), '2026-05', 4)).toEqual([L, L, L, L]);
    expect(months(GZ, reviewed('2025-05-10', '2026-09-02'), '2026-06', 5)).toEqual([L, '0.00', '0.00', L, L]);
    // One before the window opens is none of it.
    expect(due(GZ, reviewed('2025-05-10', '2026-03-31'), '2026-07')).toBe('0.00');
  });

  it('is not missed before the window has closed: what is paid in advance meanwhile goes on', () => {
    const facts = reviewed('2025-05-10');
    expect(due(GZ, facts, '2026-07', { knownOn: '2026-06-20' })).toBe(L);
    expect(due(GZ, facts, '2026-07', { knownOn: '2026-06-21' })).toBe('0.00');
  });

  it('may pay back the months between, in the half-yearly windows of 北京', () => {
    const BJ = '110000';
    expect(months(BJ, reviewed('2025-07-05'), '2026-01', 2)).toEqual(['400.00', '0.00']);
    expect(months(BJ, reviewed('2025-07-05', '2026-04-02'), '2026-01', 4)).toEqual(
      Array.from({ length: 4 }, () => '400.00'),
    );
  });

  it('does not ask those who came in since the window opened, nor about windows before the place began', () => {
    expect(due(GZ, person('1:limb', '2026-04-15'), '2026-07')).toBe(L);
    expect(due(GZ, person('1:limb', '2024-04-15'), '2026-07')).toBe(L);
    expect(due(GZ, person('1:limb', '2024-04-15'), '2027-07')).toBe('0.00');
    // A first check takes nothing back of the months before it.
    expect(months(GZ, reviewed('2026-05-10'), '2025-07', 10)).not.toContain('0.00');
  });

  it('a report on the income that is more than twelve months old stops it until there is another', () => {
    const facts = person('1:limb', '2023-01-06', fact('income-report', '2025-02-15'));
    expect(months(GZ, facts, '2026-01', 4)).toEqual([L, L, '0.00', '0.00']);
    // A first report takes nothing back of the months before it.
    const first = person('1:limb', '2023-01-06', fact('income-report', '2026-04-03'));
    expect(months(GZ, first, '2026-01', 4)).toEqual([L, L, L, L]);
    const again = [...facts, fact('income-report', '2026-04-03')];
    expect(months(GZ, again, '2026-01', 5)).toEqual([L, L, '0.00', L, L]);
  });
});

describe('a move between districts', () => {
  // The old district pays through the month of the move, the new one from the next: whenever they applied there.
  it.each(['2026-03-01', '2026-03-31', '2026-12-15'])(
    'moved on %s: no month twice, none left out',
    (moved) => {
      const month = moved.slice(0, 7);
      const old = person('1:limb', '2024-05-06', fact('household-registration', moved, '110105'));
      const applied = '2026-12-20';
      const here = [
        ...person('1:limb', applied),
        fact('household-registration', moved, '110105'),
        fact('paid-elsewhere', applied, month),
      ];
      const [oldMonths, newMonths] = [
        months('110101', old, '2026-01', 13),
        months('110105', here, '2026-01', 13),
      ];
      const paidBy = oldMonths.map(
        (yuan, index) => [yuan, newMonths[index]].filter((one) => one !== '0.00').length,
      );
      expect(paidBy).toEqual(Array.from({ length: 13 }, () => 1));
    },
  );

  it('counts from the application where the place has no rule on moves', () => {
    const book = bookWith('110000', NURSING, { handover: 'by-application' });
    const here = [...person('1:limb', '2026-05-20'), fact('paid-elsewhere', '2026-05-20', '2026-03')];
    expect(months('110105', here, '2026-03', 4, { book, programme: NURSING })).toEqual([
      '0.00',
      '0.00',
      '300.00',
      '300.00',
    ]);
  });
});
