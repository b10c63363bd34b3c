import { afterEach, expect, test } from 'vitest';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { openTasks } from '../../../functions/determination/list-review-tasks.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import { reviewEnrolment } from '../../../functions/determination/review-tasks.ts';
import { household, householdOffice, learned } from '../run/household-office.ts';
import { type Office, value } from '../run/office.ts';

let bureau: Office;
afterEach(() => bureau.stop());

test('a household of the register is worked out, decided, and reviewed when a member’s income changes', async () => {
  bureau = await householdOffice();
  const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
  const { enrolment, head } = await household(bureau, 1);
  const { id, jurisdiction, programme } = enrolment;
  const address = { id, jurisdiction, programme };
  await learned(bureau, head, 'employment', '2026-09-01', 'employed:1000.00');
  const today = bureau.clock.today();
  const asked = { kind: 'initial', appliedOn: '2026-09-01' } as const;
  const { proposal } = value(await propose(ports, address, asked, today, { by: 'staff-preparer' }));
  const [span] = proposal.content.spans;
  expect(proposal.content.spans).toHaveLength(1);
  expect(span?.from).toBe('2026-12');
  expect(span!.components[0]!.fen).toBeGreaterThan(0);
  const decision = {
    hash: proposal.hash,
    document: '示民救〔2026〕9号',
    decidedOn: today,
    by: 'staff-approver',
  };
  value(await approve(ports, address, { ...decision, proposal: proposalId(proposal) }));
  await reviewEnrolment(ports, address);
  const open = async () => (await openTasks(bureau.ports, address, { limit: 50 })).items;
  expect(await open()).toEqual([]);

  await learned(bureau, head, 'employment', '2026-11-01', 'employed:1400.00');
  await reviewEnrolment(ports, address);
  const [task] = await open();
  expect(task?.causes.map(({ kind, about }) => [kind, about])).toEqual([['employment', head]]);
  // A household without its own record is refused by name, not worked out as if it were empty.
  const nobody = { ...address, id: 'DB-0000000000ZZ-1' };
  const stored = { ...enrolment, id: nobody.id, subject: '0000000000ZZ' };
  await bureau.register.saveEnrolment(stored, undefined);
  const refused = await propose(ports, nobody, asked, today, { by: 'staff-preparer' });
  expect(refused.ok ? '' : refused.error.code).toBe('missing/household');
});
