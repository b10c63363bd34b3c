import { addMonths, birthday, type Month, maxMonth, monthOf, type PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { ProgrammeId } from '../ids.ts';
import type { DatedValue } from '../policy/book.ts';
import type { PolicyScope } from '../policy/lookup.ts';
import { type MonthlyReader, monthlyReader, monthlyStep } from '../programmes/monthly.ts';
import type { Step } from '../programmes/programme.ts';
import type { PolicyView, ScheduleInput } from '../programmes/schedule.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { CareGroups, JOINT_PARAMETERS } from './joint-parameters.ts';
import type { CareStepCode } from './labels.ts';
import type { PersonCase } from './person-case.ts';

/** The programme whose policy says for both when they begin and end: they are decided together. */
export const LEADING: ProgrammeId = 'tekun';

/** What a step says of a setting or residence that nobody had to know. */
export const ANY = 'any';

const joint: MonthlyReader<typeof JOINT_PARAMETERS> = monthlyReader();

/** A parameter that both programmes of the decision share, as the leading one has it. */
export function readJoint<Name extends keyof typeof JOINT_PARAMETERS>(
  { book, scope }: PolicyView,
  name: Name,
  month: Month,
) {
  return joint(book, jointScope(scope), name, month);
}

const jointScope = (scope: PolicyScope): PolicyScope => ({ ...scope, programme: LEADING });

/** Whether anything is due for the month, and the steps that say why. */
export type Conditions = { readonly due: boolean; readonly steps: readonly Step[] };

/** The person of a month. Refusal: `missing/person`, when no dated case reaches back to it. */
export function personOf({ cases }: ScheduleInput, month: Month): Result<PersonCase> {
  const found = cases.findLast(({ from }) => from <= month);
  if (found && 'person' in found) return ok(found.person);
  return refuse(
    refusal(
      'missing/person',
      `对象信息库没有 ${month} 的人员情况：请先补录`,
      `the register has nothing of the person for ${month}: add it first`,
      { month },
    ),
  );
}

/**
 * Whether a person is still provided for in a month: alive, or dead with the funeral not done (北京市特困人员救助供养办法 第十五条: the case ends
 * once the funeral is done), not away, and of a group of the policy (民发〔2021〕43号 第四条、第二十五条). Which step speaks is the first
 * that ends it. Refusals: those of `lookup`.
 */
export function conditionsOf(view: PolicyView, person: PersonCase, month: Month): Result<Conditions> {
  const died = afterDeath(view, person, month);
  if (!died.ok) return died;
  if (died.value && !died.value.due) return died as Result<Conditions>;
  const away = whileAway(view, person, month);
  if (!away.ok) return away;
  if (away.value) return ok({ due: false, steps: [away.value] });
  const ground = groundOf(view, person, month);
  if (!ground.ok) return ground;
  return ok({ due: ground.value.due, steps: [...(died.value?.steps ?? []), ...ground.value.steps] });
}

function afterDeath(
  view: PolicyView,
  { diedIn, funeralIn }: PersonCase,
  month: Month,
): Result<Conditions | undefined> {
  if (diedIn === undefined || month <= diedIn) return ok(undefined);
  const read = readJoint(view, 'deathEnd', month);
  if (!read.ok) return read;
  const { value: rule, citation } = read.value;
  if (rule === 'after-funeral' && (funeralIn === undefined || month <= funeralIn)) {
    return ok({ due: true, steps: [said('kept-until-funeral', { month }, 'due', citation)] });
  }
  const lastMonth = rule === 'after-funeral' ? maxMonth(diedIn, funeralIn ?? diedIn) : diedIn;
  const code = rule === 'after-funeral' ? 'ended-after-funeral' : 'ended-after-death';
  return ok({ due: false, steps: [said(code, { month, lastMonth }, '0.00', citation)] });
}

function whileAway(view: PolicyView, { away }: PersonCase, month: Month): Result<Step | undefined> {
  if (!away) return ok(undefined);
  const read = readJoint(view, 'stopFrom', month);
  if (!read.ok) return read;
  const { value: rule, citation } = read.value;
  const first = rule === 'next-month' ? addMonths(away.since, 1) : away.since;
  return ok(month < first ? undefined : said(`away-${away.why}`, { month, rule }, '0.00', citation));
}

/** 供养条件: by age, disability or as a minor. */
function groundOf(view: PolicyView, person: PersonCase, month: Month): Result<Conditions> {
  const read = readJoint(view, 'groups', month);
  if (!read.ok) return read;
  const { value: groups, citation } = read.value;
  // Who is provided for was decided by people; without a birth date nothing says that it is over.
  if (person.birthDate === undefined)
    return ok({ due: true, steps: [said('ground-as-decided', { month }, 'due', citation)] });
  const ages = ageRules(view, month);
  if (!ages.ok) return ages;
  const isOf = (age: number) => ageMonth(person.birthDate ?? '', age, ages.value) <= month;
  const ground = isOf(groups.fromAge)
    ? 'elderly'
    : !isOf(groups.minorBelow)
      ? 'minor'
      : isDisabled(person, groups)
        ? 'disabled'
        : person.student && groups.studyLevels.includes(person.student)
          ? 'student'
          : undefined;
  const inputs = { month, rule: ages.value.ageChange, leapDay: ages.value.leapDay };
  return ok(
    ground
      ? { due: true, steps: [said('ground', inputs, ground, citation)] }
      : { due: false, steps: [said('no-ground', inputs, '0.00', citation)] },
  );
}

const isDisabled = ({ disability }: PersonCase, { disabilities }: CareGroups): boolean =>
  disability !== undefined &&
  disabilities.some(
    ({ grades, kinds }) => grades.includes(disability.grade) && kinds.includes(disability.kind),
  );

type AgeRules = {
  readonly ageChange: 'birthday-month' | 'next-month';
  readonly leapDay: 'feb-28' | 'mar-1';
};
function ageRules(view: PolicyView, month: Month): Result<AgeRules> {
  const ageChange = readJoint(view, 'ageChange', month);
  if (!ageChange.ok) return ageChange;
  const leapDay = readJoint(view, 'leapDay', month);
  if (!leapDay.ok) return leapDay;
  return ok({ ageChange: ageChange.value.value, leapDay: leapDay.value.value });
}

/** The first month in which an age counts. */
function ageMonth(birthDate: PlainDate, age: number, { ageChange, leapDay }: AgeRules): Month {
  const month = monthOf(birthday(birthDate, age, leapDay));
  return ageChange === 'next-month' ? addMonths(month, 1) : month;
}

/**
 * The month after a given one in which a minor grows up and, as things are known, is provided for no more: a decision says so at once,
 * and nobody has to remember. None where policy of that month is not known yet.
 */
export function grownUpAfter(view: PolicyView, person: PersonCase, after: Month): Month[] {
  const [groups, ages] = [readJoint(view, 'groups', after), ageRules(view, after)];
  if (!groups.ok || !ages.ok || person.birthDate === undefined) return [];
  const month = ageMonth(person.birthDate, groups.value.value.minorBelow, ages.value);
  if (month <= after) return [];
  const then = conditionsOf(view, person, month);
  return then.ok && !then.value.due ? [month] : [];
}

export function said(
  code: CareStepCode,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation?: Citation,
): Step {
  return monthlyStep(code, inputs, result, citation);
}

export const isSample = (...values: readonly Pick<DatedValue, 'sample'>[]): boolean =>
  values.some(({ sample }) => sample === true);
