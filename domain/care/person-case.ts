import { isPlainDate, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { DISABILITY, readValue, STUDENT } from '../household/fact-values.ts';
import {
  type HouseholdMember,
  RESIDENCES,
  type Residence,
  type StudentLevel,
} from '../household/household-case.ts';
import { membershipOn } from '../household/membership.ts';
import type { JurisdictionCode, PersonKey } from '../ids.ts';
import { liesWithin } from '../policy/jurisdiction.ts';
import { certifiedDeath, history, lastRecorded, valueOn } from '../programmes/fact-history.ts';
import type { EnrolmentFacts, Situation } from '../programmes/programme.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { type Ability, CARE_TIERS, type CareTier, readAbility } from './self-care.ts';

/** 集中供养 or 分散供养. */
export const CARE_SETTINGS = ['institution', 'family'] as const;
export type CareSetting = (typeof CARE_SETTINGS)[number];

/**
 * A person as somebody who decides sees him for one month: what the register knew, nothing worked out. It holds opaque keys only, and
 * nothing of it is stored. What is not known is absent, and the rule that needs it says so.
 */
export type PersonCase = {
  readonly person: PersonKey;
  readonly birthDate?: PlainDate;
  /** 城镇、农村: of the enrolment's own facts, else of the household that the person belongs to, else of his registration. */
  readonly residence?: Residence;
  readonly setting?: CareSetting;
  readonly selfCare?: CareTier;
  readonly ability?: Ability;
  readonly disability?: NonNullable<HouseholdMember['disability']>;
  readonly student?: StudentLevel;
  /** Months of a certified death, and of the end of the funeral. */
  readonly diedIn?: Month;
  readonly funeralIn?: Month;
  /** Why the person is not there to be provided for, and the month in which that began. */
  readonly away?: { readonly why: 'custody' | 'missing' | 'moved-out'; readonly since: Month };
};

/**
 * A person as the facts have him for a month: what holds on the month's last day. Facts recorded after a cut-off must be left out before
 * (`knownBy`); their order never matters.
 */
export function personCaseOn(
  situation: Pick<Situation, 'persons' | 'households'>,
  enrolment: Pick<EnrolmentFacts, 'subject' | 'facts' | 'jurisdiction'>,
  month: Month,
): PersonCase {
  const person = situation.persons[enrolment.subject] ?? [];
  const day = `${month}-31`;
  const on = (kind: FactKind, facts: readonly Fact[] = person) => valueOn(facts, kind, day, '');
  const birthDate = lastRecorded(person, 'birth-date')?.value;
  const disability = readValue(DISABILITY, on('disability'));
  const student = readValue(STUDENT, on('student'));
  const death = certifiedDeath(person);
  const ability = readAbility(on('ability-assessment'));
  const funeral = lastRecorded(person, 'funeral-done')?.value ?? '';
  const settled = {
    residence: residenceOf(situation, enrolment, day),
    setting: CARE_SETTINGS.find((known) => known === on('care-setting', enrolment.facts)),
    selfCare: CARE_TIERS.find((known) => known === on('self-care')),
    away: awayOn(person, enrolment.jurisdiction, day),
  };
  return {
    person: enrolment.subject,
    ...(birthDate !== undefined && isPlainDate(birthDate) && { birthDate }),
    ...(settled.residence && { residence: settled.residence }),
    ...(settled.setting && { setting: settled.setting }),
    ...(settled.selfCare && { selfCare: settled.selfCare }),
    ...(ability && { ability }),
    ...(disability && disability !== 'none' && { disability }),
    ...(student !== 'none' && { student }),
    ...(death !== undefined && { diedIn: monthOf(death) }),
    ...(isPlainDate(funeral) && { funeralIn: monthOf(funeral) }),
    ...(settled.away && { away: settled.away }),
  };
}

function awayOn(person: readonly Fact[], place: JurisdictionCode, day: string): PersonCase['away'] {
  const holds = (kind: FactKind) => history(person, kind).findLast(({ validFrom }) => validFrom <= day);
  const away = (why: NonNullable<PersonCase['away']>['why'], fact: Fact | undefined) =>
    fact && { why, since: monthOf(fact.validFrom) };
  const [custody, missing, home] = [holds('custody'), holds('missing'), holds('household-registration')];
  if (custody?.value === 'custody') return away('custody', custody);
  if (missing?.value === 'missing') return away('missing', missing);
  const gone = home && home.value !== 'in' && !liesWithin(home.value, place);
  return gone ? away('moved-out', home) : undefined;
}

function residenceOf(
  { persons, households }: Pick<Situation, 'persons' | 'households'>,
  { subject, facts }: Pick<EnrolmentFacts, 'subject' | 'facts'>,
  day: string,
): Residence | undefined {
  const household = membershipOn(persons[subject] ?? [], day)?.household;
  const kept = household === undefined ? undefined : households?.[household];
  const said =
    valueOn(facts, 'residence', day, '') ||
    valueOn(kept ?? [], 'residence', day, '') ||
    valueOn(persons[subject] ?? [], 'registration-kind', day, '');
  return RESIDENCES.find((known) => known === said);
}
