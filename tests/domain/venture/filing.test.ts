// Goal: what cannot be granted as filed comes back with every reason at once; what was filed may be mended until somebody has judged it.
import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { readBudgetCell } from '../../../domain/register/project-columns.ts';
import { openCall } from '../../../domain/venture/call.ts';
import { fileProject } from '../../../domain/venture/filing.ts';
import { readOrganisation } from '../../../domain/venture/organisation.ts';
import type { Project } from '../../../domain/venture/project.ts';
import type { Application } from '../../../domain/venture/project-acts.ts';
import { rulesFor } from '../programmes/venture-fund/samples.ts';
import { application, call, codeOf, filed, PASSED, projectOf } from './intake-samples.ts';

const FILED = { filedOn: '2026-01-20', source: 'counter' } as const;
const codesOf = (changes: Partial<Application>, found?: Project, more: object = {}): string[] => {
  const done = fileProject(found, { call: call(), application: application(changes), ...FILED, ...more });
  return !done || done.ok ? [] : done.error.map(({ code }) => code);
};

describe('an application', () => {
  it('that nothing is wrong with is filed', () => {
    const done = fileProject(undefined, { call: call(), application: application(), ...FILED });
    expect(done).toMatchObject({ ok: true, value: { kind: 'filed', callId: '2026-1', source: 'counter' } });
  });

  it.each<[string, Partial<Application>, string[]]>([
    ['of a kind that the call does not admit', { organisationKind: 'company' }, ['policy/applicant-kind']],
    ['whose lines do not make its budget', { budget: fen(10_000_01) }, ['invalid/budget-sum']],
    [
      'with a category over its cap',
      {
        lines: [
          { category: 'activities', item: '物料', fen: fen(5_999_99) },
          { category: 'personnel', item: '讲师', fen: fen(4_000_01) },
        ],
      },
      ['policy/budget-line'],
    ],
    [
      'with a line that is never paid',
      { lines: [{ category: 'activities', item: '笔记本电脑', fen: fen(10_000_00) }] },
      ['policy/budget-line'],
    ],
    ['too short', { to: '2026-08-30' }, ['limit/project-too-short']],
    ['that asks for more than is lacking', { asked: fen(8_000_01) }, ['limit/grant-over-cap']],
    ['that lacks nothing', { ownFunds: fen(10_000_00) }, ['limit/nothing-lacking']],
    ['with a track where there is none', { track: 'A' }, ['invalid/track']],
  ])('%s comes back', (_, changes, codes) => {
    expect(codesOf(changes)).toEqual(codes);
  });

  it('hears of everything that is wrong with it, not only of the first thing', () => {
    expect(codesOf({ organisationKind: 'company', budget: fen(10_000_01), to: '2026-08-30' })).toEqual([
      'policy/applicant-kind',
      'invalid/budget-sum',
      'limit/project-too-short',
    ]);
  });

  it('is in time on the first and on the last day, and on no other', () => {
    for (const [filedOn, codes] of [
      ['2026-01-04', ['policy/call-closed']],
      ['2026-01-05', []],
      ['2026-01-31', []],
      ['2026-02-01', ['policy/call-closed']],
    ] as const)
      expect([filedOn, codesOf({}, undefined, { filedOn })]).toEqual([filedOn, codes]);
  });

  it('of a banned organisation comes back', () => {
    const ban = { from: '2025-01-01', until: '2027-12-31', reason: '违约', document: '示民罚1号' };
    expect(codesOf({}, undefined, { ban: { ...ban, by: 'x', at: '' } })).toEqual(['policy/banned']);
  });

  it('of an unregistered group needs a place that lets sponsors apply', () => {
    const group = { organisationKind: 'unregistered', sponsoredGroup: '邻里互助队' } as const;
    expect(codesOf(group)).toEqual([]);
    const strict = call({}, { applicants: { kinds: ['association'], sponsorForUnregistered: false } });
    expect(codesOf(group, undefined, { call: strict })).toEqual(['policy/applicant-kind']);
  });

  it('names one of the tracks where the call has some', () => {
    const tracks = { call: call({ tracks: ['A类', 'B类'] }) };
    expect(codesOf({ track: 'A类' }, undefined, tracks)).toEqual([]);
    expect(codesOf({ track: 'C类' }, undefined, tracks)).toEqual(['invalid/track']);
    expect(codesOf({}, undefined, tracks)).toEqual(['invalid/track']);
  });
});

describe('filed again', () => {
  const first = projectOf(['an', filed()]);
  const again = (found: Project, changes: Partial<Application>, filedOn = '2026-01-20') =>
    fileProject(found, { call: call(), application: application(changes), filedOn, source: 'import:im-2' });

  it('with the same content changes nothing, whenever it comes', () => {
    expect(again(first, {})).toBeUndefined();
    expect(again(first, {}, '2027-01-01')).toBeUndefined();
    expect(again(projectOf(['an', filed()], ['bo', PASSED]), {})).toBeUndefined();
  });

  it('with other content replaces it until it is screened', () => {
    expect(again(first, { name: '银龄相伴' })).toMatchObject({ ok: true });
    expect(again(projectOf(['an', filed()], ['bo', PASSED]), { name: '银龄相伴' })).toMatchObject({
      error: [{ code: 'conflict/project-stage' }],
    });
  });

  it('after it was returned is taken when the call has closed, also as it was', () => {
    const returned = projectOf(
      ['an', filed()],
      ['bo', { kind: 'screened', outcome: 'returned', reason: '补正' }],
    );
    expect(again(returned, {}, '2026-02-20')).toMatchObject({ ok: true });
    const after = projectOf(
      ['an', filed()],
      ['bo', { kind: 'screened', outcome: 'returned', reason: '补正' }],
      ['cai', filed({ name: '银龄相伴' })],
    );
    expect(after).toMatchObject({
      stage: 'filed',
      filedBy: ['an', 'cai'],
      application: { name: '银龄相伴' },
    });
  });
});

describe('a call', () => {
  const wish = {
    year: '2026',
    number: 2,
    title: '第二届',
    document: '示民〔2026〕3号',
    from: '2026-02-01',
    to: '2026-02-28',
    pool: fen(100_00),
    tracks: [],
  };
  const stamp = { jurisdiction: '110199', openedOn: '2026-01-20', by: 'an', at: '2026-01-20T00:00:00.000Z' };
  const rules = rulesFor('110199', '2026-01-05');

  it('takes the kinds that the place admits, and no others', () => {
    const all = openCall(wish, rules, undefined, stamp);
    expect(all).toMatchObject({ ok: true, value: { callId: '2026-2', kinds: rules.applicants?.kinds } });
    expect(openCall({ ...wish, kinds: ['company'] }, rules, undefined, stamp)).toMatchObject({
      error: { code: 'invalid/call-kinds' },
    });
  });

  it('has days in their order and a pool within what the place sets aside', () => {
    expect(openCall({ ...wish, to: '2026-01-31' }, rules, undefined, stamp)).toMatchObject({
      error: { code: 'invalid/call-window' },
    });
    expect(openCall(wish, rules, fen(99_99), stamp)).toMatchObject({ error: { code: 'limit/call-pool' } });
    expect(openCall(wish, rules, fen(100_00), stamp).ok).toBe(true);
  });
});

describe('an organisation', () => {
  it.each([
    ['52110199MJ901001X0', 'social-service'],
    ['51110199mj90100283', 'association'],
    ['91350100M000100Y43', 'company'],
    [codeOf(1, '54'), 'village-committee'],
    [codeOf(1, 'N1'), 'village-committee'],
    [codeOf(1, '12'), 'public-institution'],
  ])('%s is told by its code', (code, kind) => {
    expect(readOrganisation(code)).toMatchObject({ ok: true, value: { code: code.toUpperCase(), kind } });
  });
  it.each([
    ['91350100M000100Y4Z', 'invalid/organisation-code'],
    ['91350100M000100Y44', 'invalid/organisation-code-check'],
    ['52330203MJ90100200', 'invalid/organisation-code-check'],
    [codeOf(1, '11'), 'invalid/organisation-kind'],
  ])('%s is none', (code, refused) => {
    expect(readOrganisation(code)).toMatchObject({ ok: false, error: { code: refused } });
  });
});

describe('the cell of budget lines', () => {
  it('has a category, what for, and an amount', () => {
    expect(readBudgetCell('业务活动费-场地布置：6000；志愿者补贴:1200.50元;\n')).toEqual([
      { category: '业务活动费', item: '场地布置', yuan: '6000.00' },
      { category: '志愿者补贴', item: '志愿者补贴', yuan: '1200.50' },
    ]);
  });
  it.each(['', '业务活动费', '业务活动费：六千', '业务活动费：1,200', '业务活动费：1.234', '：12'])(
    'is not "%s"',
    (cell) => {
      expect(readBudgetCell(cell)).toBeUndefined();
    },
  );
});
