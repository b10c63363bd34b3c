import type { Membership } from '../household/membership.ts';
import { currentAccount } from '../register/account.ts';
import { currentPayee, type EnrolmentDocument } from '../register/enrolment.ts';
import { latestFact } from '../register/facts.ts';
import { lookupNumber, type PersonDocument } from '../register/person.ts';
import type { RowFault, RowValues } from '../register/sheets.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { StreetCode } from './report.ts';
import type { ReportRow } from './report-rows.ts';

/** What the register knows of whom a row of a programme for households names, and of their household. */
export type HouseholdRowFound = {
  /** Of the person named; absent for somebody new, or of no household. */
  readonly membership?: Membership | undefined;
  readonly residence?: string | undefined;
  readonly enrolment?: EnrolmentDocument | undefined;
  /** Whether anything was decided for the household. */
  readonly determined?: boolean | undefined;
  /** The person who is paid now. */
  readonly payee?: PersonDocument | undefined;
  /** The street that keeps the enrolment today. */
  readonly street?: StreetCode | undefined;
};

/** A row that says nothing but that a member died: it stops nobody else. */
export const isMemberDeath = (row: ReportRow): boolean =>
  row['diedOn'] !== undefined && row['stopMonth'] === undefined;

/**
 * A row as the head's row of the household sheet: what it does not say stays as the register has it, so that the same decisions as
 * for an import follow. Faults: a new row for a household that was decided on already; a stop or change of one that is not enrolled,
 * is kept by another street, or is named by somebody else than its head.
 */
export function householdValues(
  row: ReportRow,
  street: StreetCode,
  source: string,
  found: HouseholdRowFound,
): Result<RowValues, readonly RowFault[]> {
  const { enrolment, street: keeper, membership } = found;
  const ours = enrolment?.facts.some(({ by }) => by === source) ?? false;
  const isNew = row['change'] === 'new';
  if (!enrolment ? !isNew : keeper !== street && !ours)
    return refuse([isNew ? KEPT_ELSEWHERE : NOT_KEPT_HERE]);
  if (isMemberDeath(row)) return ok(row);
  if (membership && membership.relation !== 'head') return refuse([NOT_THE_HEAD]);
  if (isNew && found.determined && !ours) return refuse([DECIDED_ALREADY]);
  if (isNew && row['residence'] === undefined && found.residence === undefined) return refuse([NO_RESIDENCE]);
  const { change: _, toStreet, diedOn: __, ...said } = row;
  return ok({
    ...(enrolment && standing(enrolment, found, row)),
    ...said,
    headName: row['name'],
    headIdNumber: row['idNumber'],
    relation: 'head',
    covered: membership?.covered === false ? 'no' : 'yes',
    street: toStreet ?? keeper ?? street,
  });
}

/** Who is paid and where, unless the row names a payee, and since when the household applies. */
function standing(enrolment: EnrolmentDocument, { payee }: HouseholdRowFound, row: ReportRow): RowValues {
  const record = row['payeeIdNumber'] === undefined ? payee?.record : undefined;
  const named = currentPayee(enrolment);
  const account = record && currentAccount(record)?.account;
  return {
    appliedOn: latestFact(enrolment.facts, 'application')?.value,
    ...(record &&
      named !== undefined &&
      named !== enrolment.subject && { payeeName: record.legalName, payeeIdNumber: lookupNumber(record) }),
    ...(account !== undefined && { account }),
  };
}

/**
 * Whether a change row calls for a review of the household: one that says what the household is or has on paper does, and one
 * that gives no more than a cause. Who is paid and where, where to reach them and which street keeps them changes no amount, and a
 * review that is on record was held.
 */
export function asksForReview(row: ReportRow): boolean {
  const said = Object.keys(row).filter((id) => row[id] !== undefined && !NAMES.includes(id));
  return row['change'] === 'change' && !(said.length > 0 && said.every((id) => QUIET.includes(id)));
}

const NAMES: readonly string[] = ['change', 'name', 'idNumber', 'cause', 'note'];
const QUIET: readonly string[] = [
  'phone',
  'payeeName',
  'payeeIdNumber',
  'account',
  'bankName',
  'stopMonth',
  'toStreet',
  'community',
  'reviewClass',
  'reviewedOn',
  'nextReview',
];

const DECIDED_ALREADY: RowFault = {
  column: '身份证号',
  zh: '该家庭已经核定：请改填“变更”行',
  en: 'this household was decided on already: use a change row',
};
const NOT_KEPT_HERE: RowFault = {
  column: '身份证号',
  zh: '本街道名册中没有此人的家庭：新增请填“新增”行；由其他街道管理的，请由该街道填报',
  en: 'this street keeps no household of this person: use a new row, or have the street that keeps it report it',
};
const KEPT_ELSEWHERE: RowFault = {
  column: '身份证号',
  zh: '该家庭已在册，由其他街道管理：请由该街道填报；已迁入本街道的，先由该街道填“变更”行写明转往街道',
  en: 'the household is on the register of another street, which reports it; if it has moved here, that street first gives the street moved to in a change row',
};
const NOT_THE_HEAD: RowFault = {
  column: '身份证号',
  zh: '此人不是户主：请填户主的姓名和身份证号；成员身故填“停发”行的死亡日期，其他成员变动按家庭事件办理',
  en: 'this person does not head the household: name its head; a member’s death goes into a stop row with the date, other changes of members are household events',
};
const NO_RESIDENCE: RowFault = {
  column: '城乡类别',
  zh: '名册中没有该家庭的城乡类别：请填写，否则无法选用标准',
  en: 'the register does not say whether the household is urban or rural: fill it in, no standard applies otherwise',
};
