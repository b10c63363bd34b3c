import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { bookOf, changedPack, fact } from '../programmes/samples.ts';
import { accruedOver, caseOf, drafts, lines, manifest, one, PAYEE } from './cases.ts';

/** Turns 80 in September 2024, applied in time: 100 yuan a month in Beijing since then. */
const BEIJING = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];

describe('a supplementary run', () => {
  const round = manifest({ jurisdiction: '110000', period: '2024-12', round: 'S1', months: [] });
  const paid = accruedOver('2024-09', '2024-12', 10000);

  it('has no draft for whom nothing is different', () => {
    expect(drafts(round, caseOf('110000', BEIJING, { accrued: paid, previousFen: fen(10000) }))).toEqual([]);
    const { accrued: _none, ...unlooked } = caseOf('110000', BEIJING, { previousFen: fen(10000) });
    expect(drafts(round, unlooked)).toEqual([]);
  });

  it('carries only the differences, all of them as arrears, also of its own period', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-10', 10000),
      previousFen: fen(10000),
    });
    const draft = one(round, found);
    expect(draft).toMatchObject({
      kind: 'difference',
      payment: `2024-12_S1_${found.enrolment.id}`,
      movement: 'same',
    });
    expect(draft.lines.map(({ month, kind, cause }) => [month, kind, cause])).toEqual([
      ['2024-11', 'arrears', 'facts-changed'],
      ['2024-12', 'arrears', 'facts-changed'],
    ]);
    expect(Object.keys(draft.derivations)).toEqual(['2024-11', '2024-12']);
  });

  it('carries recoveries with nothing to pay', () => {
    const dead = [...BEIJING, fact('death-certified', '2024-11-30')];
    expect(one(round, caseOf('110000', dead, { accrued: paid }))).toMatchObject({
      fen: 0,
      recoveries: [{ month: '2024-12', fen: 10000 }],
    });
  });

  it('sends again what failed or came back, as it was, to the account known now', () => {
    const reissue = {
      payment: '2024-10_R_GL-7Z3K9QX2M4BT-1',
      attempt: 2,
      lines: [{ month: '2024-10', component: 'allowance', fen: fen(10000), kind: 'entitlement' as const }],
    };
    const open = [{ ...reissue, sendAgain: true }];
    const found = caseOf('110000', BEIJING, { accrued: paid, open });
    const draft = one(round, found);
    expect(draft).toMatchObject({
      ...reissue,
      fen: 10000,
      kind: 'reissue',
      account: PAYEE.reference,
      recoveries: [],
      derivations: {},
      findings: [],
    });
    const dead = [...BEIJING, fact('death-reported', '2024-09-30')];
    const again = one(round, caseOf('110000', dead, { accrued: paid, open }));
    expect(again.findings.map(({ control }) => control)).toEqual(['deceased']);
  });

  it('sends no sample amount again outside demo mode', () => {
    const facts = [fact('birth-date', '1944-11-20'), fact('application', '2024-12-02')];
    const lines = [
      { month: '2024-12', component: 'allowance', fen: fen(2500), kind: 'entitlement' as const },
    ];
    const open = [{ payment: '2024-12_R_GL-7Z3K9QX2M4BT-1', attempt: 2, lines, sendAgain: true }];
    const found = caseOf('231025', facts, { accrued: accruedOver('2024-12', '2025-01', 2500), open });
    const linkou = { jurisdiction: '231025', period: '2025-01', round: 'S1', months: [] } as const;
    expect(one(manifest({ ...linkou, demoMode: true }), found)).toMatchObject({ sample: true, findings: [] });
    const real = one(manifest({ ...linkou, demoMode: false }), found);
    expect(real.findings.map(({ control }) => control)).toEqual(['sample-value']);
  });

  it('has a difference and a reissue side by side', () => {
    const lines = [
      { month: '2024-10', component: 'allowance', fen: fen(10000), kind: 'entitlement' as const },
    ];
    const open = { payment: '2024-10_R_GL-7Z3K9QX2M4BT-1', attempt: 2, lines, sendAgain: true };
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-11', 10000),
      open: [open],
    });
    expect(drafts(round, found).map(({ kind }) => kind)).toEqual(['difference', 'reissue']);
  });
});

describe('a quarter', () => {
  const book = bookOf(changedPack('110000', { payCycle: 'quarter' }));
  const quarter = manifest({
    jurisdiction: '110000',
    period: '2024-Q4',
    months: ['2024-10', '2024-11', '2024-12'],
  });

  it('pays its three months as one, and earlier ones as arrears', () => {
    const late = [fact('birth-date', '1944-09-20'), fact('application', '2024-12-05')];
    expect(lines(quarter, caseOf('110000', late, {}), book)).toEqual([
      ['2024-09', 10000, 'arrears', 'late-application'],
      ['2024-10', 10000, 'entitlement', undefined],
      ['2024-11', 10000, 'entitlement', undefined],
      ['2024-12', 10000, 'entitlement', undefined],
    ]);
  });

  it('is the same without a look at the past when nothing changed', () => {
    const looked = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-09', 10000),
      previousFen: fen(30000),
    });
    const { accrued: _none, ...unlooked } = looked;
    expect(one(quarter, unlooked, book)).toEqual(one(quarter, looked, book));
    expect(one(quarter, looked, book)).toMatchObject({ fen: 30000, movement: 'same' });
  });

  it('with a month on hold pays the other two, which is a change', () => {
    const { accrued: _none, ...found } = caseOf('110000', BEIJING, {
      previousFen: fen(30000),
      heldMonths: new Set(['2024-11']),
    });
    expect(one(quarter, found, book)).toMatchObject({ fen: 20000, movement: 'changed' });
  });

  it('in the middle of which the system began, pays no month before that, looked at or not', () => {
    const late = bookOf(changedPack('110000', { payCycle: 'quarter', historyFrom: '2024-11' }));
    const started = { ...quarter, historyFrom: '2024-11' };
    const looked = caseOf('110000', BEIJING, {});
    const { accrued: _none, ...unlooked } = looked;
    for (const found of [looked, unlooked])
      expect(lines(started, found, late).map(([month]) => month)).toEqual(['2024-11', '2024-12']);
  });
});
