// Goal: nobody judges what they filed, nothing is signed before publicity is over, and what is signed is what was read.
import { beforeAll, describe, expect, it } from 'vitest';
import { fen, sumFen } from '../../../domain/money.ts';
import {
  blocksOf,
  decideObjection,
  dropProject,
  objectTo,
  overrideBlock,
  publiciseProject,
  scoreProject,
  screenProject,
} from '../../../domain/venture/intake.ts';
import { foldProject, type Project, reachedBy } from '../../../domain/venture/project.ts';
import type { ProjectAct, ProjectActBody } from '../../../domain/venture/project-acts.ts';
import { draftContract, type Standing, signContract } from '../../../domain/venture/signing.ts';
import type { WorkingDays } from '../../../domain/working-days.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { call, filed, GIVEN, PASSED, PUBLIC, projectOf, scored } from './intake-samples.ts';

let days: WorkingDays;
beforeAll(async () => {
  days = await loadWorkingDays();
});
const codeOf = (done: { ok: boolean; error?: { code: string } } | undefined) =>
  done && !done.ok ? done.error?.code : done && 'done';

const NEW = projectOf(['an', filed()]);
const SCREENED = projectOf(['an', filed()], ['bo', PASSED]);
const CHOSEN = projectOf(['an', filed()], ['bo', PASSED], ['bo', GIVEN]);
const SHOWN = projectOf(['an', filed()], ['bo', PASSED], ['bo', GIVEN], ['an', PUBLIC]);

describe('who filed a project', () => {
  it.each<[string, (by: string) => ReturnType<typeof scoreProject>]>([
    ['screens it', (by) => screenProject(NEW, { outcome: 'passed' }, by)],
    ['scores it', (by) => scoreProject(SCREENED, { judge: 'P1', score: '80' }, call().rules, by)],
    [
      'overrides a block',
      (by) => overrideBlock(NEW, { block: 'double-support', reason: '理由', document: '文' }, by),
    ],
  ])('never %s; somebody else does', (_, act) => {
    expect(codeOf(act('an'))).toBe('forbidden/own-project');
    expect(codeOf(act('bo'))).toBe('done');
  });

  it('is everybody who ever filed it', () => {
    const twice = projectOf(
      ['an', filed()],
      ['bo', { kind: 'screened', outcome: 'returned', reason: '补正' }],
      ['cai', filed({ name: '改名' })],
    );
    for (const by of ['an', 'cai'])
      expect(codeOf(screenProject(twice, { outcome: 'passed' }, by))).toBe('forbidden/own-project');
  });
});

describe('the funnel', () => {
  it('goes step by step', () => {
    expect(codeOf(scoreProject(NEW, { judge: 'P1', score: '80' }, call().rules, 'bo'))).toBe(
      'conflict/project-stage',
    );
    expect(codeOf(screenProject(SCREENED, { outcome: 'passed' }, 'bo'))).toBe('conflict/project-stage');
    expect(codeOf(publiciseProject(SCREENED, PUBLIC, 5, days))).toBe('conflict/project-stage');
    expect(codeOf(draftContract(CHOSEN, call(), {}, sha256Hex))).toBe('conflict/project-stage');
    expect(codeOf(objectTo(CHOSEN, { reference: '信访1号', reason: '重复' }))).toBe('conflict/project-stage');
  });

  it('is left with a reason, and how far it came stays known', () => {
    expect(codeOf(screenProject(NEW, { outcome: 'rejected' }, 'bo'))).toBe('invalid/reason');
    const gone = projectOf(
      ['an', filed()],
      ['bo', PASSED],
      ['bo', GIVEN],
      ['an', { kind: 'dropped', reason: '退出' }],
    );
    expect([gone.stage, reachedBy(gone)]).toEqual(['dropped', 'shortlisted']);
    expect(dropProject(gone, '再退出')).toBeUndefined();
    expect(codeOf(scoreProject(gone, { judge: 'P1', score: '80' }, call().rules, 'bo'))).toBe(
      'conflict/project-stage',
    );
  });

  it('takes one score of each judge, which does not change by itself', () => {
    const once = projectOf(['an', filed()], ['bo', PASSED], ['bo', scored('P1', '80')]);
    expect(scoreProject(once, { judge: 'P1', score: '80' }, call().rules, 'cai')).toBeUndefined();
    expect(codeOf(scoreProject(once, { judge: 'P1', score: '81' }, call().rules, 'bo'))).toBe(
      'conflict/scored-before',
    );
    expect(codeOf(scoreProject(once, { judge: 'P2', score: '81' }, call().rules, 'bo'))).toBe('done');
  });

  it('takes a mistyped score again from another person with a reason, and counts the last of each judge', () => {
    const first = projectOf(
      ['an', filed()],
      ['bo', PASSED],
      ['bo', scored('P1', '78')],
      ['bo', scored('P2', '90')],
    );
    const mended = (by: string, found = first, score = '88') =>
      scoreProject(found, { judge: 'P1', score, correction: '录入有误，评分表为88分' }, call().rules, by);
    expect(codeOf(mended('bo'))).toBe('forbidden/own-score');
    expect(codeOf(mended('an'))).toBe('forbidden/own-project');
    expect(codeOf(mended('cai', first, '188'))).toBe('invalid/score');
    const act = mended('cai');
    if (!act?.ok) throw new Error('the correction is refused');
    const found = projectOf(
      ['an', filed()],
      ['bo', PASSED],
      ['bo', scored('P1', '78')],
      ['bo', scored('P2', '90')],
      ['cai', act.value],
    );
    expect(found.scores.map(({ judge, score, correction }) => [judge, score, correction])).toEqual([
      ['P2', '90', undefined],
      ['P1', '88', '录入有误，评分表为88分'],
    ]);
    expect(mended('cai', found)).toBeUndefined();
    const unheard = scoreProject(
      SCREENED,
      { judge: 'P9', score: '80', correction: '无' },
      call().rules,
      'cai',
    );
    expect(codeOf(unheard)).toBe('conflict/nothing-to-correct');
  });

  it('takes no score that the rules of the call do not admit', () => {
    const give = (score: string) => scoreProject(SCREENED, { judge: 'P1', score }, call().rules, 'bo');
    for (const score of ['101', '100.5', '999']) expect(codeOf(give(score))).toBe('invalid/score');
    for (const score of ['0', '84.5', '100']) expect(codeOf(give(score))).toBe('done');
  });

  it('knows of other government money until another person lifts it', () => {
    const other = filed({ otherGovernmentMoney: true });
    expect(blocksOf(projectOf(['an', other]), 'blocked')).toEqual(['other-government-money']);
    expect(blocksOf(projectOf(['an', other]), 'allowed')).toEqual([]);
    const lift = {
      kind: 'overridden',
      block: 'other-government-money',
      reason: '另案',
      document: '文',
    } as const;
    expect(blocksOf(projectOf(['an', other], ['bo', lift]), 'blocked')).toEqual([]);
  });
});

describe('publicity', () => {
  // 2026-02-15 to 02-23 is the Spring Festival; Saturdays 02-14 and 02-28 are worked.
  it.each([
    ['2026-03-02', '2026-03-09', 'done'],
    ['2026-03-02', '2026-03-08', 'invalid/publicity'],
    ['2026-02-13', '2026-02-26', 'invalid/publicity'],
    ['2026-02-13', '2026-02-27', 'done'],
    ['2026-03-09', '2026-03-02', 'invalid/publicity'],
  ])('from %s to %s: %s', (from, to, expected) => {
    expect(codeOf(publiciseProject(CHOSEN, { from, to, document: '告1号' }, 5, days))).toBe(expected);
  });
  it('of a year whose holidays nobody knows is refused, not guessed', () => {
    const wish = { from: '2031-03-02', to: '2031-03-20', document: '告1号' };
    expect(codeOf(publiciseProject(CHOSEN, wish, 5, days))).toBe('missing/calendar-year');
  });
});

describe('the contract', () => {
  const draftOf = (found: Project, terms = {}) => {
    const done = draftContract(found, call(), terms, sha256Hex);
    if (!done?.ok || done.value.kind !== 'contract-drafted') throw new Error('not drafted');
    return done.value;
  };
  const drafted = (...more: (readonly [string, ProjectActBody])[]) =>
    projectOf(
      ['an', filed()],
      ['bo', PASSED],
      ['bo', GIVEN],
      ['an', PUBLIC],
      ['cai', draftOf(SHOWN)],
      ...more,
    );
  const GOOD: Standing = { status: 'normal', ban: undefined, hasAccount: true, allotted: fen(8_000_00) };
  const sign = (
    found: Project,
    {
      by = 'bo',
      today = '2026-03-03',
      signedOn = today,
      hash = draftOf(SHOWN).hash,
      ...standing
    }: Partial<Standing & { by: string; today: string; signedOn: string; hash: string }> = {},
  ) => signContract(found, { hash, document: '协1号', signedOn }, { ...GOOD, ...standing }, by, today);

  it('is the grant given, in the tranches of the place, with its rules by value', () => {
    const { contract } = draftOf(SHOWN);
    expect(contract.tranches.map(({ share, fen: amount }) => [share, amount])).toEqual([
      ['50', 4_000_00],
      ['40', 3_200_00],
      ['10', 800_00],
    ]);
    expect(sumFen(contract.tranches.map((tranche) => tranche.fen))).toBe(contract.grant);
    expect(contract.rules).toEqual(call().rules);
    expect(draftContract(drafted(), call(), {}, sha256Hex)).toBeUndefined();
    expect(draftOf(drafted(), { serviceHours: 120 }).hash).not.toBe(draftOf(SHOWN).hash);
  });

  it('is signed by another person than who filed or drafted it, for the draft that was read', () => {
    const signed = sign(drafted());
    expect(codeOf(signed)).toBe('done');
    if (!signed?.ok) throw new Error('not signed');
    expect(sign(drafted(['bo', signed.value]))).toBeUndefined();
    expect(codeOf(sign(drafted(), { by: 'an' }))).toBe('forbidden/own-project');
    expect(codeOf(sign(drafted(), { by: 'cai' }))).toBe('forbidden/same-person');
    const anew = drafted(['du', draftOf(drafted(), { serviceHours: 120 })]);
    expect(codeOf(sign(anew))).toBe('conflict/stale-contract');
    expect(codeOf(sign(anew, { by: 'cai' }))).toBe('conflict/stale-contract');
  });

  it('is signed after the last day of publicity, and not with a date to come', () => {
    expect(codeOf(sign(drafted(), { today: '2026-03-02' }))).toBe('policy/publicity-open');
    expect(codeOf(sign(drafted(), { signedOn: '2026-03-02' }))).toBe('policy/publicity-open');
    expect(codeOf(sign(drafted(), { signedOn: '2026-03-04' }))).toBe('invalid/signing-date');
  });

  it.each<[string, Partial<Standing>, string]>([
    ['whose standing nobody looked up', { status: undefined }, 'missing/organisation-status'],
    ['that is listed', { status: 'abnormal' }, 'policy/organisation-status'],
    [
      'that is banned',
      { ban: { from: '2026-01-01', until: '2026-12-31', reason: '', document: '', by: '', at: '' } },
      'policy/banned',
    ],
    ['without a corporate account', { hasAccount: false }, 'missing/account'],
    ['whose grant was given back', { allotted: undefined }, 'conflict/not-allotted'],
  ])('is not signed with an organisation %s', (_, standing, code) => {
    expect(codeOf(sign(drafted(), standing))).toBe(code);
  });

  it('waits for objections, which another person decides, and falls with one that is upheld', () => {
    const objected = { kind: 'objected', number: 1, reference: '信访1号', reason: '重复申报' } as const;
    const open = drafted(['cai', objected]);
    expect(codeOf(sign(open))).toBe('conflict/objection-open');
    const wish = { number: 1, upheld: false, reason: '不属实' };
    expect(codeOf(decideObjection(open, wish, 'cai'))).toBe('forbidden/same-person');
    expect(codeOf(decideObjection(open, wish, 'an'))).toBe('forbidden/own-project');
    expect(codeOf(decideObjection(open, { ...wish, number: 2 }, 'bo'))).toBe('missing/objection');
    const dismissed = drafted(['cai', objected], ['bo', { kind: 'objection-decided', ...wish }]);
    expect(codeOf(sign(dismissed))).toBe('done');
    expect(codeOf(decideObjection(dismissed, wish, 'bo'))).toBe('conflict/objection-decided');
    const upheld = drafted(['cai', objected], ['bo', { kind: 'objection-decided', ...wish, upheld: true }]);
    expect(codeOf(sign(upheld))).toBe('policy/objection-upheld');
  });
});

it('a project is told from its acts in their order, and from no others', () => {
  const act = (sequence: number, body: ProjectActBody) =>
    ({ ...body, project: 'PR0JECT00001', sequence, at: '2026-02-01T00:00:00.000Z', by: 'bo' }) as ProjectAct;
  expect(foldProject([])).toBeUndefined();
  expect(foldProject([act(1, filed()), act(2, PASSED)])?.stage).toBe('screened');
  expect(() => foldProject([act(1, PASSED)])).toThrow('out of order');
  expect(() => foldProject([act(1, filed()), act(3, PASSED)])).toThrow('out of order');
});
