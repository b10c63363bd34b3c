import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../domain/register/csv-cells.ts';
import { registerRow } from '../../../domain/register/register-row.ts';
import { SheetAgreement } from '../../../domain/register/sheet-agreement.ts';
import { isBlankRow, plainCell, readHeadings, readRow } from '../../../domain/register/sheets.ts';

const CONTEXT = { jurisdiction: '110199', today: '2026-11-20' };
const OWN = '110101194603050011';
const OTHER = '110101197001010016';

describe('headings', () => {
  const required = ['姓名', '身份证号', '街道代码', '申请日期', '收款账号'];

  it('may be Chinese, English or another usual name, in any order and with blanks', () => {
    expect(
      readHeadings('register', [' 姓名', '公民身份号码', 'street code', 'Application date', '银行账号 ']),
    ).toEqual({
      ok: true,
      value: ['name', 'idNumber', 'street', 'appliedOn', 'account'],
    });
  });

  it.each(required)('are refused without %s, which is named', (heading) => {
    const answer = readHeadings(
      'register',
      required.filter((each) => each !== heading),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid/headings', detail: { missing: 1 } } });
    expect(!answer.ok && answer.error.zh).toContain(`缺少列：“${heading}”`);
  });

  it('do not repeat a number that stands among them', () => {
    const answer = readHeadings('register', [...required, OWN]);
    expect(answer).toMatchObject({ ok: false, error: { detail: { unknown: 1 } } });
    expect(JSON.stringify(answer)).not.toContain(OWN.slice(0, 8));
  });
});

describe('cells', () => {
  const read = (id: string, cell: string) => {
    const good: Record<string, string> = {
      name: '张三',
      idNumber: OWN,
      street: '110199001',
      appliedOn: '2026-09-01',
      account: '6217000000000001',
    };
    const cells = { ...good, [id]: cell };
    return readRow('register', Object.keys(cells), Object.values(cells), CONTEXT);
  };
  const refused = (id: string, cell: string) => {
    const answer = read(id, cell);
    return answer.ok
      ? 'accepted'
      : answer.error.map((fault) => `${fault.column} ${fault.zh} ${fault.en}`).join();
  };

  it.each([
    ['account', '1,200', '收款账号'],
    ['account', '６２１７０００００００００００１', '收款账号'],
    ['account', '6.217E+15', '收款账号'],
    ['street', '110105001', '以 110199 开头'],
    ['street', '１１０１９９００１', '半角数字'],
    ['appliedOn', '2026/9/1', 'YYYY-MM-DD'],
    ['appliedOn', '2026-02-30', 'YYYY-MM-DD'],
    ['appliedOn', '2026-11-21', '晚于今天'],
    ['phone', '1381234567', '11位'],
    ['identityClass', '贫困', '特困、低保、低保边缘、其他'],
    ['stopMonth', '2026-13', 'YYYY-MM'],
    ['stopMonth', '停', '恢复'],
    ['idNumber', OWN.replace(/.$/, (digit) => (digit === '5' ? '6' : '5')), '校验码'],
    ['name', '', '不能为空'],
    ['account', ' ', '不能为空'],
  ])('%s "%s" is refused with what was expected', (id, cell, expected) => {
    expect(refused(id, cell)).toContain(expected);
  });

  it.each([
    ['account', '62170000abcd0001'],
    ['phone', '1381234567'],
    ['idNumber', '110101194603050010'],
    ['name', '张三?'],
  ])('%s "%s" is refused without being repeated', (id, cell) => {
    expect(refused(id, cell)).not.toContain(cell);
    expect(refused(id, cell)).not.toBe('accepted');
  });

  it.each([
    ['appliedOn', '2026-11-20', '2026-11-20'],
    ['identityClass', '低保边缘', 'marginal'],
    ['identityClass', 'Dibao', 'dibao'],
    ['stopMonth', '恢复', ''],
    ['phone', '010-12345678', '01012345678'],
    ['account', '6217 0000 0000 0001', '6217000000000001'],
    ['idNumber', ` ${OWN} `, OWN],
  ])('%s "%s" is read', (id, cell, value) => {
    expect(read(id, cell)).toMatchObject({ ok: true, value: { [id]: value } });
  });

  it('leave out what is empty, and report cells beyond the headings', () => {
    expect(read('phone', '')).toMatchObject({ ok: true });
    expect(read('phone', '')).not.toHaveProperty('value.phone');
    const ids = ['name', 'idNumber', 'street', 'appliedOn', 'account'];
    const cells = ['张三', OWN, '110199001', '2026-09-01', '6217000000000001', ''];
    expect(readRow('register', ids, cells, CONTEXT).ok).toBe(true);
    expect(readRow('register', ids, [...cells, 'x'], CONTEXT)).toMatchObject({ ok: false, error: [{}] });
    expect(readRow('register', ids, cells.slice(0, 4), CONTEXT)).toMatchObject({
      ok: false,
      error: [{ column: '收款账号' }],
    });
  });

  it('are blank together only when all are', () => {
    expect([isBlankRow(['', ' ']), isBlankRow(['', 'x']), isBlankRow([])]).toEqual([true, false, true]);
  });
});

describe('a row put together', () => {
  const base = { name: '张三', idNumber: OWN, street: '110199001', appliedOn: '2026-09-01', account: '6217' };
  const fault = (values: Record<string, string>) => {
    const answer = registerRow({ ...base, ...values });
    return answer.ok ? answer.value.payee : answer.error.map(({ column }) => column).join();
  };

  it('pays people themselves unless another is named in full', () => {
    expect(fault({})).toBeUndefined();
    expect(fault({ payeeName: '张三' })).toBeUndefined();
    expect(fault({ payeeIdNumber: OWN })).toBeUndefined();
    expect(fault({ payeeName: '张三', payeeIdNumber: OWN })).toBeUndefined();
    expect(fault({ payeeName: '李四', payeeIdNumber: OTHER })).toEqual({ name: '李四', idNumber: OTHER });
  });

  it('names the cell that is missing or contradicts another', () => {
    expect(fault({ payeeName: '李四' })).toBe('收款人身份证号');
    expect(fault({ payeeIdNumber: OTHER })).toBe('收款人姓名');
    expect(fault({ payeeName: '李四', payeeIdNumber: OWN })).toBe('收款人姓名');
    expect(fault({ appliedOn: '1946-03-04' })).toBe('申请日期');
    expect(fault({ appliedOn: '1946-03-04', payeeName: '李四' })).toBe('收款人身份证号,申请日期');
  });
});

describe('rows of one sheet', () => {
  const ids = ['row', 'idNumber', 'name', 'payeeIdNumber', 'payeeName', 'account', 'note'];
  const see = (...rows: string[][]) => {
    const agreement = new SheetAgreement('register', ids);
    return rows.map((cells, index) => agreement.see(index + 2, cells)).map((clash) => clash?.kind);
  };

  it('agree when they are of different people, or say the same whatever the note', () => {
    expect(see(['1', 'A', '甲', '', '', '1', ''], ['2', 'B', '乙', '', '', '2', ''])).toEqual([
      undefined,
      undefined,
    ]);
    expect(see(['1', 'a', '甲', '', '', '1', 'x'], ['2', 'a', '甲', '', '', '1', 'y'])[1]).toBe('repeat');
    expect(
      see(['1', 'A', '甲', 'P', '丙', '1', ''], ['2', 'B', '乙', 'p', '丙', '1', ''])[1],
    ).toBeUndefined();
  });

  it('clash over content, names in any role, and accounts of a payee', () => {
    expect(see(['', 'A', '甲', '', '', '1', ''], ['', 'A', '甲', '', '', '2', ''])[1]).toBe('subject');
    expect(see(['', 'A', '甲', 'P', '丙', '1', ''], ['', 'P', '丁', '', '', '1', ''])[1]).toBe('name');
    expect(see(['', 'P', '丙', '', '', '1', ''], ['', 'A', '甲', 'P', '丁', '1', ''])[1]).toBe('name');
    expect(see(['', 'P', '丙', '', '', '1', ''], ['', 'A', '甲', 'P', '丙', '2', ''])[1]).toBe('account');
    expect(see(['', '', '甲', '', '', '1', ''], ['', '', '乙', '', '', '1', ''])).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('agree on a name however its dot is typed', () => {
    const [name, first, other] = ['a', '阿卜杜拉·买买提', '阿卜杜拉•买买提'];
    const deaths = new SheetAgreement('deaths', ['name', 'idNumber', 'diedOn']);
    deaths.see(2, [first, name, '2026-10-01']);
    expect(deaths.see(3, [other, name, '2026-10-02'])).toBeUndefined();
    const register = new SheetAgreement('register', ['name', 'idNumber', 'account']);
    register.see(2, [first, name, '1']);
    expect(register.see(3, [other, name, '1'])).toMatchObject({ kind: 'repeat' });
    const columns = ['headName', 'headIdNumber', 'name', 'idNumber', 'account'];
    const households = new SheetAgreement('households', columns);
    households.see(2, [first, name, first, name, '1']);
    expect(households.see(3, [other, name, '王二', 'b', '1'])).toBeUndefined();
  });

  it('of deaths may hold several dates of one person, under one name', () => {
    const agreement = new SheetAgreement('deaths', ['idNumber', 'name', 'diedOn']);
    expect(agreement.see(2, ['A', '甲', '2026-10-01'])).toBeUndefined();
    expect(agreement.see(3, ['A', '甲', '2026-10-02'])).toBeUndefined();
    expect(agreement.see(4, ['A', '乙', '2026-10-02'])).toEqual({ row: 4, firstRow: 2, kind: 'name' });
  });
});

describe('a line of a CSV file for people', () => {
  it('comes back as it was, and never as a formula', () => {
    const start = fc.constantFrom('=', '+', '-', '@', '\t=', ' =', '\u00a0@', '＝', 'a\n=', '', 'x');
    fc.assert(
      fc.property(fc.array(fc.tuple(start, fc.string()), { minLength: 1 }), (parts) => {
        const cells = parts.map(([first, rest]) => first + rest);
        const [parsed = []]: string[][] = parse(csvLine(cells), { relax_column_count: true });
        expect(parsed).toHaveLength(cells.length);
        for (const [index, cell] of parsed.entries()) {
          expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@＝＋－＠]/u);
          expect([cells[index], `'${cells[index]}`]).toContain(cell);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses its apostrophe again when it is read', () => {
    expect(plainCell("'+86138")).toBe('+86138');
    expect(plainCell("'abc")).toBe("'abc");
  });
});
