import { addMonths, type PlainDate } from '../../../domain/calendar.ts';
import { identityCheckDigit } from '../../../domain/identity-number.ts';
import type { MatchingKind, MatchingSource } from '../../../domain/matching/list-kinds.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../../domain/register/csv-cells.ts';
import type { District } from './district.ts';
import type { SamplePerson } from './people.ts';

/** A list as another authority would send it, and whom it must match. */
export type SampleList = {
  readonly kind: MatchingKind;
  readonly source: MatchingSource;
  readonly listDate: PlainDate;
  readonly fileName: string;
  readonly csv: string;
  /** Identity numbers of those in the register. */
  readonly matched: readonly string[];
  /** How many rows name nobody of the register. */
  readonly strangers: number;
};

const NO_CITY_WITHOUT_STRANGERS = 3;

/**
 * 比对名单: a few lists for a district, each with a few of its ordinary people and more whom it does not know. Headings, titles and
 * dates are as such lists have them. The same district gives the same bytes.
 */
export function matchingLists(district: Pick<District, 'people' | 'month' | 'planted'>): SampleList[] {
  const { cast } = district.planted;
  const special = new Set(JSON.stringify(cast).match(/\d{17}[\dX]/g));
  const ordinary = district.people.filter(
    ({ idNumber, payee }) => !special.has(idNumber) && payee === undefined,
  );
  const [prisoner, other, moved, mistaken, gone] = ordinary;
  const before = addMonths(district.month, -1);
  const listDate = `${before}-01`;
  const happened = `${addMonths(district.month, -2)}-15`;
  const [year, month, day] = happened.split('-');
  const list = (
    given: Pick<SampleList, 'kind' | 'source' | 'fileName'>,
    head: readonly string[],
    people: readonly (SamplePerson | undefined)[],
    row: (person: { readonly name: string; readonly idNumber: string }, index: number) => readonly string[],
  ): SampleList => {
    const named = people.flatMap((person) => person ?? []);
    const strangers = Array.from({ length: NO_CITY_WITHOUT_STRANGERS }, (_, index) => stranger(index));
    const rows = [...named, ...strangers].map((person, index) => csvLine(row(person, index)));
    const csv = BYTE_ORDER_MARK + csvLine([given.fileName]) + csvLine(head) + rows.join('');
    return {
      ...given,
      listDate,
      csv,
      matched: named.map(({ idNumber }) => idNumber),
      strangers: strangers.length,
    };
  };
  return [
    list(
      { kind: 'prison', source: 'prison', fileName: '在押人员名册' },
      ['序号', '监区', '人员姓名', '公民身份号码', '收监日期', '类别'],
      [prisoner, other],
      ({ name, idNumber }, index) => [
        `${index + 1}`,
        '一监区',
        name,
        idNumber,
        `${year}年${Number(month)}月${Number(day)}日`,
        '服刑',
      ],
    ),
    list(
      { kind: 'moved-away', source: 'police', fileName: '户籍迁出名单' },
      ['姓名', '身份证号码', '迁出日期', '迁往地'],
      [moved],
      ({ name, idNumber }) => [name, idNumber, `${year}/${Number(month)}/${Number(day)}`, '外省'],
    ),
    list(
      { kind: 'identity', source: 'police', fileName: '身份信息核验结果' },
      ['身份证号', '核验结果'],
      [mistaken],
      ({ idNumber }) => [idNumber, '姓名不符'],
    ),
    list(
      { kind: 'deaths', source: 'health', fileName: '死亡医学证明信息' },
      ['死者姓名', '身份证件号码', '死亡日期', '死亡地点'],
      [gone],
      ({ name, idNumber }) => [name, idNumber, happened, '医院'],
    ),
  ];
}

/** Somebody of a district that the sample has no people of. */
function stranger(index: number): { readonly name: string; readonly idNumber: string } {
  const first = `11018119500${index + 1}01${String(index + 1).padStart(3, '0')}`;
  return { name: '外区人', idNumber: `${first.slice(0, 17)}${identityCheckDigit(first.slice(0, 17))}` };
}
