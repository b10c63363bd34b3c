import type { PlainDate } from '../../domain/calendar.ts';
import { lastMembership } from '../../domain/household/membership.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import {
  type Relation,
  type RelativeDeclaration,
  relativeConcerned,
  relativesAmong,
} from '../../domain/matching/relatives.ts';
import { currentPayee } from '../../domain/register/enrolment.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { EnrolmentAddress, RegisterStore } from '../adapters/register-store.ts';
import type { RelativeStore } from '../adapters/relative-store.ts';
import { loadHouseholds } from '../register/load-households.ts';
import type { Clock } from '../wiring.ts';

export type RelativePorts = {
  readonly register: RegisterStore;
  readonly relatives: RelativeStore;
  readonly clock: Clock;
};
export type Declaring = {
  readonly idNumber: string;
  readonly relation: Relation;
  readonly declaredOn: PlainDate;
};

/**
 * 近亲属备案: remembers the relative by an opaque key, also one whom the register does not know (yet). Declared again, the first
 * declaration stands. Refusal: `invalid/date-future`.
 */
export async function declareRelative(
  { register, relatives, clock }: RelativePorts,
  jurisdiction: JurisdictionCode,
  staff: string,
  { idNumber, relation, declaredOn }: Declaring,
): Promise<Result<RelativeDeclaration>> {
  if (declaredOn > clock.today())
    return refuse(
      refusal('invalid/date-future', '备案日期不能晚于今天', 'the declaration cannot be dated after today'),
    );
  const [known] = await register.personKeysByIdNumber([idNumber]);
  const person = known ?? (await register.personalData.personKeyFor(idNumber));
  return ok(await relatives.declare(jurisdiction, { staff, person, relation, declaredOn, at: clock.now() }));
}

/** 回避: why a member of staff takes no part in what is decided about an enrolment; undefined when nothing stands in the way. */
export async function whyAside(
  { register, relatives, clock }: RelativePorts,
  { jurisdiction, programme, id }: EnrolmentAddress,
  staff: string,
): Promise<Refusal | undefined> {
  const declared = await relatives.declared(jurisdiction, staff);
  if (declared.length === 0) return undefined;
  const enrolment = await register.enrolment(jurisdiction, programme, id);
  if (!enrolment) return undefined;
  const read = (await loadHouseholds(register, [enrolment.subject])).get(enrolment.subject);
  const members = [...(read?.persons ?? [])].flatMap(([key, { record }]): PersonKey[] =>
    lastMembership(record.facts)?.household === enrolment.subject ? [key] : [],
  );
  const concerned = [enrolment.subject, currentPayee(enrolment) ?? '', ...members];
  return relativesAmong(declared, concerned, clock.now()).length > 0 ? relativeConcerned() : undefined;
}
