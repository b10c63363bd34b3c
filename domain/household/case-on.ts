import { isPlainDate, type Month, monthOf } from '../calendar.ts';
import type { HouseholdKey, PersonKey } from '../ids.ts';
import { certifiedDeath, lastRecorded, valueOn } from '../programmes/fact-history.ts';
import type { Situation } from '../programmes/programme.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import {
  APPLICATION,
  DISABILITY,
  EMPLOYMENT,
  INCOMES,
  OBLIGORS,
  readValue,
  SPECIAL,
  SPENDING,
  STUDENT,
} from './fact-values.ts';
import { type Exclusion, type HouseholdCase, type HouseholdMember, RESIDENCES } from './household-case.ts';
import { type DatedMember, membersOn } from './membership.ts';

/**
 * A household as its facts have it for a month: what holds on the month's last day. Somebody who died counts through the
 * month of a certified death and is no member from the next. Facts recorded after a cut-off must be left out before
 * (`knownBy`); the order of persons and facts never matters, and the same facts give the same case.
 *
 * Refusals: `missing/members`, `missing/residence`, `missing/birth-date`; the household or person is named by its key.
 */
export function caseOn(situation: Situation, household: HouseholdKey, month: Month): Result<HouseholdCase> {
  const facts = situation.households?.[household] ?? [];
  const on = (kind: FactKind, otherwise: string) => valueOn(facts, kind, lastDay(month), otherwise);
  const alive = membersOn(situation.persons, household, lastDay(month)).filter(
    (member) => !isDeadBefore(member.facts, month),
  );
  if (alive.length === 0) return refuse(noMembers(household, month));
  const residence = RESIDENCES.find((known) => known === on('residence', ''));
  if (!residence) return refuse(noResidence(household, month));
  const members: HouseholdMember[] = [];
  for (const member of alive) {
    const read = memberOn(member, month);
    if (!read.ok) return read;
    members.push(read.value);
  }
  return ok({
    household,
    residence,
    application: readValue(APPLICATION, on('application-kind', 'household')),
    members,
    incomes: readValue(INCOMES, on('household-incomes', '')),
    obligors: readValue(OBLIGORS, on('obligors', '')),
    spending: readValue(SPENDING, on('spending', '')),
  });
}

/** Any day of a month compares as text below this one. */
const lastDay = (month: Month) => `${month}-31`;

/** True from the month after a certified death on. */
function isDeadBefore(facts: readonly Fact[], month: Month): boolean {
  const death = certifiedDeath(facts);
  return death !== undefined && monthOf(death) < month;
}

function memberOn({ person, facts, relation, covered }: DatedMember, month: Month): Result<HouseholdMember> {
  const birthDate = lastRecorded(facts, 'birth-date')?.value;
  if (birthDate === undefined || !isPlainDate(birthDate)) return refuse(noBirthDate(person));
  const on = (kind: FactKind, otherwise = '') => valueOn(facts, kind, lastDay(month), otherwise);
  const disability = readValue(DISABILITY, on('disability'));
  const student = readValue(STUDENT, on('student'));
  const exclusion = exclusionOf(on);
  return ok({
    person,
    relation,
    covered,
    birthDate,
    ...(disability && disability !== 'none' && { disability }),
    seriousIllness: on('serious-illness') === 'yes',
    ...(student !== 'none' && { student }),
    pensionAge: on('pension-age') === 'yes',
    reducedWorkCapacity: on('reduced-work-capacity') === 'yes',
    employment: readValue(EMPLOYMENT, on('employment', 'none')),
    incomes: readValue(INCOMES, on('incomes')),
    specialGroups: readValue(SPECIAL, on('special-groups')),
    ...(exclusion && { exclusion }),
  });
}

/** The first that holds; nothing is counted of an excluded member, whichever it is. */
function exclusionOf(on: (kind: FactKind) => string): Exclusion | undefined {
  const custody = on('custody');
  if (custody === 'custody' || custody === 'compulsory-rehabilitation') return custody;
  if (on('missing') === 'missing') return 'missing';
  return on('clergy') === 'clergy' ? 'clergy' : undefined;
}

function noMembers(household: HouseholdKey, month: Month) {
  return refusal(
    'missing/members',
    `家庭 ${household} 在 ${month} 没有登记的成员：请先登记家庭成员，或办理终止`,
    `household ${household} has no member on record in ${month}: record its members, or end the enrolment`,
    { household, month },
  );
}

function noResidence(household: HouseholdKey, month: Month) {
  return refusal(
    'missing/residence',
    `家庭 ${household} 在 ${month} 没有登记城乡类别，无法选用标准：请在家庭名册中补录`,
    `household ${household} has no urban or rural residence on record in ${month}, so no standard applies: add it`,
    { household, month },
  );
}

function noBirthDate(person: PersonKey) {
  return refusal(
    'missing/birth-date',
    `成员 ${person} 没有出生日期，无法判断年龄：请在对象信息库补录`,
    `member ${person} has no birth date, so the age cannot be told: add it to the register`,
    { person },
  );
}
