import type { HouseholdColumn } from '../../../domain/register/household-columns.ts';
import type { SampleHousehold, SampleMember, SampleObligor } from './families.ts';

/** The text of one row by column; what is not named is empty. */
export type HouseholdCells = Partial<Record<HouseholdColumn, string>>;

/** The columns of the sheets, in the order that offices have them in. */
export const HOUSEHOLD_SHEET: readonly HouseholdColumn[] = [
  'certificate',
  'headName',
  'headIdNumber',
  'street',
  'streetName',
  'residence',
  'appliedOn',
  'applicationKind',
  'name',
  'idNumber',
  'relation',
  'covered',
  'disabilityKind',
  'disabilityGrade',
  'seriousIllness',
  'student',
  'employment',
  'wage',
  'pension',
  'maintenance',
  'transfer',
  'otherIncome',
  'pensionAge',
  'reducedWorkCapacity',
  'specialGroups',
  'excluded',
  'operatingIncome',
  'propertyIncome',
  'obligors',
  'acceptedOn',
  'checkReport',
  'checkedOn',
  'publicityFrom',
  'publicityTo',
  'payeeName',
  'payeeIdNumber',
  'account',
  'bankName',
  'note',
];

/** What the row of the head says of the household. */
export function householdCells(household: SampleHousehold): HouseholdCells {
  const [head] = household.members;
  return {
    certificate: household.certificate,
    headName: head?.name ?? '',
    headIdNumber: head?.idNumber ?? '',
    street: household.street.code,
    streetName: household.street.name,
    residence: household.residence,
    appliedOn: household.appliedOn,
    applicationKind: '整户',
    operatingIncome: household.operatingIncome ?? '',
    propertyIncome: household.propertyIncome ?? '',
    obligors: (household.obligors ?? []).map(obligorText).join('；'),
    payeeName: household.payee?.name ?? '',
    payeeIdNumber: household.payee?.idNumber ?? '',
    account: household.account,
    bankName: household.street.bank,
    acceptedOn: household.appliedOn,
    ...papersOf(household),
  };
}

/** Checked and public in the week before the decision: nobody of the sample was let in without. */
function papersOf({ certificate, decision: { decidedOn } }: SampleHousehold): HouseholdCells {
  const day = (before: number) =>
    `${decidedOn.slice(0, 8)}${String(Number(decidedOn.slice(8)) - before).padStart(2, '0')}`;
  return {
    checkReport: `核对${certificate.slice(-4)}号`,
    checkedOn: day(11),
    publicityFrom: day(10),
    publicityTo: day(4),
  };
}

export function memberCells(member: SampleMember): HouseholdCells {
  return {
    name: member.name,
    idNumber: member.idNumber,
    relation: member.relation,
    covered: member.covered ? '是' : '否',
    disabilityKind: member.disability?.kind ?? '',
    disabilityGrade: member.disability ? GRADES[member.disability.grade] : '',
    seriousIllness: member.seriousIllness ? '是' : '',
    student: member.student ?? '',
    employment: member.work?.kind ?? '',
    wage: member.work?.wage ?? '',
    pension: member.pension ?? '',
    maintenance: member.maintenance ?? '',
    transfer: member.transfer ?? '',
    otherIncome: member.otherIncome ?? '',
    pensionAge: member.pensionAge ? '是' : '',
    reducedWorkCapacity: member.reducedWorkCapacity ? '是' : '',
    specialGroups: member.group ?? '',
    excluded: member.excluded ?? '',
  };
}

const GRADES = { 1: '一级', 2: '二级', 3: '三级', 4: '四级' } as const;

const obligorText = ({ duty, income, persons, supported, exempt }: SampleObligor): string =>
  [duty, income, persons, supported, ...(exempt ? [exempt] : [])].join(':');
