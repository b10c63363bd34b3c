import type { Programme } from '../programmes/programme.ts';
import { currentAccount } from '../register/account.ts';
import { CHANGE_COLUMNS } from '../register/change-columns.ts';
import { currentPayee, type EnrolmentDocument } from '../register/enrolment.ts';
import { latestFact } from '../register/facts.ts';
import { lookupNumber, type PersonDocument } from '../register/person.ts';
import type { RowFault, RowValues } from '../register/sheets.ts';
import { ok, type Result, refuse } from '../result.ts';
import { publicityFaults } from './no-publicity.ts';
import type { StreetCode } from './report.ts';

/** What a row of a report says: one text per column, read and checked. */
export type ReportRow = RowValues;

const fault = (column: string | undefined, zh: string, en: string): RowFault => ({
  ...(column !== undefined && { column }),
  zh,
  en,
});

/** What a kind of change (变动类型) must say, beside who it is about: a person, or a household by its head. */
export function rowFaults(
  row: ReportRow,
  { unit, registerColumns = {}, noPublicity }: Pick<Programme, 'unit' | 'registerColumns' | 'noPublicity'>,
): RowFault[] {
  const ofHousehold = unit === 'household';
  const faults = foreignFaults(row, ofHousehold)
    .filter(({ id }) => !Object.hasOwn(registerColumns, id))
    .map(({ words }) => words);
  faults.push(...publicityFaults(noPublicity ? { noPublicity } : {}, row));
  const needs = (id: keyof typeof CHANGE_COLUMNS) => {
    if (row[id] !== undefined) return;
    const { zh, en } = CHANGE_COLUMNS[id];
    faults.push(fault(zh, `“${zh}”不能为空`, `${en} must not be empty for this kind of change`));
  };
  const { change } = row;
  if (change === 'new') {
    needs('appliedOn');
    needs('account');
    if (ofHousehold) for (const id of PAPERS_OF_NEW) needs(id);
    if (row['stopMonth'] !== undefined || row['diedOn'] !== undefined || row['toStreet'] !== undefined)
      faults.push(
        fault('变动类型', '新增行不能填停发、死亡或转往街道', 'a new row cannot stop or move anybody'),
      );
  }
  if (change === 'stop' && row['diedOn'] === undefined) needs('stopMonth');
  if (change === 'stop' && row['stopMonth'] === '')
    faults.push(fault('停发月份', '恢复发放请填“变更”行', 'to resume, use a row of the kind "change"'));
  if (change === 'change') faults.push(...changeFaults(row, ofHousehold, Object.keys(registerColumns)));
  return faults;
}

function changeFaults(row: ReportRow, ofHousehold: boolean, own: readonly string[]): RowFault[] {
  if (row['diedOn'] !== undefined) {
    return [
      fault(
        '死亡日期',
        '死亡请填“停发”行（按户的项目填身故成员，不因此停发全户）',
        'a death goes into a row of the kind "stop" (of a household: of the member who died, which does not stop the others)',
      ),
    ];
  }
  const changeable = ofHousehold ? [...CHANGEABLE, ...OF_HOUSEHOLD, 'cause'] : [...CHANGEABLE, ...own];
  return changeable.some((id) => row[id] !== undefined)
    ? []
    : [fault('变动类型', '变更行没有写明变更什么', 'a change row says nothing that changes')];
}

/** Columns that only a household has. */
const OF_HOUSEHOLD = ['residence', 'changedOn'] as const;
/** 受理、核对、公示: what goes before a household is decided on. */
const PAPERS_OF_NEW = ['acceptedOn', 'checkReport', 'publicityFrom', 'publicityTo'] as const;

/** A programme of persons may have a column of the same name of its own. */
function foreignFaults(row: ReportRow, ofHousehold: boolean): { id: string; words: RowFault }[] {
  const [zh, en] = ofHousehold ? ['人', 'persons'] : ['户', 'households'];
  const foreign = ofHousehold ? (['identityClass'] as const) : OF_HOUSEHOLD;
  return foreign
    .filter((id) => row[id] !== undefined)
    .map((id) => ({
      id,
      words: fault(CHANGE_COLUMNS[id].zh, `只有按${zh}享受的项目才填此格`, `only for programmes of ${en}`),
    }));
}

const CHANGEABLE = [
  'phone',
  'identityClass',
  'payeeIdNumber',
  'account',
  'bankName',
  'stopMonth',
  'toStreet',
  'community',
  'acceptedOn',
  'checkReport',
  'publicityFrom',
  'decisionNumber',
  'reviewClass',
  'reviewedOn',
  'nextReview',
] as const;

/** What the register knows of whom a row is about; the payee is the person who is paid now. */
export type RowFound = {
  readonly enrolment?: EnrolmentDocument | undefined;
  readonly payee?: PersonDocument | undefined;
  /** The street that keeps the enrolment today. */
  readonly street?: StreetCode | undefined;
};

/**
 * A row as a full row of the register sheet: what it does not say stays as the register has it, so that the same decisions as for
 * an import follow. Faults: a new row for somebody enrolled already; a stop or change for somebody who is not, or whom another
 * street keeps.
 */
export function registerValues(
  row: ReportRow,
  street: StreetCode,
  source: string,
  { enrolment, payee, street: keeper }: RowFound,
): Result<RowValues, readonly RowFault[]> {
  const { change, toStreet, diedOn: _, ...said } = row;
  if (change === 'new') {
    const ours = enrolment === undefined || enrolment.facts[0]?.by === source;
    if (ours) return ok({ ...said, street });
    return refuse([
      fault('身份证号', '此人已在名册中：请改填“变更”行', 'this person is on the register: use a change row'),
    ]);
  }
  const touched = enrolment?.facts.some(({ by }) => by === source) ?? false;
  if (!enrolment || (keeper !== street && !touched)) {
    return refuse([
      fault(
        '身份证号',
        '本街道名册中没有此人：新增请填“新增”行；由其他街道管理的，请由该街道填报',
        'this street has nobody with this number on the register: use a new row, or have the street that keeps them report it',
      ),
    ]);
  }
  const self = payee === undefined || payee.record.personKey === enrolment.subject;
  const kept =
    self || currentPayee(enrolment) === undefined
      ? {}
      : { payeeName: payee.record.legalName, payeeIdNumber: lookupNumber(payee.record) };
  const account = payee && currentAccount(payee.record)?.account;
  if (said['account'] === undefined && (account === undefined || said['payeeIdNumber'] !== undefined)) {
    return refuse([
      fault('收款账号', '收款人没有登记的收款账号：请填写', 'the payee has no account on record: give one'),
    ]);
  }
  return ok({
    ...(said['payeeIdNumber'] === undefined && kept),
    ...(account !== undefined && said['payeeIdNumber'] === undefined && { account }),
    appliedOn: latestFact(enrolment.facts, 'application')?.value,
    ...said,
    street: toStreet ?? keeper ?? street,
  });
}
