import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportServices } from '../../../functions/register/import-services.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { idNumber, request, row, runImport, servicesFor, sheet } from './sheet-fixture.ts';

let engines: Engines;
let services: ImportServices;
beforeAll(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterAll(() => engines.stop());

const run = (id: string, bytes: Uint8Array, fields: Parameters<typeof request>[1] = {}) =>
  runImport(engines, services, request(id, fields), bytes);
const person = async (n: number) => (await services.register.personByIdNumber(idNumber(n)))!;

describe('a register sheet', () => {
  it('gives somebody who is in two districts two enrolments, which share no id, and finds each again', async () => {
    const here = sheet([row(860), row(861)]);
    const there = sheet([row(860, { street: '110105001' }), row(861, { street: '110105001' })]);
    const elsewhere = { jurisdiction: '110105' };
    await run('two-1', here);
    await run('two-2', there, elsewhere);
    await run('two-3', there, elsewhere);
    await run('two-4', here);
    for (const n of [860, 861]) {
      const key = (await person(n)).record.personKey;
      const found = await services.register.enrolmentsOfPerson(key);
      expect(found.map(({ id, jurisdiction }) => [id, jurisdiction])).toEqual([
        [`GL-${key}-1`, '110199'],
        [`GL-${key}-2`, '110105'],
      ]);
    }
  });

  it('also when both districts name them at the same moment', async () => {
    const people = [870, 871, 872, 873];
    await Promise.all([
      run('both-1', sheet(people.map((n) => row(n)))),
      run('both-2', sheet(people.map((n) => row(n, { street: '110105001' }))), { jurisdiction: '110105' }),
    ]);
    for (const n of people) {
      const found = await services.register.enrolmentsOfPerson((await person(n)).record.personKey);
      expect(found.map(({ jurisdiction }) => jurisdiction).sort()).toEqual(['110105', '110199']);
      expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    }
  });
});
