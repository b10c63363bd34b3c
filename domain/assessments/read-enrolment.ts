import { isMonth, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { enrolmentId, type PersonKey } from '../ids.ts';
import { writtenFen } from '../money.ts';
import { isJurisdictionCode } from '../policy/jurisdiction.ts';
import { PROGRAMMES } from '../programmes/index.ts';
import type { Component, EnrolmentFacts, Programme } from '../programmes/programme.ts';
import { wordIn } from '../register/column-words.ts';
import type { Determination, DeterminationSpan } from '../register/determination.ts';
import type { Fact } from '../register/facts.ts';
import { type CaseAt, HOUSEHOLD, longBefore, type Notes, place, type ReadPerson } from './case-at.ts';
import type { AssessmentCase, CaseEnrolment } from './case-schema.ts';
import { givenFacts } from './given-facts.ts';
import { caseFact } from './person-facts.ts';
import { type CaseProblem, problem } from './problems.ts';

/** One enrolment of a case: what the rules see, and what the case says of it beside. */
export type ReadEnrolment = {
  readonly enrolment: EnrolmentFacts;
  readonly programme: Programme;
  readonly given: CaseEnrolment;
  readonly path: string;
  /** What the case calls whom it is for. */
  readonly subject: string;
  readonly appliedOn: PlainDate;
  readonly decidedOn: PlainDate | undefined;
  /** The case says when it was decided, so that the month in which it begins is asked for too. */
  readonly dated: boolean;
};
/** The enrolments of a case. Facts about the person that stand with an enrolment are added to the person. */
export function readEnrolments(
  given: AssessmentCase,
  persons: readonly ReadPerson[],
  at: CaseAt,
  notes: Notes,
): ReadEnrolment[] {
  if (given.enrolments.length === 0)
    notes.problems.push(problem('enrolments', '至少写一个发放项目', 'name one programme or more'));
  const count = new Map<string, number>();
  return given.enrolments.flatMap((one, index) => {
    const path = `enrolments[${index}]`;
    const programme = programmeNamed(one.programme);
    if (!programme) {
      notes.problems.push(unknownProgramme(`${path}.programme`));
      return [];
    }
    const subject = subjectOf(one, programme, given, persons, path, notes.problems);
    if (!subject) return [];
    const of = `${programme.code}-${subject.key}`;
    const number = (count.get(of) ?? 0) + 1;
    count.set(of, number);
    const place = one.jurisdiction ?? at.jurisdiction;
    const twice = given.enrolments
      .slice(0, index)
      .some(
        (other) =>
          (other.jurisdiction ?? at.jurisdiction) === place &&
          programmeNamed(other.programme) === programme &&
          subjectOf(other, programme, given, persons, path, [])?.key === subject.key,
      );
    if (twice && !programme.grant)
      notes.problems.push(
        problem(path, '同一对象在同一项目中重复', 'the same person or household is in this programme twice'),
      );
    return [readEnrolment({ one, programme, subject, number, path, persons }, at, notes)];
  });
}

type Subject = { readonly key: PersonKey; readonly id: string; readonly person?: ReadPerson };
type Found = {
  readonly one: CaseEnrolment;
  readonly programme: Programme;
  readonly subject: Subject;
  readonly number: number;
  readonly path: string;
  readonly persons: readonly ReadPerson[];
};

function readEnrolment(
  { one, programme, subject, number, path, persons }: Found,
  at: CaseAt,
  notes: Notes,
): ReadEnrolment {
  const jurisdiction = one.jurisdiction ?? at.jurisdiction;
  if (!isJurisdictionCode(jurisdiction))
    notes.problems.push(
      problem(`${path}.jurisdiction`, '应为六位行政区划代码', 'expected a six-digit GB/T 2260 code'),
    );
  const before = [longBefore(at), subject.person?.birthDate ?? ''].sort().at(-1) ?? '';
  const appliedOn =
    one.appliedOn ?? (typeof one.decidedOn === 'string' && one.decidedOn < before ? one.decidedOn : before);
  const decidedOn = one.decidedOn === null ? undefined : (one.decidedOn ?? appliedOn);
  if (one.appliedOn === undefined && !programme.grant && !programme.propose)
    notes.assumed.push({
      path: `${path}.appliedOn`,
      zh: `按 ${appliedOn} 申请、${decidedOn ?? '尚未'}审批计算`,
      en: `taken to have applied on ${appliedOn}${decidedOn === undefined ? '' : `, decided on ${decidedOn}`}`,
    });
  const residence = one.residence ?? subject.person?.given.residence;
  const facts = enrolmentFacts({ ...one, residence }, { appliedOn, decidedOn });
  if (!programme.grant) {
    const given = [
      {
        facts: one.facts,
        from: appliedOn,
        person: subject.person?.birthDate ?? appliedOn,
        path: `${path}.facts`,
      },
      ...(one.changes ?? []).map((change, index) => ({
        facts: change.facts,
        from: change.from,
        person: change.from,
        path: `${path}.changes[${index}].facts`,
      })),
    ];
    for (const { from, person, ...each } of given) {
      const read = givenFacts({ ...each, from: { person, enrolment: from }, ...place(at), programme });
      facts.push(...read.enrolment);
      subject.person?.facts.push(...read.person);
      notes.problems.push(...read.problems);
    }
  }
  for (const fact of subject.person?.ofEnrolments ?? [])
    if (programme.enrolmentFactKinds.some((kind) => kind === fact.kind)) facts.push(fact);
  checkComponents(one, programme, path, notes.problems);
  checkShares(one, persons, path, notes.problems);
  const id = enrolmentId(programme.code, subject.key, number);
  const enrolment = { id, programme: programme.id, jurisdiction, subject: subject.key, facts };
  const determinations = determinationsOf(one, enrolment, programme, persons, monthOf(appliedOn));
  return {
    enrolment: { ...enrolment, ...(determinations.length > 0 && { determinations }) },
    programme,
    given: one,
    path,
    subject: subject.id,
    appliedOn,
    decidedOn,
    dated: typeof one.decidedOn === 'string',
  };
}

function enrolmentFacts(
  one: CaseEnrolment,
  { appliedOn, decidedOn }: { readonly appliedOn: PlainDate; readonly decidedOn: PlainDate | undefined },
): Fact[] {
  const facts = [caseFact('application', appliedOn, appliedOn), caseFact('street', '000000000', appliedOn)];
  if (decidedOn !== undefined) facts.push(caseFact('decision', `${decidedOn}/试算`, decidedOn));
  if (one.stoppedAfter !== undefined) facts.push(caseFact('stop', one.stoppedAfter, appliedOn));
  if (one.paidElsewhereThrough !== undefined)
    facts.push(caseFact('paid-elsewhere', one.paidElsewhereThrough, appliedOn));
  for (const { from, residence, careSetting } of [{ ...one, from: appliedOn }, ...(one.changes ?? [])]) {
    if (residence !== undefined) facts.push(caseFact('residence', residence, from));
    if (careSetting !== undefined) facts.push(caseFact('care-setting', careSetting, from));
  }
  return facts;
}

/** Component of an amount that names none. */
export const mainComponent = ({ components }: Programme): string => Object.keys(components)[0] ?? 'amount';

function checkComponents(
  one: CaseEnrolment,
  programme: Programme,
  path: string,
  problems: CaseProblem[],
): void {
  const known = Object.keys(programme.components);
  const check = (name: string | undefined, at: string) => {
    if (name === undefined || name === '' || known.includes(name)) return;
    problems.push(
      problem(
        at,
        `没有这个组成部分，可写：${known.join(', ')}`,
        `no such component; there are: ${known.join(', ')}`,
      ),
    );
  };
  for (const [index, { amount, shares = [] }] of (one.determined ?? []).entries()) {
    for (const name of Object.keys(amount)) check(name, `${path}.determined[${index}].amount`);
    for (const { component } of shares) check(component, `${path}.determined[${index}].shares`);
  }
  for (const [month, amount] of Object.entries(one.paid ?? {})) {
    if (!isMonth(month))
      problems.push(problem(`${path}.paid`, '按月份写，例如 2024-07', 'by month, e.g. 2024-07'));
    for (const name of Object.keys(amount)) check(name, `${path}.paid.${month}`);
  }
}

function checkShares(
  { determined = [] }: CaseEnrolment,
  persons: readonly ReadPerson[],
  path: string,
  problems: CaseProblem[],
): void {
  const ids = persons.map(({ id }) => id);
  for (const [index, { shares = [] }] of determined.entries()) {
    if (shares.every(({ person }) => ids.includes(person))) continue;
    const at = `${path}.determined[${index}].shares`;
    problems.push(
      problem(at, `须写成员代号：${ids.join(', ')}`, `name members by their ids: ${ids.join(', ')}`),
    );
  }
}

/** Yuan by component, as a case writes them; "" is the main one. */
export function componentsOf(amounts: Readonly<Record<string, string>>, programme: Programme): Component[] {
  return Object.entries(amounts)
    .map(([name, amount]) => ({
      component: name === '' ? mainComponent(programme) : name,
      fen: writtenFen(amount),
    }))
    .filter(({ fen }) => fen > 0);
}

/** What the case says was decided already, as one determination. */
function determinationsOf(
  { determined = [] }: CaseEnrolment,
  enrolment: EnrolmentFacts,
  programme: Programme,
  persons: readonly ReadPerson[],
  start: Month,
): Determination[] {
  if (determined.length === 0) return [];
  const spans = determined
    .map((one) => ({ ...one, from: one.from ?? start }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map(
      (one): DeterminationSpan => ({
        from: one.from,
        components: componentsOf(one.amount, programme),
        derivation: [],
        ...(one.shares && {
          shares: one.shares.map(({ person, component, amount }) => ({
            person: persons.find(({ id }) => id === person)?.key ?? '',
            component: component ?? mainComponent(programme),
            fen: writtenFen(amount),
          })),
        }),
      }),
    );
  const decidedOn =
    determined.flatMap((one) => one.decidedOn ?? []).sort()[0] ?? `${spans[0]?.from ?? ''}-01`;
  return [caseDetermination(enrolment, 1, 'opening', decidedOn, spans, false)];
}

/** A determination that only a case speaks of. */
export function caseDetermination(
  { id }: Pick<EnrolmentFacts, 'id'>,
  number: number,
  kind: Determination['kind'],
  decidedOn: PlainDate,
  spans: readonly DeterminationSpan[],
  sample: boolean,
): Determination {
  const by = { proposedBy: 'case', decidedBy: 'case', recordedAt: `${decidedOn}T00:00:00.000Z` };
  return { enrolment: id, number, kind, document: '试算', decidedOn, spans, sample, ...by };
}

function subjectOf(
  one: CaseEnrolment,
  programme: Programme,
  given: AssessmentCase,
  persons: readonly ReadPerson[],
  path: string,
  problems: CaseProblem[],
): Subject | undefined {
  if (programme.unit === 'project') {
    problems.push(
      problem(`${path}.programme`, '公益创投项目不能这样试算', 'projects cannot be tried out this way'),
    );
    return undefined;
  }
  if (persons.length === 0 && (programme.unit === 'organisation' || programme.grant))
    return { key: 'Z00000000001', id: one.person ?? 'organisation' };
  if (programme.unit === 'household' && !programme.grant) {
    if (given.household) return { key: HOUSEHOLD, id: 'household' };
    problems.push(
      problem('household', '按户的项目须写 household', 'a programme of households needs `household`'),
    );
    return undefined;
  }
  const [only, ...others] = persons;
  const person =
    one.person === undefined && (others.length === 0 || programme.grant || programme.unit === 'organisation')
      ? only
      : persons.find(({ id }) => id === one.person);
  if (person) return { key: person.key, id: person.id, person };
  const ids = persons.map(({ id }) => id).join(', ');
  problems.push(
    problem(`${path}.person`, `须写明是谁，可写：${ids}`, `say for whom it is; there are: ${ids}`),
  );
  return undefined;
}

/** What people call programmes beside their names. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  低保: 'dibao',
  特困: 'tekun',
  孤儿: 'orphan',
  事实无人抚养儿童: 'unattended-child',
  困境儿童: 'child-in-need',
  残疾人生活补贴: 'disability-living',
  残疾人护理补贴: 'disability-nursing',
  优抚: 'veterans-care',
  价格临时补贴: 'price-subsidy',
};

/** A programme by its id, by its name in either language, or by a short name. */
export function programmeNamed(name: string): Programme | undefined {
  const wanted = name.trim();
  const id = wordIn(SHORT_NAMES, wanted) ?? wanted.toLowerCase();
  return Object.values(PROGRAMMES).find(
    (one) => one && (one.id === id || one.names.zh === wanted || one.names.en.toLowerCase() === id),
  );
}

function unknownProgramme(path: string): CaseProblem {
  const ids = Object.keys(PROGRAMMES).join(', ');
  return problem(path, `没有这个发放项目，可写：${ids}`, `there is no such programme; there are: ${ids}`);
}
