import { describe, expect, it } from 'vitest';
import { available, type Budget, reserve } from '../../../domain/budget/budget.ts';
import { lateInYear, tooEarly, yearIsOver } from '../../../domain/budget/fiscal-year.ts';
import { type LineRequest, recordLineAct, setLines } from '../../../domain/budget/line-acts.ts';
import { countedOf, recipientsOf } from '../../../domain/budget/recipients.ts';
import { fen } from '../../../domain/money.ts';
import type { Result } from '../../../domain/result.ts';

const EMPTY: Budget = {
  jurisdiction: '110199',
  programme: 'high-age',
  fiscalYear: '2026',
  lines: [],
  runs: {},
};
const request = (change: Partial<LineRequest> = {}): LineRequest => ({
  id: 'act-1',
  kind: 'allocated',
  line: '2026-0815',
  fen: fen(1000),
  on: '2026-03-02',
  document: '财社〔2026〕12号',
  by: 'finance-1',
  at: '2026-03-03T02:00:00.000Z',
  level: 'district',
  fund: 'general',
  ...change,
});
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.en}`);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

describe('an act on a line', () => {
  const budget = must(recordLineAct(EMPTY, request()));

  it('is recorded once under its id; the same id with other content is refused', () => {
    expect(must(recordLineAct(budget, request({ at: '2026-03-04T02:00:00.000Z' })))).toBe(budget);
    for (const other of [{ fen: fen(1001) }, { by: 'finance-2' }, { on: '2026-03-03' }, { line: 'other' }])
      expect(codeOf(recordLineAct(budget, request(other)))).toBe('conflict/budget-act');
  });

  it('never goes below what is used, and never changes what a line is', () => {
    const used = must(reserve(budget, 'run', fen(700)));
    const less = (amount: number) =>
      recordLineAct(used, request({ id: 'b', kind: 'withdrawn', fen: fen(amount) }));
    expect(available(must(less(300)))).toEqual({ '2026-0815': 0 });
    expect(codeOf(less(301))).toBe('conflict/budget-in-use');
    expect(codeOf(recordLineAct(used, request({ id: 'b', fund: 'lottery' })))).toBe(
      'conflict/budget-line-differs',
    );
    const coded = must(recordLineAct(used, request({ id: 'b', functional: '2081002' })));
    expect(coded.lines[0]).toMatchObject({ functional: '2081002', appropriated: 2000 });
    const other = request({ id: 'c', functional: '2081006' });
    expect(codeOf(recordLineAct(coded, other))).toBe('conflict/budget-line-differs');
  });

  it('is not dated after the day on which it is recorded: next year is not allocated before its time', () => {
    const ahead = request({ on: '2026-03-04', at: '2026-03-03T15:59:59.000Z' });
    expect(codeOf(recordLineAct(EMPTY, ahead))).toBe('invalid/date-in-future');
    expect(codeOf(recordLineAct(EMPTY, { ...ahead, at: '2026-03-03T16:00:00.000Z' }))).toBe('ok');
    const next = { ...EMPTY, fiscalYear: '2027' };
    expect(codeOf(recordLineAct(next, request({ on: '2026-09-01' })))).toBe('invalid/date-in-future');
  });

  it('takes its sign from its kind, and is never of nothing', () => {
    for (const change of [{ fen: fen(0) }, { fen: fen(-1) }, { kind: 'withdrawn', fen: fen(-1) } as const])
      expect(codeOf(recordLineAct(budget, request({ id: 'b', ...change })))).toBe('invalid/amount');
    const down = must(recordLineAct(budget, request({ id: 'b', kind: 'adjusted', fen: fen(-1) })));
    expect(down.lines[0]?.appropriated).toBe(999);
  });
});

describe('a list of lines', () => {
  const stamp = { id: 'set-1', on: '2026-03-02', by: 'finance-1', at: '2026-03-03T02:00:00.000Z' };

  it('records each difference as an act, and nothing when nothing differs', () => {
    const budget = must(recordLineAct(EMPTY, request()));
    const [line] = budget.lines;
    const next = must(setLines(budget, [{ ...line!, appropriated: fen(400), functional: '2081002' }], stamp));
    expect(next.acts?.slice(1)).toEqual([
      { ...stamp, id: 'set-1:2026-0815', kind: 'set', line: '2026-0815', fen: -600 },
    ]);
    expect(next.lines[0]).toMatchObject({ document: '财社〔2026〕12号', functional: '2081002' });
    expect(must(setLines(next, next.lines, { ...stamp, id: 'set-2' })).acts).toEqual(next.acts);
    expect(must(setLines(next, [], stamp)).acts?.at(-1)?.fen).toBe(-400);
  });

  it('leaves carried-over lines where and what they are', () => {
    const carried = { fiscalYear: '2025', line: 'a' };
    const kept = {
      line: 'a-JZ',
      level: 'city',
      fund: 'general',
      appropriated: fen(5),
      carriedFrom: carried,
    } as const;
    const own = { line: 'b', level: 'city', fund: 'general', appropriated: fen(7) } as const;
    const budget: Budget = { ...EMPTY, lines: [kept] };
    expect(must(setLines(budget, [own])).lines.map(({ line }) => line)).toEqual(['a-JZ', 'b']);
    const named = must(setLines(budget, [own, { ...kept, carriedFrom: undefined } as never]));
    expect(named.lines.map(({ line, carriedFrom }) => [line, carriedFrom?.line])).toEqual([
      ['b', undefined],
      ['a-JZ', 'a'],
    ]);
    expect(codeOf(setLines(budget, [{ ...kept, appropriated: fen(6) }]))).toBe('conflict/budget-carried');
    expect(codeOf(setLines(budget, [{ ...own, line: 'b-JZ' }]))).toBe('invalid/budget-line');
    const act = request({ line: 'a-JZ', kind: 'adjusted' });
    expect(codeOf(recordLineAct(budget, act))).toBe('conflict/budget-carried');
  });
});

describe('the days of a fiscal year', () => {
  const rule = { lastPayDay: '12-25', closeDay: '12-29' };

  it('the last pay day is still one, the day after is not', () => {
    expect(lateInYear('2026-12-25', rule)).toBeUndefined();
    expect(lateInYear('2026-12-26', rule)).toMatchObject({
      code: 'conflict/after-last-pay-day',
      detail: { payDate: '2026-12-26', lastPayDay: '2026-12-25' },
    });
    expect(lateInYear('2027-01-01', rule)).toBeUndefined();
  });

  it('nothing is drawn after the close day', () => {
    expect(yearIsOver('2026', rule, '2026-12-29')).toBeUndefined();
    expect(yearIsOver('2026', rule, '2026-12-30')?.code).toBe('conflict/fiscal-year-over');
    expect(yearIsOver('2027', rule, '2026-12-30')).toBeUndefined();
  });

  it('the next year is allocated from September on', () => {
    expect(tooEarly('2027', '2026-08-31')?.code).toBe('conflict/early-allocation');
    expect(tooEarly('2027', '2026-09-01')).toBeUndefined();
    expect(tooEarly('2028', '2026-12-31')?.code).toBe('conflict/early-allocation');
    expect(tooEarly('2025', '2026-01-01')).toBeUndefined();
  });
});

describe('whom a run pays', () => {
  const draft = (enrolment: string, covered?: string) => ({
    enrolment,
    derivations: {
      '2026-11': [{ code: 'members', inputs: { covered: '9' }, result: '9' }],
      '2026-12': covered === undefined ? [] : [{ code: 'members', inputs: { covered }, result: '5' }],
    },
  });

  it('counts persons once, however many payments they get', () => {
    const payments = ['a', 'b', 'a'].map((enrolment) => ({ enrolment }));
    expect(recipientsOf('person', payments)).toEqual({ payments: 3, persons: 2 });
    expect(recipientsOf('project', payments)).toEqual({ payments: 3, persons: 0, projects: 2 });
    expect(recipientsOf('organisation', payments)).toEqual({ payments: 3, persons: 0, organisations: 2 });
  });

  it('counts households, their covered members as last worked out, and those whose members are not known', () => {
    const payments = [draft('a', '3'), draft('a', '3'), draft('b')].map(countedOf);
    expect(recipientsOf('household', [...payments, { enrolment: 'c' }])).toEqual({
      payments: 4,
      households: 3,
      persons: 12,
      householdsUncounted: 1,
    });
  });
});
