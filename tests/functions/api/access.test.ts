import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { type OperationId, ROLES, ROUTES, type Route } from '../../../functions/api/routes.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { type Api, apiOver, CALLERS, ISSUER, registerStaff } from './api-client.ts';

let engines: Engines;
let api: Api;
beforeAll(async () => {
  engines = await startEngines();
  api = apiOver(engines);
  await registerStaff(engines);
});
afterAll(() => engines.stop());

const OPERATIONS = Object.keys(ROUTES) as OperationId[];
const SIGNED_IN = OPERATIONS.filter((id) => ROUTES[id].roles.length > 0);
const PARAMS = {
  runId: '110199.high-age.2026-12.R.1',
  personKey: '7Z3K9QX2M4BT',
  changeId: 'c1',
  importId: 'im-none',
  exceptionId: 'e1',
  holdId: 'h1',
  exportId: 'ex-none',
  paymentId: '2026-12_R_GL-7Z3K9QX2M4BT-1',
  programme: 'high-age',
  fiscalYear: '2026',
  reportId: '110199001.high-age.2026-12.R',
  enrolmentId: 'GL-7Z3K9QX2M4BT-1',
};

describe('roles', () => {
  it.each(ROLES)('a %s passes exactly where the route table names the role', async (role) => {
    for (const operation of SIGNED_IN) {
      const route: Route = ROUTES[operation];
      const caller = { subject: `staff-${role === 'finance-bureau' ? 'finance' : role}`, roles: [role] };
      const { status, body } = await api(operation, { as: caller, params: PARAMS });
      const refusedForRole = status === 403 && body.code === 'forbidden/role';
      expect([operation, refusedForRole]).toEqual([operation, !route.roles.includes(role)]);
      expect([operation, status < 500]).toEqual([operation, true]);
    }
  });

  it('reads the claim in every way a gateway writes it', async () => {
    for (const roles of ['[auditor preparer]', 'preparer', '["preparer"]', 'x,preparer', ['preparer']]) {
      const claims = { iss: ISSUER, sub: 'staff-preparer', roles };
      expect((await api('listRuns', { claims })).status).toBe(200);
    }
    for (const roles of ['', 'preparer2', undefined, 7, '[]', 'PREPARER']) {
      const claims = { iss: ISSUER, sub: 'staff-preparer', roles };
      expect((await api('listRuns', { claims })).body.code).toBe('forbidden/role');
    }
  });

  it('refuses a token that names nobody, and somebody who is not registered', async () => {
    expect((await api('listRuns', { claims: { roles: 'preparer' } })).body.code).toBe(
      'forbidden/no-identity',
    );
    const stranger = { subject: 'stranger', roles: ['preparer'] } as const;
    const answer = await api('listRuns', { as: stranger });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden/unknown-staff' } });
    expect(answer.body.detail).toContain('请联系系统管理员登记');
    const citizen = await api('listMyPayments', { as: CALLERS.beneficiary });
    expect(citizen.body.code).toBe('forbidden/unknown-beneficiary');
    // Same subject, another issuer: another person.
    const claims = { iss: 'https://elsewhere', sub: 'staff-preparer', roles: 'preparer' };
    expect((await api('listRuns', { claims })).body.code).toBe('forbidden/unknown-staff');
  });
});

describe('registering staff', () => {
  const second = { subject: 'staff-admin-2', roles: ['administrator'] } as const;

  it('lets the first administrator register himself, then people of his places only', async () => {
    const body = { subject: 'p-9', jurisdiction: '110199', name: '新人' };
    const early = await api('createStaffMember', { as: CALLERS.admin, body });
    expect(early).toMatchObject({ status: 403, body: { code: 'forbidden/register-yourself-first' } });
    const own = { subject: CALLERS.admin.subject, jurisdiction: '110100', name: '吴管理' };
    const first = await api('createStaffMember', { as: CALLERS.admin, body: own });
    expect(first.status).toBe(201);
    expect(first.body.staffId).toMatch(/^st-[0-9a-f]{16}$/);
    expect(await engines.tables.operations.get('BOOTSTRAP', 'ADMINISTRATOR')).toMatchObject({
      staffId: first.body.staffId,
      jurisdiction: '110100',
      at: first.body.registeredAt,
      by: first.body.staffId,
    });
    const again = await api('createStaffMember', { as: CALLERS.admin, body: own });
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await api('createStaffMember', { as: CALLERS.admin, body })).status).toBe(201);
    const elsewhere = await api('createStaffMember', {
      as: CALLERS.admin,
      body: { ...body, subject: 'p-10', jurisdiction: '310101' },
    });
    expect(elsewhere.body.code).toBe('forbidden/jurisdiction');
    const moved = await api('createStaffMember', {
      as: CALLERS.admin,
      body: { ...body, jurisdiction: '110101' },
    });
    expect(moved).toMatchObject({ status: 409, body: { code: 'conflict/staff-registered' } });
    const listed = await api('listStaff', { as: CALLERS.admin });
    expect(listed.body.staff.map((member: { name: string }) => member.name)).toEqual(['吴管理']);
  });

  it('lets no other administrator register himself: one at or above his jurisdiction does', async () => {
    for (const jurisdiction of ['000000', '110100', '110199', '310101']) {
      const own = { subject: second.subject, jurisdiction, name: '郑管理' };
      const answer = await api('createStaffMember', { as: second, body: own });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden/administrator-exists' } });
      expect(answer.body.detail).toContain('请由本区划或上级的管理员登记您');
    }
    expect((await api('listStaff', { as: second })).body.code).toBe('forbidden/unknown-staff');
    const body = { subject: second.subject, jurisdiction: '110199', name: '郑管理' };
    const above = { ...body, jurisdiction: '110000' };
    expect((await api('createStaffMember', { as: CALLERS.admin, body: above })).body.code).toBe(
      'forbidden/jurisdiction',
    );
    expect((await api('createStaffMember', { as: CALLERS.admin, body })).status).toBe(201);
    const below = { subject: 'p-11', jurisdiction: '110199', name: '新人二' };
    expect((await api('createStaffMember', { as: second, body: below })).status).toBe(201);
  });

  it('is finished by the first administrator when it died halfway, in the same jurisdiction only', async () => {
    const fresh = await startEngines();
    const staff = new StaffStore(fresh.tables.operations);
    const staffId = staff.staffIdOf({ issuer: ISSUER, subject: CALLERS.admin.subject });
    const stamp = { at: '2026-11-20T00:00:00.000Z', by: staffId };
    expect(await staff.claimFirst({ staffId, jurisdiction: '110000' }, stamp)).toBe(true);
    const other = { staffId: 'st-0000000000000000', jurisdiction: '110000' };
    expect(await staff.claimFirst(other, stamp)).toBe(false);
    const own = { subject: CALLERS.admin.subject, jurisdiction: '110000', name: '吴管理' };
    const [as, here] = [CALLERS.admin, apiOver(fresh)];
    const wider = await here('createStaffMember', { as, body: { ...own, jurisdiction: '000000' } });
    expect(wider.body.code).toBe('forbidden/administrator-exists');
    expect((await here('createStaffMember', { as, body: own })).status).toBe(201);
    await fresh.stop();
  });
});

describe('jurisdiction', () => {
  it('answers for a run elsewhere exactly as for one that never was', async () => {
    for (const runId of ['310101.high-age.2026-12.R.1', '110199.high-age.2026-12.R.1']) {
      const { status, body } = await api('getRun', { as: CALLERS.preparer, params: { runId } });
      expect([status, body.code, body.detail]).toEqual([404, 'missing/run', '没有这个发放批次']);
    }
    for (const runId of ['x', '../etc', '110199.high-age.2026-13.R.1']) {
      expect((await api('getRun', { as: CALLERS.preparer, params: { runId } })).status).toBe(404);
    }
  });

  it('lets nobody import policy above or beside his place', async () => {
    const citation = { document: '文号', title: '办法' };
    const value = {
      parameter: 'historyFrom',
      value: '2026-01',
      inForceFrom: '2026-01',
      decidedOn: '2026-01-01',
      citation,
      retroactivity: { months: 'none', persons: 'entitled-in-month', components: 'all' },
    };
    for (const jurisdiction of ['110000', '310101', '000000']) {
      const { body } = await api('createPolicyPack', {
        as: CALLERS.admin,
        body: { jurisdiction, programme: 'high-age', values: [value] },
      });
      expect([jurisdiction, body.code]).toEqual([jurisdiction, 'forbidden/jurisdiction']);
    }
  });
});
