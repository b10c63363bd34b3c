import { describe, expect, it } from 'vitest';
import { startEngines } from '../../engines.ts';
import { fixedServices, type Interrupted, interruptedImport } from './interrupted-import.ts';
import { idNumber, registerContent, request, row, runImport, sheet } from './sheet-fixture.ts';

/** A linear congruential generator: the same seed gives the same order. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('delivering every message twice and in random order', () => {
  const son = { payee: '王儿', payeeId: idNumber(900, '19700101'), account: '6217000000000900' };
  const rows = Array.from({ length: 520 }, (_, n) =>
    row(n, n % 50 === 0 ? son : n % 41 === 0 ? { account: 'x' } : {}),
  );
  rows[510] = row(3, { street: '110199009' });
  rows[511] = row(4);
  const clean = (async () => {
    const engines = await startEngines();
    const services = fixedServices(engines);
    const { status } = await runImport(engines, services, request('one'), sheet(rows));
    const content = await registerContent(engines, services);
    await engines.stop();
    return { content, counts: status!.counts };
  })();

  it.each([1, 2])('gives the same register and counts as once and in order (seed %i)', async (seed) => {
    const engines = await startEngines();
    const services = fixedServices(engines);
    const delivery = { times: 2, random: seeded(seed) };
    const { report, status } = await runImport(engines, services, request('one'), sheet(rows), delivery);
    const { content, counts } = await clean;
    expect(report.failed).toBe(0);
    expect(status).toMatchObject({ state: 'done', counts });
    expect(await registerContent(engines, services)).toEqual(content);
    await engines.stop();
  });
});

describe('an interruption at any call', () => {
  const rows = [
    row(1, { class: '低保', payee: '王儿', payeeId: idNumber(900, '19700101') }),
    row(3, { account: '1,200' }),
    row(4, { account: '6217111111110004', street: '110199002' }),
  ];

  const imported: Interrupted = { fields: {}, earlier: sheet([row(4)]), sheet: sheet(rows) };

  it('is finished by doing the work again', { timeout: 240_000 }, async () => {
    const reference = await interruptedImport(imported, Number.POSITIVE_INFINITY, 'before');
    expect(reference.failures).toBe(0);
    expect(reference.calls).toBeGreaterThan(30);
    for (let at = 0; at < reference.calls; at += 1) {
      for (const moment of ['before', 'after'] as const) {
        const result = await interruptedImport(imported, at, moment);
        const where = `call ${at}, failing ${moment} it took effect`;
        expect(result.failures, where).toBe(1);
        expect(result.content, where).toEqual(reference.content);
        expect(result.counts, where).toEqual(reference.counts);
        expect(result.unfinished, where).toEqual([]);
      }
    }
  });
});
