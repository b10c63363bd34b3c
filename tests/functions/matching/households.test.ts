// Goal: what a list says of one member concerns the household's enrolment; an amount changes by a determination and never by the case;
// relatives are those of any member. Method: a household on real engines, its case step by step.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actOnCase, type CaseCommand, caseScope, readCase } from '../../../functions/matching/cases.ts';
import { declareRelative, whyAside } from '../../../functions/matching/relatives.ts';
import { DIBAO } from '../determination/bureau.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { determine, household, householdOffice, MONTH, yuan } from '../run/household-office.ts';
import { code, computed, DISTRICT, type Office, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { casePorts, importList } from './lists.ts';

let bureau: Office;
let home: Awaited<ReturnType<typeof household>>;
beforeEach(async () => {
  bureau = await householdOffice();
  home = await household(bureau, 1);
  await determine(bureau, home.enrolment, 1, { '2026-12': yuan(1000) });
});
afterEach(() => bureau.stop());

const listed = (n: number) => `身份证号,姓名\r\n${idNumber(n, '19800115')},张三\r\n`;
const act = (caseId: string, command: CaseCommand, by: string) =>
  actOnCase(casePorts(bureau), value(caseScope(DISTRICT, caseId)), caseId, command, { by });

it('on the public payroll: held; changed only after a new determination, and then paid by it', async () => {
  await importList(bureau, 'payroll-1', listed(501), { kind: 'payroll', source: 'finance' });
  await importList(bureau, 'cars-1', listed(501), { kind: 'vehicle', source: 'vehicle-office' });
  const caseId = `${home.enrolment.id}.payroll.1`;
  const found = value(await readCase(casePorts(bureau), DIBAO, caseId)).found;
  expect(found).toMatchObject({ hold: true, street: '110199001' });
  expect(value(await readCase(casePorts(bureau), DIBAO, `${home.enrolment.id}.vehicle.1`)).found.hold).toBe(
    false,
  );
  bureau.clock.moveTo('2026-11-23');
  const run = await computed(bureau, MONTH);
  expect((await draftsOf(bureau, run))[0]?.findings).toContainEqual(
    expect.objectContaining({ control: 'open-case', severity: 'hold' }),
  );
  value(
    await act(caseId, { kind: 'verify', finding: 'partly', evidence: '核1号', note: '有工资' }, 'staff-1'),
  );
  value(
    await act(
      caseId,
      { kind: 'notice', document: '告1号', deliveredOn: '2026-11-23', way: 'in-person' },
      'staff-1',
    ),
  );
  const change = { kind: 'decide', outcome: 'change', document: '决1号', reason: '收入计入' } as const;
  expect(code(await act(caseId, change, 'staff-2'))).toBe('conflict/not-determined');
  await determine(bureau, home.enrolment, 2, { '2026-12': yuan(400) });
  value(await act(caseId, change, 'staff-2'));
  bureau.clock.moveTo('2026-11-24');
  value(await bureau.actions.recompute({ runId: run.runId, by: 'staff-preparer', reason: '重新核算' }));
  await bureau.deliver();
  const [draft] = await draftsOf(bureau, value(await bureau.views.getRun(run.runId)));
  expect([draft?.fen, draft?.findings.some(({ control }) => control === 'open-case')]).toEqual([
    40_000,
    false,
  ]);
});

it('a relative in the household keeps its declarer from deciding; another household does not', async () => {
  const ports = casePorts(bureau);
  const other = await household(bureau, 2);
  const relative = {
    idNumber: idNumber(501, '19800115'),
    relation: 'sibling',
    declaredOn: '2026-11-20',
  } as const;
  value(await declareRelative(ports, DISTRICT, 'staff-2', relative));
  const aside = async (id: string, staff: string) => (await whyAside(ports, { ...DIBAO, id }, staff))?.code;
  expect(await aside(home.enrolment.id, 'staff-2')).toBe('forbidden/relative');
  expect(await aside(home.enrolment.id, 'staff-1')).toBeUndefined();
  expect(await aside(other.enrolment.id, 'staff-2')).toBeUndefined();
  await determine(bureau, other.enrolment, 1, { '2026-12': yuan(500) });
  bureau.clock.moveTo('2026-11-23');
  const run = await computed(bureau, MONTH);
  expect(run.totals?.relativesOf).toEqual(['staff-2']);
  const flagged = (await draftsOf(bureau, run)).filter(({ staffRelatives }) => staffRelatives !== undefined);
  expect(flagged.map(({ enrolment }) => enrolment)).toEqual([home.enrolment.id]);
});
