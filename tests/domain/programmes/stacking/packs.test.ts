// Goal: the stacking matrix of each place says what its texts say, and names only programmes and components that there are. Method: every
// pack of the policy book; the cells of the matrix (policy.md section 8 of the domain notes) as a table for places that were read.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyBook } from '../../../../domain/policy/book.ts';
import { lookupOption } from '../../../../domain/policy/lookup.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { MONTHLY_PARAMETERS } from '../../../../domain/programmes/monthly-parameters.ts';
import { RUN_RULES } from '../../../../domain/programmes/run-rules.ts';
import type { Stacking } from '../../../../domain/programmes/stacking-parameter.ts';
import { relatedProgrammes } from '../../../../domain/programmes/stacking-rules.ts';
import { policyFile } from '../../../policy-files.ts';
import { must } from '../samples.ts';

const FOLDER = new URL('../../../../domain/policy-book/', import.meta.url);
const FILES = readdirSync(FOLDER).flatMap((place) =>
  readdirSync(new URL(`${place}/`, FOLDER)).map((file) => [place, file.replace('.json', '')] as const),
);
const rulesIn = ([place, programme]: readonly [string, string]) =>
  policyFile(place, programme)
    .values.filter(({ parameter }) => parameter === 'stacking')
    .flatMap(({ value }) => value as Stacking[]);
const BOOK = must(
  policyBook(FILES.map(([place, programme]) => must(parsePolicyPack(policyFile(place, programme))).pack)),
);
const AT = { knownOn: '2026-11-22', month: '2026-06' };

/** "higher-of", "top-up own-share", "excluded"; "–" where nothing is said. */
function cell(place: string, programme: string, other: string): string {
  const query = { jurisdiction: place, programme, parameter: 'stacking', ...AT };
  const rules = must(lookupOption(BOOK, query, MONTHLY_PARAMETERS.stacking)) ?? [];
  const found = rules.filter((rule) => rule.with === other);
  return (
    found.map(({ action, reference }) => [action, reference].filter(Boolean).join(' ')).join(', ') || '–'
  );
}

describe('every matrix in the policy book', () => {
  it.each(FILES.filter((file) => rulesIn(file).length > 0))(
    '%s %s names programmes that there are',
    (...file) => {
      for (const { with: other, of, components = [] } of rulesIn(file)) {
        expect(other).not.toBe(file[1]);
        expect(Object.keys(PROGRAMMES)).toContain(other);
        expect(of).toBe(RUN_RULES[other]!.unit);
        for (const component of components)
          expect(Object.keys(PROGRAMMES[other]!.components)).toContain(component);
      }
    },
  );
});

describe('the matrix of', () => {
  it.each([
    ['110000', 'tekun', 'dibao', 'excluded'],
    ['110000', 'tekun', 'high-age', 'both'],
    ['110000', 'high-age', 'dibao', 'both'],
    ['110000', 'dibao', 'high-age', 'not-income'],
    ['110000', 'orphan', 'tekun', 'top-up'],
    ['110000', 'unattended-child', 'dibao', 'top-up own-share'],
    ['110000', 'unattended-child', 'orphan', 'higher-of'],
    ['110000', 'disability-living', 'dibao', 'not-income'],
    ['110000', 'disability-living', 'tekun', 'excluded'],
    ['110000', 'disability-living', 'orphan', 'excluded'],
    ['110000', 'disability-living', 'unattended-child', 'excluded'],
    ['110000', 'disability-nursing', 'dibao', 'not-income'],
    ['110000', 'disability-nursing', 'tekun', 'excluded'],
    ['110000', 'disability-nursing', 'orphan', 'both'],
    ['110000', 'disability-nursing', 'unattended-child', 'both'],
    ['110000', 'disability-nursing', 'elderly-service', 'higher-of'],
    ['110000', 'elderly-service', 'tekun', 'excluded'],
    ['110000', 'elderly-service', 'disability-living', 'excluded'],
    ['110000', 'child-in-need', 'dibao', 'both'],
    ['110000', 'child-in-need', 'orphan', 'higher-of'],
    ['110000', 'child-in-need', 'unattended-child', 'higher-of'],
    ['440100', 'tekun', 'dibao', 'excluded'],
    ['440100', 'tekun-care', 'elderly-service', 'higher-of'],
    ['440100', 'orphan', 'tekun', 'top-up'],
    ['440100', 'unattended-child', 'dibao', 'top-up per-capita'],
    ['440100', 'unattended-child', 'tekun', 'top-up'],
    ['440100', 'disability-living', 'tekun', 'excluded'],
    ['440100', 'disability-living', 'orphan', 'excluded'],
    ['440100', 'disability-living', 'unattended-child', 'excluded'],
    ['440100', 'disability-living', 'elderly-service', 'both'],
    ['440100', 'disability-nursing', 'orphan', 'both'],
    ['440100', 'disability-nursing', 'unattended-child', 'both'],
    ['440100', 'disability-nursing', 'elderly-service', 'both'],
    // The sample district has what its city has, but for what it sets itself.
    ['110199', 'unattended-child', 'dibao', 'top-up own-share'],
    ['110199', 'disability-living', 'tekun', 'excluded'],
    ['110199', 'elderly-service', 'tekun', 'excluded'],
  ])('%s: %s beside %s is %s', (place, programme, other, expected) => {
    expect(cell(place, programme, other)).toBe(expected);
  });

  it('a place where only income is spoken of makes nobody read another programme', () => {
    const at = { jurisdiction: '110000', knownOn: AT.knownOn };
    expect(relatedProgrammes(BOOK, at, 'dibao')).toBeUndefined();
    expect(relatedProgrammes(BOOK, at, 'high-age')).toBeUndefined();
    expect(relatedProgrammes(BOOK, at, 'unattended-child')?.ofHouseholds).toEqual(['dibao']);
    // Bound by another programme’s 择高, and by what that one looks at.
    expect(relatedProgrammes(BOOK, at, 'orphan')?.ofPersons).toContain('unattended-child');
  });
});
