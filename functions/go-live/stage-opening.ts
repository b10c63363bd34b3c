import type { PlainDate } from '../../domain/calendar.ts';
import type { OpeningRow } from '../../domain/go-live/opening.ts';
import type { JurisdictionCode, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { type Fen, writtenFen, ZERO } from '../../domain/money.ts';
import { sameName } from '../../domain/person-name.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { factOn, latestFact } from '../../domain/register/facts.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { StagedRowStore } from '../adapters/staged-row-store.ts';
import type { RowRecorded } from '../register/propose-from-sheet.ts';
import { reachableEnrolments } from '../register/reachable-enrolments.ts';

type Origin = {
  readonly importId: string;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly requestedOn: PlainDate;
};
type Ports = { readonly register: RegisterStore; readonly staged: StagedRowStore };

/**
 * Stages the rows of an opening sheet: finds the enrolment that each is about and keeps its amounts, to be signed as a whole later.
 * Nothing of the register changes. A household is found by its head, or by any member of it.
 */
export class OpeningStager {
  readonly #ports: Ports;
  readonly #origin: Origin;
  #keys = new Map<string, PersonKey>();
  #persons: ReadonlyMap<PersonKey, PersonDocument> = new Map();
  readonly #enrolments = new Map<PersonKey, Promise<EnrolmentDocument | undefined>>();

  constructor(ports: Ports, origin: Origin) {
    this.#ports = ports;
    this.#origin = origin;
  }

  async prepare(rows: readonly RowValues[]): Promise<void> {
    const numbers = [...new Set(rows.flatMap(({ idNumber }) => idNumber ?? []))];
    const keys = await this.#ports.register.personKeysByIdNumber(numbers);
    this.#keys = new Map(
      numbers.flatMap((number, index) => {
        const key = keys[index];
        return key === undefined ? [] : [[number, key] as const];
      }),
    );
    this.#persons = await this.#ports.register.persons([...this.#keys.values()]);
  }

  async stage(row: number, values: RowValues): Promise<Result<RowRecorded, readonly RowFault[]>> {
    const { idNumber = '', name = '', month, correction } = values;
    invariant(month, 'the month of an opening row was checked before');
    const key = this.#keys.get(idNumber);
    const person = key === undefined ? undefined : this.#persons.get(key);
    if (key === undefined || !person) return refuse([NOT_IN_REGISTER]);
    if (!sameName(name, person.record.legalName)) return refuse([OTHER_NAME]);
    const enrolment = await this.#enrolmentOf(key);
    if (!enrolment) return refuse([NOT_ENROLLED]);
    const street = factOn(enrolment.facts, 'street', `${month}-31`) ?? latestFact(enrolment.facts, 'street');
    const staged: OpeningRow = {
      enrolment: enrolment.id,
      month,
      row,
      street: street?.value ?? '',
      paidFen: amount(values['paid']),
      returnedFen: amount(values['returned']),
      recoverableFen: amount(values['recoverable']),
      ...(correction !== undefined && { correction }),
    };
    const other = await this.#ports.staged.put(this.#origin.importId, staged);
    return other === undefined
      ? ok({ outcome: 'created', accountChange: false })
      : refuse([monthTwice(other)]);
  }

  async #enrolmentOf(person: PersonKey): Promise<EnrolmentDocument | undefined> {
    const { jurisdiction, programme, requestedOn } = this.#origin;
    const asked =
      this.#enrolments.get(person) ??
      reachableEnrolments(this.#ports.register, person, requestedOn).then((found) =>
        found.findLast((one) => one.programme === programme && one.jurisdiction === jurisdiction),
      );
    this.#enrolments.set(person, asked);
    return asked;
  }
}

function amount(text: string | undefined): Fen {
  return text === undefined ? ZERO : writtenFen(text);
}

const NOT_IN_REGISTER: RowFault = {
  column: '身份证号',
  zh: '对象信息库中没有此人：请先导入名单（已停发的人也要在内），再导入期初',
  en: 'ID number: not in the register; import the register first, stopped people included, then the opening',
};
const OTHER_NAME: RowFault = {
  column: '姓名',
  zh: '与对象信息库中的姓名不一致：请核对身份证号和姓名',
  en: 'Name: the register has another one for this number; check both',
};
const NOT_ENROLLED: RowFault = {
  column: '身份证号',
  zh: '此人（及其家庭）不在本项目的保障对象中：请先导入名单',
  en: 'ID number: neither the person nor their household is enrolled in this programme; import the register first',
};
const monthTwice = (row: number): RowFault => ({
  column: '所属月份',
  zh: `同一对象同一月份在第${row}行已有：一个月只能填一行，请合并`,
  en: `Month: row ${row} has the same enrolment and month; write one row for each month`,
});
