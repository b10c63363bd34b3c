import type { Bilingual } from '../bilingual.ts';
import { addMonths, LAST_DAY, LAST_MONTH, type Month } from '../calendar.ts';
import { canonicalJson, type Json } from '../canonical.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { PROGRAMMES } from '../programmes/index.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type DatedValue, type PolicyBook, policyBook, rowsKey } from './book.ts';
import { packsOf } from './book-file.ts';
import { belowFloors } from './floors.ts';
import { lookup, policyChanges } from './lookup.ts';
import type { PolicyPack } from './pack.ts';
import { parsePolicyPack } from './parse-pack.ts';
import { RUN_PARAMETERS } from './run-parameters.ts';

/** Months that are to have no value, on purpose: nothing is due in them, and the proposal says why. */
export type AcceptedGap = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly parameter: string;
  readonly from: Month;
  /** Last month; absent: no end. */
  readonly to?: Month | undefined;
  readonly reason: string;
};

/** Something to be said of a proposal that is allowed. */
export type ProposalNotice = Bilingual & {
  readonly kind: 'gap-accepted' | 'lapses' | 'no-effect' | 'below-floor' | 'history-moves';
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly parameter: string;
};

/** A proposal that may be put to somebody: what it adds to the book, and the book with it. */
export type CheckedProposal = {
  /** One for each place and programme, without what the book has already. */
  readonly packs: readonly PolicyPack[];
  readonly rows: readonly DatedValue[];
  readonly book: PolicyBook;
  readonly notices: readonly ProposalNotice[];
};

/**
 * Checks proposed packs beside the book as it is: schemas and citations, dates, overlaps, months that would lose their value, floors.
 * Nothing is repaired.
 *
 * Refusals: those of `parsePolicyPack` and `policyBook`; `conflict/nothing-changes` (the book has all of it), `conflict/policy-gap`,
 * `policy/below-floor`.
 */
export function checkProposal(
  book: PolicyBook,
  files: readonly unknown[],
  acceptedGaps: readonly AcceptedGap[] = [],
): Result<CheckedProposal> {
  const parsed: PolicyPack[] = [];
  for (const [index, file] of files.entries()) {
    const pack = parsePolicyPack(file);
    if (!pack.ok) return refuse(files.length > 1 ? ofPack(pack.error, index) : pack.error);
    parsed.push(pack.value.pack);
  }
  const packs = newOnly(book, parsed);
  if (packs.length === 0) return refuse(nothingChanges());
  return checkPacks(book, packs, acceptedGaps);
}

/** The same checks of packs that were parsed before, once more beside the book as it has become. */
export function checkPacks(
  book: PolicyBook,
  packs: readonly PolicyPack[],
  acceptedGaps: readonly AcceptedGap[],
): Result<CheckedProposal> {
  const together = bookWith(book, packs);
  if (!together.ok) return together;
  const rows = packs.flatMap(rowsOf);
  const notices: ProposalNotice[] = [];
  for (const one of parametersOf(rows)) {
    const gaps = gapsOf(book, together.value, one);
    const open = gaps.find((gap) => !acceptedGaps.some((accepted) => covers(accepted, one, gap)));
    if (open) return refuse(gapRefusal(one, open));
    notices.push(...gaps.map((gap) => acceptedNotice(one, gap)), ...lapses(together.value, one));
    if (one.parameter === 'historyFrom') notices.push(historyNotice(one));
  }
  notices.push(...rows.flatMap((row) => noEffect(together.value, row)));
  const below = belowFloors({ before: book, after: together.value }, rows, Object.keys(PROGRAMMES));
  const refused = below.find(({ action }) => action === 'refuse');
  if (refused) return refuse(floorRefusal(refused));
  notices.push(
    ...below.map(({ action: _action, month: _month, ...said }) => ({
      kind: 'below-floor' as const,
      ...said,
    })),
  );
  return ok({ packs, rows, book: together.value, notices });
}

/** The book with more packs. Refusal: `conflict/policy-overlap`. */
export const bookWith = (book: PolicyBook, packs: readonly PolicyPack[]): Result<PolicyBook> =>
  policyBook([...packsOf(book), ...packs]);

export const rowsOf = ({ jurisdiction, programme, values }: PolicyPack): DatedValue[] =>
  values.map((value) => ({ ...value, jurisdiction, programme }));

/** Each value once, and only those that the book has not. */
function newOnly(book: PolicyBook, packs: readonly PolicyPack[]): PolicyPack[] {
  const rows = packs.flatMap(rowsOf).filter((row) => !known(book, row));
  const added = new Map<string, DatedValue[]>();
  for (const row of rows) {
    const key = rowsKey(row.jurisdiction, row.programme, row.parameter);
    const before = added.get(key) ?? [];
    if (!before.some((one) => same(one, row))) added.set(key, [...before, row]);
  }
  return packsOf({ rows: added });
}

const known = (book: PolicyBook, row: DatedValue): boolean =>
  (book.rows.get(rowsKey(row.jurisdiction, row.programme, row.parameter)) ?? []).some((one) =>
    same(one, row),
  );

const same = (a: DatedValue, b: DatedValue): boolean =>
  canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);

type Parameter = Pick<DatedValue, 'jurisdiction' | 'programme' | 'parameter'>;
type Gap = { readonly from: Month; readonly to: Month };

function parametersOf(rows: readonly DatedValue[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { jurisdiction, programme, parameter } of rows)
    found.set(rowsKey(jurisdiction, programme, parameter), { jurisdiction, programme, parameter });
  return [...found.values()];
}

/**
 * Months that would have no value and had one, or that lie between values and did not before. A place that sets its own value leaves
 * the place above for all months, so that those before its first value are lost, too, from where they may become money.
 */
function gapsOf(before: PolicyBook, after: PolicyBook, one: Parameter): Gap[] {
  const scope = { jurisdiction: one.jurisdiction, programme: one.programme, knownOn: LAST_DAY };
  const months = [before, after].flatMap((book) => policyChanges(book, scope, [one.parameter]));
  const starts = [...new Set(months)].sort();
  const has = (book: PolicyBook) =>
    starts.map((month) => lookup(book, { ...scope, parameter: one.parameter, month }).ok);
  const [had, have] = [has(before), has(after)];
  const history = earliestMoney(after, one);
  const gaps: Gap[] = [];
  for (const [index, from] of starts.entries()) {
    const to = starts[index + 1] === undefined ? LAST_MONTH : addMonths(starts[index + 1] ?? '', -1);
    if (have[index] || to < history) continue;
    const within = (all: readonly boolean[]) =>
      all.slice(0, index).includes(true) && all.slice(index).includes(true);
    const opened =
      (within(have) || (had.slice(0, index).includes(true) && have.slice(index).includes(true))) &&
      !within(had);
    if (!had[index] && !opened) continue;
    const last = gaps.at(-1);
    if (last && addMonths(last.to, 1) === from) gaps[gaps.length - 1] = { from: last.from, to };
    else gaps.push({ from, to });
  }
  return gaps;
}

/** The first month that may become money, by the value that was set last; all months where nobody says. */
function earliestMoney(book: PolicyBook, { jurisdiction, programme }: Parameter): Month {
  const rows = book.rows.get(rowsKey(jurisdiction, programme, 'historyFrom')) ?? [];
  const months = rows.flatMap(({ value }) =>
    RUN_PARAMETERS.historyFrom.schema.safeParse(value).success ? [String(value)] : [],
  );
  return months.sort()[0] ?? '';
}

const covers = (accepted: AcceptedGap, one: Parameter, gap: Gap): boolean =>
  accepted.jurisdiction === one.jurisdiction &&
  accepted.programme === one.programme &&
  accepted.parameter === one.parameter &&
  accepted.from <= gap.from &&
  (accepted.to ?? LAST_MONTH) >= gap.to;

/** The parameter ends one day, and nothing follows yet. */
function lapses(book: PolicyBook, one: Parameter): ProposalNotice[] {
  const rows = book.rows.get(rowsKey(one.jurisdiction, one.programme, one.parameter)) ?? [];
  if (rows.some(({ inForceTo }) => inForceTo === undefined)) return [];
  const last =
    rows
      .flatMap(({ inForceTo }) => inForceTo ?? [])
      .sort()
      .at(-1) ?? '';
  return [
    {
      kind: 'lapses',
      ...one,
      zh: `${one.jurisdiction}“${one.parameter}”（${one.programme}）只到 ${last}：其后的月份在补充政策前不予计算`,
      en: `"${one.parameter}" of ${one.jurisdiction} (${one.programme}) ends with ${last}: later months are refused until policy for them is there`,
    },
  ];
}

/** A row that governs no month, because what was decided later governs all of them. */
function noEffect(book: PolicyBook, row: DatedValue): ProposalNotice[] {
  const { jurisdiction, programme, parameter } = row;
  const scope = { jurisdiction, programme, knownOn: LAST_DAY };
  const governs = policyChanges(book, scope, [parameter]).some((month) => {
    const found = lookup(book, { ...scope, parameter, month });
    return found.ok && same(found.value, row);
  });
  if (governs) return [];
  return [
    {
      kind: 'no-effect',
      jurisdiction,
      programme,
      parameter,
      zh: `${jurisdiction}“${parameter}”（${programme}）自 ${row.inForceFrom} 的值不起作用：其各月已有更晚决定的值`,
      en: `the value of "${parameter}" of ${jurisdiction} (${programme}) from ${row.inForceFrom} governs no month: later decisions do`,
    },
  ];
}

const historyNotice = (one: Parameter): ProposalNotice => ({
  kind: 'history-moves',
  ...one,
  zh: `${one.jurisdiction}（${one.programme}）的起算月份变动：影响测算按变动后的起算月份逐月比较，此前已在系统外发放的月份须以期初导入为准`,
  en: `the first month that may become money changes in ${one.jurisdiction} (${one.programme}): what was paid outside before has to be in the opening, or it would be owed again`,
});

const acceptedNotice = (one: Parameter, { from, to }: Gap): ProposalNotice => ({
  kind: 'gap-accepted',
  ...one,
  zh: `${one.jurisdiction}“${one.parameter}”（${one.programme}）${from} 至 ${toText(to, '以后')} 没有值，提议人已说明理由：这些月份不予计算`,
  en: `"${one.parameter}" of ${one.jurisdiction} (${one.programme}) has no value from ${from} to ${toText(to, 'further on')}, with a reason given: those months are refused`,
});

const toText = (to: Month, open: string): string => (to === LAST_MONTH ? open : to);

function gapRefusal(one: Parameter, { from, to }: Gap): Refusal {
  return refusal(
    'conflict/policy-gap',
    `${one.jurisdiction}“${one.parameter}”（${one.programme}）${from} 至 ${toText(to, '以后')} 将没有值：请补上这些月份的值，或在 acceptedGaps 中写明该缺口及理由`,
    `"${one.parameter}" of ${one.jurisdiction} (${one.programme}) would have no value from ${from} to ${toText(to, 'further on')}: give one for these months, or name the gap in acceptedGaps with the reason`,
    { ...one, from, to },
  );
}

const floorRefusal = ({
  zh,
  en,
  jurisdiction,
  programme,
  parameter,
  month,
}: ReturnType<typeof belowFloors>[number]) =>
  refusal(
    'policy/below-floor',
    `${zh}：按本地不低于检查不予受理，请更正数值，或先调整检查规则`,
    `${en}: the floors of the place refuse it; correct the value, or change the floors first`,
    { jurisdiction, programme, parameter, month },
  );

const ofPack = (error: Refusal, index: number): Refusal => ({
  ...error,
  zh: `第 ${index + 1} 个政策包：${error.zh}`,
  en: `pack ${index + 1}: ${error.en}`,
});

const nothingChanges = () =>
  refusal(
    'conflict/nothing-changes',
    '政策库中已有这些内容，没有需要提议的变动',
    'the policy book has all of this already: there is nothing to propose',
  );
