// Goal: the sheet of a round of 267 projects is what it says it is, and the import takes every good row of it and sends back exactly the planted
// ones, each for its reason. Method: the generator, and the sheet brought into an office on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumFen } from '../../../../domain/money.ts';
import { parseOrganisationCode } from '../../../../domain/organisation-code.ts';
import { budgetFaults } from '../../../../domain/programmes/venture-fund/budget-lines.ts';
import { parseReadRows } from '../../../../functions/register/read-row.ts';
import { openVentureCall } from '../../../../functions/venture/calls.ts';
import { mistyped, organisationCode } from '../../../../infra/local/sample/organisations.ts';
import { SIGNED_FATES } from '../../../../infra/local/sample/project-rows.ts';
import { generateProjects } from '../../../../infra/local/sample/projects.ts';
import { rulesFor, ventureFile, yuan } from '../../../domain/programmes/venture-fund/samples.ts';
import { request } from '../../../functions/register/sheet-fixture.ts';
import { type Office, openOffice, value } from '../../../functions/run/office.ts';

describe('a round of projects', () => {
  const round = generateProjects({ seed: 'fafang' });
  const signed = round.projects.filter(({ fate }) => SIGNED_FATES.includes(fate));

  it('is the same bytes for the same seed, and others for another seed or size', () => {
    const bytes = (options: Parameters<typeof generateProjects>[0]) =>
      generateProjects(options).bytes.toString('base64');
    expect(bytes({ seed: 'fafang' })).toBe(round.bytes.toString('base64'));
    expect(bytes({ seed: 'other' })).not.toBe(bytes({ seed: 'fafang' }));
    expect(bytes({ seed: 'fafang', projects: 20 })).not.toBe(bytes({ seed: 'fafang' }));
    expect(() => generateProjects({ seed: 'fafang', projects: 11 })).toThrow(/at least 12/);
  });

  it.each(['fafang', 'a', 'b'])(
    'of seed %s has 267 that are signed, of more than 2.15 million yuan',
    (seed) => {
      const all = generateProjects({ seed }).projects;
      const won = all.filter(({ fate }) => SIGNED_FATES.includes(fate));
      expect(won).toHaveLength(267);
      const total = sumFen(won.map(({ asked }) => asked));
      expect(total).toBeGreaterThan(yuan('2150000.00'));
      expect(total).toBeLessThan(yuan('3000000.00'));
      expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    },
  );

  it('is by organisations whose codes are sound, each with one name and one account; two organisations won twice', () => {
    const codes = new Map(
      round.projects.map(({ organisation: own }) => [own.code, `${own.name}/${own.account}`]),
    );
    for (const code of codes.keys()) expect(parseOrganisationCode(code)).toEqual({ ok: true, value: code });
    expect(new Set(codes.values()).size).toBe(codes.size);
    expect(signed.length - new Set(signed.map(({ organisation: own }) => own.code)).size).toBe(1);
    const code = organisationCode('52', 7);
    for (const at of [17, 18] as const) {
      expect(parseOrganisationCode(mistyped(code, at))).toMatchObject({
        ok: false,
        error: { detail: { position: at } },
      });
    }
  });

  it('has budgets without a fault', () => {
    const rules = rulesFor('110199');
    const groups = round.projects.flatMap(({ group }) => group ?? []);
    expect(new Set(groups).size).toBe(groups.length);
    for (const { lines, group, organisation: own } of round.projects)
      expect(budgetFaults(rules, lines, group === undefined ? own.kind : 'unregistered')).toEqual([]);
  });
});

describe('its sheet', () => {
  const round = generateProjects({ seed: 'sheet', projects: 30 });
  let bureau: Office;
  beforeAll(async () => {
    bureau = await openOffice({ people: 0, packs: [ventureFile('110199')] });
  });
  afterAll(() => bureau.stop());

  it('comes back with exactly the planted rows', async () => {
    const { calls } = bureau.fileServices.venture;
    const wish = {
      year: '2026',
      number: 1,
      title: '示例区公益创投',
      document: '示民函〔2026〕1号',
      from: '2026-01-05',
      to: '2026-12-31',
      pool: yuan('3000000.00'),
      tracks: [],
    };
    const stamp = { jurisdiction: '110199', by: 'staff-preparer' };
    const { callId } = value(await openVentureCall({ ...bureau.ports, calls }, wish, stamp));
    const importId = 'projects-1';
    const asked = sumFen(round.projects.map((each) => each.asked));
    const sheet = { importId, callId, projects: round.projects.length, asked, fileName: round.fileName };
    await calls.addSheet('110199', { ...sheet, by: 'staff-preparer', at: bureau.clock.now() });
    const objectKey = `uploads/${importId}.xlsx`;
    const requestedAt = bureau.clock.now();
    const message = request(importId, {
      kind: 'projects',
      programme: 'venture-fund',
      objectKey,
      requestedAt,
    });
    await bureau.engines.files.put(objectKey, round.bytes);
    bureau.engines.send('imports', JSON.stringify(message));
    await bureau.deliver();
    const status = await bureau.imports.get(importId);
    expect(status).toMatchObject({ state: 'done', counts: round.expected });
    const bytes = await bureau.engines.files.read(`imports/${importId}/rejected/000000.json`);
    const found = bytes ? parseReadRows(bytes) : [];
    const told = found.map(({ row, faults }) => ({
      row,
      columns: faults.flatMap(({ column }) => column ?? []).sort(),
      says: faults.map(({ zh }) => zh).join(),
    }));
    expect(told.map(({ row }) => row)).toEqual(round.rejected.map(({ row }) => row));
    for (const [index, { columns, says = '' }] of round.rejected.entries()) {
      expect(told[index]?.columns).toEqual([...columns].sort());
      expect(told[index]?.says).toContain(says);
    }
  });
});
