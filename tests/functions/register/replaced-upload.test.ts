import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoTable, Item } from '../../../functions/adapters/dynamo-table.ts';
import { ImportStore } from '../../../functions/adapters/import-store.ts';
import { readBureauList } from '../../../functions/go-live/read-bureau-list.ts';
import { importHandler } from '../../../functions/register/import.ts';
import type { ImportServices } from '../../../functions/register/import-services.ts';
import { startImport } from '../../../functions/register/start-import.ts';
import { readReportSheet } from '../../../functions/street/read-sheet.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { idNumber, request, row, servicesFor, sheet } from './sheet-fixture.ts';

let engines: Engines;
let services: ImportServices;
beforeAll(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterAll(() => engines.stop());
const quiet = { info: () => {}, warn: () => {} };

describe('an import whose upload is replaced', () => {
  it('goes on with what it read when the file is replaced or deleted afterwards', async () => {
    const message = request('replaced');
    await engines.files.put(message.objectKey, sheet([row(70), row(74, { street: 'x' })]));
    await startImport(services, message, quiet);
    expect(await services.imports.get('replaced')).toMatchObject({
      state: 'importing',
      chunks: 1,
      chunksDone: 0,
    });
    await engines.files.put(message.objectKey, sheet([row(71)]));
    await engines.deliver({ imports: importHandler(() => services) });
    expect(await services.imports.get('replaced')).toMatchObject({
      state: 'done',
      counts: { created: 1, rejected: 1 },
    });
    expect(await services.register.personByIdNumber(idNumber(71))).toBeUndefined();
  });

  it('stops when the file is another than the one whose cutting a crash interrupted', async () => {
    const message = request('other-file');
    const rows = Array.from({ length: 300 }, (_, n) => row(800 + n));
    await engines.files.put(message.objectKey, sheet(rows));
    const dying = new ImportStore(
      new Proxy(engines.tables.operations, {
        get: (table, name: keyof DynamoTable) => {
          if (name === 'putNew')
            return async (item: Item) => {
              if (item.sk === 'PLAN') throw new Error('the process died');
              return table.putNew(item);
            };
          const value = table[name];
          return typeof value === 'function' ? value.bind(table) : value;
        },
      }),
    );
    await expect(startImport({ ...services, imports: dying }, message, quiet)).rejects.toThrow('died');
    await engines.files.put(message.objectKey, sheet([row(75)]));
    await startImport(services, message, quiet);
    expect(await services.imports.get('other-file')).toMatchObject({
      state: 'refused',
      refusal: { code: 'conflict/file-changed' },
    });
  });
});

it.each(['replaced', 'shortened'])(
  'a report or a list that is %s while it is read is refused, and no half of it is taken',
  async (how) => {
    const key = `uploads/read-${how}`;
    const before = sheet(Array.from({ length: 300 }, (_, n) => row(n)));
    const files = {
      head: async () => {
        await engines.files.put(key, before);
        const head = await engines.files.head(key);
        await engines.files.put(key, how === 'replaced' ? before.toReversed() : before.subarray(0, 100));
        return head;
      },
      range: engines.files.range.bind(engines.files),
    };
    const context = { jurisdiction: '110199', today: '2026-11-22', unit: 'person' } as const;
    const changed = { ok: false, error: { code: 'conflict/file-changed' } };
    expect(await readReportSheet(files, key, context)).toMatchObject(changed);
    expect(await readBureauList(files, key)).toMatchObject(changed);
  },
);
