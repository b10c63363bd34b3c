import type { Instant } from '../calendar.ts';
import { sameName } from '../person-name.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import { appendDistinctFact } from './append-fact.ts';
import type { DeathColumn } from './columns.ts';
import type { Fact } from './facts.ts';
import type { PersonDocument, PersonRecord } from './person.ts';
import type { RowFault, RowValues } from './sheets.ts';

export type DeathRowDecision = {
  /** `unmatched`: nobody with this number is in the register, as is usual for lists of a whole city. */
  readonly outcome: 'changed' | 'unchanged' | 'unmatched';
  readonly person?: PersonRecord;
};

/**
 * What one row of a list of deaths changes. A certified date and a reported one are different facts, and each date of
 * each is one: lists may be delivered again, in any order, and contradict each other without anything being lost.
 */
export function decideDeathRow(
  values: RowValues,
  document: PersonDocument | undefined,
  origin: { readonly importId: string; readonly now: Instant },
): Result<DeathRowDecision, readonly RowFault[]> {
  const value = (id: DeathColumn): string | undefined => values[id];
  const [name, diedOn, kind] = [value('name'), value('diedOn'), value('kind')];
  invariant(name && diedOn && kind, 'required columns of a death were checked before');
  invariant(kind === 'death-certified' || kind === 'death-reported', 'a death of no known source');
  if (!document) return ok({ outcome: 'unmatched' });
  const { record } = document;
  const faults = [...nameFault(record, name), ...dateFault(record, diedOn)];
  if (faults.length > 0) return refuse(faults);
  const list = value('list');
  const death: Fact = {
    kind,
    value: diedOn,
    validFrom: diedOn,
    recordedAt: origin.now,
    source: list === undefined ? 'death-sheet' : `list:${list}`,
    by: origin.importId,
  };
  const facts = appendDistinctFact(record.facts, death);
  if (facts !== record.facts) return ok({ outcome: 'changed', person: { ...record, facts } });
  // Found again by the same import after an interruption: it was this import that recorded it.
  const ours = record.facts.some((f) => f.kind === kind && f.value === diedOn && f.by === origin.importId);
  return ok({ outcome: ours ? 'changed' : 'unchanged' });
}

function nameFault(record: PersonRecord, name: string): RowFault[] {
  if (sameName(record.legalName, name)) return [];
  return [
    {
      column: '姓名',
      zh: '该身份证号在对象信息库中登记的是另一个姓名：请核对后重新提交，未记录死亡信息',
      en: 'Name: this identity number is registered under another name; check it, no death was recorded',
    },
  ];
}

function dateFault(record: PersonRecord, diedOn: string): RowFault[] {
  const born = record.facts.find((fact) => fact.kind === 'birth-date')?.value;
  if (born === undefined || diedOn >= born) return [];
  return [
    {
      column: '死亡日期',
      zh: '死亡日期早于出生日期：请核对',
      en: 'Date of death lies before the date of birth: check it',
    },
  ];
}
