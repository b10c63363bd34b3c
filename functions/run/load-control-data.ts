import { monthsOfPeriod, type PlainDate } from '../../domain/calendar.ts';
import type { ControlInput } from '../../domain/controls/control.ts';
import { identityFaultOf } from '../../domain/controls/identity-fault.ts';
import { membershipOn, membersOn } from '../../domain/household/membership.ts';
import type { EnrolmentId, PersonKey, ProgrammeId } from '../../domain/ids.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { determinationsKnownBy, determinedFor, grantedIn } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { knownBy, latestFact } from '../../domain/register/facts.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { type BearerKind, bearersOf, bearerValue } from '../adapters/bearers.ts';
import type { EnrolmentRead, RegisterStore } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { Subjects } from './load-subjects.ts';

/** What the controls that policy switched on have to know of others: nothing is read for a control that does not look. */
export type ControlData = {
  readonly aboutOf: (enrolment: EnrolmentDocument) => SubjectData;
  readonly phoneSharedWith: (payee: PersonKey) => number | undefined;
};
export type SubjectData = Pick<ControlInput['subject'], 'identityFaults' | 'twins' | 'alsoIn'>;

const READ_AT_ONCE = 16;

export async function loadControlData(
  register: RegisterStore,
  manifest: RunManifest,
  enrolments: readonly EnrolmentDocument[],
  subjects: Subjects,
): Promise<ControlData> {
  const { controlsOn = [], exclusiveWith = [], phoneSharedMax } = manifest.controls ?? {};
  const coveredOf = new Map(enrolments.map((one) => [one.id, coveredPersons(manifest, subjects, one)]));
  const covered = [...new Set([...coveredOf.values()].flat())];
  const twins = controlsOn.includes('possible-duplicate')
    ? await others(register, manifest, subjects.persons, covered, 'birth-name')
    : new Map<PersonKey, PersonKey[]>();
  const standing = await standingOf(register, manifest, [
    ...[...twins.values()].flat(),
    ...(exclusiveWith.length > 0 ? covered : []),
  ]);
  const phones =
    phoneSharedMax === undefined
      ? undefined
      : await others(register, manifest, subjects.persons, [...subjects.payees], 'phone');
  return {
    aboutOf: ({ id }) => {
      const mine = coveredOf.get(id) ?? [];
      const doubles = mine
        .flatMap((key) => twins.get(key) ?? [])
        .flatMap((key) =>
          (standing.get(key) ?? []).filter(({ programme }) => programme === manifest.programme),
        )
        .filter((other) => other.id !== id);
      const alsoIn = mine
        .flatMap((key) => standing.get(key) ?? [])
        .map(({ programme }) => programme)
        .filter((programme) => programme !== manifest.programme && exclusiveWith.includes(programme));
      return {
        ...(controlsOn.includes('identity-conflict') && {
          identityFaults: mine.flatMap((key) => faultOf(manifest, subjects.persons.get(key)) ?? []),
        }),
        twins: new Set(doubles.map((other) => other.id)).size,
        alsoIn: [...new Set(alsoIn)].sort(),
      };
    },
    phoneSharedWith: (payee) => phones && (phones.get(payee)?.length ?? 0),
  };
}

const endOf = ({ period }: RunManifest): PlainDate => `${monthsOfPeriod(period).at(-1) ?? ''}-31`;

/** The person, or the covered members of the household. */
function coveredPersons(
  manifest: RunManifest,
  subjects: Subjects,
  enrolment: EnrolmentDocument,
): PersonKey[] {
  const { persons, households } = subjects.situationOf(enrolment);
  if (!households) return [enrolment.subject];
  return membersOn(persons, enrolment.subject, endOf(manifest))
    .filter(({ covered }) => covered)
    .map(({ person }) => person);
}

function faultOf({ cutOff, knownOn }: RunManifest, person: PersonDocument | undefined) {
  if (!person || person.record.organisation) return undefined;
  return identityFaultOf(person.record.idNumber, knownBy(person.record.facts, cutOff), knownOn);
}

/** For each person the others who have the same value now; whoever is alone with it is left out. */
async function others(
  register: RegisterStore,
  { cutOff }: RunManifest,
  persons: ReadonlyMap<PersonKey, PersonDocument>,
  keys: readonly PersonKey[],
  kind: BearerKind,
): Promise<Map<PersonKey, PersonKey[]>> {
  const valueOf = (document: PersonDocument | undefined) =>
    document && !document.record.organisation
      ? bearerValue(kind, { ...document.record, facts: knownBy(document.record.facts, cutOff) })
      : undefined;
  const asked = keys.flatMap((key) => {
    const value = valueOf(persons.get(key));
    return value === undefined ? [] : [{ key, value }];
  });
  const bearers = await bearersOf(
    register.table,
    register.personalData,
    kind,
    asked.map(({ value }) => value),
  );
  const strangers = [...new Set(bearers.flatMap((found) => (found.length > 1 ? found : [])))];
  const documents = await register.persons(strangers.filter((key) => !persons.has(key)));
  const found = new Map<PersonKey, PersonKey[]>();
  for (const [index, { key, value }] of asked.entries()) {
    const same = (bearers[index] ?? []).filter(
      (other) => other !== key && valueOf(persons.get(other) ?? documents.get(other)) === value,
    );
    if (same.length > 0) found.set(key, same);
  }
  return found;
}

type Standing = { readonly id: EnrolmentId; readonly programme: ProgrammeId };

/** The enrolments of the bureau in which each person stands at the end of the period, alone or as a covered member. */
async function standingOf(
  register: RegisterStore,
  manifest: RunManifest,
  keys: readonly PersonKey[],
): Promise<Map<PersonKey, Standing[]>> {
  const unique = [...new Set(keys)];
  const documents = await register.persons(unique);
  const found = await mapBounded(unique, READ_AT_ONCE, async (key): Promise<[PersonKey, Standing[]]> => {
    const facts = knownBy(documents.get(key)?.record.facts ?? [], manifest.cutOff);
    const membership = membershipOn(facts, endOf(manifest));
    const pointed = (await register.enrolmentsPointedFrom(key)).filter(
      ({ jurisdiction, subject }) =>
        jurisdiction === manifest.jurisdiction &&
        (subject === key || (membership?.covered && membership.household === subject)),
    );
    const reads = await Promise.all(pointed.map((one) => register.enrolmentRead(one)));
    const standing = reads.flatMap((read) => (read && stands(read, manifest) ? [read.document] : []));
    return [key, standing.map(({ id, programme }) => ({ id, programme }))];
  });
  return new Map(found);
}

/** Neither stopped before the period's last month nor, where amounts are decided, without one. */
function stands({ document, determinations }: EnrolmentRead, { period, cutOff }: RunManifest): boolean {
  const last = monthsOfPeriod(period).at(-1) ?? '';
  const facts = knownBy(document.facts, cutOff);
  const stop = latestFact(facts, 'stop')?.value ?? '';
  if (facts.length === 0 || (stop !== '' && stop < last)) return false;
  const rules = RUN_RULES[document.programme];
  if (rules?.amountBasis !== 'decision') return true;
  if (rules.paidBy === 'grants')
    return grantedIn(determinationsKnownBy(determinations, cutOff), last).length > 0;
  const inForce = determinedFor(determinationsKnownBy(determinations, cutOff), last);
  return inForce !== undefined && inForce.span.components.length > 0;
}
