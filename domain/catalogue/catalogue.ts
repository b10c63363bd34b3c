import type { Bilingual } from '../bilingual.ts';
import { addMonths, LAST_MONTH, type Month, type PlainDate } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import {
  changeMonths,
  type DatedValue,
  governs,
  governsFrom,
  type PolicyBook,
  rowsKey,
} from '../policy/book.ts';
import { packsOf } from '../policy/book-file.ts';

import type { ParameterSpec } from '../policy/parameter.ts';
import { RUN_PARAMETERS } from '../policy/run-parameters.ts';
import { valueText } from '../policy/value-text.ts';
import { PROGRAMMES } from '../programmes/index.ts';
import type { Programme } from '../programmes/programme.ts';
import { OPEN_QUESTIONS, type OpenQuestion } from './open-questions.ts';

/** What a place may set: its name, unit, and whether it bears on the amount. */
export type CatalogueParameter = {
  readonly name: string;
  readonly label: Bilingual;
  readonly unit: Bilingual;
  readonly bearsAmount: boolean;
  /** Of the programme itself, or of how any programme is run. */
  readonly of: 'programme' | 'runs';
};
/** One dated value of a place, as its pack has it. */
export type CatalogueValue = {
  readonly value: unknown;
  /** The value in one line for people. */
  readonly text: string;
  readonly from: Month;
  readonly to?: Month | undefined;
  readonly decidedOn: PlainDate;
  readonly citation: Citation;
  readonly retroactivity: DatedValue['retroactivity'];
  readonly sample: boolean;
};
/** A parameter that a place sets: its values, the months between them without one, and when the last ends. */
export type CatalogueSetting = {
  readonly parameter: string;
  readonly values: readonly CatalogueValue[];
  readonly gaps: readonly { readonly from: Month; readonly to: Month }[];
  readonly lapses?: Month;
};
export type CataloguePlace = {
  readonly jurisdiction: JurisdictionCode;
  readonly settings: readonly CatalogueSetting[];
  readonly sampleValues: number;
};
/** A programme with what every place sets for it. */
export type CatalogueProgramme = {
  readonly programme: ProgrammeId;
  readonly code: string;
  readonly names: Bilingual;
  readonly unit: Programme['unit'];
  readonly amountBasis: Programme['amountBasis'];
  readonly legalBasis: readonly Citation[];
  readonly components: readonly (Bilingual & { readonly component: string })[];
  readonly parameters: readonly CatalogueParameter[];
  readonly places: readonly CataloguePlace[];
  readonly openQuestions: readonly OpenQuestion[];
};

/**
 * The catalogue of rules (规则目录): of every registered programme and place what may be set, what is set from when to when on which document,
 * what is a sample, where months have no value, and what nobody has answered yet. Made of the registry and the book alone.
 */
export function catalogueOf(
  book: PolicyBook,
  shows: (jurisdiction: JurisdictionCode) => boolean = () => true,
): CatalogueProgramme[] {
  const packs = packsOf(book).filter(({ jurisdiction }) => shows(jurisdiction));
  return Object.values(PROGRAMMES).flatMap((programme) => {
    if (!programme) return [];
    const { amountBasis, code, id, legalBasis, names, unit } = programme;
    const parameters = parametersOf(programme);
    const places = packs.filter((pack) => pack.programme === id).map(({ jurisdiction }) => jurisdiction);
    return [
      {
        programme: id,
        code,
        names,
        unit,
        amountBasis,
        legalBasis,
        components: Object.entries(programme.components).map(([component, of]) => ({ component, ...of })),
        parameters,
        places: places.map((jurisdiction) => placeOf(book, id, jurisdiction, parameters)),
        openQuestions: OPEN_QUESTIONS.filter((question) => question.programme === id),
      },
    ];
  });
}

function parametersOf({ parameters }: Programme): CatalogueParameter[] {
  const described = (specs: Readonly<Record<string, ParameterSpec>>, of: CatalogueParameter['of']) =>
    Object.entries(specs).map(([name, { bearsAmount, label, unit }]) => ({
      name,
      label,
      unit,
      bearsAmount,
      of,
    }));
  const own = described(parameters, 'programme');
  // A programme may set one of them for itself.
  const shared = described(RUN_PARAMETERS, 'runs').filter(({ name }) => !Object.hasOwn(parameters, name));
  return [...own, ...shared];
}

function placeOf(
  book: PolicyBook,
  programme: ProgrammeId,
  jurisdiction: JurisdictionCode,
  parameters: readonly CatalogueParameter[],
): CataloguePlace {
  const settings = parameters.flatMap(({ name }): CatalogueSetting[] => {
    const rows = book.rows.get(rowsKey(jurisdiction, programme, name));
    return rows ? [{ parameter: name, values: rows.map(valueOf), ...holesOf(rows) }] : [];
  });
  const values = settings.flatMap((setting) => setting.values);
  return { jurisdiction, settings, sampleValues: values.filter(({ sample }) => sample).length };
}

function valueOf(row: DatedValue): CatalogueValue {
  const { citation, decidedOn, inForceTo, retroactivity, sample, value } = row;
  return {
    value,
    text: valueText(value),
    from: governsFrom(row),
    ...(inForceTo !== undefined && { to: inForceTo }),
    decidedOn,
    citation,
    retroactivity,
    sample: sample === true,
  };
}

/** Months between two values that none governs; and the last month, where no value is open. */
function holesOf(rows: readonly DatedValue[]): Pick<CatalogueSetting, 'gaps' | 'lapses'> {
  const months = changeMonths(rows);
  const has = months.map((month) => rows.some((row) => governs(row, month)));
  const gaps = months.flatMap((from, index) => {
    const next = months[index + 1];
    const between = has.slice(0, index).includes(true) && has.slice(index).includes(true);
    return !has[index] && between && next !== undefined ? [{ from, to: addMonths(next, -1) }] : [];
  });
  const open = rows.some(({ inForceTo }) => inForceTo === undefined);
  const last = rows
    .map(({ inForceTo = LAST_MONTH }) => inForceTo)
    .sort()
    .at(-1);
  return { gaps, ...(!open && last !== undefined && { lapses: last }) };
}
