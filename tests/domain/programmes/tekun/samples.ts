import { readdirSync } from 'node:fs';
import type { PersonCase } from '../../../../domain/care/person-case.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import type { ScheduleInput } from '../../../../domain/programmes/schedule.ts';
import { policyFile } from '../../../policy-files.ts';
import { must, type PackFile } from '../samples.ts';

const BOOK_FOLDER = new URL('../../../../domain/policy-book/', import.meta.url);
export const PROGRAMME_IDS = ['tekun', 'tekun-care', 'tekun-pocket-money'] as const;
export type CareProgramme = (typeof PROGRAMME_IDS)[number];

/** Every pack of the programmes in the policy book, some values set to something else, for all months that had one. */
export function careFiles(changes: Readonly<Record<string, unknown>> = {}): PackFile[] {
  return readdirSync(BOOK_FOLDER).flatMap((place) =>
    PROGRAMME_IDS.flatMap((programme) => {
      if (!readdirSync(new URL(`${place}/`, BOOK_FOLDER)).includes(`${programme}.json`)) return [];
      const file = policyFile(place, programme);
      for (const row of file.values) {
        const key = `${place} ${row.parameter}`;
        if (key in changes) row.value = changes[key];
      }
      return [file];
    }),
  );
}
export const bookOf = (files: readonly PackFile[]): PolicyBook =>
  must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));

let whole: PolicyBook | undefined;
/** The book as it is. */
export function careBook(): PolicyBook {
  whole ??= bookOf(careFiles());
  return whole;
}

/** Somebody of 75 who cannot do two things for himself, at home in the country. */
export const SOMEBODY: PersonCase = {
  person: 'PERSON',
  birthDate: '1950-03-05',
  residence: 'rural',
  setting: 'family',
  selfCare: 'half',
};

export function inputOf(
  jurisdiction: string,
  programme: CareProgramme,
  cases: readonly (readonly [from: string, person: PersonCase])[],
  more: Partial<ScheduleInput> & { readonly knownOn?: string } = {},
): ScheduleInput {
  const { knownOn = '2026-12-01', ...rest } = more;
  return {
    book: careBook(),
    scope: { jurisdiction, programme, knownOn },
    cases: cases.map(([from, person]) => ({ from, person })),
    determinations: [],
    ...rest,
  };
}
