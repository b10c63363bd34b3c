import type { Month } from '../../../domain/calendar.ts';
import type { Comparison } from '../../../domain/go-live/parallel.ts';
import { assessedAmount, expectedAmount, firstMonthDue } from './expected-dibao.ts';
import type { SampleHousehold } from './families.ts';
import type { NumberSource } from './numbers.ts';
import type { FixtureCell } from './workbook-content.ts';
import { xlsxOf } from './xlsx-writer.ts';

/** A line that the comparison must report, beside those that agree. Amounts in yuan. */
export type PlannedDifference = {
  readonly what: string;
  readonly result: Exclude<Comparison, 'same'>;
  /** Of the list, as a spreadsheet counts; absent where the list has nothing. */
  readonly row?: number;
  /** As the list has it; of the head where the list has nothing. */
  readonly idNumber: string;
  readonly ours: string;
  readonly theirs: string;
};

/** The list by which the bureau would pay a month without this service, and how it differs from what is due. */
export type BureauList = {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly differences: readonly PlannedDifference[];
  /** Lines of each kind, with those that agree. */
  readonly counts: Readonly<Record<Comparison, number>>;
};

/** A row of the list, and what the comparison makes of it when it is not as it should be. */
type Row = { readonly cells: readonly [string, string, number | string]; readonly difference?: Difference };
type Difference = Omit<PlannedDifference, 'row' | 'idNumber' | 'theirs'>;
/** What was done to a household: its rows, and whether it is missing from the list. */
type Planting = { readonly rows: readonly Row[]; readonly missing?: string };

const TITLE_ROWS = 2;
const OLD_STANDARD = '1395.00';

/**
 * The list of a month, by the arithmetic of expected-dibao.ts and without the service. Planted in it is one difference of every
 * kind, each to another household that is paid before and after the month.
 *
 * @param numbers for the stranger of the list; another part than the household sheets'
 */
export function bureauList(
  households: readonly SampleHousehold[],
  month: Month,
  numbers: NumberSource,
): BureauList {
  const due = households.filter((each) => expectedAmount(each, month) > 0);
  const plantings = planted(due, month);
  const rows: Row[] = [];
  const differences: PlannedDifference[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    const { cells, difference } = row;
    if (!difference) return;
    const theirs = typeof cells[2] === 'number' ? yuan(cells[2]) : '0.00';
    differences.push({ ...difference, row: TITLE_ROWS + rows.length, idNumber: cells[1], theirs });
  };
  for (const each of due) {
    const planting = plantings.get(each);
    for (const row of planting?.rows ?? [{ cells: cellsOf(each, expectedAmount(each, month)) }]) add(row);
    if (planting?.missing === undefined) continue;
    const ours = yuan(expectedAmount(each, month));
    const idNumber = cellsOf(each, 0)[1];
    differences.push({ what: planting.missing, result: 'only-here', idNumber, ours, theirs: '0.00' });
  }
  add(stranger(numbers));
  const count = (result: Comparison) => differences.filter((each) => each.result === result).length;
  const counts = {
    same: rows.filter(({ difference }) => difference === undefined).length,
    amount: count('amount'),
    'only-here': count('only-here'),
    'only-there': count('only-there'),
    duplicate: count('duplicate'),
    unreadable: count('unreadable'),
  };
  return { fileName: `${month}低保发放表.xlsx`, bytes: workbook(rows, month), differences, counts };
}

/** Households spread over the list that something is done to, and what. */
function planted(due: readonly SampleHousehold[], month: Month): ReadonlyMap<SampleHousehold, Planting> {
  const settled = due.filter((each) => firstMonthDue(each) < month);
  const [single, family] = [1, 2].map((size) =>
    settled.filter(({ members }) => (members.length > 1 ? 2 : 1) === size),
  ) as [SampleHousehold[], SampleHousehold[]];
  const [newcomer] = due.filter((each) => firstMonthDue(each) === month);
  const plantings: [SampleHousehold | undefined, (household: SampleHousehold, fen: number) => Planting][] = [
    [single[0], (each, fen) => otherAmount('figures swapped in typing', each, fen, fen + 2700)],
    [family[0], (each, fen) => otherAmount('the month before paid along', each, fen, 2 * fen)],
    [
      family[1],
      (each, fen) =>
        otherAmount('standard of the year before', each, fen, assessedAmount(each, month, OLD_STANDARD)),
    ],
    [single[1], () => ({ rows: [], missing: 'row forgotten' })],
    [newcomer, () => ({ rows: [], missing: 'list of the month before: newcomer not in it' })],
    [family[2], twice],
    [single[2], otherName],
    [single[3], inWords],
  ];
  return new Map(
    plantings.map(([household, plant]) => {
      if (!household) throw new Error('too few households for the differences of the list');
      return [household, plant(household, expectedAmount(household, month))];
    }),
  );
}

function otherAmount(what: string, household: SampleHousehold, ours: number, theirs: number): Planting {
  return {
    rows: [{ cells: cellsOf(household, theirs), difference: { what, result: 'amount', ours: yuan(ours) } }],
  };
}

/** Once by the head and once by another member. */
function twice(household: SampleHousehold, fen: number): Planting {
  const [, member] = household.members;
  const again = [member?.name ?? '', member?.idNumber ?? '', fen] as const;
  const what = 'the same household by another member';
  return {
    rows: [
      { cells: cellsOf(household, fen) },
      { cells: again, difference: { what, result: 'duplicate', ours: '0.00' } },
    ],
  };
}

function otherName(household: SampleHousehold, fen: number): Planting {
  const [name, idNumber] = cellsOf(household, fen);
  const what = 'name of somebody else';
  return {
    rows: [
      {
        cells: [`${name.slice(0, 1)}某人`, idNumber, fen],
        difference: { what, result: 'only-there', ours: '0.00' },
      },
    ],
    missing: what,
  };
}

function inWords(household: SampleHousehold, fen: number): Planting {
  const [name, idNumber] = cellsOf(household, fen);
  const what = 'amount in words';
  return {
    rows: [{ cells: [name, idNumber, '见附件'], difference: { what, result: 'unreadable', ours: '0.00' } }],
    missing: what,
  };
}

/** On the list, and not in the register. */
function stranger(numbers: NumberSource): Row {
  const idNumber = numbers.identityNumber('1957-03-14', 'male');
  const what = 'somebody whom nobody decided about';
  return {
    cells: ['赵无名', idNumber, 145_000],
    difference: { what, result: 'only-there', ours: '0.00' },
  };
}

const cellsOf = ({ members: [head] }: SampleHousehold, fen: number): [string, string, number] => [
  head?.name ?? '',
  head?.idNumber ?? '',
  fen,
];

function workbook(rows: readonly Row[], month: Month): Buffer {
  const cells = rows.map(({ cells: [name, idNumber, amount] }, index): FixtureCell[] => [
    index + 1,
    name,
    idNumber,
    typeof amount === 'number' ? amount / 100 : amount,
  ]);
  const total = rows.reduce((sum, { cells: [, , fen] }) => sum + (typeof fen === 'number' ? fen : 0), 0);
  return xlsxOf({
    sheets: [
      {
        name: '发放表',
        rows: [
          [`示例区${month.slice(0, 4)}年${Number(month.slice(5))}月最低生活保障金发放表`],
          ['序号', '姓 名', '身份证号', '发放金额（元）'],
          ...cells,
          ['合计', undefined, undefined, total / 100],
          ['制表人：', undefined, '审核：'],
        ],
        merges: ['A1:D1'],
      },
    ],
  });
}

function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
