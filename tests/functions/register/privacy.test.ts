import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importHandler } from '../../../functions/register/import.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { inClear, listening } from '../../personal-data.ts';
import { idNumber, request, row, runImport, servicesFor, sheet } from './sheet-fixture.ts';

const PLANTED = {
  name: '阿依古丽·麦麦提',
  id: idNumber(7),
  phone: '13900001111',
  account: '6217000011112222',
  payee: '买买提江·麦麦提',
  payeeId: idNumber(8, '19700101'),
};

describe('personal data', () => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await startEngines();
  });
  afterAll(() => engines.stop());

  it('is in no item, message, status or log in clear: a grep for what was planted finds nothing', async () => {
    const heard = listening();
    const services = servicesFor(engines);
    const bad = row(9, { ...PLANTED, id: PLANTED.id.replace(/.$/, 'Y'), applied: '昨天' });
    const moved = row(7, { ...PLANTED, account: '6217000033334444' });
    const statuses = [
      (await runImport(engines, services, request('a'), sheet([row(7, PLANTED), bad]))).status,
      (await runImport(engines, services, request('b'), sheet([moved]))).status,
      (await runImport(engines, services, request('c'), Buffer.from(row(7, PLANTED)))).status,
    ];
    // A message that cannot be understood and one that fails are logged too.
    engines.send('imports', `{"type":"import.requested","name":"${PLANTED.name}"}`);
    await engines.deliver({ imports: importHandler(() => services) });
    const log = heard.end();

    expect(statuses.map((status) => status?.state)).toEqual(['done', 'done', 'refused']);
    expect(statuses[0]?.counts).toMatchObject({ created: 1, rejected: 1 });
    const items = [...(await engines.scan('register')), ...(await engines.scan('operations'))];
    const dump = inClear(items) + JSON.stringify(statuses);
    expect(log).toContain('chunk recorded');
    expect(log).toContain('does not match its schema');
    for (const [field, value] of Object.entries({ ...PLANTED, moved: '6217000033334444' })) {
      for (const needle of [value, Buffer.from(value).toString('base64')]) {
        expect(dump.includes(needle), `${field} in a table`).toBe(false);
        expect(log.includes(needle), `${field} in the log`).toBe(false);
      }
    }
    // The birth date of the subject is personal data as well.
    expect(dump).not.toContain('1940-01-15');
  });

  it('is in no message that waits on a queue', async () => {
    const services = servicesFor(engines);
    const message = request('waiting');
    await engines.files.put(message.objectKey, sheet([row(7, PLANTED)]));
    const { startImport } = await import('../../../functions/register/start-import.ts');
    await startImport(services, message, { info: () => {}, warn: () => {} });
    expect(engines.bodies('imports').filter((body) => body.includes('waiting'))).toEqual([
      '{"type":"import.chunk","version":1,"importId":"waiting","chunk":0}',
    ]);
  });
});
