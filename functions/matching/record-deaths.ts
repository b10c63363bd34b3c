import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { MatchStore } from '../adapters/match-store.ts';
import type { RecorderServices, RowRecorded } from '../register/propose-from-sheet.ts';
import type { ImportOrigin, RowRecorder } from '../register/record-row.ts';
import { enrolmentsOf } from './enrolments-of.ts';

type Services = RecorderServices & { readonly matches: MatchStore };

/** The sheet of deaths names sources row by row; as a list it is of none. */
const OF_NO_SOURCE = 'other';

/**
 * Records a row of the sheet of deaths (死亡信息), and that it named somebody whom the register knows, so that what was paid after the
 * death is looked for as it is for matching lists. The match comes last: a row that was interrupted is done again.
 */
export async function recordDeath(
  { register, matches, clock }: Services,
  origin: ImportOrigin,
  recorder: RowRecorder,
  values: RowValues,
  row: number,
): Promise<Result<RowRecorded, readonly RowFault[]>> {
  const recorded = await recorder.recordDeathRow(values);
  if (!recorded.ok || recorded.value.outcome === 'unmatched') return recorded;
  const { importId, jurisdiction, by, requestedAt, requestedOn } = origin;
  const document = await register.personByIdNumber(values['idNumber'] ?? '');
  const enrolments = document ? await enrolmentsOf(register, document, jurisdiction) : [];
  if (!document || enrolments.length === 0) return recorded;
  const list = {
    importId,
    jurisdiction,
    kind: 'deaths',
    source: OF_NO_SOURCE,
    listDate: requestedOn,
  } as const;
  await matches.addList({ ...list, fileName: importId, by, at: requestedAt });
  const { diedOn } = values;
  await matches.keep(importId, {
    person: document.record.personKey,
    row,
    at: clock.now(),
    ...(diedOn !== undefined && { since: diedOn }),
    detail: values['kind'] ?? '',
    enrolments: enrolments.map(({ id, programme }) => ({ enrolment: id, programme })),
  });
  return ok(recorded.value);
}
