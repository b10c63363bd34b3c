import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyCaseAct,
  CASE_ID,
  type Case,
  type CaseAct,
  type CaseActBody,
  type CaseSource,
  caseIdOf,
  caseState,
  foldCase,
  sourcesOf,
} from '../../../domain/matching/case.ts';
import {
  assignCase,
  type CaseWish,
  decideCase,
  noticeCase,
  placeSource,
  verifyCase,
} from '../../../domain/matching/case-commands.ts';
import { caseDue } from '../../../domain/matching/case-deadline.ts';
import {
  actionFor,
  CASE_KINDS,
  concerns,
  detailCode,
  KIND_NOTES,
  kindNames,
  MATCHING_KINDS,
  strongestDeathSource,
} from '../../../domain/matching/list-kinds.ts';
import type { Result } from '../../../domain/result.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';

const ENROLMENT = 'GL-7Z3K9QX2M4BT-1';
const MATCH: CaseSource = {
  type: 'match',
  list: 'im-1',
  source: 'prison',
  listDate: '2026-11-01',
  finding: 'F1',
};
const TODAY = '2026-11-22';

function opened(source: CaseSource = MATCH, number = 1, by = 'system'): Case {
  const act: CaseAct = {
    kind: 'opened',
    caseId: caseIdOf(ENROLMENT, 'prison', number),
    jurisdiction: '110199',
    programme: 'high-age',
    enrolment: ENROLMENT,
    about: 'prison',
    street: '110199001',
    hold: false,
    source,
    sequence: 1,
    at: '2026-11-02T02:00:00.000Z',
    by,
  };
  return applyCaseAct(undefined, act);
}
let instants = 0;
function after(before: Case, body: CaseActBody, by = 'staff-1'): Case {
  instants += 1;
  const at = new Date(Date.parse('2026-11-03T02:00:00.000Z') + instants).toISOString();
  return applyCaseAct(before, {
    ...body,
    caseId: before.caseId,
    sequence: before.sequence + 1,
    at,
    by,
  });
}
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
const VERIFIED = { kind: 'verified', finding: 'confirmed', evidence: '核查1号', note: '属实' } as const;
const NOTICED = { kind: 'noticed', document: '告1号', deliveredOn: TODAY, way: 'in-person' } as const;
const wish = (outcome: CaseWish['outcome'], more: Partial<CaseWish> = {}): CaseWish => ({
  outcome,
  document: '决1号',
  reason: '核查属实',
  ...(outcome === 'stop' && { from: '2026-12' }),
  ...more,
});
const decided = (before: Case, outcome: CaseWish['outcome'] = 'continue'): Case =>
  after(after(before, { kind: 'decided', ...wish(outcome) }, 'staff-9'), { kind: 'applied' }, 'system');

describe('a case', () => {
  it('has an id that says what it is about, and nothing else is one', () => {
    for (const kind of CASE_KINDS) expect(caseIdOf(ENROLMENT, kind, 12)).toMatch(CASE_ID);
    for (const text of [
      `${ENROLMENT}.prison.0`,
      `${ENROLMENT}.prison`,
      'x.prison.1',
      `${ENROLMENT}.Prison.1`,
    ])
      expect(text).not.toMatch(CASE_ID);
  });

  it('goes from the street through the notice to a decision by somebody else', () => {
    const fresh = opened();
    expect(caseState(fresh)).toBe('assigned');
    expect(codeOf(assignCase(fresh, '110199001'))).toBe('conflict/case-assigned');
    const moved = after(fresh, { kind: 'assigned', street: '110199002' });
    expect(moved.street).toBe('110199002');
    const verified = after(moved, VERIFIED, 'staff-street');
    const noticed = after(verified, NOTICED);
    expect([verified, noticed].map(caseState)).toEqual(['verified', 'noticed']);
    expect(codeOf(verifyCase(verified, VERIFIED))).toBe('conflict/case-state');
    expect(codeOf(assignCase(verified, '110199003'))).toBe('conflict/case-state');
    expect(codeOf(noticeCase(fresh, NOTICED, TODAY))).toBe('conflict/case-state');
    expect(codeOf(noticeCase(verified, { ...NOTICED, deliveredOn: '2026-11-23' }, TODAY))).toBe(
      'invalid/date-future',
    );
    expect(codeOf(decideCase(noticed, wish('stop'), 'staff-street', TODAY))).toBe('forbidden/same-person');
    const stopped = decideCase(noticed, wish('stop'), 'staff-9', TODAY);
    expect(stopped).toMatchObject({ ok: true, value: { kind: 'decided', from: '2026-12' } });
    const deciding = after(noticed, { kind: 'decided', ...wish('stop') }, 'staff-9');
    expect(caseState(deciding)).toBe('deciding');
    expect(codeOf(decideCase(deciding, wish('continue'), 'staff-8', TODAY))).toBe('conflict/case-state');
    expect(caseState(after(deciding, { kind: 'applied' }, 'system'))).toBe('closed');
  });

  it.each([
    ['assigned', { stop: false, change: false, continue: false, dismiss: true }],
    ['verified', { stop: false, change: false, continue: true, dismiss: true }],
    ['noticed', { stop: true, change: true, continue: true, dismiss: true }],
  ] as const)('%s: which decisions there may be', (state, allowed) => {
    const fresh = opened();
    const verified = after(fresh, VERIFIED, 'staff-street');
    const found = { assigned: fresh, verified, noticed: after(verified, NOTICED) }[state];
    for (const [outcome, may] of Object.entries(allowed))
      expect([
        outcome,
        codeOf(decideCase(found, wish(outcome as CaseWish['outcome']), 'staff-9', TODAY)),
      ]).toEqual([outcome, may ? 'ok' : 'conflict/case-state']);
  });

  it('what holds money is not set aside by one person alone: somebody else verifies first', () => {
    const holding = after(opened(), { kind: 'added', hold: true, source: MATCH });
    const byHand = { ...opened({ type: 'staff-doubt', reason: '走访发现' }, 1, 'staff-1'), hold: true };
    for (const found of [holding, byHand])
      expect(codeOf(decideCase(found, wish('dismiss'), 'staff-9', TODAY))).toBe('conflict/case-state');
    const verified = after(holding, { ...VERIFIED, finding: 'not-confirmed' }, 'staff-street');
    expect(codeOf(decideCase(verified, wish('dismiss'), 'staff-street', TODAY))).toBe(
      'forbidden/same-person',
    );
    expect(codeOf(decideCase(verified, wish('dismiss'), 'staff-9', TODAY))).toBe('ok');
  });

  it('a month goes with a stop and with nothing else; who reported it by hand does not decide', () => {
    const noticed = after(after(opened(), VERIFIED, 'staff-street'), NOTICED);
    const { from: _, ...without } = wish('stop');
    expect(codeOf(decideCase(noticed, without, 'staff-9', TODAY))).toBe('invalid/case-month');
    expect(codeOf(decideCase(noticed, wish('continue', { from: '2026-12' }), 'staff-9', TODAY))).toBe(
      'invalid/case-month',
    );
    // A year too many would let the money go on for that year: the hold ends with the decision.
    const from = (month: string) =>
      codeOf(decideCase(noticed, wish('stop', { from: month }), 'staff-9', TODAY));
    expect([from('2027-11'), from('2027-12')]).toEqual(['ok', 'invalid/case-month']);
    const report: CaseSource = { type: 'staff-doubt', reason: '走访发现' };
    const byHand = opened(report, 1, 'staff-9');
    expect(codeOf(decideCase(byHand, wish('dismiss'), 'staff-9', TODAY))).toBe('forbidden/same-person');
    // Whoever brought the list in only carried what others know.
    expect(codeOf(decideCase(opened(MATCH, 1, 'staff-9'), wish('dismiss'), 'staff-9', TODAY))).toBe('ok');
  });

  it('a task becomes a hold when a later source asks for it, and never the other way', () => {
    const later: CaseSource = { type: 'staff-doubt', reason: '走访发现' };
    const held = after(opened(), { kind: 'added', hold: true, source: later });
    expect(held.hold).toBe(true);
    expect(after(held, { kind: 'added', hold: false, source: later }).hold).toBe(true);
  });
});

describe('another list', () => {
  const next = (more: Partial<Extract<CaseSource, { type: 'match' }>>): CaseSource => ({
    ...MATCH,
    list: 'im-2',
    ...more,
  });
  const placed = (cases: readonly Case[], source: CaseSource) => placeSource(cases, source).to;

  it('opens the first case, adds to the open one, and says nothing twice', () => {
    expect(placed([], MATCH)).toBe('new');
    expect(placed([opened()], MATCH)).toBe('known');
    expect(placed([opened()], next({}))).toBe('known');
    expect(placed([opened()], next({ listDate: '2026-12-01' }))).toBe('open');
    expect(placed([opened()], next({ finding: 'F2' }))).toBe('open');
  });

  it('after the decision: the same day and the same finding within a year are known; another finding is a new case', () => {
    const done = decided(after(opened(), VERIFIED, 'staff-street'));
    expect(placed([done], next({}))).toBe('known');
    expect(placed([done], next({ listDate: '2026-12-01' }))).toBe('known');
    expect(placed([done], next({ listDate: '2027-10-31' }))).toBe('known');
    expect(placed([done], next({ listDate: '2027-11-01' }))).toBe('new');
    expect(placed([done], next({ listDate: '2026-12-01', finding: 'F2' }))).toBe('new');
    const stopped = decided(after(after(opened(), VERIFIED, 'staff-street'), NOTICED), 'stop');
    expect(placed([stopped], next({ listDate: '2026-12-01' }))).toBe('new');
  });

  it('what is said once a decision was taken is in a case of its own, also before it is carried out', () => {
    const deciding = after(after(opened(), VERIFIED, 'staff-street'), {
      kind: 'decided',
      ...wish('continue'),
    });
    expect(caseState(deciding)).toBe('deciding');
    expect(placed([deciding], { type: 'staff-doubt', reason: '走访发现' })).toBe('new');
    expect(placed([deciding], next({ listDate: '2026-12-01', finding: 'F2' }))).toBe('new');
    expect(placed([deciding], next({ listDate: '2026-12-01' }))).toBe('known');
  });

  it('reports of people are never known: they add or open', () => {
    const report: CaseSource = { type: 'public-report', reference: '举报1号', reason: '有车' };
    expect(placed([], report)).toBe('new');
    expect(placed([opened()], report)).toBe('open');
    expect(placed([decided(opened(), 'dismiss')], report)).toBe('new');
  });

  const listed = fc.record({
    list: fc.constantFrom('im-1', 'im-2', 'im-3', 'im-4'),
    listDate: fc.constantFrom('2026-10-01', '2026-11-01', '2026-12-01'),
    finding: fc.constantFrom('F1', 'F2'),
    closes: fc.boolean(),
  });
  it('whatever comes, in any order and repeated: at most one case is open, no list is in two, none twice', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 14 }), (words) => {
        let cases: readonly Case[] = [];
        for (const { list, listDate, finding, closes } of words) {
          const source: CaseSource = { type: 'match', list, source: 'prison', listDate, finding };
          const { to, last } = placeSource(cases, source);
          if (to === 'new') cases = [...cases, opened(source, cases.length + 1)];
          if (to === 'open' && last)
            cases = [...cases.slice(0, -1), after(last, { kind: 'added', hold: false, source })];
          const now = cases.at(-1);
          if (closes && now && caseState(now) !== 'closed')
            cases = [...cases.slice(0, -1), decided(now, 'dismiss')];
          expect(cases.filter((one) => caseState(one) !== 'closed').length).toBeLessThanOrEqual(1);
          const lists = cases.flatMap(sourcesOf).map((one) => (one.type === 'match' ? one.list : ''));
          expect(new Set(lists).size).toBe(lists.length);
        }
      }),
    );
  });

  it('is told by its acts alone', () => {
    expect(foldCase([])).toBeUndefined();
    const act = { ...opened().opened };
    expect(() => foldCase([act, act])).toThrow('was opened twice');
    expect(() => foldCase([act, { ...act, kind: 'applied', sequence: 3 }])).toThrow('out of order');
  });
});

describe('kinds of lists', () => {
  it('say what they are, what policy does, and whom they concern', () => {
    for (const kind of MATCHING_KINDS) {
      expect(KIND_NOTES[kind].basis.length, kind).toBeGreaterThan(5);
      expect(actionFor(kind, undefined)).toBe('task');
      expect(concerns(kind, { amountBasis: 'decision' })).toBe(true);
    }
    expect(actionFor('prison', { prison: 'inform' })).toBe('inform');
    expect([actionFor('public-report', undefined), actionFor('staff-doubt', {})]).toEqual(['hold', 'hold']);
    expect(concerns('vehicle', { amountBasis: 'rule' })).toBe(false);
    expect(concerns('prison', { amountBasis: 'rule' })).toBe(true);
    expect(concerns('deaths', { amountBasis: 'decision', paidBy: 'grants' })).toBe(true);
    expect(concerns('vehicle', { amountBasis: 'decision', paidBy: 'grants' })).toBe(false);
    expect(kindNames('public-report').zh).toBe('群众举报');
  });

  it('of a death, who says it most surely', () => {
    expect(strongestDeathSource(['list:社保丧葬费', 'list:殡葬服务机构', 'list:health'])).toBe('funeral');
    expect(strongestDeathSource(['list:health', 'list:区公安分局'])).toBe('police');
    expect(strongestDeathSource(['list:social-insurance', 'list:区卫健委'])).toBe('health');
    expect(strongestDeathSource(['death-sheet'])).toBeUndefined();
  });

  it('keep a code of what a row says and never its words', () => {
    expect(detailCode('certificate', '过期')).toBe('expired');
    expect(detailCode('certificate', '残疾人证已注销')).toBe('cancelled');
    expect(detailCode('certificate', '张三的证')).toBe('other');
    expect(detailCode('vehicle', '京A00000')).toBe('other');
    expect(detailCode('vehicle', undefined)).toBe('');
    expect(detailCode('prison', 'constructor')).toBe('other');
  });
});

it('a step is due after so many working days; not where the calendar ends, and never once it is closed', async () => {
  const days = await loadWorkingDays();
  const deadlines = { verify: 5, notice: 3, decide: 10 };
  // 1–8 October 2026 are holidays but for the worked weekend.
  expect(caseDue('assigned', '2026-11-02', deadlines, days)).toBe('2026-11-09');
  expect(caseDue('verified', '2026-11-06', deadlines, days)).toBe('2026-11-11');
  expect(caseDue('noticed', '2026-09-25', deadlines, days)! > '2026-10-09').toBe(true);
  expect(caseDue('deciding', '2200-01-03', deadlines, days)).toBeUndefined();
  expect(caseDue('closed', '2026-11-02', deadlines, days)).toBeUndefined();
});
