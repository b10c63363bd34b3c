import type { Bilingual } from '../bilingual.ts';
import { addMonths, type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode, PersonKey } from '../ids.ts';
import type { Fact } from '../register/facts.ts';
import type { CasePerson } from './member-schema.ts';
import type { CaseProblem } from './problems.ts';

/** Where and for when a case is assessed. */
export type CaseAt = {
  readonly jurisdiction: JurisdictionCode;
  /** Ascending, at least one. */
  readonly months: readonly Month[];
  readonly knownOn: PlainDate;
};

/** A person of a case: opaque key, what the case calls them, what is known. */
export type ReadPerson = {
  readonly key: PersonKey;
  readonly id: string;
  readonly birthDate: PlainDate | undefined;
  readonly given: CasePerson;
  readonly facts: Fact[];
  /** Facts of kinds that stand with an enrolment: they are given to those of the person that look at them. */
  readonly ofEnrolments: readonly Fact[];
};

/** What was taken for granted because the case does not say it. */
export type Assumption = Bilingual & { readonly path: string };

/** What reading a case gathers. */
export type Notes = { readonly problems: CaseProblem[]; readonly assumed: Assumption[] };

/** The key of the household of a case. */
export const HOUSEHOLD: PersonKey = 'H00000000001';

/** What cells of register columns are read against. */
export const place = ({ jurisdiction, knownOn }: CaseAt) => ({ jurisdiction, today: knownOn });

/** A year before the first month asked about: by then everybody has applied of whom a case does not say when. */
export const longBefore = ({ months, knownOn }: CaseAt): PlainDate =>
  `${addMonths(months[0] ?? monthOf(knownOn), -12)}-01`;
