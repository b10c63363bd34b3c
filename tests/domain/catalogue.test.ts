import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogueOf } from '../../domain/catalogue/catalogue.ts';
import { catalogueMarkdown } from '../../domain/catalogue/markdown.ts';
import { OPEN_QUESTIONS } from '../../domain/catalogue/open-questions.ts';
import { policyBook } from '../../domain/policy/book.ts';
import type { PolicyPack } from '../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { policyFile } from '../policy-files.ts';

const FOLDER = new URL('../../domain/policy-book/', import.meta.url);
const packs = readdirSync(FOLDER).flatMap((place) =>
  readdirSync(new URL(`${place}/`, FOLDER)).map((file): PolicyPack => {
    const parsed = parsePolicyPack(policyFile(place, file.replace('.json', '')));
    if (!parsed.ok) throw new Error(`${place}/${file}: ${parsed.error.en}`);
    return parsed.value.pack;
  }),
);
const book = policyBook(packs);
if (!book.ok) throw new Error(book.error.en);
const catalogue = catalogueOf(book.value);

it('holds every programme of the registry, and every value of every pack once', () => {
  expect(packs.length).toBeGreaterThan(50);
  expect(catalogue.map(({ programme }) => programme)).toEqual(Object.keys(PROGRAMMES));
  const listed = catalogue.flatMap(({ places, programme }) =>
    places.map(({ jurisdiction, settings }) => [
      `${jurisdiction} ${programme}`,
      settings.reduce((sum, { values }) => sum + values.length, 0),
    ]),
  );
  const given = packs.map(({ jurisdiction, programme, values }) => [
    `${jurisdiction} ${programme}`,
    values.length,
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(given));
  const samples = packs.flatMap(({ values }) => values.filter(({ sample }) => sample)).length;
  expect(catalogue.flatMap(({ places }) => places).reduce((sum, one) => sum + one.sampleValues, 0)).toBe(
    samples,
  );
});

it('names gaps and ends, as of the standard that Linkou did not publish', () => {
  const dibao = catalogue.find(({ programme }) => programme === 'dibao');
  const linkou = dibao?.places.find(({ jurisdiction }) => jurisdiction === '231025');
  const standard = linkou?.settings.find(({ parameter }) => parameter === 'standard');
  expect(standard?.gaps).toEqual([{ from: '2026-01', to: '2026-03' }]);
  expect(standard?.lapses).toBeUndefined();
});

it('asks questions of programmes and parameters that there are, each by a name of its own', () => {
  for (const { en, jurisdiction, meanwhile, parameters, programme, zh } of OPEN_QUESTIONS) {
    const known = PROGRAMMES[programme];
    expect([programme, parameters.filter((name) => !known?.parameters[name])]).toEqual([programme, []]);
    expect(parameters.length).toBeGreaterThan(0);
    const found = packs.some(
      (pack) => pack.programme === programme && pack.jurisdiction === (jurisdiction ?? pack.jurisdiction),
    );
    expect([programme, found]).toEqual([programme, true]);
    for (const text of [zh, meanwhile.zh]) expect(text).toMatch(/\p{Script=Han}/u);
    for (const text of [en, meanwhile.en]) expect(text).not.toMatch(/\p{Script=Han}/u);
  }
  const codes = OPEN_QUESTIONS.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('is the same Markdown whatever the order of packs, with whole tables', () => {
  const text = catalogueMarkdown(catalogue);
  const turned = policyBook(packs.toReversed());
  expect(turned.ok && catalogueMarkdown(catalogueOf(turned.value)) === text).toBe(true);
  const widths = text
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .map((lines) => new Set(lines.map((line) => line.split(/(?<!\\)\|/).length)));
  expect(widths.filter(({ size }) => size > 1)).toEqual([]);
  for (const { code } of OPEN_QUESTIONS) expect(text).toContain(`\`${code}\``);
});
