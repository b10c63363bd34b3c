import { readdirSync } from 'node:fs';
import type { Month } from '../../../../domain/calendar.ts';
import type { HouseholdCase, HouseholdMember, Income } from '../../../../domain/household/household-case.ts';
import { toYuan } from '../../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import {
  BASE,
  type PolicyView,
  type Proposal,
  type ScheduleChange,
  type ScheduleInput,
  type ScheduleProposal,
  TOP_UP,
} from '../../../../domain/programmes/dibao/proposal.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { proposeSchedule } from '../../../../domain/programmes/dibao/schedule.ts';
import type { Component } from '../../../../domain/programmes/programme.ts';
import type { Determination } from '../../../../domain/register/determination.ts';
import { policyFile } from '../../../policy-files.ts';
import { must, type PackFile } from '../samples.ts';

const BOOK_FOLDER = new URL('../../../../domain/policy-book/', import.meta.url);
/** Places that pay 低保 by the book; of some it has the standard alone, which rates of other programmes are linked to. */
export const PLACES = readdirSync(BOOK_FOLDER).filter(
  (place) =>
    readdirSync(new URL(`${place}/`, BOOK_FOLDER)).includes('dibao.json') &&
    policyFile(place, 'dibao').values.some(({ parameter }) => parameter !== 'standard'),
);

/** The JSON of a 低保 pack in the policy book, free to change. */
export const dibaoFile = (place: string): PackFile => policyFile(place, 'dibao');
/** The pack of a place with some parameters set to something else, for all months that had a value. */
export function dibaoBook(place: string, changes: Record<string, unknown> = {}): PolicyBook {
  const file = dibaoFile(place);
  for (const row of file.values) if (row.parameter in changes) row.value = changes[row.parameter];
  return bookOfFile(file);
}
export function bookOfFile(file: PackFile): PolicyBook {
  return must(policyBook([must(parsePolicyPack(file)).pack]));
}

export const LATE = '2026-12-01';
export function viewOf(jurisdiction: string, book = dibaoBook(jurisdiction), knownOn = LATE): PolicyView {
  return { book, scope: { jurisdiction, programme: 'dibao', knownOn } };
}

/** A covered grown-up without income. */
export function member(person: string, changes: Partial<HouseholdMember> = {}): HouseholdMember {
  return {
    person,
    relation: 'other',
    covered: true,
    birthDate: '1980-05-10',
    seriousIllness: false,
    pensionAge: false,
    reducedWorkCapacity: false,
    employment: { kind: 'none' },
    incomes: [],
    specialGroups: [],
    ...changes,
  };
}
export const monthly = (amount: string): Income[] => [{ kind: 'transfer', amount, basis: 'month' }];
export function householdOf(
  members: readonly HouseholdMember[],
  changes: Partial<HouseholdCase> = {},
): HouseholdCase {
  return {
    household: 'H00000000001',
    residence: 'urban',
    application: { kind: 'household' },
    members,
    incomes: [],
    obligors: [],
    spending: [],
    ...changes,
  };
}
/** So many grown-ups with this income together. */
export function family(persons: number, income = '0.00', changes: Partial<HouseholdCase> = {}) {
  const members = Array.from({ length: persons }, (_, index) =>
    member(`P${index + 1}`, { relation: index === 0 ? 'head' : 'sibling' }),
  );
  return householdOf(members, { incomes: monthly(income), ...changes });
}

const yuanOf = (components: readonly Component[], name: string) =>
  toYuan(components.find(({ component }) => component === name)?.fen ?? (0 as never));
/** "2550.00 + 362.50": base and top-up in yuan. */
export function amounts({ components }: Pick<Proposal, 'components'>): string {
  return `${yuanOf(components, BASE)} + ${yuanOf(components, TOP_UP)}`;
}
export function proposed(
  place: string,
  household: HouseholdCase,
  month: Month,
  changes: Record<string, unknown> = {},
) {
  return must(propose(household, viewOf(place, dibaoBook(place, changes)), month));
}
/** Base and top-up of one month. */
export function due(
  place: string,
  household: HouseholdCase,
  month: Month,
  changes: Record<string, unknown> = {},
): string {
  return amounts(proposed(place, household, month, changes));
}

/** A determination with these spans, as if decided on a day. */
export function determined(
  spans: readonly (readonly [Month, base: number, topUp?: number])[],
  changes: Partial<Determination> = {},
): Determination {
  const number = changes.number ?? 1;
  return {
    enrolment: 'DB-H00000000001-1',
    number,
    kind: 'initial',
    document: `示例民〔2024〕${number}号`,
    decidedOn: '2024-01-15',
    spans: spans.map(([from, base, topUp = 0]) => ({
      from,
      components: [
        { component: BASE, fen: (base * 100) as never },
        { component: TOP_UP, fen: (topUp * 100) as never },
      ].filter(({ fen }) => fen !== 0),
      derivation: [],
    })),
    sample: false,
    proposedBy: 'staff-1',
    decidedBy: 'staff-2',
    recordedAt: '2024-01-15T01:00:00.000Z',
    ...changes,
  };
}

/** The proposal recorded as the next determination. */
export function decide(
  before: readonly Determination[],
  proposal: ScheduleProposal,
  decidedOn: string,
): Determination[] {
  const next: Determination = {
    ...determined([]),
    number: before.length + 1,
    kind: proposal.kind,
    decidedOn,
    spans: proposal.spans,
    sample: proposal.sample,
    recordedAt: `${decidedOn}T01:00:00.000Z`,
  };
  return [...before, next];
}

/** One grown-up without income and without determinations, to be changed. */
export function inputOf(place: string, changes: Partial<ScheduleInput> = {}): ScheduleInput {
  return {
    ...viewOf(place),
    cases: [{ from: '2020-01', household: family(1) }],
    determinations: [],
    ...changes,
  };
}

export function schedule(change: ScheduleChange, input: ScheduleInput): ScheduleProposal {
  return must(proposeSchedule(change, input));
}
/** "2024-10: 1950.00 + 0.00", one line per span. */
export function lines({ spans }: ScheduleProposal): string[] {
  return spans.map((span) => `${span.from}: ${amounts(span)}`);
}
