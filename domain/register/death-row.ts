import type { Instant, PlainDate } from '../calendar.ts';
import { sameName } from '../person-name.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import { appendDistinctFact, standingValues } from './append-fact.ts';
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
 * each is one: lists may be delivered again, in any order, and contradict each other without anything being lost. A date that
 * was certified by mistake is withdrawn (撤销) by a row that names it; certified once more, it counts again.
 */
export function decideDeathRow(
  values: RowValues,
  document: PersonDocument | undefined,
  origin: { readonly importId: string; readonly now: Instant },
): Result<DeathRowDecision, readonly RowFault[]> {
  const value = (id: DeathColumn): string | undefined => values[id];
  const [name, diedOn, kind] = [value('name'), value('diedOn'), value('kind')];
  invariant(name && diedOn && kind, 'required columns of a death were checked before');
  if (!document) return ok({ outcome: 'unmatched' });
  const { record } = document;
  const faults = [...nameFault(record, name), ...dateFault(record, diedOn)];
  if (faults.length > 0) return refuse(faults);
  const list = value('list');
  const source = list === undefined ? 'death-sheet' : `list:${list}`;
  const known = { validFrom: diedOn, recordedAt: origin.now, source, by: origin.importId };
  if (kind === 'withdrawn') return withdraw(record, diedOn, known);
  invariant(kind === 'death-certified' || kind === 'death-reported', 'a death of no known source');
  // Found again by the same import after an interruption: it was this import that recorded it, whatever was said since.
  if (recordedBy(record, origin.importId, (fact) => fact.kind === kind && fact.value === diedOn))
    return ok({ outcome: 'changed' });
  const facts = appendDistinctFact(record.facts, { kind, value: diedOn, ...known });
  return facts === record.facts
    ? ok({ outcome: 'unchanged' })
    : ok({ outcome: 'changed', person: { ...record, facts } });
}

const recordedBy = (record: PersonRecord, importId: string, matches: (fact: Fact) => boolean): boolean =>
  record.facts.some((fact) => fact.by === importId && matches(fact));

/** An empty value withdraws every certified date, so those that were not meant are certified again with it. */
function withdraw(
  record: PersonRecord,
  diedOn: PlainDate,
  known: Omit<Fact, 'kind' | 'value'>,
): Result<DeathRowDecision, readonly RowFault[]> {
  const kind = 'death-certified';
  if (recordedBy(record, known.by, (fact) => fact.kind === kind && fact.value === ''))
    return ok({ outcome: 'changed' });
  const standing = standingValues(record.facts, kind);
  if (!standing.has(diedOn)) {
    const before = record.facts.some((fact) => fact.kind === kind && fact.value === diedOn);
    return before ? ok({ outcome: 'unchanged' }) : refuse([NOT_CERTIFIED]);
  }
  const dates = [...standing].sort();
  const withdrawal: Fact = { ...known, kind, value: '', validFrom: dates[0] ?? diedOn };
  const others = dates
    .filter((date) => date !== diedOn)
    .map((date): Fact => ({ ...known, kind, value: date, validFrom: date }));
  return ok({ outcome: 'changed', person: { ...record, facts: [...record.facts, withdrawal, ...others] } });
}

const NOT_CERTIFIED: RowFault = {
  column: '死亡日期',
  zh: '没有登记过该日期的认证死亡信息，无可撤销：请填写要撤销的那个死亡日期',
  en: 'Date of death: no certified death of this date is on record; name the date that is to be withdrawn',
};

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
