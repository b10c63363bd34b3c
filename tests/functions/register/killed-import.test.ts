import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { xlsxOf } from '../../../infra/local/sample/xlsx-writer.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { FIXED_KEYS, registerContent, request, row, runImport, servicesFor } from './sheet-fixture.ts';
import { HEADS } from './workbook/ugly-sheets.ts';

const PROCESS = fileURLToPath(new URL('import-process.ts', import.meta.url));
const fixed = (engines: Engines) => servicesFor(engines, undefined, { ...engines.env, ...FIXED_KEYS });

/** Imports in a process of its own, killed without warning after so many writes; undefined lets it end by itself. */
async function importIn(engines: Engines, killedAfter: number | undefined): Promise<'killed' | 'ended'> {
  const child = spawn(process.execPath, [PROCESS], {
    env: { ...process.env, ...engines.env, ...FIXED_KEYS, POWERTOOLS_LOG_LEVEL: 'SILENT' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let writes = 0;
  createInterface(child.stdout).on('line', () => {
    writes += 1;
    if (writes === killedAfter) child.kill('SIGKILL');
  });
  const [code, signal] = (await exited) as [number | null, string | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'ended';
}

it('loses and doubles no row of a workbook when its process is killed again and again', async () => {
  const people = Array.from({ length: 620 }, (_, n) =>
    row(n, n % 61 === 0 ? { account: 'x' } : {}).split(','),
  );
  const bytes = xlsxOf({ sheets: [{ rows: [['名册'], HEADS, ...people, people[3]!, ['合计', '621人']] }] });
  const message = request('killed');

  const calm = await startEngines();
  const calmServices = fixed(calm);
  const { status } = await runImport(calm, calmServices, message, bytes);
  const expected = await registerContent(calm, calmServices);
  const errors = await calm.files.read('imports/killed/errors.xlsx');
  await calm.stop();
  expect(status).toMatchObject({
    state: 'done',
    chunks: 3,
    counts: { accepted: 610, rejected: 11, unchanged: 1 },
  });

  const engines = await startEngines();
  await engines.files.put(message.objectKey, bytes);
  // While it is cut, planned, at the first rows, and in the middle of chunks.
  for (const writes of [2, 4, 9, 40, 400, 900]) {
    // What the sweeper does with an import in which nothing moves.
    engines.send('imports', JSON.stringify(message));
    expect(await importIn(engines, writes)).toBe('killed');
  }
  engines.send('imports', JSON.stringify(message));
  expect(await importIn(engines, undefined)).toBe('ended');
  const services = fixed(engines);
  const after = await services.imports.get('killed');
  expect(after).toMatchObject({ state: 'done', chunks: 3, notes: status!.notes });
  expect(after?.counts).toEqual(status!.counts);
  expect(await registerContent(engines, services)).toEqual(expected);
  expect(await engines.files.read('imports/killed/errors.xlsx')).toEqual(errors);
  await engines.stop();
}, 180_000);
