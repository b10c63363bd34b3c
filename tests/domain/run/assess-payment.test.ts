import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { InvariantError } from '../../../domain/result.ts';
import { assessPayment } from '../../../domain/run/assess-payment.ts';
import { BOOK, bookOf, changedPack, fact, packFile } from '../programmes/samples.ts';
import { accruedOver, caseOf, lines, manifest, one, PAYEE, proposals } from './cases.ts';
import { codeOf } from './samples.ts';

/** Turns 80 in September 2024, applied in time: 100 yuan a month in Beijing since then. */
const BEIJING = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];
/** The same person in Linkou, where the month after the birthday is the first: 25 yuan. */
const LINKOU = [fact('birth-date', '1944-11-20'), fact('application', '2024-12-02')];
const beijing = manifest({ jurisdiction: '110000', period: '2024-12', months: ['2024-12'] });
const linkou = manifest({ jurisdiction: '231025', period: '2025-02', months: ['2025-02'] });

describe('a regular month', () => {
  it('pays the month, and explains it', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-11', 10000),
      previousFen: fen(10000),
    });
    const draft = one(beijing, found);
    expect(draft).toMatchObject({
      payment: `2024-12_R_${found.enrolment.id}`,
      kind: 'regular',
      attempt: 1,
      fen: 10000,
      lines: [{ month: '2024-12', component: 'allowance', fen: 10000, kind: 'entitlement' }],
      findings: [],
      recoveries: [],
      movement: 'same',
      previousFen: fen(10000),
      account: PAYEE.reference,
    });
    expect(Object.keys(draft.derivations)).toEqual(['2024-12']);
    expect(draft.derivations['2024-12']?.at(-1)?.code).toBe('amount');
    expect(draft.lines[0]).not.toHaveProperty('cause');
    expect(draft).not.toHaveProperty('cause');
  });

  it('is the same whether or not the past was looked at, when nothing changed', () => {
    const looked = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-11', 10000),
      previousFen: fen(10000),
    });
    const { accrued: _none, ...unlooked } = looked;
    expect(one(beijing, unlooked)).toEqual(one(beijing, looked));
  });

  it('goes by the policy of the place that runs it', () => {
    expect(
      lines(linkou, caseOf('231025', LINKOU, { accrued: accruedOver('2024-12', '2025-01', 2500) })),
    ).toEqual([['2025-02', 2500, 'entitlement', undefined]]);
    const { accrued: _none, ...unlooked } = caseOf('110000', LINKOU, {});
    expect(one(linkou, unlooked).fen).toBe(2500);
  });

  it('names the street that keeps the enrolment at the end of the period', () => {
    const moved = [
      ...BEIJING,
      fact('street', '2024-01-01', '110199001'),
      fact('street', '2024-12-31', '110199002'),
      fact('street', '2025-01-01', '110199003'),
    ];
    const found = caseOf('110000', moved, { accrued: accruedOver('2024-09', '2024-11', 10000) });
    expect(one(beijing, found).street).toBe('110199002');
    expect(one(beijing, caseOf('110000', BEIJING, {})).street).toBe('');
  });

  it('marks what rests on a sample value, and blocks it outside demo mode', () => {
    const found = caseOf('231025', LINKOU, { accrued: accruedOver('2024-12', '2025-01', 2500) });
    expect(one(linkou, found)).toMatchObject({ sample: true, findings: [] });
    const real = { ...linkou, demoMode: false };
    expect(one(real, found).findings.map(({ control }) => control)).toEqual(['sample-value']);
  });

  it('is no sample because of a month that it does not pay', () => {
    const file = packFile('110000');
    for (const row of file.values) delete row.sample;
    const bands = file.values.find((row) => row.parameter === 'bands')!;
    const trial = { ...bands, inForceTo: '2024-11', sample: true };
    const published = { ...file, values: [...file.values, { ...bands, inForceFrom: '2024-12' }, trial] };
    published.values.splice(file.values.indexOf(bands), 1);
    const book = bookOf(published);
    const real = { ...beijing, demoMode: false };
    const paid = { accrued: accruedOver('2024-09', '2024-11', 10000) };
    expect(one(real, caseOf('110000', BEIJING, paid), book)).toMatchObject({ sample: false, findings: [] });
    expect(one(real, caseOf('110000', BEIJING, {}), book).sample).toBe(true);
  });

  it('looks at every control with the payee it would go to', () => {
    const found = caseOf('110000', BEIJING, { payee: { key: PAYEE.key, facts: [] } });
    const draft = one(beijing, found);
    expect(draft.findings.map(({ control }) => control)).toEqual(['no-account']);
    expect(draft).not.toHaveProperty('account');
  });

  it('throws on an enrolment that is not in its own situation', () => {
    const { accrued: _none, ...found } = caseOf('110000', BEIJING, {});
    const stranger = { ...found, enrolment: { ...found.enrolment, id: 'GL-AAAAAAAAAAAA-1' } };
    expect(() => assessPayment(BOOK, beijing, stranger)).toThrow(InvariantError);
  });

  it('refuses what cannot be said, with and without a look at the past', () => {
    const found = caseOf('110000', [fact('application', '2024-09-02')], {});
    const { accrued: _none, ...unlooked } = found;
    expect(codeOf(assessPayment(BOOK, beijing, found))).toBe('missing/birth-date');
    expect(codeOf(assessPayment(BOOK, beijing, unlooked))).toBe('missing/birth-date');
    const gap = manifest({ jurisdiction: '231025', period: '2024-09', months: ['2024-09'] });
    const longSince = [fact('birth-date', '1930-01-01'), fact('application', '2019-11-01')];
    const { accrued: _past, ...present } = caseOf('231025', longSince, {});
    expect(codeOf(assessPayment(BOOK, gap, present))).toMatch(/^policy\//);
  });
});

describe('arrears', () => {
  it('someone who applied late gets the months since, each with its cause and derivation', () => {
    const late = [fact('birth-date', '1944-09-20'), fact('application', '2024-12-05')];
    const found = caseOf('110000', late, {});
    expect(lines(beijing, found)).toEqual([
      ['2024-09', 10000, 'arrears', 'late-application'],
      ['2024-10', 10000, 'arrears', 'late-application'],
      ['2024-11', 10000, 'arrears', 'late-application'],
      ['2024-12', 10000, 'entitlement', undefined],
    ]);
    const draft = one(beijing, found);
    expect(Object.keys(draft.derivations)).toEqual(['2024-09', '2024-10', '2024-11', '2024-12']);
    expect(draft).toMatchObject({ fen: 40000, movement: 'joined', cause: 'start-late-within' });
  });

  it('months before the system began, as the manifest has it, are nobody’s arrears', () => {
    const late = [fact('birth-date', '1944-09-20'), fact('application', '2024-12-05')];
    const began = { ...beijing, historyFrom: '2024-11' };
    const monthsOf = (book = BOOK) => lines(began, caseOf('110000', late, {}), book).map(([month]) => month);
    expect(monthsOf()).toEqual(['2024-11', '2024-12']);
    // What the policy says of another month of the period changes nothing.
    expect(monthsOf(bookOf(changedPack('110000', { historyFrom: '2024-12' })))).toEqual([
      '2024-11',
      '2024-12',
    ]);
  });

  it('a new amount for months already paid is paid as the difference, and named after the policy', () => {
    const book = bookOf(changedPack('110000', { bands: [{ fromAge: 80, amount: '120.00' }] }));
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-11', 10000),
      previousFen: fen(10000),
      policyChanged: true,
    });
    expect(lines(beijing, found, book)).toEqual([
      ['2024-09', 2000, 'arrears', 'policy-changed'],
      ['2024-10', 2000, 'arrears', 'policy-changed'],
      ['2024-11', 2000, 'arrears', 'policy-changed'],
      ['2024-12', 12000, 'entitlement', undefined],
    ]);
    expect(one(beijing, found, book)).toMatchObject({
      movement: 'changed',
      cause: 'amount',
      previousFen: fen(10000),
    });
    const same = { ...found, policyChanged: false };
    expect(lines(beijing, same, book)[0]).toEqual(['2024-09', 2000, 'arrears', 'facts-changed']);
  });
});

describe('months on hold', () => {
  const held = new Set(['2024-11', '2024-12']);

  it('are kept back while the hold is open; other months are paid', () => {
    const late = [fact('birth-date', '1944-09-20'), fact('application', '2024-12-05')];
    const found = caseOf('110000', late, { heldMonths: held });
    expect(lines(beijing, found).map(([month]) => month)).toEqual(['2024-09', '2024-10']);
  });

  it('are named when that is why nothing is paid', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-10', 10000),
      previousFen: fen(10000),
      heldMonths: held,
    });
    expect(one(beijing, found)).toMatchObject({
      fen: 0,
      lines: [],
      movement: 'stopped',
      cause: 'on-hold',
      findings: [],
    });
    const { accrued: _none, ...unlooked } = found;
    expect(one(beijing, unlooked)).toMatchObject({ fen: 0, movement: 'stopped', cause: 'on-hold' });
  });

  it('are paid with the next run once the hold is let go', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-10', 10000),
      releasedMonths: ['2024-11'],
    });
    expect(lines(beijing, found)).toEqual([
      ['2024-11', 10000, 'arrears', 'hold-lifted'],
      ['2024-12', 10000, 'entitlement', undefined],
    ]);
  });

  it('are still looked at for what was paid too much', () => {
    const dead = [...BEIJING, fact('death-certified', '2024-10-30')];
    const found = caseOf('110000', dead, {
      accrued: accruedOver('2024-09', '2024-12', 10000),
      previousFen: fen(10000),
      heldMonths: held,
    });
    expect(one(beijing, found).recoveries.map(({ month }) => month)).toEqual(['2024-11', '2024-12']);
  });
});

describe('recovery', () => {
  const dead: Fact[] = [...BEIJING, fact('death-certified', '2024-10-30')];
  const paid = accruedOver('2024-09', '2024-11', 10000);

  it('a certified death in a month already paid proposes what was paid after it and takes nothing', () => {
    const found = caseOf('110000', dead, { accrued: paid, previousFen: fen(10000) });
    const draft = one(beijing, found);
    expect(draft).toMatchObject({
      fen: 0,
      lines: [],
      findings: [],
      movement: 'stopped',
      cause: 'stopped-death',
    });
    expect(draft.recoveries).toEqual([
      { month: '2024-11', component: 'allowance', fen: 10000, cause: 'death' },
    ]);
    expect(proposals(beijing, found)).toEqual(draft.recoveries);
    expect(Object.keys(draft.derivations)).toEqual(['2024-11', '2024-12']);
  });

  it('the month of death itself is owed', () => {
    const later = [...BEIJING, fact('death-certified', '2024-12-01')];
    expect(lines(beijing, caseOf('110000', later, { accrued: paid })).map(([month]) => month)).toEqual([
      '2024-12',
    ]);
  });

  it('a death that is only reported recovers nothing: the payment is held by its control', () => {
    const reported = [...BEIJING, fact('death-reported', '2024-10-30')];
    const draft = one(beijing, caseOf('110000', reported, { accrued: paid, previousFen: fen(10000) }));
    expect(draft).toMatchObject({ fen: 10000, recoveries: [] });
    expect(draft.findings.map(({ control }) => control)).toEqual(['deceased']);
  });

  it('a proposal is withdrawn when the money turns out to be owed after all', () => {
    const proposed = [
      { month: '2024-11', component: 'allowance' },
      { month: '2024-10', component: 'allowance' },
    ];
    const found = caseOf('110000', dead, { accrued: paid, proposed });
    expect(proposals(beijing, found)).toEqual([
      { month: '2024-11', component: 'allowance', fen: 10000, cause: 'death' },
      { month: '2024-10', component: 'allowance', fen: 0, cause: 'withdrawn' },
    ]);
    const alive = caseOf('110000', BEIJING, { accrued: paid, proposed });
    expect(proposals(beijing, alive).map(({ month, fen: amount }) => [month, amount])).toEqual([
      ['2024-11', 0],
      ['2024-10', 0],
    ]);
  });

  it('without a look at the past no proposal is touched', () => {
    const { accrued: _none, ...unlooked } = caseOf('110000', BEIJING, {
      proposed: [{ month: '2024-11', component: 'allowance' }],
    });
    expect(proposals(beijing, unlooked)).toEqual([]);
  });

  it('what is owed and what was overpaid stand side by side, never netted', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: [...accruedOver('2024-09', '2024-10', 10000), ...accruedOver('2024-11', '2024-11', 15000)],
      previousFen: fen(10000),
    });
    const draft = one(beijing, found);
    expect(draft.fen).toBe(10000);
    expect(draft.recoveries).toEqual([
      { month: '2024-11', component: 'allowance', fen: 5000, cause: 'facts-changed' },
    ]);
  });
});
