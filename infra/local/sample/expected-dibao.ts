import { addMonths, type Month, monthOf } from '../../../domain/calendar.ts';
import type { SampleHousehold, SampleMember, SampleObligor, SampleRelation } from './families.ts';

/**
 * What 低保 comes to in Beijing, worked out a second time from the text (京民社救发〔2018〕445号) for the households of the sample
 * district: whole numbers only, none of the programme's code, so that the bureau's own list and the service may be held
 * against each other.
 */

/** 京民社救发〔2024〕80号: yuan a person and month. */
export const STANDARD_YUAN = '1450.00';
/**
 * Amounts are whole numbers of parts of a fen: a twelfth of a year, a fifth of what an obligor has to spare, shared by up to ten
 * families, leave no remainder.
 */
const PARTS = 12n * 100n * 2520n;
type Parts = bigint;

/** The months an initial decision is for begin after the month it was made in (批准之日下月起). */
export function firstMonthDue({ decision }: SampleHousehold): Month {
  return addMonths(monthOf(decision.decidedOn), 1);
}

/** Fen for a month as decided: the decision fixed it by what was so in its first month. */
export function expectedAmount(household: SampleHousehold, month: Month, standard = STANDARD_YUAN): number {
  const first = firstMonthDue(household);
  return month < first ? 0 : assessedAmount(household, first, standard);
}

/** Fen by what is so in a month, at a standard in yuan. */
export function assessedAmount(household: SampleHousehold, month: Month, standard = STANDARD_YUAN): number {
  const standardParts = partsOf(standard);
  // 服刑 people are no members while it lasts.
  const counted = household.members.filter((member) => member.excluded === undefined);
  const income = incomeAfterDeduction(household, counted, month, standardParts);
  const persons = BigInt(counted.length);
  const covered = counted.filter((member) => member.covered);
  if (covered.length === 0 || income >= standardParts * persons) return 0;
  const full = BigInt(covered.filter(isPaidInFull).length);
  const rest = BigInt(covered.length) - full;
  // (标准 − 人均) × 人数 + 标准 × 全额人数, over the number of persons so that nothing is divided before the end.
  const base = (standardParts * persons - income) * rest + standardParts * persons * full;
  const extra = covered.reduce((sum, member) => sum + topUp(member, month, standardParts), 0);
  return rounded(base, PARTS * persons) + extra;
}

/** 收入核减: the income of the household less a percentage of the standard, only the higher one of two reasons. */
function incomeAfterDeduction(
  household: SampleHousehold,
  counted: readonly SampleMember[],
  month: Month,
  standard: Parts,
): Parts {
  const income =
    sum(counted.map((member) => earned(member, standard) + otherIncome(member))) +
    yearly(household.operatingIncome) +
    yearly(household.propertyIncome) +
    sum((household.obligors ?? []).map((obligor) => owed(obligor, standard)));
  const suffering = counted.filter((member) => member.seriousIllness === true || isSeverelyDisabled(member));
  const supportedByOld = suffering.some((member) =>
    counted.some((other) => other !== member && supports(other, member) && age(other, month) >= 60),
  );
  const forSuffering = suffering.length === 0 ? 0n : supportedByOld ? 150n : 100n;
  const forChild = isLoneParentFamily(household, counted, month) ? 100n : 0n;
  const percent = forSuffering > forChild ? forSuffering : forChild;
  const left = income - (standard * percent) / 100n;
  return left > 0n ? left : 0n;
}

/** 就业奖励: part of what work brings does not count. */
function earned({ work }: SampleMember, standard: Parts): Parts {
  if (!work) return 0n;
  const wage = partsOf(work.wage);
  const less = wage - (standard * 80n) / 100n;
  if (work.kind === '在职') return less > 0n ? less : 0n;
  if (wage * 100n >= standard * 180n) return less;
  return wage >= standard ? standard : wage;
}

function otherIncome({ pension, maintenance, transfer, otherIncome: other }: SampleMember): Parts {
  return sum([pension, maintenance, transfer].map((amount) => partsOf(amount ?? '0'))) + yearly(other);
}

/** 赡养费 (income over one and a half standards a head, a fifth of it, shared) and 抚养费 (20 % a child, 50 % at most). */
function owed({ duty, income, persons, supported, exempt }: SampleObligor, standard: Parts): Parts {
  if (exempt !== undefined) return 0n;
  const among = BigInt(supported);
  if (duty === '赡养') {
    const spare = partsOf(income) - (standard * 150n * BigInt(persons)) / 100n;
    return spare > 0n ? (spare * 20n) / 100n / among : 0n;
  }
  const percent = supported * 20 > 50 ? 50n : among * 20n;
  return (partsOf(income) * percent) / 100n / among;
}

/** 重度残疾: grades one and two; of 智力 and 精神 the third as well. */
function isSeverelyDisabled({ disability }: SampleMember): boolean {
  if (!disability) return false;
  return disability.grade <= (disability.kind === '智力' || disability.kind === '精神' ? 3 : 2);
}

function isPaidInFull(member: SampleMember): boolean {
  return isSeverelyDisabled(member) || member.group === '传统救济对象' || member.group === '优抚孤老烈属';
}

/** 增发 in fen: 35 or 25 per cent of the standard, the higher one, once a person. */
function topUp(member: SampleMember, month: Month, standard: Parts): number {
  const percent =
    member.seriousIllness === true || isSeverelyDisabled(member) ? 35n : isHelped(member, month) ? 25n : 0n;
  return rounded(standard * percent, 100n * PARTS);
}

function isHelped(member: SampleMember, month: Month): boolean {
  const years = age(member, month);
  return (
    years >= 60 ||
    years <= 16 ||
    isStudent(member) ||
    member.pensionAge === true ||
    member.reducedWorkCapacity === true ||
    member.group === '当地规定的其他人员'
  );
}

const isStudent = ({ student }: SampleMember): boolean =>
  student !== undefined && student !== '学前' && student !== '研究生';

/** A head without a spouse, or somebody whom the sheet calls a lone parent, with a child of up to sixteen or at school. */
function isLoneParentFamily(
  { members }: SampleHousehold,
  counted: readonly SampleMember[],
  month: Month,
): boolean {
  const called = counted.some(({ group }) => group === '单亲');
  const married = members.some(({ relation }) => relation === '配偶');
  const isChild = ({ relation }: SampleMember): boolean =>
    relation === '子女' || (called && relation === '孙子女');
  return (
    (called || !married) &&
    counted.some((member) => isChild(member) && (age(member, month) <= 16 || isStudent(member)))
  );
}

/** 法定赡养、抚养、扶养: husband and wife, parents and children. */
const BOUND: readonly (readonly [SampleRelation, SampleRelation])[] = [
  ['户主', '配偶'],
  ['户主', '子女'],
  ['配偶', '子女'],
  ['户主', '父亲'],
  ['户主', '母亲'],
  ['父亲', '母亲'],
  ['父亲', '兄弟姐妹'],
  ['母亲', '兄弟姐妹'],
  ['子女', '儿媳'],
  ['子女', '孙子女'],
  ['儿媳', '孙子女'],
];

function supports(one: SampleMember, other: SampleMember): boolean {
  return BOUND.some(
    ([a, b]) => (a === one.relation && b === other.relation) || (a === other.relation && b === one.relation),
  );
}

/** Whole years; a birthday counts from the first day of its month. */
function age({ birthDate }: SampleMember, month: Month): number {
  const years = Number(month.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return birthDate.slice(5, 7) <= month.slice(5, 7) ? years : years - 1;
}

/** Yuan as parts of a fen. */
function partsOf(yuan: string): Parts {
  const [whole = '0', decimals = ''] = yuan.split('.');
  return BigInt(`${whole}${decimals.padEnd(2, '0')}`) * PARTS;
}

const yearly = (yuan: string | undefined): Parts => partsOf(yuan ?? '0') / 12n;
const sum = (amounts: readonly Parts[]): Parts => amounts.reduce((total, amount) => total + amount, 0n);

/** Half a fen is a fen. */
function rounded(amount: bigint, under: bigint): number {
  return Number((2n * amount + under) / (2n * under));
}
