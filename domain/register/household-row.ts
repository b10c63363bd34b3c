import type { PlainDate } from '../calendar.ts';
import { DISABILITY, EMPLOYMENT, INCOMES, SPENDING } from '../household/fact-values.ts';
import { DISABILITY_KINDS, RELATIONS, type Relation } from '../household/household-case.ts';
import { sameName } from '../person-name.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import type { Papers } from '../street/papers.ts';
import type { FactKind } from './facts.ts';
import {
  HOUSEHOLD_INCOMES,
  HOUSEHOLD_SPENDING,
  type HouseholdColumn,
  MEMBER_INCOMES,
} from './household-columns.ts';
import { papersOf } from './paper-columns.ts';
import type { RowFault, RowValues } from './sheets.ts';

type Named = { readonly name: string; readonly idNumber: string };
/** What a row says of kinds of facts; kinds it is silent about are missing. */
export type Statements = readonly (readonly [FactKind, string])[];

/** One row of the household sheet: a member, the head the row belongs to, and in the head's own row the household. */
export type HouseholdRow = {
  readonly member: Named;
  readonly head: Named;
  readonly relation: Relation;
  readonly covered: boolean;
  readonly appliedOn: PlainDate;
  /** From when what the row says anew holds; absent: since the application, or for a change from the day of the import. */
  readonly changedOn: PlainDate | undefined;
  readonly ofMember: Statements;
  readonly ofHousehold: Statements;
  readonly street: string;
  /** Absent when the head is paid. */
  readonly payee: Named | undefined;
  /** Empty where nothing is said of it, as in a street's change report. */
  readonly account: string;
  readonly bankName: string | undefined;
  /** What only a street's change report says: of the head, and of the enrolment. */
  readonly phone: string | undefined;
  /** Last month due, "" to resume. */
  readonly stopMonth: string | undefined;
  readonly community: string | undefined;
  readonly papers: Papers;
};

/** Puts the cells of a row together. Faults name a column and say what contradicts what. */
export function householdRow(values: RowValues): Result<HouseholdRow, readonly RowFault[]> {
  const value = (id: HouseholdColumn): string | undefined => values[id];
  const required = (id: HouseholdColumn): string => {
    const found = value(id);
    invariant(found !== undefined, `required column ${id} passed without a value`);
    return found;
  };
  const relation = RELATIONS.find((known) => known === value('relation'));
  invariant(relation, 'the relation was checked before');
  const member = { name: required('name'), idNumber: required('idNumber') };
  const head = { name: required('headName'), idNumber: required('headIdNumber') };
  const faults = [...headFaults(member, head, relation), ...dependentFaults(values)];
  const payee = payeeOf(head, value('payeeName'), value('payeeIdNumber'));
  const papers = papersOf(values);
  if (!papers.ok) faults.push(...papers.error);
  if (!payee.ok) return refuse([...faults, payee.error]);
  if (!papers.ok || faults.length > 0) return refuse(faults);
  return ok({
    member,
    head,
    relation,
    covered: value('covered') !== 'no',
    appliedOn: required('appliedOn'),
    changedOn: value('changedOn'),
    ofMember: memberStatements(values),
    ofHousehold: relation === 'head' ? householdStatements(values) : [],
    street: required('street'),
    payee: payee.value,
    account: value('account') ?? '',
    bankName: value('bankName'),
    phone: values['phone'],
    stopMonth: values['stopMonth'],
    community: values['community'],
    papers: papers.value,
  });
}

function headFaults(member: Named, head: Named, relation: Relation): RowFault[] {
  const same = member.idNumber === head.idNumber;
  if (same !== (relation === 'head')) {
    return [
      {
        column: '与户主关系',
        zh: same
          ? '成员身份证号是户主本人的，与户主关系应填“户主”'
          : '与户主关系填了“户主”，身份证号却不是户主的：请核对户主身份证号',
        en: same
          ? 'Relation: this is the head’s own identity number, so the relation is "head"'
          : 'Relation: says "head", but the identity number is another than the head’s',
      },
    ];
  }
  if (!same || sameName(member.name, head.name)) return [];
  return [
    {
      column: '户主姓名',
      zh: '户主姓名与户主本人一行的姓名不同：请核对',
      en: 'Head: another name than in the row of the head; check both',
    },
  ];
}

function dependentFaults(values: RowValues): RowFault[] {
  const faults: RowFault[] = [];
  const { disabilityKind, disabilityGrade, employment, wage } = values;
  if (disabilityKind && disabilityGrade === undefined) {
    faults.push({
      column: '残疾等级',
      zh: '填写了残疾类别，必须同时填写残疾等级',
      en: 'Disability grade must be given with the kind of disability',
    });
  }
  if (!disabilityKind && disabilityGrade !== undefined) {
    faults.push({
      column: '残疾类别',
      zh: '填写了残疾等级，必须同时填写残疾类别',
      en: 'Disability must be given with its grade',
    });
  }
  if ((employment === 'employed' || employment === 'flexible') !== (wage !== undefined && wage !== '0.00')) {
    faults.push({
      column: '月工资收入',
      zh: '在职或灵活就业必须填写月工资收入，未就业不能填写；确无收入的请填未就业',
      en: 'Wage a month goes with being employed or in flexible work, and only with it',
    });
  }
  return faults;
}

function payeeOf(
  head: Named,
  name: string | undefined,
  idNumber: string | undefined,
): Result<Named | undefined, RowFault> {
  if (idNumber === undefined) {
    if (name === undefined || sameName(name, head.name)) return ok(undefined);
    return refuse({
      column: '领款人身份证号',
      zh: '领款人不是户主时，必须填写领款人身份证号',
      en: 'Payee ID number must be given when the payee is not the head',
    });
  }
  if (idNumber === head.idNumber) return ok(undefined);
  if (name !== undefined) return ok({ name, idNumber });
  return refuse({
    column: '领款人姓名',
    zh: '填写了领款人身份证号，必须同时填写领款人姓名',
    en: 'Payee name must be given with the payee ID number',
  });
}

function memberStatements(values: RowValues): Statements {
  const said: [FactKind, string][] = [];
  const add = (kind: FactKind, text: string | undefined) => text !== undefined && said.push([kind, text]);
  const kind = DISABILITY_KINDS.find((known) => known === values['disabilityKind']);
  const grade = Number(values['disabilityGrade']);
  if (values['disabilityKind'] !== undefined)
    add('disability', DISABILITY.write(kind ? { kind, grade } : 'none'));
  add('serious-illness', values['seriousIllness']);
  add('student', values['student']);
  add('pension-age', values['pensionAge']);
  add('reduced-work-capacity', values['reducedWorkCapacity']);
  add('special-groups', values['specialGroups']);
  const { employment, wage } = values;
  if (employment === 'employed' || employment === 'flexible') {
    add('employment', EMPLOYMENT.write({ kind: employment, monthly: wage ?? '0.00' }));
  } else add('employment', employment);
  add('incomes', amountsOf(values, MEMBER_INCOMES, INCOMES.write));
  const { excluded } = values;
  if (excluded === 'custody' || excluded === 'compulsory-rehabilitation' || excluded === '')
    add('custody', excluded === '' ? 'released' : excluded);
  if (excluded === 'missing' || excluded === '') add('missing', excluded === '' ? 'found' : excluded);
  if (excluded === 'clergy' || excluded === '') add('clergy', excluded === '' ? 'left' : excluded);
  return said;
}

function householdStatements(values: RowValues): Statements {
  const said: [FactKind, string][] = [];
  const add = (kind: FactKind, text: string | undefined) => text !== undefined && said.push([kind, text]);
  add('residence', values['residence']);
  add('application-kind', values['applicationKind']);
  add('certificate', values['certificate']);
  add('household-incomes', amountsOf(values, yearly(HOUSEHOLD_INCOMES), INCOMES.write));
  add('spending', amountsOf(values, HOUSEHOLD_SPENDING, SPENDING.write));
  add('obligors', values['obligors']);
  return said;
}

const yearly = <K extends string>(kinds: Readonly<Record<string, K>>) =>
  Object.fromEntries(Object.entries(kinds).map(([id, kind]) => [id, [kind, 'year'] as const]));

/** The amounts of some columns as one value; undefined when the sheet says nothing of any of them. Zero is none. */
function amountsOf<Kind extends string>(
  values: RowValues,
  columns: Readonly<Record<string, readonly [Kind, 'month' | 'year']>>,
  write: (entries: { kind: Kind; amount: string; basis: 'month' | 'year' }[]) => string,
): string | undefined {
  const filled = Object.entries(columns).flatMap(([id, [kind, basis]]) => {
    const amount = values[id];
    return amount === undefined ? [] : [{ kind, amount, basis }];
  });
  return filled.length === 0 ? undefined : write(filled.filter(({ amount }) => amount !== '0.00'));
}
