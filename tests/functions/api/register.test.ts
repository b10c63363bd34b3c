import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownText } from '../../../domain/register/sheet-cell.ts';
import { openWorkbook } from '../../../functions/register/workbook/open-workbook.ts';
import { zipEntries } from '../../../functions/register/workbook/zip-reader.ts';
import { xlsxOf } from '../../../infra/local/sample/xlsx-writer.ts';
import { HEADINGS, idNumber, row, sheet } from '../register/sheet-fixture.ts';
import { sourceOf } from '../register/sheet-source.ts';
import { type Office, openOffice } from '../run/office.ts';
import { CALLERS, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 0 });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());
const done: Desk['done'] = (...call) => desk.done(...call);
const code: Desk['code'] = (...call) => desk.code(...call);
const upload: Desk['upload'] = (...call) => desk.upload(...call);

describe('the register through the API', () => {
  it('imports a register: good rows in, bad rows back, files that are none refused', async () => {
    const as = CALLERS.preparer;
    const importing = (uploadId: string, kind = 'register') =>
      code('createImport', { as, body: { uploadId, kind, programme: 'high-age' } });
    expect(await importing('up-none')).toBe('404 missing/upload');
    const form = await done('createUpload', { as, body: { purpose: 'register', fileName: 'r.csv' } });
    expect(await importing(form.body.uploadId)).toBe('409 conflict/upload-not-received');
    expect(await importing(await upload(as, 'register', 'e.csv', new Uint8Array()))).toBe(
      '422 invalid/empty-file',
    );
    expect(await importing(await upload(as, 'deaths', 'd.csv', sheet([])))).toBe(
      '422 invalid/upload-purpose',
    );
    const sized = (bytes: number) =>
      code('createUpload', { as, body: { purpose: 'register', fileName: 'r.csv', bytes } });
    expect(await sized(200_000_000)).toBe('409 limit/file-size');
    expect(await sized(0)).toBe('422 invalid/empty-file');
    const bad = await desk.api('createUpload', {
      as,
      body: { purpose: 'register', fileName: '110199194001150011.csv' },
    });
    expect(bad.status).toBe(422);

    const rows = Array.from({ length: 5 }, (_, index) => row(index + 1));
    const uploadId = await upload(
      as,
      'register',
      '示例.csv',
      sheet([...rows, row(6, { id: '1' })], HEADINGS),
    );
    const started = await done('createImport', {
      as,
      body: { uploadId, kind: 'register', programme: 'high-age' },
    });
    expect(started.status).toBe(202);
    expect(started.headers['location']).toBe(`/v1/imports/${started.body.importId}`);
    await bureau.deliver();
    const params = { importId: started.body.importId };
    const end = await done('getImport', { as, params });
    expect(end.body).toMatchObject({ state: 'done', counts: { accepted: 5, created: 5, rejected: 1 } });
    expect(end.body.errorFileUrl).toMatch(/^http/);
    expect((await done('getImport', { as: CALLERS.finance, params })).body.errorFileUrl).toBeUndefined();
  });

  it('gives out templates, and says of a workbook what was left out', async () => {
    const as = CALLERS.preparer;
    const template = await done('getSheetTemplate', { as, params: { kind: 'register' } });
    expect(template.body).toMatchObject({ kind: 'register', fileName: 'fafang-register.xlsx' });
    const again = await done('getSheetTemplate', { as, params: { kind: 'register' } });
    const path = (url: string) => new URL(url).pathname;
    expect(path(again.body.url)).toBe(path(template.body.url));
    const bytes = Buffer.from(await (await fetch(template.body.url)).arrayBuffer());
    expect(decodeURIComponent(template.body.url)).toContain('fafang-register.xlsx');
    const entries = await zipEntries(sourceOf(bytes));
    expect([...entries.keys()]).toContain('xl/worksheets/sheet1.xml');

    const filled = xlsxOf({ sheets: [{ rows: [['标题'], HEADINGS.split(','), row(7).split(',')] }] });
    const uploadId = await upload(as, 'register', '名册.xlsx', filled);
    const body = { uploadId, kind: 'register', programme: 'high-age' };
    const started = await done('createImport', { as, body });
    await bureau.deliver();
    const end = await done('getImport', { as, params: { importId: started.body.importId } });
    expect(end.body).toMatchObject({ state: 'done', counts: { created: 1 } });
    expect(end.body.notes?.map((one: { code: string }) => one.code)).toEqual(['format', 'titles']);
  });

  it('gives out lists of grants with the columns of one programme', async () => {
    const asked = { as: CALLERS.preparer, params: { kind: 'grant-list' } };
    const { body } = await done('getSheetTemplate', { ...asked, query: { programme: 'disaster-relief' } });
    expect(body.fileName).toBe('fafang-grant-list-disaster-relief.xlsx');
    const workbook = await openWorkbook(sourceOf(Buffer.from(await (await fetch(body.url)).arrayBuffer())));
    for await (const { cells } of workbook.sheets[0]!.rows()) {
      expect(cells.map(shownText)).toEqual(expect.arrayContaining(['姓名', '灾害名称', '备注']));
      expect(cells.map(shownText)).not.toContain('学年');
    }
  });

  it('takes the columns of a programme of its own, and dates what changes', async () => {
    const as = CALLERS.preparer;
    const query = { programme: 'disability-living' };
    const template = await done('getSheetTemplate', { as, params: { kind: 'register' }, query });
    expect(template.body.fileName).toBe('fafang-register-disability-living.xlsx');
    const headings = `${HEADINGS},残疾类别,残疾等级,残疾人证有效期至,残疾人证签发日期`;
    const imported = async (...rows: string[]) => {
      const bytes = Buffer.from([headings, ...rows].join('\r\n'));
      const uploadId = await upload(as, 'register', 'cards.csv', bytes);
      const body = { uploadId, kind: 'register', ...query };
      const started = await done('createImport', { as, body });
      await bureau.deliver();
      return (await done('getImport', { as, params: { importId: started.body.importId } })).body;
    };
    const first = await imported(
      `${row(31)},肢体,二级,2031-05-20,2021-05-21`,
      `${row(32)},肢体,二级,明年,2021-05-21`,
      `${row(33)},肢体,,长期,2021-05-21`,
    );
    expect(first).toMatchObject({ counts: { created: 1, rejected: 2 } });
    const errors = await (await fetch(first.errorFileUrl)).text();
    expect(errors).toContain('【残疾人证有效期至】残疾人证有效期应为日期');
    expect(errors).toContain('【残疾类别】填写了此格，须同时填写与它配套的一格');

    const known = async () => {
      const found = await bureau.register.personByIdNumber(idNumber(31));
      return found!.record.facts
        .filter(({ kind }) => kind.startsWith('disability'))
        .map(({ kind, value, validFrom }) => `${kind} ${value} ${validFrom}`);
    };
    const stated = ['disability 2:limb 2021-05-21', 'disability-card valid:2031-05-20 2021-05-21'];
    expect((await known()).sort()).toEqual(stated);
    expect(await imported(`${row(31)},肢体,二级,2031-05-20,2021-05-21`)).toMatchObject({
      counts: { created: 0, changed: 0, unchanged: 1 },
    });
    expect((await known()).sort()).toEqual(stated);
    expect(await imported(`${row(31)},肢体,一级,长期,2026-10-08`)).toMatchObject({ counts: { changed: 1 } });
    expect((await known()).sort()).toEqual([
      'disability 1:limb 2026-10-08',
      'disability 2:limb 2021-05-21',
      'disability-card valid:- 2026-10-08',
      'disability-card valid:2031-05-20 2021-05-21',
    ]);
  });

  it('assesses a case that nobody stores, and says how one is written', async () => {
    const as = CALLERS.reviewer;
    const { body: about } = await done('getSchemas', { as, params: { programme: 'high-age' } });
    const { month, case: given, amount } = about.example;
    const place = { jurisdiction: '110000', month };
    const items = async () => JSON.stringify(await bureau.engines.scan('operations')).length;
    const before = await items();
    const { body: answer } = await done('createAssessment', { as, body: { ...place, case: given } });
    expect(answer).toMatchObject({ total: amount, results: [{ programme: 'high-age', amount }] });
    expect(answer.results[0].derivation[0].zh).toMatch(/^2024-11申请/);
    expect(await items()).toBe(before);
    const wrong = { ...given, person: { birthDate: '1944-13-01' } };
    const refused = await desk.api('createAssessment', { as, body: { ...place, case: wrong } });
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid/case']);
    expect(refused.body.errors).toMatchObject([{ pointer: '/case/persons/0/birthDate' }]);
    const { cashier, auditor } = CALLERS;
    expect(await code('createAssessment', { as: cashier, body: { ...place, case: given } })).toMatch(/^403 /);
    const { body: all } = await done('listSchemas', { as: auditor });
    expect(all.programmes.map((one: { programme: string }) => one.programme)).toContain('disability-living');
    expect(all.case).toMatchObject({ type: 'object', required: ['enrolments'] });
  });

  it('changes an account by two people, masked', async () => {
    const as = CALLERS.preparer;
    const search = await done('searchPersons', { as, body: { idNumber: idNumber(2) } });
    const [person] = search.body.persons;
    expect(person).toMatchObject({
      idNumber: expect.stringMatching(/^110199\*{8}\d{4}$/),
      accounts: [{ account: '****0002' }],
    });
    const params = { personKey: person.personKey };
    const body = { account: '6222020000000000014', holderName: '张三', evidence: '银行开户证明' };
    const change = await done('proposeAccountChange', { as, params, body });
    expect(change.body).toMatchObject({ state: 'proposed', account: '****0014', holderName: '张*' });
    const confirmation = { params: { ...params, changeId: change.body.changeId } };
    const both = { subject: as.subject, roles: ['reviewer'] } as const;
    expect(await code('confirmAccountChange', { as: both, ...confirmation })).toBe(
      '403 forbidden/same-person',
    );
    const elsewhere = { subject: 'elsewhere', roles: ['preparer'] } as const;
    await registerStaff(bureau.engines, '310101', [elsewhere]);
    expect(await code('getPerson', { as: elsewhere, params })).toBe('404 missing/person');
    expect(
      (await done('searchPersons', { as: elsewhere, body: { idNumber: idNumber(2) } })).body.persons,
    ).toEqual([]);
    expect(
      await code('createBeneficiaryLink', {
        as: elsewhere,
        body: { personKey: person.personKey, subject: 'x' },
      }),
    ).toBe('404 missing/person');
    const stored = JSON.stringify([
      await bureau.engines.scan('operations'),
      await bureau.engines.scan('register'),
    ]);
    expect(stored).not.toMatch(/6222020000000000014|110199194001150|张三/);
  });

  it('keeps uploads, imports and persons within their jurisdiction', async () => {
    const as = { subject: 'elsewhere', roles: ['preparer'] } as const;
    await registerStaff(bureau.engines, '310101', [as]);
    const uploadId = await upload(CALLERS.preparer, 'register', 'mine.csv', sheet([row(1)]));
    const body = { uploadId, kind: 'register', programme: 'high-age' };
    expect(await code('createImport', { as, body })).toBe('404 missing/upload');
    const mine = await done('createImport', { as: CALLERS.preparer, body });
    await bureau.deliver();
    expect(await code('getImport', { as, params: { importId: mine.body.importId } })).toBe(
      '404 missing/import',
    );
  });

  it('reaches someone who only receives for another through that enrolment, and not otherwise', async () => {
    const payeeId = idNumber(900, '19700101');
    const sheetOf = sheet([row(20, { payee: '王儿', payeeId, account: '6217000000009900' }), row(21)]);
    const uploadId = await upload(CALLERS.preparer, 'register', 'payee.csv', sheetOf);
    await done('createImport', {
      as: CALLERS.preparer,
      body: { uploadId, kind: 'register', programme: 'high-age' },
    });
    await bureau.deliver();
    const as = CALLERS.preparer;
    const find = async (n: number) =>
      (await done('searchPersons', { as, body: { idNumber: idNumber(n) } })).body.persons[0].enrolments[0];
    const [enrolment, neighbour] = [await find(20), await find(21)];
    expect(enrolment.payee).not.toBe(neighbour.payee);
    const params = { personKey: enrolment.payee };
    const through = (enrolmentId: string) => code('getPerson', { as, params, query: { enrolmentId } });
    expect(await code('getPerson', { as, params })).toBe('404 missing/person');
    expect(await through(neighbour.enrolmentId)).toBe('404 missing/person');
    expect(await through(enrolment.enrolmentId)).toBe('200 ');
    const elsewhere = { subject: 'elsewhere', roles: ['preparer'] } as const;
    const query = { enrolmentId: enrolment.enrolmentId };
    expect(await code('getPerson', { as: elsewhere, params, query })).toBe('404 missing/person');
    const change = { account: '6222020000000000022', holderName: '王儿', evidence: '银行证明' };
    expect(await code('proposeAccountChange', { as, params, query, body: change })).toBe('201 ');
  });
});
