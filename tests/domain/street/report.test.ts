import { describe, expect, it } from 'vitest';
import type { Result } from '../../../domain/result.ts';
import {
  applyReportAct,
  foldReport,
  isSubmitted,
  parseReportId,
  type ReportActBody,
  reportIdOf,
  reportState,
  type StreetReport,
  versionsToApply,
} from '../../../domain/street/report.ts';
import {
  decideReport,
  prepareReport,
  REPORT_ROWS_MAX,
  reportIsOpen,
  signReport,
} from '../../../domain/street/report-commands.ts';

const IDENTITY = { street: '110199001', programme: 'high-age', period: '2026-12', round: 'R' };
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);
const hash = (n: number) => String(n).repeat(64);
const seen = (version: number) => ({ version, hash: hash(version) });

/** A report after these acts, each by the person named. */
function after(...acts: readonly (readonly [ReportActBody, string])[]): StreetReport {
  let report: StreetReport | undefined;
  for (const [body, by] of acts) {
    const sequence = (report?.sequence ?? 0) + 1;
    const stamp = { reportId: reportIdOf(IDENTITY), sequence, at: '2026-11-22T02:00:00.000Z', by };
    report = applyReportAct(report, { ...body, ...stamp });
  }
  if (!report) throw new Error('no acts');
  return report;
}
const prepared = (version: number, rows = 3): [ReportActBody, string] => [
  { kind: 'prepared', version, hash: hash(version), rows },
  'ann',
];
const signed = (version: number): [ReportActBody, string] => [{ kind: 'signed', ...seen(version) }, 'bob'];
const decided = (version: number, accepted: number[], returned: number[]): [ReportActBody, string] => [
  { kind: 'decided', version, accepted, returned: returned.map((row) => ({ row, reason: '材料不全' })) },
  'district',
];

describe('identity', () => {
  it('is read back as it was written, and nothing else is', () => {
    expect(parseReportId(reportIdOf(IDENTITY))).toEqual({ ok: true, value: IDENTITY });
    for (const text of ['', '110199001.high-age.2026-13.R', '11019900.high-age.2026-12.R', 'x.y.z.R'])
      expect(code(parseReportId(text))).toBe('missing/street-report');
  });
});

describe('the lock', () => {
  const open = (round: string, today: string) =>
    code(reportIsOpen({ ...IDENTITY, round }, '2026-11-25', today));
  it('lets the month in before and on the cut-off day, and not after', () => {
    expect(open('R', '2026-11-24')).toBe('ok');
    expect(open('R', '2026-11-25')).toBe('ok');
    expect(open('R', '2026-11-26')).toBe('conflict/report-locked');
  });
  it('opens supplementary rounds the day after', () => {
    expect(open('S1', '2026-11-25')).toBe('conflict/report-not-locked');
    expect(open('S1', '2026-11-26')).toBe('ok');
  });
});

describe('preparing', () => {
  const prepare = (report: StreetReport | undefined, rows = 3) =>
    prepareReport(report, { hash: hash(9), rows });
  it('makes the next version until it is signed, and again once the district has decided', () => {
    expect(prepare(undefined)).toMatchObject({ value: { kind: 'prepared', version: 1 } });
    expect(prepare(after(prepared(1)))).toMatchObject({ value: { version: 2 } });
    expect(code(prepare(after(prepared(1), signed(1))))).toBe('conflict/report-signed');
    const returned = after(prepared(1), signed(1), decided(1, [1, 2], [3]));
    expect(prepare(returned)).toMatchObject({ value: { version: 2 } });
    expect(prepare(after(prepared(1), signed(1), decided(1, [1, 2, 3], [])))).toMatchObject({ ok: true });
  });
  it('refuses too many rows, and nil after rows', () => {
    expect(code(prepare(undefined, REPORT_ROWS_MAX))).toBe('ok');
    expect(code(prepare(undefined, REPORT_ROWS_MAX + 1))).toBe('limit/report-rows');
    expect(code(prepare(after(prepared(1)), 0))).toBe('ok');
    expect(code(prepare(after(prepared(1), signed(1), decided(1, [], [1, 2, 3])), 0))).toBe(
      'conflict/report-nil',
    );
  });
});

describe('signing', () => {
  it('is by another person, of what they saw, once', () => {
    const report = after(prepared(1));
    expect(code(signReport(report, seen(1), 'bob'))).toBe('ok');
    expect(code(signReport(report, seen(1), 'ann'))).toBe('forbidden/own-report');
    expect(code(signReport(report, { version: 1, hash: hash(2) }, 'bob'))).toBe('conflict/report-changed');
    expect(code(signReport(after(prepared(1), prepared(2)), seen(1), 'bob'))).toBe('conflict/report-changed');
    expect(code(signReport(after(prepared(1), signed(1)), seen(1), 'eve'))).toBe('conflict/report-signed');
  });
});

describe('deciding', () => {
  const report = after(prepared(1), signed(1));
  it('sends back the rows named and accepts all others', () => {
    const returned = [
      { row: 3, reason: '账号不清' },
      { row: 1, reason: '材料不全' },
    ];
    expect(decideReport(report, seen(1), returned)).toMatchObject({
      value: { kind: 'decided', accepted: [2], returned: [{ row: 1 }, { row: 3 }] },
    });
    expect(decideReport(report, seen(1), [])).toMatchObject({ value: { accepted: [1, 2, 3] } });
  });
  it('not before it is signed, not twice, not on rows that are not there', () => {
    expect(code(decideReport(after(prepared(1)), seen(1), []))).toBe('conflict/report-unsigned');
    const done = after(prepared(1), signed(1), decided(1, [1, 2, 3], []));
    expect(code(decideReport(done, seen(1), []))).toBe('conflict/report-decided');
    const reason = '材料不全';
    expect(code(decideReport(report, seen(1), [{ row: 4, reason }]))).toBe('invalid/report-row');
    expect(code(decideReport(report, seen(1), [{ row: 0, reason }]))).toBe('invalid/report-row');
    const twice = [
      { row: 1, reason },
      { row: 1, reason },
    ];
    expect(code(decideReport(report, seen(1), twice))).toBe('invalid/report-row');
  });
});

describe('the state', () => {
  it('follows the last version; what is accepted waits for the register', () => {
    expect(reportState(after(prepared(1)))).toBe('prepared');
    const waiting = after(prepared(1), signed(1));
    expect([reportState(waiting), isSubmitted(waiting)]).toEqual(['signed', true]);
    const part = after(prepared(1), signed(1), decided(1, [1, 2], [3]));
    expect([reportState(part), versionsToApply(part).map(({ version }) => version)]).toEqual([
      'returned',
      [1],
    ]);
    const next = after(prepared(1), signed(1), decided(1, [1, 2], [3]), prepared(2, 1));
    expect([reportState(next), isSubmitted(next)]).toEqual(['prepared', true]);
    expect(versionsToApply(next).map(({ version }) => version)).toEqual([1]);
    const nil = after(prepared(1, 0), signed(1), decided(1, [], []));
    expect([reportState(nil), versionsToApply(nil)]).toEqual(['accepted', []]);
  });
  it('is returned when the register rejects a row', () => {
    const applied = (outcome: 'created' | 'rejected'): [ReportActBody, string] => [
      { kind: 'applied', version: 1, rows: [{ row: 1, outcome }] },
      'system',
    ];
    const of = (outcome: 'created' | 'rejected') =>
      reportState(after(prepared(1, 1), signed(1), decided(1, [1], []), applied(outcome)));
    expect([of('created'), of('rejected')]).toEqual(['accepted', 'returned']);
  });
  it('refuses acts that leave a gap', () => {
    expect(foldReport([])).toBeUndefined();
    const act = { reportId: reportIdOf(IDENTITY), sequence: 2, at: '2026-11-22T02:00:00.000Z', by: 'ann' };
    expect(() => foldReport([{ ...prepared(1)[0], ...act }])).toThrow('does not follow');
  });
});
