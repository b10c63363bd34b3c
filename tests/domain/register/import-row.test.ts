import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentPayee, type EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { factOn } from '../../../domain/register/facts.ts';
import { decideRegisterRow } from '../../../domain/register/import-row.ts';
import type { PersonDocument } from '../../../domain/register/person.ts';
import type { RegisterRow } from '../../../domain/register/register-row.ts';
import type { PersonFound, RowOrigin } from '../../../domain/register/sheet-person.ts';

const ROW: RegisterRow = {
  name: '张三',
  idNumber: '110101194603050014',
  phone: '13800000001',
  street: '110199001',
  streetName: undefined,
  appliedOn: '2026-09-01',
  identityClass: 'dibao',
  payee: undefined,
  account: '6217000000000001',
  bankName: undefined,
  stopMonth: undefined,
};
const ORIGIN: RowOrigin = {
  importId: 'imp-1',
  jurisdiction: '110199',
  programme: 'high-age',
  by: 'staff-preparer',
  requestedAt: '2026-11-20T02:00:00.000Z',
  requestedOn: '2026-11-20',
  now: '2026-11-20T02:00:05.000Z',
};
const later = (importId: string): RowOrigin => ({
  ...ORIGIN,
  importId,
  requestedAt: '2026-12-20T02:00:00.000Z',
  requestedOn: '2026-12-20',
  now: '2026-12-20T02:00:05.000Z',
});

type State = { subject: PersonFound; payee?: PersonFound; enrolment?: EnrolmentDocument };
const stored = (record: PersonDocument['record']): PersonDocument => ({ version: 1, changedAt: '', record });

/** Decides a row and gives the register that follows. */
function apply(state: State, row: RegisterRow, origin: RowOrigin) {
  const payee = state.payee ?? state.subject;
  const answer = decideRegisterRow({
    row,
    subject: state.subject,
    payee,
    enrolment: state.enrolment,
    enrolmentId: 'GL-AAAAAAAAAAAA-1',
    origin,
  });
  if (!answer.ok) throw new Error(answer.error.map(({ zh }) => zh).join());
  const { subject, payee: paid, enrolment } = answer.value;
  const next: State = { ...state };
  if (subject) next.subject = { key: state.subject.key, document: stored(subject) };
  if (paid) next.payee = { key: payee.key, document: stored(paid) };
  if (enrolment) next.enrolment = enrolment;
  return { decision: answer.value, next };
}

const EMPTY: State = { subject: { key: 'AAAAAAAAAAAA' } };

describe('a row of the register sheet', () => {
  it('creates the person, the first account and the enrolment', () => {
    const { decision } = apply(EMPTY, ROW, ORIGIN);
    expect(decision.outcome).toBe('created');
    expect(decision.subject?.facts.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'birth-date 1946-03-05',
      'identity-class dibao',
    ]);
    expect(decision.enrolment).toMatchObject({
      id: 'GL-AAAAAAAAAAAA-1',
      version: 1,
      subject: 'AAAAAAAAAAAA',
    });
    expect(decision.enrolment?.facts.map(({ kind, value, validFrom }) => [kind, value, validFrom])).toEqual([
      ['application', '2026-09-01', '2026-09-01'],
      ['street', '110199001', '2026-09-01'],
    ]);
    expect(decision.accountChange).toBeUndefined();
  });

  it('changes nothing when it says what is known, in any later import, and is remembered as the last to say so', () => {
    const { next } = apply(EMPTY, ROW, ORIGIN);
    const { decision, next: after } = apply(next, ROW, later('imp-2'));
    expect(decision).toEqual({
      outcome: 'unchanged',
      enrolment: { ...next.enrolment, sheetAt: later('imp-2').requestedAt, version: 2 },
    });
    expect(apply(after, ROW, later('imp-2')).decision).toEqual({ outcome: 'unchanged' });
  });

  it('a sheet asked for between two that say the same, and that arrives last, overrules neither', () => {
    const between = { ...later('imp-2'), requestedAt: '2026-12-01T02:00:00.000Z', requestedOn: '2026-12-01' };
    const moved = { ...ROW, street: '110199002' };
    const inOrder = apply(apply(apply(EMPTY, ROW, ORIGIN).next, moved, between).next, ROW, later('imp-3'));
    const lateLast = apply(apply(apply(EMPTY, ROW, ORIGIN).next, ROW, later('imp-3')).next, moved, between);
    const streetOf = ({ next }: typeof inOrder) =>
      factOn(next.enrolment!.facts, 'street', '2026-12-31')?.value;
    expect([streetOf(inOrder), streetOf(lateLast)]).toEqual(['110199001', '110199001']);
    expect(lateLast.decision).toEqual({ outcome: 'unchanged' });
  });

  it('reports its own work as created when its chunk is done again', () => {
    const { next } = apply(EMPTY, ROW, ORIGIN);
    expect(apply(next, ROW, { ...ORIGIN, now: '2026-11-20T09:00:00.000Z' }).decision).toEqual({
      outcome: 'created',
    });
  });

  it('only ever appends, whatever the sheets say', () => {
    const rows = fc.record({
      street: fc.constantFrom('110199001', '110199002'),
      identityClass: fc.constantFrom('dibao', 'tekun', 'none', undefined),
      stopMonth: fc.constantFrom(undefined, '', '2026-12'),
      appliedOn: fc.constantFrom('2026-09-01', '2026-10-01'),
      phone: fc.constantFrom(undefined, '13800000002'),
      account: fc.constantFrom('6217000000000001', '6217000000000002'),
    });
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 6 }), (changes) => {
        let { next } = apply(EMPTY, ROW, ORIGIN);
        for (const [index, change] of changes.entries()) {
          const before = next;
          const { decision, next: after } = apply(before, { ...ROW, ...change }, later(`imp-${index + 2}`));
          const old = [before.subject.document!.record.facts, before.enrolment!.facts];
          const now = [after.subject.document!.record.facts, after.enrolment!.facts];
          for (const [which, facts] of old.entries())
            expect(now[which]!.slice(0, facts.length)).toEqual(facts);
          expect(after.subject.document!.record.accounts).toHaveLength(1);
          expect(decision.accountChange === undefined).toBe(change.account === ROW.account);
          expect(apply(after, { ...ROW, ...change }, later('imp-last')).decision.outcome).toBe('unchanged');
          next = after;
        }
      }),
    );
  });

  it('states the first class from birth, and a later one from the day of the sheet', () => {
    const { next } = apply(EMPTY, ROW, ORIGIN);
    const { decision } = apply(next, { ...ROW, identityClass: 'tekun' }, later('imp-2'));
    expect(decision.outcome).toBe('changed');
    const on = (date: string) => factOn(decision.subject!.facts, 'identity-class', date)?.value;
    expect([on('1990-01-01'), on('2026-12-19'), on('2026-12-20')]).toEqual(['dibao', 'dibao', 'tekun']);
  });

  it('ignores a sheet asked for before the one that spoke last', () => {
    const first = apply(EMPTY, ROW, ORIGIN).next;
    const second = apply(first, { ...ROW, street: '110199002' }, later('imp-3')).next;
    expect(apply(second, { ...ROW, street: '110199003' }, ORIGIN).decision).toEqual({ outcome: 'unchanged' });
  });

  it('pays someone else into their account, and only proposes another payee', () => {
    const row = { ...ROW, payee: { name: '李四', idNumber: '110101197001010016' } };
    const state: State = { ...EMPTY, payee: { key: 'BBBBBBBBBBBB' } };
    const { decision, next } = apply(state, row, ORIGIN);
    expect(decision.subject?.accounts).toEqual([]);
    expect(decision.payee?.accounts).toMatchObject([{ holderName: '李四', account: ROW.account }]);
    const own = apply({ subject: next.subject, enrolment: next.enrolment! }, ROW, later('imp-2'));
    expect(own.decision.payeeChange).toEqual({ kind: 'self', evidence: 'imp-2' });
    expect(currentPayee(own.next.enrolment!)).toBe('BBBBBBBBBBBB');
    const other = { name: '王五', idNumber: '110101197001010024' };
    const again = apply(
      { ...next, payee: { key: 'CCCCCCCCCCCC' } },
      { ...ROW, payee: other },
      later('imp-4'),
    );
    const named = { legalName: '王五', number: '110101197001010024' };
    expect(again.decision.payeeChange).toEqual({ kind: 'representative', named, evidence: 'imp-4' });
  });

  it('is refused under another name than the registered one', () => {
    const { next } = apply(EMPTY, ROW, ORIGIN);
    const answer = decideRegisterRow({
      row: { ...ROW, name: '张叁' },
      subject: next.subject,
      payee: next.subject,
      enrolment: next.enrolment,
      enrolmentId: 'GL-AAAAAAAAAAAA-1',
      origin: later('imp-2'),
    });
    expect(answer).toMatchObject({ ok: false, error: [{ column: '姓名' }] });
  });
});
