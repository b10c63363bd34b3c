import * as z from 'zod/mini';
import type { PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { Programme } from '../programmes/programme.ts';
import { isFactColumn } from '../register/fact-columns.ts';
import { FACT_DESCRIPTIONS } from '../register/fact-descriptions.ts';
import { isFactValue } from '../register/fact-values.ts';
import { type Fact, type FactKind, HOUSEHOLD_FACT_KINDS, PERSON_FACT_KINDS } from '../register/facts.ts';
import { ownFactsOf } from '../register/own-facts.ts';
import { columnOf, NO_HEADING } from '../register/sheets.ts';
import { inWords } from './fact-words.ts';
import { FactMap } from './member-schema.ts';
import { caseFact } from './person-facts.ts';
import { type CaseProblem, problem, problemsOf } from './problems.ts';

/** Facts given by kind, or by a column of the programme's register sheet: whose they are follows from the kind. */
export type GivenFacts = {
  readonly person: Fact[];
  readonly enrolment: Fact[];
  readonly problems: CaseProblem[];
};

const OF_PERSON: ReadonlySet<string> = new Set(PERSON_FACT_KINDS);
const OF_HOUSEHOLD: ReadonlySet<string> = new Set(HOUSEHOLD_FACT_KINDS);

/** What to read and where from. `from`: since when what has no date of its own holds, of the person and of the enrolment. */
export type GivenFactsInput = {
  readonly facts: unknown;
  readonly path: string;
  readonly from: { readonly person: PlainDate; readonly enrolment: PlainDate };
  readonly jurisdiction: JurisdictionCode;
  readonly today: PlainDate;
  readonly programme?: Programme;
};

/** Reads a map of facts. What a column of the register sheet reads is written in its words (一级, 机构养育). */
export function givenFacts(input: GivenFactsInput): GivenFacts {
  const { path, programme } = input;
  const found: GivenFacts = { person: [], enrolment: [], problems: [] };
  if (input.facts === undefined) return found;
  const read = z.safeParse(FactMap, input.facts);
  if (!read.success) {
    found.problems.push(...problemsOf(read.error.issues, [path]));
    return found;
  }
  const columns = programme?.registerColumns ?? {};
  const cells: Record<string, string> = {};
  for (const [name, value] of Object.entries(read.data)) {
    const at = `${path}.${name}`;
    const column = Object.hasOwn(columns, name) ? name : columnOf(columns, name);
    const isColumn = column !== undefined && column !== NO_HEADING;
    const kind = isColumn && !Object.hasOwn(FACT_DESCRIPTIONS, name) ? undefined : kindOf(name);
    if (kind !== undefined) addKind(found, kind, value, at, input);
    else if (
      column !== undefined &&
      column !== NO_HEADING &&
      Object.hasOwn(columns, column) &&
      !Array.isArray(value)
    )
      readCell(found, cells, column, value, at, input);
    else found.problems.push(unknownFact(at, programme));
  }
  if (Object.keys(cells).length > 0) addColumns(found, cells, input);
  return found;
}

/** A kind by its name, written as in code (selfCare) too, or by what it is called in Chinese or English. */
function kindOf(given: string): FactKind | undefined {
  const name = given.trim();
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/[_\s]/g, '-');
  const known = [name, kebab].find((each) => Object.hasOwn(FACT_DESCRIPTIONS, each));
  if (known !== undefined) return known as FactKind;
  const called = Object.entries(FACT_DESCRIPTIONS).filter(
    ([, { names }]) => names.zh === name || names.en === name.toLowerCase(),
  );
  return called.length === 1 ? (called[0]?.[0] as FactKind) : undefined;
}

function addKind(
  found: GivenFacts,
  kind: FactKind,
  value: z.output<typeof FactMap>[string],
  path: string,
  { from, jurisdiction, today }: GivenFactsInput,
): void {
  const ofPerson = OF_PERSON.has(kind) && !OF_HOUSEHOLD.has(kind);
  const since = ofPerson ? from.person : from.enrolment;
  const all = Array.isArray(value) ? value : [{ value }];
  for (const one of all) {
    const stated = one.value === true ? 'yes' : one.value === false ? '' : String(one.value);
    const text = isFactValue(kind, stated)
      ? stated
      : (inWords(kind, stated, { jurisdiction, today }) ?? stated);
    if (isFactValue(kind, text)) {
      const fact = caseFact(kind, text, one.from ?? ownDay(kind, text) ?? since);
      (ofPerson ? found.person : found.enrolment).push(fact);
      continue;
    }
    const { form, example, names } = FACT_DESCRIPTIONS[kind];
    found.problems.push(
      problem(
        path,
        `${names.zh}应为${form.zh}，例如 ${example}`,
        `${names.en}: expected ${form.en}, e.g. ${example}`,
      ),
    );
  }
}

/** Deaths and papers hold from the day that they name. */
function ownDay(kind: FactKind, text: string): PlainDate | undefined {
  const dated = ['birth-date', 'death-certified', 'death-reported', 'application', 'decision'];
  return dated.includes(kind) && text !== '' ? text.slice(0, 10) : undefined;
}

function readCell(
  found: GivenFacts,
  cells: Record<string, string>,
  id: string,
  value: string | number | boolean,
  path: string,
  { programme, jurisdiction, today }: GivenFactsInput,
): void {
  const column = programme?.registerColumns?.[id];
  const context = { jurisdiction, today };
  const stated = value === true ? '是' : value === false ? '否' : String(value).trim();
  const kind = column && isFactColumn(column) ? column.fact.kind : undefined;
  const cell = (kind === 'child-category' && inWords(kind, stated, context)) || stated;
  const read = column?.parse(cell, context);
  if (read?.ok) cells[id] = read.value;
  else if (read) found.problems.push(problem(path, read.error.zh, read.error.en));
}

function addColumns(found: GivenFacts, cells: Record<string, string>, input: GivenFactsInput): void {
  const own = input.programme?.registerColumns ?? {};
  const dated = { ...cells };
  for (const [id, column] of Object.entries(own)) {
    if (!isFactColumn(column) || cells[id] === undefined || typeof column.fact.from === 'string') continue;
    dated[column.fact.from.column] ??= column.fact.of === 'person' ? input.from.person : input.from.enrolment;
  }
  const stated = ownFactsOf(dated, own);
  if (!stated.ok) {
    for (const { zh, en } of stated.error) found.problems.push(problem(input.path, zh, en));
    return;
  }
  for (const { of, kind, value, from } of stated.value) {
    const since = from === 'known' || from === 'sheet' ? input.from[of] : from;
    found[of].push(caseFact(kind, value, since));
  }
}

function unknownFact(path: string, programme: Programme | undefined): CaseProblem {
  const kinds = programme
    ? [
        ...programme.personFactKinds,
        ...programme.enrolmentFactKinds,
        ...Object.keys(programme.registerColumns ?? {}),
      ]
    : PERSON_FACT_KINDS;
  const shown = [...new Set(kinds)].join(', ');
  return problem(path, `没有这种事实，可写：${shown}`, `there is no such fact; there are: ${shown}`);
}
