// Goal: what a programme's own columns say becomes dated facts, once each, in whatever order sheets arrive.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { isFactColumn, orWithdrawn, type ProgrammeColumns } from '../../../domain/register/fact-columns.ts';
import { isFactValue } from '../../../domain/register/fact-values.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { decideRegisterRow } from '../../../domain/register/import-row.ts';
import { ownFactsOf, withOwnFacts } from '../../../domain/register/own-facts.ts';
import { registerRow } from '../../../domain/register/register-row.ts';
import type { RowOrigin } from '../../../domain/register/sheet-person.ts';
import { columnOf, readRow, sheetColumns } from '../../../domain/register/sheets.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';

const text = (cell: string) => ok(cell);
const OWN: ProgrammeColumns = {
  illness: {
    zh: '是否重病',
    en: 'Serious illness',
    parse: orWithdrawn((cell) => ok(cell === '是' ? 'yes' : cell)),
    fact: { of: 'person', kind: 'serious-illness', from: 'first-known' },
  },
  limb: {
    zh: '残疾等级',
    en: 'Disability',
    required: true,
    parse: orWithdrawn(text),
    fact: {
      of: 'person',
      kind: 'disability',
      from: { column: 'since' },
      value: ({ limb = '', since }) =>
        limb === '' || since !== undefined
          ? ok(limb === '' ? '' : `${limb}:limb`)
          : refuse(refusal('invalid/grade', '须有日期', 'needs a day')),
    },
  },
  since: { zh: '评残日期', en: 'Graded on', content: 'date', parse: text },
  elsewhere: {
    zh: '迁出地发放至',
    en: 'Paid elsewhere through',
    content: 'month',
    parse: text,
    fact: { of: 'enrolment', kind: 'paid-elsewhere', from: 'stated' },
  },
};
const COMMON = {
  name: '张三',
  idNumber: '110101194603050011',
  street: '110199001',
  appliedOn: '2026-03-05',
  account: '6217000000000001',
};
const at = (day: string, hour = '02'): RowOrigin => ({
  importId: `imp-${day}`,
  jurisdiction: '110199',
  programme: 'high-age',
  by: 'staff-preparer',
  requestedAt: `${day}T02:00:00.000Z`,
  requestedOn: day,
  now: `${day}T${hour}:00:05.000Z`,
});

type Register = { person?: readonly Fact[]; enrolment?: EnrolmentDocument };
function imported(register: Register, cells: Record<string, string>, origin: RowOrigin): Register {
  const row = registerRow({ ...COMMON, ...cells }, OWN);
  if (!row.ok) throw new Error(row.error.map(({ zh }) => zh).join());
  const record = { personKey: 'AAAAAAAAAAAA', legalName: '张三', idNumber: COMMON.idNumber, accounts: [] };
  const document = register.person && {
    version: 1,
    changedAt: '',
    record: { ...record, facts: register.person },
  };
  const subject = { key: 'AAAAAAAAAAAA', document };
  const decided = decideRegisterRow({
    row: row.value,
    subject,
    payee: subject,
    enrolment: register.enrolment,
    enrolmentId: 'GL-AAAAAAAAAAAA-1',
    origin,
  });
  if (!decided.ok) throw new Error('refused');
  const enrolment = decided.value.enrolment ?? register.enrolment;
  return { person: decided.value.subject?.facts ?? register.person ?? [], ...(enrolment && { enrolment }) };
}
const shown = (register: Register) =>
  [...(register.person ?? []), ...(register.enrolment?.facts ?? [])]
    .filter(({ kind }) => ['serious-illness', 'disability', 'paid-elsewhere'].includes(kind))
    .map(({ kind, value, validFrom }) => `${kind} ${value} ${validFrom}`);

describe('columns of a programme on the register sheet', () => {
  it('first statements hold since what the column says, later ones from the sheet or their own date', () => {
    const first = imported(
      {},
      { illness: 'yes', limb: '2', since: '2020-05-06', elsewhere: '2026-04' },
      at('2026-03-10'),
    );
    expect(shown(first)).toEqual([
      'serious-illness yes 1946-03-05',
      'disability 2:limb 2020-05-06',
      'paid-elsewhere 2026-04 2026-03-10',
    ]);
    const again = imported(
      first,
      { illness: 'yes', limb: '2', since: '2020-05-06', elsewhere: '2026-04' },
      at('2026-04-10'),
    );
    expect(shown(again)).toEqual(shown(first));
    const silent = imported(again, {}, at('2026-05-10'));
    expect(shown(silent)).toEqual(shown(first));
    const changed = imported(silent, { illness: '', limb: '1', since: '2026-05-20' }, at('2026-06-10'));
    expect(shown(changed)).toEqual([
      'serious-illness yes 1946-03-05',
      'disability 2:limb 2020-05-06',
      'serious-illness  2026-06-10',
      'disability 1:limb 2026-05-20',
      'paid-elsewhere 2026-04 2026-03-10',
    ]);
    const old = imported(changed, { illness: 'yes', limb: '3', since: '2026-06-01' }, at('2026-05-30'));
    expect(shown(old)).toEqual(shown(changed));
  });

  it('a fact learned elsewhere after the sheet was asked for stands', () => {
    const learned: Fact = {
      kind: 'serious-illness',
      value: 'yes',
      validFrom: '2026-03-01',
      recordedAt: '2026-03-10T03:00:00.000Z',
      source: 'counter',
      by: 'staff-1',
    };
    const stated = ownFactsOf({ illness: '' }, OWN);
    if (!stated.ok) throw new Error();
    expect(withOwnFacts([learned], stated.value, 'person', '1946-03-05', at('2026-03-10', '04'))).toEqual([
      learned,
    ]);
    expect(withOwnFacts([learned], stated.value, 'person', '1946-03-05', at('2026-03-11'))).toHaveLength(2);
  });

  it.each([
    ['a value without its day', { limb: '2' }, '残疾等级'],
    ['a day without its value', { since: '2020-05-06' }, '残疾等级'],
    ['a value that the kind does not have', { elsewhere: 'soon' }, '迁出地发放至'],
  ])('%s is a fault', (_, cells, column) => {
    const read = ownFactsOf(cells, OWN);
    expect(read.ok ? [] : read.error.map((fault) => fault.column)).toEqual([column]);
  });

  it('a cell that completes another which is empty is a fault, and never lost', () => {
    const kind = { zh: '残疾类别', en: 'Kind of disability', parse: text };
    const own = { ...OWN, kind };
    const read = ownFactsOf({ kind: 'limb', illness: 'yes' }, own);
    expect(read.ok ? [] : read.error.map((fault) => fault.column)).toEqual(['残疾类别']);
    expect(ownFactsOf({ illness: 'yes' }, own).ok).toBe(true);
  });

  it('one day may date several values, of which not all are stated', () => {
    const shared: ProgrammeColumns = {
      ...OWN,
      injury: { ...OWN['illness']!, zh: '工伤护理', en: 'Injury' },
      limb: { ...OWN['limb']!, fact: { of: 'person', kind: 'disability', from: { column: 'since' } } },
    };
    const injury = { of: 'person', kind: 'serious-illness', from: { column: 'since' } } as const;
    const both = { ...shared, injury: { ...shared['injury']!, fact: injury } };
    expect(ownFactsOf({ injury: 'yes', since: '2020-05-06' }, both)).toEqual({
      ok: true,
      value: [{ of: 'person', kind: 'serious-illness', value: 'yes', from: '2020-05-06' }],
    });
  });

  it('taken back before anything was said writes nothing', () => {
    expect(shown(imported({}, { illness: '', limb: '' }, at('2026-03-10')))).toEqual([]);
  });

  it('what was taken back and is stated again holds again, from the sheet that says so', () => {
    const stated = { limb: '2', since: '2020-05-06' };
    const back = imported(imported({}, stated, at('2026-03-10')), { limb: '' }, at('2026-04-10'));
    const again = imported(back, stated, at('2026-06-10'));
    const facts = ['disability 2:limb 2020-05-06', 'disability  2026-04-10', 'disability 2:limb 2026-06-10'];
    expect(shown(again)).toEqual(facts);
    expect(shown(imported(again, stated, at('2026-07-10')))).toEqual(facts);
    expect(shown(imported(back, stated, at('2026-03-20')))).toEqual(facts.slice(0, 2));
  });

  it('the same sheets in any order, each once or twice, leave the same register as the last of them makes', () => {
    const cells = fc.record({
      illness: fc.constantFrom('yes', ''),
      limb: fc.constantFrom('1', '2', '3'),
      since: fc.constantFrom('2020-01-01', '2026-02-01'),
    });
    fc.assert(
      fc.property(cells, cells, fc.boolean(), (one, two, twice) => {
        const [early, late] = [at('2026-03-10'), at('2026-04-10')];
        const inOrder = imported(imported({}, one, early), two, late);
        const again = twice ? imported(inOrder, two, late) : inOrder;
        expect(shown(imported(again, one, early))).toEqual(shown(inOrder));
      }),
    );
  });

  it('stand beside the common ones, on the register sheet and, never required, on change reports', () => {
    const ids = Object.keys(sheetColumns('register', OWN));
    expect(ids).toEqual(expect.arrayContaining(['name', 'limb', 'since', 'note', 'reason']));
    expect(sheetColumns('register', OWN)['limb']?.required).toBe(true);
    expect(sheetColumns('changes', OWN)['limb']?.required).toBeUndefined();
    expect(sheetColumns('deaths', OWN)).not.toHaveProperty('limb');
    expect(columnOf(sheetColumns('register', OWN), ' 残疾等级（必填）')).toBe('limb');
    const cells = ['变更', '张三', COMMON.idNumber, '2'];
    const context = { jurisdiction: '110199', today: '2026-11-20' };
    expect(readRow('changes', ['change', 'name', 'idNumber', 'limb'], cells, context, OWN)).toMatchObject({
      ok: true,
      value: { change: 'change', limb: '2' },
    });
  });
});

describe.each(
  Object.values(PROGRAMMES).flatMap((one) => (one?.registerColumns ? [[one.id, one] as const] : [])),
)('own columns of %s', (_, { registerColumns: own = {}, personFactKinds, enrolmentFactKinds }) => {
  it.each(['register', 'changes'] as const)('have ids and headings of their own on the sheet %s', (kind) => {
    const common = sheetColumns(kind);
    // What the change report asks of households alone may be a programme's own.
    const taken = Object.keys(own).filter((id) => Object.hasOwn(common, id));
    expect(taken.filter((id) => kind === 'register' || id !== 'residence')).toEqual([]);
    const all = Object.values(sheetColumns(kind, own)).flatMap(({ zh, en, aliases = [] }) => [
      zh,
      en,
      ...aliases,
    ]);
    const twice = all.filter((heading, index) => all.indexOf(heading) !== index);
    expect(twice).toEqual([]);
  });

  it('write kinds that the programme reads, dated by columns there are', () => {
    const kinds: readonly string[] = [...personFactKinds, ...enrolmentFactKinds];
    const facts = Object.values(own).flatMap((column) => (isFactColumn(column) ? [column.fact] : []));
    expect(facts.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind))).toEqual([]);
    const there = Object.keys(sheetColumns('register', own));
    const dating = facts.flatMap(({ from }) => (typeof from === 'string' ? [] : [from.column]));
    expect(dating.filter((id) => !there.includes(id))).toEqual([]);
  });

  it('have examples that are taken', () => {
    const context = { jurisdiction: '110199', today: '2026-11-20' };
    const values: Record<string, string> = {};
    for (const [id, column] of Object.entries(own)) {
      if (column.example === undefined) continue;
      const read = column.parse(column.example, context);
      expect([id, read.ok]).toEqual([id, true]);
      if (read.ok) values[id] = read.value;
    }
    const stated = ownFactsOf(values, own);
    expect(stated.ok ? [] : stated.error).toEqual([]);
    const given = stated.ok ? stated.value : [];
    expect(given.filter(({ kind, value }) => !isFactValue(kind, value))).toEqual([]);
  });
});
