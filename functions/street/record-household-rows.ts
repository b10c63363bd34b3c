import { LAST_DAY, monthOf } from '../../domain/calendar.ts';
import { headOn, lastMembership } from '../../domain/household/membership.ts';
import type { HouseholdKey, PersonKey } from '../../domain/ids.ts';
import { currentPayee } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import {
  asksForReview,
  type HouseholdRowFound,
  householdValues,
  isMemberDeath,
} from '../../domain/street/household-rows.ts';
import { keeperOn } from '../../domain/street/kept-street.ts';
import type { StreetCode } from '../../domain/street/report.ts';
import type { ReportRow } from '../../domain/street/report-rows.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { ReviewStore } from '../adapters/review-store.ts';
import type { StreetStore } from '../adapters/street-store.ts';
import { mapBounded } from '../concurrency.ts';
import { askForReview } from '../determination/ask-for-review.ts';
import { openReviewTask } from '../determination/review-tasks.ts';
import { determinedEnrolments } from '../register/determined-enrolments.ts';
import { loadHouseholds } from '../register/load-households.ts';
import type { RecorderServices, RowRecorded } from '../register/propose-from-sheet.ts';
import { HouseholdRecorder } from '../register/record-household-row.ts';
import { type ImportOrigin, RowRecorder } from '../register/record-row.ts';

export type HouseholdRowServices = RecorderServices & {
  readonly streets: Pick<StreetStore, 'changes'>;
  readonly reviews: ReviewStore;
  readonly queues: MessageQueues;
};
type Recorded = Result<RowRecorded, readonly RowFault[]>;
type Recorders = { readonly households: HouseholdRecorder; readonly persons: RowRecorder };

const ROWS_AT_ONCE = 12;

/**
 * Puts accepted rows of a programme for households into the register, by the decisions that a household sheet goes by; a change
 * opens a review of what was decided for the household, and moves no money by itself.
 */
export async function recordHouseholdRows(
  services: HouseholdRowServices,
  origin: ImportOrigin,
  street: StreetCode,
  rows: readonly ReportRow[],
): Promise<Recorded[]> {
  const found = await findHouseholds(services, origin, rows);
  const values = rows.map((row, index) => householdValues(row, street, origin.importId, found[index] ?? {}));
  const recorders: Recorders = {
    households: new HouseholdRecorder(services, origin),
    persons: new RowRecorder(services, origin),
  };
  await recorders.households.prepare(
    values.flatMap((each, index) => (each.ok && !isMemberDeath(rows[index] ?? {}) ? [each.value] : [])),
  );
  await recorders.persons.prepare(rows.filter((row) => row['diedOn'] !== undefined));
  const recorded = await mapBounded(rows, ROWS_AT_ONCE, async (row, index): Promise<Recorded> => {
    const each = values[index];
    invariant(each, 'every row has its values');
    if (!each.ok) return each;
    const outcome = await recordRow(recorders, row, each.value);
    if (!outcome.ok || !asksForReview(row)) return outcome;
    const opened = await openReview(services, origin, row, found[index] ?? {});
    return opened && outcome.value.outcome === 'unchanged'
      ? ok({ ...outcome.value, outcome: 'changed' })
      : outcome;
  });
  await askForReview(services.queues, [
    ...recorders.households.changed,
    ...(await determinedEnrolments(services.register, recorders.persons.subjects)),
  ]);
  return recorded;
}

async function recordRow(
  { households, persons }: Recorders,
  row: ReportRow,
  values: RowValues,
): Promise<Recorded> {
  const stopped: Recorded = isMemberDeath(row)
    ? ok({ outcome: 'unchanged', accountChange: false })
    : await households.record(values);
  if (!stopped.ok || row['diedOn'] === undefined) return stopped;
  const { idNumber, name, diedOn } = row;
  const died = await persons.recordDeathRow({ idNumber, name, diedOn, kind: 'death-certified' });
  return died.ok && stopped.value.outcome === 'changed' ? stopped : died;
}

/** One cause per row, the same however often the row is put in; false where nothing was decided yet. */
async function openReview(
  { register, reviews, clock }: Pick<HouseholdRowServices, 'register' | 'reviews' | 'clock'>,
  { requestedAt, requestedOn }: ImportOrigin,
  row: ReportRow,
  { enrolment }: HouseholdRowFound,
): Promise<boolean> {
  invariant(enrolment, 'what is changed is enrolled');
  const cause = { kind: 'street-report', about: enrolment.subject, recordedAt: requestedAt } as const;
  const month = monthOf(row['changedOn'] ?? requestedOn);
  const opened = await openReviewTask({ register, reviews, clock }, enrolment, { ...cause, month });
  return opened.ok && opened.value !== undefined;
}

/** What the register knows of whom the rows name and of their households, in the order of the rows. */
async function findHouseholds(
  { register, streets }: Pick<HouseholdRowServices, 'register' | 'streets'>,
  { jurisdiction, programme, programmeCode, requestedOn }: ImportOrigin,
  rows: readonly ReportRow[],
): Promise<HouseholdRowFound[]> {
  const keys = await register.personKeysByIdNumber(rows.map((row) => row['idNumber'] ?? ''));
  const named = await register.persons(keys.filter((key) => key !== undefined));
  const memberships = keys.map((key) => lastMembership(named.get(key ?? '')?.record.facts ?? []));
  const households = await loadHouseholds(
    register,
    memberships.flatMap((membership) => membership?.household ?? []),
  );
  const ids = await register.enrolmentIds([...households.keys()], jurisdiction, programmeCode);
  const reads = new Map(
    await mapBounded([...ids], ROWS_AT_ONCE, async ([household, id]) => {
      const read = await register.enrolmentRead({ jurisdiction, programme, id });
      return [household, read] as const;
    }),
  );
  const payeeOf = (household: HouseholdKey): PersonKey | undefined => {
    const document = reads.get(household)?.document;
    const payee = document && currentPayee(document);
    if (payee !== undefined && payee !== household) return payee;
    const members = [...(households.get(household)?.persons ?? [])];
    const facts = Object.fromEntries(members.map(([key, { record }]) => [key, record.facts]));
    return headOn(facts, household, LAST_DAY)?.person;
  };
  const payees = await register.persons([...households.keys()].flatMap((key) => payeeOf(key) ?? []));
  const changes = await streets.changes(jurisdiction);
  return memberships.map((membership): HouseholdRowFound => {
    if (!membership) return {};
    const read = reads.get(membership.household);
    const record = households.get(membership.household)?.document?.record;
    return {
      membership,
      residence: latestFact(record?.facts ?? [], 'residence')?.value,
      enrolment: read?.document,
      determined: (read?.determinations.length ?? 0) > 0,
      payee: payees.get(payeeOf(membership.household) ?? ''),
      street: read && keeperOn(read.document.facts, changes, requestedOn),
    };
  });
}
