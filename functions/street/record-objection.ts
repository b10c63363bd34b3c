import { chinaDate } from '../../domain/calendar.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { checkedFact } from '../../domain/register/fact-values.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { publicityAllowed } from '../../domain/street/no-publicity.ts';
import { type ObjectionStep, objectionStep } from '../../domain/street/publicity-objection.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';

const ATTEMPTS = 10;

/**
 * Records a step of an objection as a fact of the enrolment; said again it changes nothing, and of two who act at once the second
 * decides on what the first left. Refusals: `missing/enrolment`, `conflict/no-publicity` and those of `objectionStep`.
 */
export async function recordObjection(
  { register, clock }: { readonly register: RegisterStore; readonly clock: Clock },
  address: EnrolmentAddress,
  step: ObjectionStep,
  { by, source }: { readonly by: string; readonly source: string },
): Promise<Result<EnrolmentDocument>> {
  const allowed = publicityAllowed(address.programme);
  if (!allowed.ok) return allowed;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.enrolment(address.jurisdiction, address.programme, address.id);
    if (!before)
      return refuse(refusal('missing/enrolment', '没有这个享受对象', 'there is no such enrolment'));
    const value = objectionStep(before.facts, step, by);
    if (!value.ok) return value;
    if (value.value === undefined) return ok(before);
    const recordedAt = laterOf(clock.now(), before.changedAt);
    const fact = checkedFact({
      kind: 'publicity-objection',
      value: value.value,
      validFrom: chinaDate(recordedAt),
      recordedAt,
      source,
      by,
    });
    const facts = [...before.facts, fact];
    const after = { ...before, facts, version: before.version + 1, changedAt: recordedAt };
    if ((await register.putEnrolment(after, before)) === 'written') return ok(after);
  }
  return refuse(refusal('conflict/busy', '正有多人登记，请稍后重试', 'many people are recording: try again'));
}
