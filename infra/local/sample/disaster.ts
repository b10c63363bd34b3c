import type { PlainDate } from '../../../domain/calendar.ts';
import type { ExpectedCounts, PlantedRow } from './district.ts';
import { type SamplePayee, strangers } from './emergencies.ts';
import { randomFrom } from './random.ts';
import { SAMPLE_STREETS } from './streets.ts';

/** A list of households that a flood struck, with mistakes planted in it, and what it has to come to. */
export type DisasterList = {
  readonly csv: string;
  readonly rejected: readonly PlantedRow[];
  readonly expected: ExpectedCounts;
  /** Yuan and people of the good rows, worked out apart from the rules of the service. */
  readonly households: number;
  readonly yuan: number;
  readonly persons: number;
  readonly byStreet: ReadonlyMap<string, { readonly households: number; readonly yuan: number }>;
};

const HOUSEHOLDS = 240;
const FIRST_CARD = 985_000;
const HEADINGS =
  '序号,户主姓名,户主身份证号,街道代码,街道名称,收款账号,灾害名称,受灾日期,紧急转移安置人数,过渡期救助人数,过渡期救助天数,房屋损毁等级';
/** Yuan by the sample district's rates: 每人 300、每人每天 20、倒塌或严重损坏每户 20,000、一般损坏每户 2,000. */
const WORTH = { evacuated: 300, day: 20, 倒塌: 20_000, 严重损坏: 20_000, 一般损坏: 2_000 } as const;

type Row = {
  readonly person: SamplePayee;
  readonly street: (typeof SAMPLE_STREETS)[number];
  readonly evacuated: number;
  readonly transition: number;
  readonly days: number;
  readonly house: '' | '倒塌' | '严重损坏' | '一般损坏';
};

/** @param struckOn day of the flood */
export function generateDisasterList(seed: string, struckOn: PlainDate): DisasterList {
  const random = randomFrom(`${seed}/disaster`);
  const people = strangers(seed, HOUSEHOLDS, FIRST_CARD, 1950);
  const rows = people.map((person): Row => {
    const evacuated = 1 + random.below(6);
    const house = random.weighted<Row['house']>([
      ['', 60],
      ['一般损坏', 30],
      ['严重损坏', 6],
      ['倒塌', 4],
    ]);
    const moved = house === '倒塌' || house === '严重损坏';
    const days = moved ? 30 * (1 + random.below(3)) : 0;
    const street = random.weighted(SAMPLE_STREETS.map((one) => [one, one.weight] as const));
    return { person, street, evacuated, transition: moved ? evacuated : 0, days, house };
  });
  const bad = mistakes(rows);
  const lines = [...rows.map((row) => cells(row, struckOn)), ...bad.map(({ line }) => line(struckOn))];
  const byStreet = new Map<string, { households: number; yuan: number }>();
  for (const row of rows) {
    const { households, yuan } = byStreet.get(row.street.code) ?? { households: 0, yuan: 0 };
    byStreet.set(row.street.code, { households: households + 1, yuan: yuan + worthOf(row) });
  }
  return {
    csv: `\ufeff${[HEADINGS, ...lines.map((line, index) => [index + 1, ...line].join(','))].join('\r\n')}\r\n`,
    rejected: bad.map(({ what, columns }, index) => ({ row: rows.length + index + 2, what, columns })),
    expected: {
      accepted: rows.length,
      created: rows.length,
      changed: 0,
      unchanged: 0,
      unmatched: 0,
      rejected: bad.length,
    },
    households: rows.length,
    yuan: rows.reduce((sum, row) => sum + worthOf(row), 0),
    persons: rows.reduce((sum, { evacuated }) => sum + evacuated, 0),
    byStreet,
  };
}

const worthOf = ({ evacuated, transition, days, house }: Row): number =>
  evacuated * WORTH.evacuated + transition * days * WORTH.day + (house === '' ? 0 : WORTH[house]);

const cells = (
  { person, street, evacuated, transition, days, house }: Row,
  struckOn: PlainDate,
): string[] => [
  person.name,
  person.idNumber,
  street.code,
  street.name,
  person.account,
  '秋汛洪涝',
  struckOn,
  String(evacuated),
  transition === 0 ? '' : String(transition),
  days === 0 ? '' : String(days),
  house,
];

type Mistake = Pick<PlantedRow, 'what' | 'columns'> & { readonly line: (struckOn: PlainDate) => string[] };

/** Rows that have to come back, each for one reason. */
function mistakes(rows: readonly Row[]): Mistake[] {
  const of = (index: number): Row => {
    const row = rows[index];
    if (!row) throw new Error('the list is too short for its mistakes');
    return row;
  };
  const changed = (index: number, at: number, cell: string) => (on: PlainDate) =>
    cells(of(index), on).with(at, cell);
  const twice = of(3);
  return [
    { what: 'the same household twice', columns: ['身份证号'], line: (on) => cells(twice, on) },
    { what: 'kind of damage nobody knows', columns: ['房屋损毁等级'], line: changed(4, 10, '半塌') },
    { what: 'a street of another district', columns: ['街道代码'], line: changed(5, 2, '110101001') },
    {
      what: 'a count that is none',
      columns: ['转移安置人数'],
      line: changed(6, 7, '三人'),
    },
  ];
}
