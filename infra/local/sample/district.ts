import type { Month } from '../../../domain/calendar.ts';
import { type Cast, castPeople } from './cast.ts';
import { badDeathRows, badRegisterRows, contradictingRow } from './mistakes.ts';
import { NumberSource } from './numbers.ts';
import { PeopleMaker, type SamplePerson } from './people.ts';
import { type Random, randomFrom } from './random.ts';
import {
  type DeathCells,
  deathSheet,
  type RegisterCells,
  registerCells,
  registerSheet,
  sheetRow,
} from './sheets.ts';
import { SAMPLE_JURISDICTION, SAMPLE_STREETS } from './streets.ts';

/** People of eighty and more who got 高龄津贴 in the district whose published report the sample is sized from. */
export const DISTRICT_PEOPLE = 3649;
/** The cast needs room. */
export const DISTRICT_PEOPLE_MIN = 100;

/** A planted row and where it stands: `row` as a spreadsheet counts, `columns` the headings that its reason names. */
export type PlantedRow = { readonly row: number; readonly what: string; readonly columns: readonly string[] };

/** What importing a sheet must report. */
export type ExpectedCounts = {
  readonly accepted: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly unmatched: number;
  readonly rejected: number;
};

/** Everything planted, and what must come of it. */
export type Planted = {
  readonly register: { readonly rejected: readonly PlantedRow[]; readonly counts: ExpectedCounts };
  readonly deaths: { readonly rejected: readonly PlantedRow[]; readonly counts: ExpectedCounts };
  readonly cast: Cast;
  /** What the month's run must find: people by how they come out, and findings by control. */
  readonly run: {
    readonly payable: number;
    readonly held: number;
    readonly blocked: number;
    readonly nothingDue: number;
    readonly findings: Readonly<Record<string, number>>;
  };
};

export type District = {
  readonly jurisdiction: string;
  readonly month: Month;
  readonly registerCsv: string;
  readonly deathsCsv: string;
  /** Those whose rows are good, in the order of the sheet. */
  readonly people: readonly SamplePerson[];
  readonly planted: Planted;
};

export type DistrictOptions = {
  readonly seed: string;
  /** Number of enrolments; the bad rows come on top. */
  readonly people?: number;
  /** The month that is going to be paid. */
  readonly month: Month;
};

/**
 * 示例区: a district that does not exist, with its register and its death list, made from a seed. The same seed, size and
 * month give the same bytes; nothing comes from a clock.
 */
export function generateDistrict({
  seed,
  people: count = DISTRICT_PEOPLE,
  month,
}: DistrictOptions): District {
  if (count < DISTRICT_PEOPLE_MIN)
    throw new Error(`a sample district has at least ${DISTRICT_PEOPLE_MIN} people`);
  const random = randomFrom(`${seed}/${count}/${month}`);
  const maker = new PeopleMaker(random, new NumberSource(), month);
  const { people: special, cast, deaths } = castPeople(maker, month, count);
  const ordinary = Array.from({ length: count - special.length }, () => maker.person());
  const people = inSheetOrder(random, [...special, ...ordinary]);
  const register = registerRows(random, maker, month, people, ordinary);
  const deathList = deathRows(maker, month, deaths, ordinary);
  return {
    jurisdiction: SAMPLE_JURISDICTION,
    month,
    registerCsv: registerSheet(register.rows),
    deathsCsv: deathSheet(deathList.rows),
    people,
    planted: {
      register: {
        rejected: register.rejected,
        counts: {
          accepted: count + 1,
          created: count,
          changed: 0,
          unchanged: 1,
          unmatched: 0,
          rejected: register.rejected.length,
        },
      },
      deaths: {
        rejected: deathList.rejected,
        counts: {
          accepted: deaths.length + deathList.unmatched,
          created: 0,
          changed: deaths.length,
          unchanged: 0,
          unmatched: deathList.unmatched,
          rejected: deathList.rejected.length,
        },
      },
      cast,
      run: expectedOfRun(cast, count),
    },
  };
}

/** Streets hand in their lists one after the other; within a list there is no order. */
function inSheetOrder(random: Random, people: readonly SamplePerson[]): SamplePerson[] {
  const mixed = random.shuffled(people);
  return SAMPLE_STREETS.flatMap((street) => mixed.filter((person) => person.street === street));
}

type Rows<Cells> = { readonly rows: readonly Cells[]; readonly rejected: readonly PlantedRow[] };

/** Good rows with the bad ones among them; what repeats or contradicts a row stands below it. */
function registerRows(
  random: Random,
  maker: PeopleMaker,
  month: Month,
  people: readonly SamplePerson[],
  ordinary: readonly SamplePerson[],
): Rows<RegisterCells> {
  const rows: { cells: RegisterCells; bad?: Omit<PlantedRow, 'row'> }[] = people.map((person) => ({
    cells: registerCells(person),
  }));
  for (const { cells, ...bad } of badRegisterRows(maker, month)) {
    rows.splice(random.below(rows.length + 1), 0, { cells, bad });
  }
  const [twice, repeated] = [ordinary[0], ordinary[1]];
  if (!twice || !repeated) throw new Error('the district is too small');
  const otherStreet = SAMPLE_STREETS.find(({ code }) => code !== twice.street.code)?.code ?? '';
  const { cells, ...bad } = contradictingRow(twice, otherStreet);
  rows.push({ cells, bad }, { cells: registerCells(repeated) });
  return {
    rows: rows.map((row) => row.cells),
    rejected: rows.flatMap((row, index) => (row.bad ? [{ row: sheetRow(index), ...row.bad }] : [])),
  };
}

function deathRows(
  maker: PeopleMaker,
  month: Month,
  deaths: readonly DeathCells[],
  ordinary: readonly SamplePerson[],
): Rows<DeathCells> & { readonly unmatched: number } {
  // Lists cover the whole city: most of the people on them are no concern of ours.
  const strangers = Array.from({ length: 2 }, () => maker.person({ payee: 'self' }));
  const unmatched = strangers.map(({ idNumber, name }) => ({
    idNumber,
    name,
    diedOn: `${month.slice(0, 4)}-06-18`,
    kind: '比对',
    list: '死亡信息比对名单',
  }));
  const stranger = maker.person({ payee: 'self' });
  const known = ordinary.find(({ name }) => name !== stranger.name);
  if (!known) throw new Error('the district is too small');
  const bad = badDeathRows(known, stranger, month);
  const good = [...deaths, ...unmatched];
  return {
    rows: [...good, ...bad.map(({ cells }) => cells)],
    rejected: bad.map(({ what, columns }, index) => ({ row: sheetRow(good.length + index), what, columns })),
    unmatched: unmatched.length,
  };
}

function expectedOfRun(cast: Cast, count: number): Planted['run'] {
  const findings = {
    'shared-account': cast.sharedAccounts.flat().length,
    deceased: cast.reportedDead.length + cast.payeeReportedDead.length,
    'unwritable-line': cast.wrongDot.length,
  };
  const held = findings['shared-account'] + findings.deceased;
  const blocked = findings['unwritable-line'];
  const nothingDue = cast.certifiedDead.length + cast.underAge.length + cast.movedOut.length;
  return { payable: count - held - blocked - nothingDue, held, blocked, nothingDue, findings };
}
