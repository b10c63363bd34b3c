import * as z from 'zod/mini';
import type { Bilingual } from '../bilingual.ts';
import { addMonths, LAST_DAY, type Month } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { decimal } from '../rounding.ts';
import { type DatedValue, governsFrom, type PolicyBook } from './book.ts';
import { jurisdictionChain } from './jurisdiction.ts';
import { lookup, lookupOption } from './lookup.ts';
import { practiceSpec } from './practice-spec.ts';

const name = z.string().check(z.minLength(1), z.maxLength(60));
const shared = {
  /** The parameter that is looked at. */
  parameter: name,
  /** Only amounts whose place in the value begins so, e.g. `urban`; all of them when absent. */
  path: z.optional(name),
  /** `warn`: said beside the proposal. `refuse`: the proposal is not taken. */
  action: z.enum(['warn', 'refuse']),
};

/**
 * 两个不低于 and the like: below what a proposed value may not fall. `previous`: what was in force before; `above`: what the place above
 * sets; `multiple`: so many times another programme's amount (特困 ≥ 1.3 × 低保).
 */
const Floor = z.discriminatedUnion('than', [
  z.strictObject({ than: z.literal('previous'), ...shared }),
  z.strictObject({ than: z.literal('above'), ...shared }),
  z.strictObject({
    than: z.literal('multiple'),
    ...shared,
    factor: z.string().check(z.regex(/^\d{1,2}(?:\.\d{1,4})?$/, '倍数，例如 "1.3"|a factor such as "1.3"')),
    of: z.strictObject({ programme: name, parameter: name, path: z.optional(name) }),
  }),
]);
type Floor = z.infer<typeof Floor>;

/** What a place checks its own proposals against; nothing where it is not set. */
export const FLOOR_PARAMETERS = {
  floors: practiceSpec(
    z.array(Floor).check(z.minLength(1)),
    '不低于检查',
    'floors that proposed values are checked against',
    ['规则', 'rules'],
  ),
};

/** An amount of a proposed value that is below a floor. */
export type BelowFloor = Bilingual & {
  readonly action: Floor['action'];
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly parameter: string;
  readonly month: Month;
};

type Books = { readonly before: PolicyBook; readonly after: PolicyBook };
type Place = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };

/**
 * Every proposed row beside the floors of its programme and of those that measure themselves by it, as they stand with the proposal, in
 * the first month that the row governs. An option that lapsed, and what nobody set, is no floor.
 */
export function belowFloors(
  books: Books,
  rows: readonly DatedValue[],
  programmes: readonly ProgrammeId[],
): BelowFloor[] {
  const found = rows.flatMap((row) => programmes.flatMap((programme) => belowFor(books, row, programme)));
  const seen = new Set<string>();
  return found.filter(({ zh }) => !seen.has(zh) && seen.add(zh));
}

function belowFor(books: Books, row: DatedValue, programme: ProgrammeId): BelowFloor[] {
  const month = governsFrom(row);
  const place: Place = { jurisdiction: row.jurisdiction, programme };
  const rules = lookupOption(
    books.after,
    { ...place, knownOn: LAST_DAY, parameter: 'floors', month },
    FLOOR_PARAMETERS.floors,
  );
  if (!rules.ok || !rules.value) return [];
  return rules.value
    .filter((rule) => concerns(rule, row, programme))
    .flatMap((rule) => check(books, rule, place, month));
}

function concerns(rule: Floor, row: DatedValue, programme: ProgrammeId): boolean {
  const own = row.programme === programme && row.parameter === rule.parameter;
  if (rule.than !== 'multiple') return own;
  return own || (row.programme === rule.of.programme && row.parameter === rule.of.parameter);
}

function check(books: Books, rule: Floor, place: Place, month: Month): BelowFloor[] {
  const mine = amountsAt(books.after, place, rule.parameter, month, rule.path);
  if (rule.than === 'multiple') {
    const { of, factor } = rule;
    const others = [
      ...amountsAt(books.after, { ...place, programme: of.programme }, of.parameter, month, of.path),
    ];
    const most = others.map(([, amount]) => decimal(amount)).sort((a, b) => b.comparedTo(a))[0];
    if (!most) return [];
    const floor = most.times(factor);
    return [...mine].flatMap(([path, amount]) =>
      decimal(amount).lessThan(floor) ? [finding(rule, place, month, path, amount, floor.toString())] : [],
    );
  }
  const floors =
    rule.than === 'above'
      ? above(books.after, place, rule, month)
      : earlier(books.before, place, rule, month);
  return [...mine].flatMap(([path, amount]) => {
    const floor = floors.get(path);
    if (floor === undefined || !decimal(amount).lessThan(decimal(floor))) return [];
    return [finding(rule, place, month, path, amount, floor)];
  });
}

function above(book: PolicyBook, place: Place, rule: Floor, month: Month): ReadonlyMap<string, string> {
  const [, parent] = jurisdictionChain(place.jurisdiction);
  if (parent === undefined) return new Map();
  return amountsAt(book, { ...place, jurisdiction: parent }, rule.parameter, month, rule.path);
}

/** What was in force in the month, or in the one before where that had ended. */
function earlier(book: PolicyBook, place: Place, rule: Floor, month: Month): ReadonlyMap<string, string> {
  const same = amountsAt(book, place, rule.parameter, month, rule.path);
  return same.size > 0 ? same : amountsAt(book, place, rule.parameter, addMonths(month, -1), rule.path);
}

function amountsAt(
  book: PolicyBook,
  place: Place,
  parameter: string,
  month: Month,
  under: string | undefined,
): ReadonlyMap<string, string> {
  const found = lookup(book, { ...place, knownOn: LAST_DAY, parameter, month });
  if (!found.ok) return new Map();
  const amounts = amountsIn(found.value.value, '');
  return new Map(amounts.filter(([path]) => under === undefined || path.startsWith(under)));
}

const AMOUNT = /^\d+(?:\.\d+)?$/;

/** Decimal strings of a value by their place in it. Rows of a table are told apart by what is no amount in them, such as an age. */
function amountsIn(value: unknown, path: string): (readonly [path: string, amount: string])[] {
  if (typeof value === 'string') return AMOUNT.test(value) ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  const joined = (member: string) => (path === '' ? member : `${path}.${member}`);
  if (Array.isArray(value))
    return value.flatMap((member, index) => amountsIn(member, joined(rowName(member) ?? String(index))));
  return Object.entries(value).flatMap(([member, inner]) => amountsIn(inner, joined(member)));
}

function rowName(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const names = Object.entries(row).flatMap(([member, value]) =>
    typeof value === 'number' || (typeof value === 'string' && !AMOUNT.test(value))
      ? [`${member}=${value}`]
      : [],
  );
  return names.length > 0 ? names.join(',') : undefined;
}

const THAN: Record<Floor['than'], Bilingual> = {
  previous: { zh: '现行标准', en: 'what is in force' },
  above: { zh: '上级标准', en: 'what the place above sets' },
  multiple: { zh: '规定倍数的标准', en: 'the multiple that is set' },
};

function finding(
  { action, parameter, than }: Floor,
  { jurisdiction, programme }: Place,
  month: Month,
  path: string,
  amount: string,
  floor: string,
): BelowFloor {
  const at = path === '' ? parameter : `${parameter}.${path}`;
  return {
    action,
    jurisdiction,
    programme,
    parameter,
    month,
    zh: `${jurisdiction}“${at}”（${programme}）自 ${month} 起为 ${amount}，低于${THAN[than].zh} ${floor}`,
    en: `"${at}" of ${jurisdiction} (${programme}) is ${amount} from ${month}, below ${THAN[than].en}, ${floor}`,
  };
}
