import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestFact } from '../../../domain/register/facts.ts';
import { ObjectStore, objectClient } from '../../../functions/adapters/object-store.ts';
import { importHandler } from '../../../functions/register/import.ts';
import type { ImportServices } from '../../../functions/register/import-services.ts';
import { startImport } from '../../../functions/register/start-import.ts';
import { unfinishedImports } from '../../../functions/register/unfinished-imports.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { HEADINGS, idNumber, request, row, runImport, servicesFor, sheet } from './sheet-fixture.ts';

let engines: Engines;
let services: ImportServices;
beforeAll(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterAll(() => engines.stop());

const run = (id: string, bytes: Uint8Array, fields: Parameters<typeof request>[1] = {}) =>
  runImport(engines, services, request(id, fields), bytes);
async function errorLines(id: string): Promise<string[]> {
  const bytes = await engines.files.read(`imports/${id}/errors.csv`);
  return Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\r\n');
}
const person = async (n: number) => (await services.register.personByIdNumber(idNumber(n)))!;

describe('importing a register sheet', () => {
  it('keeps the good rows and returns the bad ones with every reason', async () => {
    const { status } = await run(
      'first',
      sheet([
        row(1, { name: '阿依古丽·麦麦提', class: '低保' }),
        row(2, { id: '110199194001150020', account: '' }),
        row(3, { payee: '王儿', payeeId: idNumber(500, '19700101') }),
        row(4, { applied: '去年', street: '１１０１９９', phone: '12' }),
        '',
        row(5, { payee: '王儿' }),
      ]),
    );
    expect(status).toMatchObject({
      state: 'done',
      counts: { accepted: 2, created: 2, changed: 0, unchanged: 0, rejected: 3, accountChanges: 0 },
      errorFileKey: 'imports/first/errors.csv',
    });
    const lines = await errorLines('first');
    expect(lines[0]).toMatch(/^\ufeff"姓名","身份证号".*"停发月份","行号","原因","原因（英文）"$/);
    expect(lines[1]).toContain('"3","【身份证号】身份证号第18位（校验码）与前17位不符');
    expect(lines[1]).toContain('；【收款账号】此格不能为空"');
    expect(lines[1]).toContain('Account must not be empty');
    expect(lines[2]).toMatch(/"5","【手机号】.*【街道代码】.*【申请日期】.*YYYY-MM-DD/);
    expect(lines[3]).toContain('"7","【收款人身份证号】收款人不是本人时');

    const first = await person(1);
    expect(first.record).toMatchObject({
      legalName: '阿依古丽·麦麦提',
      accounts: [{ account: '6217000000000001', holderName: '阿依古丽·麦麦提', by: 'staff-preparer' }],
    });
    expect(first.record.facts.map(({ kind, value, validFrom }) => [kind, value, validFrom])).toEqual([
      ['birth-date', '1940-01-15', '1940-01-15'],
      ['identity-class', 'dibao', '1940-01-15'],
    ]);
    const third = await person(3);
    const son = await services.register.personByIdNumber(idNumber(500, '19700101'));
    const [enrolment] = await services.register.enrolmentsOfPerson(third.record.personKey);
    expect(third.record.accounts).toEqual([]);
    expect(son?.record.accounts).toMatchObject([{ account: '6217000000000003', holderName: '王儿' }]);
    expect(enrolment).toMatchObject({
      id: `GL-${third.record.personKey}-1`,
      payees: [{ payee: son?.record.personKey }],
    });
    expect(await services.register.streetNames('110199')).toEqual(new Map([['110199001', '示例街道']]));
  });

  it('takes a mended error file as it is', async () => {
    const lines = await errorLines('first');
    const mended = lines
      .join('\r\n')
      .replace('"110199194001150020"', `"${idNumber(2)}"`)
      .replace(/("110199001","示例街道","2026-09-01","其他","","",)""/, '$1"6217000000000002"');
    const { status } = await run('mended', Buffer.from(mended));
    expect(status).toMatchObject({ state: 'done', counts: { created: 1, rejected: 2 } });
  });

  it('changes nothing when the same file is imported again', async () => {
    const bytes = sheet([row(10), row(11), row(11)]);
    expect((await run('again-1', bytes)).status?.counts).toMatchObject({ created: 2, unchanged: 1 });
    const before = await engines.scan('register');
    expect((await run('again-2', bytes)).status?.counts).toMatchObject({ unchanged: 3, accepted: 3 });
    const byKey = (items: typeof before) => items.toSorted((a, b) => (a.pk + a.sk < b.pk + b.sk ? -1 : 1));
    expect(byKey(await engines.scan('register'))).toEqual(byKey(before));
  });

  it('makes a changed row a new dated fact beside the old one, and a changed account a proposal', async () => {
    await run('change-1', sheet([row(20)]));
    const changed = row(20, {
      class: '特困',
      street: '110199002',
      stop: '2026-12',
      account: '6217999900000020',
    });
    const { status } = await run('change-2', sheet([changed]), { requestedAt: '2026-11-21T17:00:00.000Z' });
    expect(status?.counts).toMatchObject({ changed: 1, accountChanges: 1 });
    const { record } = await person(20);
    const [enrolment] = await services.register.enrolmentsOfPerson(record.personKey);
    expect(record.facts.filter((fact) => fact.kind === 'identity-class')).toMatchObject([
      { value: 'none', validFrom: '1940-01-15' },
      // Asked for at 01:00 on the 22nd in Shanghai.
      { value: 'tekun', validFrom: '2026-11-22' },
    ]);
    expect(latestFact(enrolment!.facts, 'street')?.value).toBe('110199002');
    expect(latestFact(enrolment!.facts, 'stop')?.value).toBe('2026-12');
    expect(enrolment!.facts.filter((fact) => fact.kind === 'application')).toHaveLength(1);
    expect(record.accounts).toHaveLength(1);

    const again = await run('change-3', sheet([changed]), { requestedAt: '2026-11-21T18:00:00.000Z' });
    expect(again.status?.counts).toMatchObject({ unchanged: 1, changed: 0, accountChanges: 0 });
    const [proposed] = await services.accountChanges.list(record.personKey);
    await services.accountChanges.confirm(
      record.personKey,
      proposed!.change.changeId,
      'staff-reviewer',
      '2026-11-22T03:00:00.000Z',
    );
    expect((await person(20)).record.accounts.at(-1)).toMatchObject({
      account: '6217999900000020',
      by: 'staff-preparer',
      confirmedBy: 'staff-reviewer',
    });
  });

  it('does not let an older sheet that comes late overrule a newer one', async () => {
    await run('new', sheet([row(30, { street: '110199002' })]), { requestedAt: '2026-11-20T05:00:00.000Z' });
    const late = await run('old', sheet([row(30, { street: '110199003' })]), {
      requestedAt: '2026-11-20T04:00:00.000Z',
    });
    expect(late.status?.counts).toMatchObject({ unchanged: 1 });
  });

  it('resumes only on the word for it', async () => {
    await run('stop', sheet([row(31, { stop: '2026-10' })]));
    await run('silent', sheet([row(31)]));
    const key = (await person(31)).record.personKey;
    const stop = async () =>
      latestFact((await services.register.enrolmentsOfPerson(key))[0]!.facts, 'stop')?.value;
    expect(await stop()).toBe('2026-10');
    await run('resume', sheet([row(31, { stop: '恢复' })]));
    expect(await stop()).toBe('');
  });

  it('reports rows that contradict each other or the register, naming the first', async () => {
    await run('known', sheet([row(40)]));
    const { status } = await run(
      'clash',
      sheet([
        row(40, { name: '另一人' }),
        row(41),
        row(41, { street: '110199005' }),
        row(42, { payee: '甲', payeeId: idNumber(501, '19700101') }),
        row(43, { payee: '乙', payeeId: idNumber(501, '19700101') }),
        row(44, { payee: '甲', payeeId: idNumber(501, '19700101'), account: '6217888800000044' }),
      ]),
    );
    expect(status?.counts).toMatchObject({ created: 2, rejected: 4 });
    const lines = await errorLines('clash');
    expect(lines[1]).toContain('"2","【姓名】该身份证号在对象信息库中登记的是另一个姓名');
    expect(lines[2]).toContain('"4","【身份证号】与第3行是同一人，内容却不同');
    expect(lines[3]).toContain('"6","【姓名】同一身份证号在第5行是另一个姓名');
    expect(lines[4]).toContain('"7","【收款账号】同一收款人在第5行是另一个账号');
  });

  it('finds who shares an account', async () => {
    const account = '6217777700000001';
    await run('shared', sheet([row(45, { account }), row(46, { account })]));
    const hash = await services.register.personalData.lookupHash('account', account);
    const none = await services.register.personalData.lookupHash('account', '6217777700000002');
    const keys = [(await person(45)).record.personKey, (await person(46)).record.personKey].sort();
    expect(await services.register.accountHolders([hash, none])).toEqual([keys, []]);
  });

  it('cuts a long sheet into chunks and keeps row numbers right', async () => {
    // Ten rows for each person: a row that says again what another says takes its place in a chunk, and is not written.
    const rows = Array.from({ length: 600 }, (_, n) =>
      n === 599
        ? row(1000, { street: 'x' })
        : row(100 + Math.floor(n / 10), { id: idNumber(Math.floor(n / 10), '19390203') }),
    );
    rows[260] = '';
    const { status } = await run('long', sheet(rows));
    expect(status).toMatchObject({ chunks: 3, counts: { created: 60, unchanged: 538, rejected: 1 } });
    expect((await errorLines('long'))[1]).toContain('"601","【街道代码】');
  });
});

describe('a file that is refused as a whole', () => {
  const refusedWith = async (id: string, bytes: Uint8Array) => {
    const { status } = await run(id, bytes);
    expect(status?.state).toBe('refused');
    return status!.refusal!;
  };

  it('names missing, unknown and repeated headings and those there may be', async () => {
    const refusal = await refusedWith(
      'headings',
      sheet([row(50)], HEADINGS.replace('收款账号', '卡号').replace('手机号', '姓名')),
    );
    expect(refusal.code).toBe('invalid/headings');
    expect(refusal.zh).toContain('缺少列：“收款账号”；不认识的列：“卡号”；重复的列：“姓名”');
    expect(refusal.zh).toContain('身份证号（必填）');
    expect(refusal.en).toContain('missing: "Account"');
  });

  it('does not repeat a row of data that stands where the headings should', async () => {
    const bytes = Buffer.from(row(51));
    const refusal = await refusedWith('no-headings', bytes);
    expect(refusal.code).toBe('invalid/headings');
    expect(JSON.stringify(refusal)).not.toContain(idNumber(51));
  });

  it.each([
    ['empty', Buffer.alloc(0), 'invalid/empty-file'],
    ['only-headings', sheet([]), 'invalid/no-rows'],
    [
      'gbk',
      Buffer.concat([Buffer.from(`${HEADINGS}\n`), Buffer.from([0xc0, 0xee, 0xcb, 0xc4])]),
      'invalid/encoding',
    ],
    ['utf16', Buffer.from(HEADINGS, 'utf16le'), 'invalid/encoding'],
    ['quote', sheet([`"${row(52)}`, ...Array.from({ length: 300 }, (_, n) => row(n))]), 'invalid/quote'],
  ])('%s', async (id, bytes, code) => {
    const refusal = await refusedWith(`bad-${id}`, bytes);
    expect(refusal.code).toBe(code);
    expect(refusal.zh).toMatch(/重新上传|分别上传/);
  });

  it('is refused by its size alone, without being read', async () => {
    class LargeObject extends ObjectStore {
      override head = async () => ({ bytes: 200_000_000 });
      reads = 0;
      override range = async () => {
        this.reads += 1;
        return Buffer.from(HEADINGS);
      };
      override read = this.range;
    }
    const files = new LargeObject(objectClient({ region: 'none' }), 'none');
    const message = request('oversized');
    const { status } = await runImport(engines, { ...services, files }, message, Buffer.from('a'));
    expect(status?.refusal?.code).toBe('limit/file-size');
    expect(status?.refusal?.zh).toContain('50 MB');
    expect(files.reads).toBe(0);
  });

  it('was not uploaded, or belongs to no programme', async () => {
    engines.send('imports', JSON.stringify(request('nothing')));
    const { status } = await run('programme', sheet([row(53)]), { programme: 'no-such' });
    expect(status?.refusal?.code).toBe('invalid/programme');
    expect((await services.imports.get('nothing'))?.refusal?.code).toBe('missing/object');
  });
});

describe('an import that is under way', () => {
  const quiet = { info: () => {}, warn: () => {} };

  it('is found by the sweeper once it has been quiet, and not before', async () => {
    const message = request('quiet');
    await engines.files.put(message.objectKey, sheet([row(72)]));
    await startImport(services, message, quiet);
    const planned = '2026-11-20T03:00:00.000Z';
    const ids = async (quietSince: string) =>
      (await unfinishedImports(services.imports, '2026-12-01T00:00:00.000Z', quietSince)).map(
        ({ request: { importId } }) => importId,
      );
    expect(await ids(planned)).not.toContain('quiet');
    expect(await ids('2026-11-20T09:00:00.000Z')).toContain('quiet');
    await engines.deliver({ imports: importHandler(() => services) });
    expect(await ids('2026-11-20T09:00:00.000Z')).toEqual([]);
  });

  it('does not take another request under its id', async () => {
    await run('taken', sheet([row(73)]));
    const { report } = await run('taken', sheet([row(73)]), { kind: 'deaths' });
    expect(report.failed).toBe(1);
  });
});

describe('importing deaths', () => {
  it('records each source once and leaves strangers out', async () => {
    await run('people', sheet([row(60), row(61)]));
    const deaths = (rows: string[]) => sheet(rows, '身份证号,姓名,死亡日期,来源,数据来源');
    const name = row(60).split(',')[0];
    const bytes = deaths([
      `${idNumber(60)},${name},2026-10-05,比对,卫健`,
      `${idNumber(60)},${name},2026-10-06,认证,`,
      `${idNumber(61)},别人,2026-10-06,认证,`,
      `${idNumber(62)},外人,2026-10-06,认证,`,
      `${idNumber(63)},外人,2027-10-06,听说,`,
    ]);
    const { status } = await run('deaths-1', bytes, { kind: 'deaths' });
    expect(status?.counts).toMatchObject({ changed: 2, unmatched: 1, rejected: 2 });
    const again = await run('deaths-2', bytes, { kind: 'deaths' });
    expect(again.status?.counts).toMatchObject({ unchanged: 2, unmatched: 1, rejected: 2 });
    const deathsOf = (await person(60)).record.facts.filter(({ kind }) => kind.startsWith('death'));
    expect(deathsOf.map(({ kind, value, source }) => `${kind} ${value} ${source}`).sort()).toEqual([
      'death-certified 2026-10-06 death-sheet',
      'death-reported 2026-10-05 list:卫健',
    ]);
  });
});
