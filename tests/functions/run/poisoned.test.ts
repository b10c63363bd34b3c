import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { row } from '../register/sheet-fixture.ts';
import { type Office, REGULAR, SUPPLEMENTARY, value } from './office.ts';
import { smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bureau.stop();
});

const GAP = /act 99 of .* does not follow/;
/** An act with a number that does not follow: the run cannot be folded any more. */
async function poison({ runId }: Run): Promise<void> {
  const act = { kind: 'funding-requested', runId, sequence: 99, at: bureau.clock.now(), by: 'nobody' };
  await bureau.ports.runs.append(act as Parameters<Office['ports']['runs']['append']>[0]);
  await expect(bureau.ports.runs.load(runId)).rejects.toThrow(GAP);
}
/** A supplementary run all of whose messages are lost. */
async function stuck(): Promise<Run> {
  await bureau.importRows('late', [row(21)]);
  const run = value(await bureau.actions.startRun(SUPPLEMENTARY, 'staff-preparer'));
  await bureau.engines.deliver({ compute: () => Promise.resolve({ batchItemFailures: [] }) });
  return run;
}
const stateOf = async (run: Run) => (await bureau.ports.runs.load(run.runId))?.state;

describe('a run that cannot be read', () => {
  it('keeps no other run from being mended, and is reported by every look', async () => {
    const bad = await wholeMonth(bureau);
    const good = await stuck();
    await poison(bad);
    await expect(bureau.sweep()).rejects.toThrow(GAP);
    await bureau.deliver();
    expect(await stateOf(good)).toBe('computing');
    await expect(bureau.sweep()).rejects.toThrow(GAP);
    await bureau.deliver();
    expect(await stateOf(good)).toBe('review');
    await expect(bureau.sweep()).rejects.toThrow(GAP);
  });

  it('is named beside the others that fail, when there are several', async () => {
    const first = await wholeMonth(bureau);
    const second = await stuck();
    await poison(first);
    await poison(second);
    const failure = await bureau.sweep().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    const messages = (failure as AggregateError).errors.map((error: Error) => error.message).sort();
    // The second also stands between start and dispatched, where a start that died is looked for.
    expect(messages).toEqual([
      expect.stringContaining(first.runId),
      expect.stringContaining(second.runId),
      expect.stringContaining(second.runId),
    ]);
  });
});

it('an export that cannot be read keeps no run from being mended', async () => {
  const paid = await wholeMonth(bureau);
  const good = await stuck();
  value(await bureau.audit.createExport({ runId: paid.runId, format: 'csv', by: 'auditor', exportId: 'e1' }));
  await bureau.engines.tables.operations.put({ pk: 'EXPORTS', sk: 'e2' });
  for (let look = 0; look < 2; look += 1) {
    await expect(bureau.sweep()).rejects.toThrow(TypeError);
    await bureau.deliver();
  }
  expect(await stateOf(good)).toBe('review');
});

describe('a list that cannot be read', () => {
  it('of one bureau’s runs keeps no other bureau’s from being mended', async () => {
    const good = value(await bureau.actions.startRun(REGULAR, 'staff-preparer'));
    await bureau.engines.deliver({ compute: () => Promise.resolve({ batchItemFailures: [] }) });
    // A bureau that is looked at before the one with the run.
    await bureau.ports.sweeps.remember({ jurisdiction: '110101', programme: 'high-age' });
    const listings = bureau.ports.runs.listings.bind(bureau.ports.runs);
    vi.spyOn(bureau.ports.runs, 'listings').mockImplementation((jurisdiction) =>
      jurisdiction === '110101' ? Promise.reject(new Error('no list')) : listings(jurisdiction),
    );
    for (let look = 0; look < 2; look += 1) {
      await expect(bureau.sweep()).rejects.toThrow('no list');
      await bureau.deliver();
    }
    expect(await stateOf(good)).toBe('review');
  });

  it('of the bureaus is reported beside what else failed', async () => {
    vi.spyOn(bureau.ports.closings, 'exports').mockRejectedValueOnce(new Error('no exports'));
    vi.spyOn(bureau.ports.sweeps, 'scopes').mockRejectedValueOnce(new Error('no bureaus'));
    const failure = await bureau.sweep().catch((error: unknown) => error);
    expect((failure as AggregateError).errors).toEqual([new Error('no exports'), new Error('no bureaus')]);
  });
});
