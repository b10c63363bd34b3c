import type { PlainDate } from '../calendar.ts';
import { birthDateIn } from '../identity-number.ts';
import { sameName } from '../person-name.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import type { Papers } from '../street/papers.ts';
import type { RegisterColumn } from './columns.ts';
import type { ProgrammeColumns } from './fact-columns.ts';
import { type OwnFact, ownFactsOf } from './own-facts.ts';
import { papersOf } from './paper-columns.ts';
import type { RowFault, RowValues } from './sheets.ts';

/** One row of the register sheet, every cell read and the cells in agreement with each other. */
export type RegisterRow = {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string | undefined;
  readonly street: string;
  readonly streetName: string | undefined;
  readonly appliedOn: PlainDate;
  readonly identityClass: string | undefined;
  /** Absent when people are paid themselves. */
  readonly payee: { readonly name: string; readonly idNumber: string } | undefined;
  readonly account: string;
  readonly bankName: string | undefined;
  /** Last month due, "" to resume, undefined when the sheet says nothing. */
  readonly stopMonth: string | undefined;
  readonly community?: string | undefined;
  readonly papers?: Papers;
  /** What the programme's own columns say. */
  readonly own?: readonly OwnFact[];
};

/** Puts the cells of a row together. Faults: a payee named by halves, a name or date that contradicts another cell. */
export function registerRow(
  values: RowValues,
  columns: ProgrammeColumns = {},
): Result<RegisterRow, readonly RowFault[]> {
  const value = (id: RegisterColumn): string | undefined => values[id];
  const required = (id: RegisterColumn): string => {
    const found = value(id);
    invariant(found !== undefined, `required column ${id} passed without a value`);
    return found;
  };
  const [name, idNumber] = [required('name'), required('idNumber')];
  const payee = payeeOf(name, idNumber, value('payeeName'), value('payeeIdNumber'));
  const papers = papersOf(values);
  const own = ownFactsOf(values, columns);
  const faults = [
    ...(payee.ok ? [] : [payee.error]),
    ...(papers.ok ? [] : papers.error),
    ...(own.ok ? [] : own.error),
  ];
  const appliedOn = required('appliedOn');
  if (appliedOn < birthDateIn(idNumber)) {
    faults.push({
      column: '申请日期',
      zh: '申请日期早于身份证号中的出生日期：请核对两者',
      en: 'Application date lies before the birth date in the identity number: check both',
    });
  }
  if (!payee.ok || !papers.ok || !own.ok || faults.length > 0) return refuse(faults);
  return ok({
    name,
    idNumber,
    phone: value('phone'),
    street: required('street'),
    streetName: value('streetName'),
    appliedOn,
    identityClass: value('identityClass'),
    payee: payee.value,
    account: required('account'),
    bankName: value('bankName'),
    stopMonth: value('stopMonth'),
    community: value('community'),
    papers: papers.value,
    own: own.value,
  });
}

/** Whom the row pays: nobody else when the payee is left out, or is the person again. */
function payeeOf(
  name: string,
  idNumber: string,
  payeeName: string | undefined,
  payeeIdNumber: string | undefined,
): Result<RegisterRow['payee'], RowFault> {
  const own = payeeName !== undefined && sameName(payeeName, name);
  if (payeeIdNumber === undefined) {
    if (payeeName === undefined || own) return ok(undefined);
    return refuse({
      column: '收款人身份证号',
      zh: '收款人不是本人时，必须填写收款人身份证号',
      en: 'Payee ID number must be given when the payee is someone else',
    });
  }
  if (payeeIdNumber === idNumber) {
    if (payeeName === undefined || own) return ok(undefined);
    return refuse({
      column: '收款人姓名',
      zh: '收款人身份证号是本人的，收款人姓名却不同：请核对',
      en: 'Payee name differs although the payee ID number is the person’s own: check both',
    });
  }
  if (payeeName === undefined) {
    return refuse({
      column: '收款人姓名',
      zh: '填写了他人的收款人身份证号，必须同时填写收款人姓名',
      en: 'Payee name must be given with the ID number of another payee',
    });
  }
  return ok({ name: payeeName, idNumber: payeeIdNumber });
}
