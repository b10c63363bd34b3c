// Goal: wherever a document number is taken it is kept in clear, so nowhere may an identity or card number get in as one.
// Method: the request contract of every operation that takes one, with one body each that differs in the number alone.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { staffContracts } from '../../../functions/api/contracts/staff.ts';

type Body = (document: string) => object;
const from = '2026-12-01';
const place = { code: '110199001', name: '东街' };
const payee = { relation: 'other', evidence: '社区已核实', validTo: '2027-12-01' };
const person = { name: '张三', idNumber: '11010519491231002X' };
const allocation = { kind: 'allocated', line: '2026-0815', amount: '100.00', on: from } as const;
const hash = 'a'.repeat(64);

const TAKEN: { readonly [operation: string]: Body } = {
  recordStreetChange: (document) => ({ kind: 'opened', place, from, document }),
  grantDelegation: (document) => ({ deputy: 'st-2', from, to: from, reason: '出差期间', document }),
  decideDetermination: (document) => ({ hash, document, decidedOn: from }),
  startStandardChange: (document) => ({ programme: 'dibao', document, issuedOn: from }),
  approveStandardChange: (document) => ({ hash, document, decidedOn: from }),
  approvePolicyProposal: (document) => ({ hash, document, decidedOn: from }),
  recordPapers: (number) => ({ decision: { number, on: from } }),
  decideGrantList: (document) => ({ hash, count: 2, amount: '100.00', document, decidedOn: from }),
  proposeGrantRowWithdrawal: (document) => ({ reason: '查实不符合条件', document }),
  decideGrantRowWithdrawal: (document) => ({
    outcome: 'withdraw',
    document,
    decidedOn: from,
    dueOn: '2027-01-31',
  }),
  notifyCase: (document) => ({ document, deliveredOn: from, way: 'in-person' }),
  decideCase: (document) => ({ outcome: 'stop', document, reason: '核查属实', from: '2026-12' }),
  decideRecovery: (document) => ({ decision: 'order', document, decidedOn: from }),
  decideRecoveryRelief: (document) => ({ outcome: 'granted', document, reason: '无力偿还' }),
  openVentureCall: (document) => ({
    year: '2026',
    number: 1,
    title: '第一届公益创投',
    from,
    to: from,
    pool: '1000.00',
    document,
  }),
  banVentureOrganisation: (document) => ({ from, until: '2027-12-01', reason: '违约', document }),
  shortlistVentureProjects: (document) => ({ document, projects: [{ number: '001' }] }),
  publiciseVentureProjects: (document) => ({ document, from, to: from, projects: ['001'] }),
  signVentureContracts: (document) => ({ document, signedOn: from, projects: [{ number: '001', hash }] }),
  overrideVentureBlock: (document) => ({ block: 'double-support', reason: '另行评估', document }),
  decideVentureReleases: (document) => ({
    document,
    decidedOn: from,
    decisions: [{ number: '001', tranche: 1, outcome: 'released' }],
  }),
  setVentureFileDue: (document) => ({ file: 'mid-term', dueOn: from, document, numbers: ['001'] }),
  excuseVentureFile: (document) => ({ file: 'mid-term', reason: '疫情封控', document }),
  decideVentureChange: (document) => ({ outcome: 'agreed', document, decidedOn: from }),
  decideVentureSettlement: (document) => ({ outcome: 'agreed', document, decidedOn: from }),
  decideVentureTermination: (document) => ({ outcome: 'agreed', document, decidedOn: from }),
  decideVentureUnused: (document) => ({ outcome: 'agreed', document, decidedOn: from }),
  openImprestFund: (document) => ({
    fundId: 'chengguan',
    name: '城关镇备用金',
    streets: ['110199001'],
    organisation: { code: '11110199MB0000019B', name: '城关镇人民政府', account: '11019900000000000088' },
    document,
  }),
  changeImprestStreets: (document) => ({ streets: ['110199001'], document }),
  cancelImprestDraw: (document) => ({ reason: '未领取', document }),
  decideImprestReplenishment: (document) => ({ outcome: 'approved', document, decidedOn: from }),
  decideImprestReturn: (document) => ({ outcome: 'confirmed', document }),
  closeImprestFund: (document) => ({ document }),
  recordBudgetAct: (document) => ({ ...allocation, document }),
  grantApplication: (document) => ({ hash, document, decidedOn: from, means: { kind: 'account' } }),
  rejectGrantApplication: (document) => ({
    document,
    decidedOn: from,
    ground: 'other',
    reason: '不符合条件',
  }),
  decideGrantStop: (document) => ({ outcome: 'stop', document, decidedOn: from }),
  createGrantApplication: (document) => ({
    programme: 'temporary-aid',
    street: '110199001',
    appliedOn: from,
    facts: {},
    family: [],
    applicant: { kind: 'person', ...person },
    payee: { party: { kind: 'person', ...person }, document },
  }),
  proposePayeeChange: (document) => ({ kind: 'guardian', person, document, ...payee }),
};
const requests = staffContracts as Record<string, { request?: z.ZodMiniType }>;
const errorsOf = (operation: string, body: object) => requests[operation]!.request!.safeParse(body);

describe.each(Object.entries(TAKEN))('%s', (operation, body) => {
  it('takes what bureaus and courts write', () => {
    for (const number of ['示民救〔2026〕88号', '（2026）示0199民特12号', '  HD-20261105-000123-01 ']) {
      const { success, error } = errorsOf(operation, body(number));
      expect([number, success, error?.issues]).toEqual([number, true, undefined]);
    }
  });

  it('takes no identity or card number, no control character, and no essay', () => {
    const numbers = [
      '11010519491231002X',
      '示民救 6217 0000 0000 0000 149',
      '６２１７００００００００００１',
      '甲\u0007乙',
      'x',
      '文'.repeat(81),
    ];
    for (const number of numbers) {
      const { success, error } = errorsOf(operation, body(number));
      expect([number, success]).toEqual([number, false]);
      expect(error?.issues.map(({ path }) => String(path.at(-1)))).toContain(
        operation === 'recordPapers' ? 'number' : 'document',
      );
      for (const { message } of error?.issues ?? []) expect(message).not.toContain(number);
    }
  });
});

it('knows every operation that takes one', () => {
  const takes = Object.entries(requests).flatMap(([operation, { request }]) =>
    request && /"document":\{/.test(JSON.stringify(z.toJSONSchema(request, { io: 'input' })))
      ? [operation]
      : [],
  );
  expect(takes.length).toBeGreaterThan(5);
  // A policy pack cites what was published, and is checked as a pack.
  const cited = ['createPolicyPack', 'createPolicyProposal', 'importPolicyBook'];
  expect(takes.filter((operation) => !(operation in TAKEN))).toEqual(cited);
});
