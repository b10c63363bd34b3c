import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import type { StaffServices } from '../../../functions/api/operations/services.ts';
import { systemClock } from '../../../functions/wiring.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { apiOver, CALLERS, registerStaff } from './api-client.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
  await registerStaff(engines);
});
afterAll(() => engines.stop());

const as = CALLERS.finance;
const line = { line: 'L1', level: 'district', fund: 'general', appropriated: '100.00' };
const body = { programme: 'high-age', fiscalYear: '2026', lines: [line] };

/** The API with a budget that counts how often it was set, and may be made to fail or to wait. */
function counting(during: () => Promise<void> = async () => {}) {
  const counter = { effects: 0, at: Date.parse('2026-11-20T00:00:00.000Z') };
  const runs: Partial<StaffServices['runs']> = {
    setBudget: async ({ jurisdiction, programme, fiscalYear, lines }) => {
      counter.effects += 1;
      await during();
      return ok({ jurisdiction, programme, fiscalYear, lines, runs: {} });
    },
  };
  const clock = { ...systemClock, now: () => new Date(counter.at).toISOString() };
  return { counter, api: apiOver(engines, { runs, clock }) };
}

describe('Idempotency-Key', () => {
  it('is needed, and is at most 255 visible characters', async () => {
    const { api, counter } = counting();
    const code = async (key: string) => {
      const answer = await api('setBudget', { as, body, headers: { 'idempotency-key': key } });
      return [answer.status, answer.body.code];
    };
    expect(await code('')).toEqual([400, 'invalid/idempotency-key-missing']);
    expect(await code('k'.repeat(256))).toEqual([400, 'invalid/idempotency-key']);
    expect(await code('键')).toEqual([400, 'invalid/idempotency-key']);
    expect(counter.effects).toBe(0);
    expect(await code('k'.repeat(255))).toEqual([200, undefined]);
  });

  it('replays the same request, also one that was refused, and says so', async () => {
    const { api, counter } = counting();
    const first = await api('setBudget', { as, body, key: 'replay' });
    const again = await api('setBudget', { as, body: { ...body }, key: 'replay' });
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(counter.effects).toBe(1);
    const unknown = { ...body, programme: 'no-such' };
    const refused = await api('setBudget', { as, body: unknown, key: 'refused' });
    const refusedAgain = await api('setBudget', { as, body: unknown, key: 'refused' });
    expect(refused.status).toBe(422);
    expect(refusedAgain).toMatchObject({ status: 422, body: refused.body });
    expect(refusedAgain.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it('belongs to one caller, one operation and one content', async () => {
    const { api, counter } = counting();
    await api('setBudget', { as, body, key: 'scope' });
    const other = await api('setBudget', { as, body: { ...body, fiscalYear: '2027' }, key: 'scope' });
    expect(other).toMatchObject({ status: 422, body: { code: 'conflict/idempotency-key-reused' } });
    const colleague = { subject: 'staff-reviewer', roles: ['finance-bureau'] } as const;
    expect((await api('setBudget', { as: colleague, body, key: 'scope' })).status).toBe(200);
    expect(counter.effects).toBe(2);
    const reviewer = { as: CALLERS.reviewer, body: { reason: '核实完毕' }, key: 'path' };
    expect((await api('releaseHold', { ...reviewer, params: { holdId: 'h1' } })).status).toBe(404);
    const elsewhere = await api('releaseHold', { ...reviewer, params: { holdId: 'h2' } });
    expect(elsewhere.body.code).toBe('conflict/idempotency-key-reused');
  });

  it('lets one of twenty at once do it; the others are told to wait or get the same answer', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { api, counter } = counting(() => gate);
    const all = Array.from({ length: 20 }, () => api('setBudget', { as, body, key: 'twenty' }));
    // Nineteen are answered while the first is held; then it is let go.
    let refused = 0;
    await new Promise<void>((resolve) => {
      for (const one of all) {
        void one.then((answer) => {
          if (answer.status === 409) refused += 1;
          if (refused === 19) resolve();
        });
      }
    });
    open();
    const answers = await Promise.all(all);
    expect(counter.effects).toBe(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const told = answers.filter(({ status }) => status === 409);
    expect(told.every(({ body: problem }) => problem.code === 'conflict/request-in-progress')).toBe(true);
    expect(Number(told[0]!.headers['retry-after'])).toBeGreaterThan(0);
    const after = await api('setBudget', { as, body, key: 'twenty' });
    expect([after.status, after.headers['idempotency-replayed'], counter.effects]).toEqual([200, 'true', 1]);
  });

  it('gives the claim back after a fault', async () => {
    let failing = true;
    const { api, counter } = counting(async () => {
      if (failing) throw new Error('store is gone');
    });
    expect((await api('setBudget', { as, body, key: 'fault' })).status).toBe(500);
    failing = false;
    expect((await api('setBudget', { as, body, key: 'fault' })).status).toBe(200);
    expect(counter.effects).toBe(2);
  });

  it.each([
    'conflict/busy',
    'conflict/family-busy',
    'conflict/rolls-being-drawn',
    'conflict/rolls-just-drawn',
  ] as const)('does not keep an answer that says to try again: %s', async (refused) => {
    let busy = true;
    const { at, ...budget } = { ...body, jurisdiction: '110199', at: '2026-11-20T00:00:00.000Z' };
    const runs: Partial<StaffServices['runs']> = {
      setBudget: async () =>
        busy ? refuse(refusal(refused, '请稍后重试', 'try again')) : ok({ ...budget, lines: [], runs: {} }),
    };
    const api = apiOver(engines, { runs, clock: { ...systemClock, now: () => at } });
    for (let time = 0; time < 2; time += 1) {
      const told = await api('setBudget', { as, body, key: refused });
      expect([told.status, told.body.code, told.headers['idempotency-replayed']]).toEqual([
        409,
        refused,
        undefined,
      ]);
    }
    busy = false;
    expect((await api('setBudget', { as, body, key: refused })).status).toBe(200);
    expect((await api('setBudget', { as, body, key: refused })).headers['idempotency-replayed']).toBe('true');
  });

  it('takes a request over that died half-way, once its lease has run out, and not before', async () => {
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const dead = counting(() => {
      begun();
      return new Promise<void>(() => {});
    });
    void dead.api('setBudget', { as, body, key: 'dead' });
    await started;
    const { api, counter } = counting();
    counter.at += 29_999;
    const answer = await api('setBudget', { as, body, key: 'dead' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([409, '1']);
    counter.at += 2;
    expect((await api('setBudget', { as, body, key: 'dead' })).status).toBe(200);
    expect(counter.effects).toBe(1);
  });

  it('keeps neither a key, nor a form that uploads', async () => {
    const { api } = counting();
    const upload = { purpose: 'register', fileName: 'register.csv' };
    const one = await api('createUpload', { as: CALLERS.preparer, body: upload, key: 'form-secret-key' });
    const two = await api('createUpload', { as: CALLERS.preparer, body: upload, key: 'form-secret-key' });
    expect(two.body.uploadId).toBe(one.body.uploadId);
    expect(two.status).toBe(201);
    const stored = JSON.stringify(await engines.scan('operations'));
    expect(stored).toContain(one.body.uploadId);
    expect(stored).not.toContain('form-secret-key');
    expect(stored).not.toMatch(/x-amz-signature/i);
  });
});
