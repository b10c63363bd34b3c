import type { HouseholdColumn } from '../../../domain/register/household-columns.ts';
import { HOUSEHOLD_COLUMNS } from '../../../domain/register/household-columns.ts';
import type { FamilyMaker, SampleHousehold } from './families.ts';
import { type HouseholdCells, householdCells, memberCells } from './household-rows.ts';

/** A row of a household sheet; `bad` when it must come back, with the headings that its reason names. */
export type HouseholdLine = {
  readonly cells: HouseholdCells;
  /** Stored as a number, as spreadsheets do with digits: only in workbooks. */
  readonly asNumber?: HouseholdColumn;
  readonly bad?: { readonly what: string; readonly columns: readonly string[] };
};

type Mistake = {
  readonly what: string;
  readonly columns: readonly HouseholdColumn[];
  readonly change?: (cells: HouseholdCells) => HouseholdCells;
  readonly asNumber?: HouseholdColumn;
};

/** Made in the row of one more member, so that the household is complete without it. */
const OF_MEMBER: readonly Mistake[] = [
  {
    what: 'identity number stored as a number',
    columns: ['idNumber'],
    change: withDigits,
    asNumber: 'idNumber',
  },
  { what: 'unknown relation', columns: ['relation'], change: () => ({ relation: '表亲' }) },
  {
    what: 'wrong check digit',
    columns: ['idNumber'],
    change: ({ idNumber = '' }) => ({
      idNumber: `${idNumber.slice(0, 17)}${idNumber.endsWith('3') ? '4' : '3'}`,
    }),
  },
  {
    what: 'disability without its grade',
    columns: ['disabilityGrade'],
    change: () => ({ disabilityKind: '肢体' }),
  },
  { what: 'employed without a wage', columns: ['wage'], change: () => ({ employment: '在职', wage: '' }) },
  { what: 'unknown level of study', columns: ['student'], change: () => ({ student: '培训班' }) },
  {
    what: 'lost character in the name',
    columns: ['name'],
    change: ({ name = '' }) => ({ name: `${name.slice(0, 1)}?` }),
  },
  { what: 'neither covered nor not', columns: ['covered'], change: () => ({ covered: '部分' }) },
];

/** Made in the row of a head who lives alone and is in no other sheet. */
const OF_HEAD: readonly Mistake[] = [
  { what: 'date that does not exist', columns: ['appliedOn'], change: () => ({ appliedOn: '2026-02-30' }) },
  { what: 'street of another district', columns: ['street'], change: () => ({ street: '110198001' }) },
  { what: 'unknown residence', columns: ['residence'], change: () => ({ residence: '郊区' }) },
  { what: 'account stored as a number', columns: ['account'], asNumber: 'account' },
  {
    what: 'payee without identity number',
    columns: ['payeeIdNumber'],
    change: () => ({ payeeName: '周代领' }),
  },
  {
    what: 'two mistakes at once',
    columns: ['pension', 'obligors'],
    change: () => ({ pension: '-5', obligors: '儿子在外' }),
  },
  {
    what: 'identity number typed in full width',
    columns: ['headIdNumber', 'idNumber'],
    change: ({ idNumber = '' }) => {
      const wide = idNumber.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));
      return { idNumber: wide, headIdNumber: wide };
    },
  },
  { what: 'amount in words', columns: ['transfer'], change: () => ({ transfer: '约三百' }) },
];

/** The rows of a street with two bad ones among them, another two for every street. @param index of the street */
export function linesOf(
  maker: FamilyMaker,
  households: readonly SampleHousehold[],
  index: number,
): readonly HouseholdLine[] {
  const lines = households.map((household) => rowsOf(household).map((cells): HouseholdLine => ({ cells })));
  const [first] = households;
  const [ofMember, ofHead] = [OF_MEMBER[index % OF_MEMBER.length], OF_HEAD[index % OF_HEAD.length]];
  if (!first || !ofMember || !ofHead) throw new Error('every street of the sample has a household');
  const extra = memberCells(maker.member('兄弟姐妹', maker.between(20, 50)));
  const at = maker.random.below(households.length);
  lines[at]?.push(badLine(ofMember, extra));
  const alone = {
    ...first,
    ...maker.of('务农单身'),
    account: maker.numbers.card(),
    certificate: `DB110199${9000 + index}`,
  };
  const head = rowsOf(alone).map((cells) => badLine(ofHead, cells));
  lines.splice(maker.random.below(lines.length + 1), 0, head);
  return lines.flat();
}

const rowsOf = (household: SampleHousehold): HouseholdCells[] =>
  household.members.map((member) => ({
    ...(member.relation === '户主' ? householdCells(household) : {}),
    ...memberCells(member),
  }));

/** No X at the end, which would make it a text. */
function withDigits({ idNumber = '' }: HouseholdCells): HouseholdCells {
  return { idNumber: idNumber.replace('X', '0') };
}

function badLine({ what, columns, change, asNumber }: Mistake, cells: HouseholdCells): HouseholdLine {
  const headings = columns.map((column) => HOUSEHOLD_COLUMNS[column].zh);
  return {
    cells: { ...cells, ...change?.(cells) },
    bad: { what, columns: headings },
    ...(asNumber && { asNumber }),
  };
}
