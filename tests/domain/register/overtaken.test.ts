// Goal: whatever order sheets and reports arrive in, no stop is lost without a word.
import { describe, expect, it } from 'vitest';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { decideRegisterRow } from '../../../domain/register/import-row.ts';
import { overtaken, type RowOrigin } from '../../../domain/register/sheet-person.ts';

const SHEET_AT = '2026-11-20T02:00:00.000Z';
const before: RowOrigin = {
  importId: 'report-1',
  jurisdiction: '110199',
  programme: 'high-age',
  by: 'staff-preparer',
  requestedAt: '2026-11-20T01:00:00.000Z',
  requestedOn: '2026-11-20',
  now: '2026-11-20T03:00:00.000Z',
};
const enrolled = (stop?: string, by = 'imp-2'): EnrolmentDocument => ({
  id: 'GL-AAAAAAAAAAAA-1',
  jurisdiction: '110199',
  programme: 'high-age',
  subject: 'AAAAAAAAAAAA',
  payees: [],
  facts: [['application', '2026-09-01', 'imp-2'], ...(stop === undefined ? [] : [['stop', stop, by]])].map(
    ([kind, value, source = '']) => ({
      kind: kind as 'stop',
      value: value ?? '',
      validFrom: '2026-09-01',
      recordedAt: SHEET_AT,
      source: 'register-sheet',
      by: source,
    }),
  ),
  sheetAt: SHEET_AT,
  version: 1,
  changedAt: SHEET_AT,
});
const answer = (...[enrolment, stopMonth, origin = before]: Partial<Parameters<typeof overtaken>>) => {
  const late = overtaken(enrolment, stopMonth, origin);
  if (!late) return 'counts';
  return late.ok ? late.value.outcome : late.error.map(({ column }) => column).join();
};

describe('a row of before the last sheet', () => {
  it.each([
    ['that says nothing of a stop changes nothing', enrolled(), undefined, 'unchanged'],
    ['whose stop nobody knows is a fault', enrolled(), '2026-11', '停发月份'],
    ['with another month than is known is a fault', enrolled('2026-12'), '2026-11', '停发月份'],
    ['whose stop is known changes nothing', enrolled('2026-11'), '2026-11', 'unchanged'],
    ['that resumes what is stopped is a fault', enrolled('2026-11'), '', '停发月份'],
    ['that resumes what goes on changes nothing', enrolled(), '', 'unchanged'],
    ['that was put in and overruled is done', enrolled('2026-12', 'report-1'), '2026-11', 'unchanged'],
  ])('%s', (_, enrolment, stopMonth, expected) => {
    expect(answer(enrolment, stopMonth)).toBe(expected);
  });

  it('of the same sheet, a later one, or of somebody new counts', () => {
    expect(answer(enrolled(), '2026-11', { ...before, requestedAt: SHEET_AT })).toBe('counts');
    expect(answer(undefined, '2026-11')).toBe('counts');
  });

  it('is answered so by the register sheet', () => {
    const row = {
      name: '张三',
      idNumber: '110101194603050014',
      phone: undefined,
      street: '110199001',
      streetName: undefined,
      appliedOn: '2026-09-01',
      identityClass: undefined,
      payee: undefined,
      account: '6217000000000009',
      bankName: undefined,
      stopMonth: '2026-11',
    };
    const person = { key: 'AAAAAAAAAAAA' };
    const enrolment = enrolled();
    const input = {
      row,
      subject: person,
      payee: person,
      enrolment,
      enrolmentId: enrolment.id,
      origin: before,
    };
    expect(decideRegisterRow(input)).toMatchObject({ ok: false, error: [{ column: '停发月份' }] });
  });
});
