import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../functions/adapters/cursor.ts';
import { publicApi } from '../../../functions/api/public-api.ts';
import { type Engines, lambdaContext, startEngines } from '../../engines.ts';
import { listening } from '../../personal-data.ts';
import { type Api, apiOver, CALLERS, eventFor, registerStaff } from './api-client.ts';

let engines: Engines;
let api: Api;
beforeAll(async () => {
  engines = await startEngines();
  api = apiOver(engines);
  await registerStaff(engines);
});
afterAll(() => engines.stop());

const as = CALLERS.finance;
const line = { line: 'L1', level: 'district', fund: 'general', appropriated: '100.00' };
const budget = { programme: 'high-age', fiscalYear: '2026', lines: [line] };

describe('what a request must be', () => {
  it('refuses a body that is not JSON in UTF-8, or not called JSON', async () => {
    const codes = async (raw: string | Uint8Array, headers = {}) => {
      const { status, body } = await api('setBudget', { as, raw, headers });
      return [status, body.code];
    };
    expect(await codes('{')).toEqual([400, 'invalid/json']);
    expect(await codes(Uint8Array.from([0x22, 0xc3, 0x28, 0x22]))).toEqual([400, 'invalid/json']);
    // Half a character, as an escape: nothing could store it as it came.
    expect(await codes('{"programme":"\\ud842"}')).toEqual([400, 'invalid/json']);
    expect(await codes('{"\\udfb7":1}')).toEqual([400, 'invalid/json']);
    expect(await codes('{"programme":"\\ud842\\udfb7"}')).toEqual([422, 'invalid/request']);
    expect(await codes('{}', { 'content-type': 'text/plain' })).toEqual([415, 'invalid/content-type']);
    expect(await codes('{}', { 'content-type': 'application/jsonx' })).toEqual([415, 'invalid/content-type']);
    expect(await codes(`"${'x'.repeat(1_048_576)}"`)).toEqual([413, 'limit/body-too-large']);
    expect(await codes(Buffer.from(JSON.stringify(budget)))).toEqual([200, undefined]);
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    expect(await codes(JSON.stringify(budget), headers)).toEqual([200, undefined]);
  });

  it('says which kinds there are where there is no such kind', async () => {
    const { body } = await api('reportCase', { as: CALLERS.preparer, body: { kind: 'rumour' } });
    expect(body.detail).toContain('/kind：应为下列之一：public-report、staff-doubt');
    expect(body.detail_en).toContain('/kind: must be one of: public-report, staff-doubt');
  });

  it('names every member at fault, in both languages, without its value', async () => {
    const body = {
      ...budget,
      surplus: 1,
      lines: [
        { ...line, appropriated: '1,200' },
        { ...line, appropriated: '１２００', level: 'x' },
        { ...line, line: '6222020000000000014 secret' },
      ],
    };
    const answer = await api('setBudget', { as, body });
    expect(answer).toMatchObject({
      status: 422,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: { type: 'urn:fafang:problem:invalid/request', title: '请求内容不正确', code: 'invalid/request' },
    });
    const errors: { pointer: string; code: string; zh: string; en: string }[] = answer.body.errors;
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      ' invalid/unrecognized-keys',
      '/lines/0/appropriated invalid/invalid-format',
      '/lines/1/appropriated invalid/invalid-format',
      '/lines/1/level invalid/invalid-value',
      '/lines/2/line invalid/invalid-format',
    ]);
    expect(errors.find(({ pointer }) => pointer === '/lines/0/appropriated')?.zh).toContain('不含千分位');
    expect(errors.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && !/\p{Script=Han}/u.test(en))).toBe(
      true,
    );
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('says in both languages what a policy pack should have had', async () => {
    const value = { parameter: 'x', value: 1, inForceFrom: '2026-13', decidedOn: '2026-01-05' };
    const pack = { jurisdiction: '110199', programme: 'high-age', values: [value] };
    await registerStaff(engines, '110199', [CALLERS.admin]);
    const { status, body } = await api('createPolicyPack', { as: CALLERS.admin, body: pack });
    expect([status, body.code]).toEqual([422, 'invalid/request']);
    expect(body.errors).toContainEqual({
      pointer: '/values/0/inForceFrom',
      code: 'invalid/custom',
      zh: '应为月份，写作 YYYY-MM',
      en: 'must be a month written YYYY-MM',
    });
  });

  it('refuses unknown query parameters, and a reason that holds a number of a person', async () => {
    expect((await api('listRuns', { as, query: { Programme: 'high-age' } })).body.errors[0].pointer).toBe(
      '?',
    );
    expect(
      (await api('getRun', { as, query: { a: '1' }, params: { runId: '110199.high-age.2026-12.R.1' } }))
        .status,
    ).toBe(422);
    const body = { payment: '2026-12_R_GL-7Z3K9QX2M4BT-1', reason: '本人 110199 19400115 0010 要求' };
    const params = { runId: '110199.high-age.2026-12.R.1' };
    const answer = await api('holdPayment', { as: CALLERS.preparer, params, body });
    expect(answer.body.errors).toMatchObject([
      { pointer: '/reason', zh: '事由中不要写身份证号、账号或电话' },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('19400115');
  });

  it('answers faults with a number to quote and nothing of the inside', async () => {
    const broken = apiOver(engines, {
      runs: { listRuns: () => Promise.reject(new Error('table operations-secret is gone')) },
    });
    const answer = await broken('listRuns', { as });
    expect(answer).toMatchObject({ status: 500, body: { code: 'fault/internal', title: '服务故障' } });
    expect(JSON.stringify(answer)).not.toContain('operations-secret');
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
  });
});

describe('addresses that are none', () => {
  const get = async (method: string, rawPath: string) => {
    const event = { ...eventFor('getHealth', {}), routeKey: '$default', rawPath };
    event.requestContext.http.method = method;
    const answer = await publicApi()(event, lambdaContext('api-public'));
    const headers = answer.headers as Record<string, string>;
    return [answer.statusCode, JSON.parse(answer.body ?? '').code, headers['allow']];
  };
  it('are 404, or 405 with the methods that the path has', async () => {
    expect(await get('GET', '/v1/nothing')).toEqual([404, 'missing/route', undefined]);
    expect(await get('GET', '/v1/runs//review')).toEqual([404, 'missing/route', undefined]);
    expect(await get('DELETE', '/v1/runs')).toEqual([405, 'invalid/method', 'POST, GET']);
    expect(await get('POST', '/v1/runs/110199.x')).toEqual([405, 'invalid/method', 'GET']);
    expect(await get('GET', '/v1/runs/110199.x/dispatch')).toEqual([405, 'invalid/method', 'POST']);
  });
  it('every answer carries the security headers and is not kept', async () => {
    const { headers } = await api('getHealth');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
});

describe('cursors', () => {
  const scope = ['st-1', 'listRunPayments', 'run', 'all'];
  it('go back to the list, caller and filter they came from, and nowhere else', () => {
    const cursor = encodeCursor(scope, 'GL-7Z3K9QX2M4BT-1#2026-12');
    expect(decodeCursor(scope, cursor)).toEqual({ ok: true, value: 'GL-7Z3K9QX2M4BT-1#2026-12' });
    const [, ...rest] = scope;
    expect(decodeCursor(['st-2', ...rest], cursor).ok).toBe(false);
    expect(decodeCursor(['st-1', 'listRunPayments', 'run', 'held'], cursor).ok).toBe(false);
    const forged = Buffer.from(JSON.stringify(['zz', '0'.repeat(24)])).toString('base64url');
    for (const bad of [forged, '', 'x', `${cursor}A`, cursor.slice(1), 'bnVsbA', 'W10']) {
      expect(decodeCursor(scope, bad)).toMatchObject({ ok: false, error: { code: 'invalid/cursor' } });
    }
  });
});

describe('the log', () => {
  it('holds ids and codes, and nothing that was in a body, query or token', async () => {
    const log = listening();
    const loud = apiOver(engines);
    const broken = apiOver(engines, {
      runs: { setBudget: () => Promise.reject(new TypeError('阿依古丽 6222020000000000014')) },
    });
    const number = '110199194001150011';
    await loud('searchPersons', { as: CALLERS.preparer, body: { idNumber: number } });
    await loud('searchPersons', { as: CALLERS.preparer, body: { idNumber: `${number}9` } });
    await loud('createStaffMember', { as: CALLERS.admin, body: { name: '阿依古丽', subject: 'x' } });
    await broken('setBudget', { as, body: budget });
    await loud('listRuns', { as, query: { phone: '13800138000' } });
    const text = log.end();
    expect(text).toContain('searchPersons');
    expect(text).toContain('request failed');
    expect(text).not.toMatch(/110199194001150011|阿依古丽|6222020000000000014|13800138000/);
  });
});
