import { monthOf } from '../calendar.ts';
import { APPLICATION, INCOMES, OBLIGORS, SPENDING } from '../household/fact-values.ts';
import type { PersonKey } from '../ids.ts';
import type { Situation } from '../programmes/programme.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Assumption, type CaseAt, HOUSEHOLD, type Notes, place, type ReadPerson } from './case-at.ts';
import type { AssessmentCase, CaseHousehold } from './case-schema.ts';
import { givenFacts } from './given-facts.ts';
import { type CasePerson, withBasis } from './member-schema.ts';
import { birthDateOfAge, caseFact, EVER, membershipFacts, personFacts } from './person-facts.ts';
import { type CaseProblem, problem } from './problems.ts';
import { programmeNamed, type ReadEnrolment, readEnrolments } from './read-enrolment.ts';

/** A case as the rules see it. */
export type ReadCase = {
  readonly situation: Situation;
  readonly enrolments: readonly ReadEnrolment[];
  /** What the case calls them, by key. */
  readonly names: ReadonlyMap<PersonKey, string>;
  /** What was taken for granted because the case does not say it. */
  readonly assumed: readonly Assumption[];
};
/** Makes dated facts of a case. All that is wrong with it is told at once. */
export function readCase(stated: AssessmentCase, at: CaseAt): Result<ReadCase, readonly CaseProblem[]> {
  const problems: CaseProblem[] = [];
  const assumed: Assumption[] = [];
  const given = asHousehold(stated, assumed);
  const listed = [
    ...(given.household?.members ?? []).map((person, index) => ({
      person,
      path: `household.members[${index}]`,
    })),
    ...(given.persons ?? []).map((person, index) => ({ person, path: `persons[${index}]` })),
  ];
  const persons = listed.map(({ person: stated, path }, index) => {
    const ofHousehold = index < (given.household?.members.length ?? 0);
    const person = ofHousehold && isDestitute(stated, given) ? uncovered(stated, path, assumed) : stated;
    return readPerson(person, path, index, at, { problems, assumed, ofHousehold });
  });
  if (given.household?.members.length === 0)
    problems.push(problem('household.members', '至少一名家庭成员', 'at least one member'));
  for (const [index, { id }] of persons.entries()) {
    if (persons.findIndex((other) => other.id === id) !== index)
      problems.push(problem(`${listed[index]?.path ?? ''}.id`, '代号重复', 'this id is used twice'));
  }
  const enrolments = readEnrolments(given, persons, at, { problems, assumed });
  const workedOut = enrolments.some(
    ({ programme, given: one }) => programme.unit === 'household' && one.determined === undefined,
  );
  if (workedOut && given.household && given.household.residence === undefined)
    problems.push(
      problem('household.residence', '须写城镇（urban）或农村（rural）', 'urban or rural is needed'),
    );
  if (problems.length > 0) return refuse(problems);
  inferClasses(persons, enrolments, assumed);
  const seen = (facts: readonly Fact[]) =>
    facts.filter(({ recordedAt }) => recordedAt.slice(0, 10) <= at.knownOn);
  return ok({
    situation: {
      persons: Object.fromEntries(persons.map(({ key, facts }) => [key, seen(facts)])),
      ...(given.household && { households: { [HOUSEHOLD]: seen(householdFacts(given.household, assumed)) } }),
      enrolments: enrolments.map(({ enrolment }) => ({ ...enrolment, facts: seen(enrolment.facts) })),
    },
    enrolments,
    names: new Map([...persons.map(({ key, id }) => [key, id] as const), [HOUSEHOLD, 'household'] as const]),
    assumed,
  });
}

function readPerson(
  person: CasePerson,
  path: string,
  index: number,
  at: CaseAt,
  { problems, assumed, ofHousehold }: Notes & { readonly ofHousehold: boolean },
): ReadPerson {
  const key = `P${String(index + 1).padStart(11, '0')}`;
  const first = at.months[0] ?? monthOf(at.knownOn);
  const birthDate =
    person.birthDate ?? (person.age === undefined ? undefined : birthDateOfAge(person.age, first));
  if (person.birthDate !== undefined && person.age !== undefined)
    problems.push(
      problem(`${path}.age`, '出生日期和年龄只写其一', 'give the date of birth or the age, not both'),
    );
  if (birthDate === undefined && ofHousehold)
    problems.push(
      problem(`${path}.birthDate`, '须写出生日期，或 age（年龄）', 'the date of birth is needed, or `age`'),
    );
  if (person.age !== undefined && birthDate !== undefined)
    assumed.push({
      path: `${path}.age`,
      zh: `按 ${birthDate} 出生计算`,
      en: `taken to be born on ${birthDate}`,
    });
  const facts = personFacts(person, birthDate);
  if (ofHousehold) facts.push(...membershipFacts(person, HOUSEHOLD, index === 0));
  const given = [
    { facts: person.facts, from: birthDate ?? EVER, path: `${path}.facts` },
    ...(person.changes ?? []).map((change, n) => ({
      facts: change.facts,
      from: change.from,
      path: `${path}.changes[${n}].facts`,
    })),
  ];
  const ofEnrolments: Fact[] = [];
  for (const { from, ...one } of given) {
    const read = givenFacts({ ...one, from: { person: from, enrolment: from }, ...place(at) });
    facts.push(...read.person);
    ofEnrolments.push(...read.enrolment);
    problems.push(...read.problems);
  }
  return { key, id: person.id ?? `person-${index + 1}`, birthDate, given: person, facts, ofEnrolments };
}

/** Whether somebody is in 特困 here. */
function isDestitute({ id }: CasePerson, { household, persons = [], enrolments }: AssessmentCase): boolean {
  const alone = (household?.members.length ?? 0) + persons.length === 1;
  return enrolments.some(
    (one) =>
      programmeNamed(one.programme)?.id === 'tekun' && (one.person === undefined ? alone : one.person === id),
  );
}

/** Who is provided for as destitute is not covered by 低保 beside it (民发〔2021〕43号: 特困 and 低保 exclude each other). */
function uncovered(person: CasePerson, path: string, assumed: Assumption[]): CasePerson {
  if (person.covered !== undefined) return person;
  assumed.push({
    path: `${path}.covered`,
    zh: '特困人员不作为低保保障对象',
    en: 'taken not to be covered by dibao, being provided for as destitute (tekun)',
  });
  return { ...person, covered: false };
}

function householdFacts(household: CaseHousehold, assumed: Assumption[]): Fact[] {
  const facts: Fact[] = [];
  for (const { from, ...said } of [{ ...household, from: EVER }, ...(household.changes ?? [])]) {
    const add = (kind: FactKind, value: string | undefined) => {
      if (value !== undefined) facts.push(caseFact(kind, value, from));
    };
    add('residence', said.residence);
    const application = said.application && recognised(said.application, household, assumed);
    add('application-kind', application && APPLICATION.read(application) && application);
    add('household-incomes', said.incomes && INCOMES.write(withBasis(said.incomes)));
    add('obligors', said.obligors && OBLIGORS.write(said.obligors.map(obligor)));
    add('spending', said.spending && SPENDING.write(withBasis(said.spending)));
  }
  return facts;
}

/** 单人保 is for members of families on the low-income line: so is this one, unless the case says of what class they are. */
function recognised(
  application: NonNullable<CaseHousehold['application']>,
  { members }: CaseHousehold,
  assumed: Assumption[],
): NonNullable<CaseHousehold['application']> {
  if (application !== 'single-person' || members.some(({ identityClass }) => identityClass === 'none'))
    return application;
  assumed.push({
    path: 'household.application',
    zh: '按家庭已认定为低保边缘家庭计算',
    en: 'the family is taken to be recognised as low-income (marginal)',
  });
  return 'single-person:marginal';
}

function obligor({ exempt, ...rest }: NonNullable<CaseHousehold['obligors']>[number]) {
  return { ...rest, ...(exempt !== undefined && { exempt }) };
}

/** Persons alone who are in a programme of households are one household: the first is its head. */
function asHousehold(given: AssessmentCase, assumed: Assumption[]): AssessmentCase {
  const { household, persons = [], enrolments } = given;
  const ofHouseholds = enrolments.some((one) => {
    const programme = programmeNamed(one.programme);
    return programme?.unit === 'household' && !programme.grant;
  });
  if (household || persons.length === 0 || !ofHouseholds) return given;
  assumed.push({
    path: 'persons',
    zh: '按一户共同生活的家庭计算，第一人为户主',
    en: 'taken to be one household, the first of them its head',
  });
  const { residence } = persons.find((one) => one.residence !== undefined) ?? {};
  const { persons: _persons, ...rest } = given;
  return { ...rest, household: { members: persons, ...(residence !== undefined && { residence }) } };
}

/** Who is in 低保 or 特困 here is of that class, where the case does not say of which class they are. */
function inferClasses(
  persons: readonly ReadPerson[],
  enrolments: readonly ReadEnrolment[],
  assumed: Assumption[],
): void {
  for (const { key, id, facts, given, birthDate } of persons) {
    if (facts.some(({ kind }) => kind === 'identity-class')) continue;
    const isIn = (programme: string, subject: PersonKey) =>
      enrolments.some(({ enrolment }) => enrolment.programme === programme && enrolment.subject === subject);
    const ofHousehold = facts.some(({ kind }) => kind === 'household') && (given.covered ?? true);
    const found = isIn('tekun', key)
      ? 'tekun'
      : ofHousehold && isIn('dibao', HOUSEHOLD)
        ? 'dibao'
        : undefined;
    if (found === undefined) continue;
    facts.push(caseFact('identity-class', found, birthDate ?? EVER));
    assumed.push({
      path: `${id}.identityClass`,
      zh: `按${found === 'tekun' ? '特困' : '低保'}人员计算`,
      en: `taken to be of the class ${found}, being in that programme here`,
    });
  }
}
