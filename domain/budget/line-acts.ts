import { chinaDate, type Instant, type PlainDate } from '../calendar.ts';
import { type Fen, fen } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { available, type Budget, yearClosed } from './budget.ts';
import { tooEarly } from './fiscal-year.ts';
import type { BudgetLine, LINE_ACTS, LineAct } from './line.ts';

/** The end of a line's name that says that it carries the money of an earlier year (结转). */
export const CARRIED = '-JZ';

/** 下达, 调整 or 收回 of one line. */
export type LineRequest = {
  readonly id: string;
  readonly kind: (typeof LINE_ACTS)[number];
  readonly line: string;
  /** Signed in an adjustment, positive otherwise. */
  readonly fen: Fen;
  readonly on: PlainDate;
  readonly document: string;
  readonly by: string;
  readonly at: Instant;
  /** Needed when the line is new. */
  readonly level?: BudgetLine['level'];
  readonly fund?: BudgetLine['fund'];
  readonly functional?: string;
  readonly economic?: string;
};

/**
 * Records an act of one line: its appropriation is the sum of its acts. A line allocated for the first time is drawn after those that
 * are there. Refusals: `invalid/amount`, `invalid/budget-line`, `missing/budget-line`, `conflict/budget-in-use`,
 * `conflict/budget-line-differs`, `conflict/budget-closed`, `invalid/date-in-future`, `conflict/early-allocation`, `conflict/budget-act` (the id is that of another act).
 */
export function recordLineAct(budget: Budget, request: LineRequest): Result<Budget> {
  const { id, kind, line: name, on, document, by, at } = request;
  const signed = kind === 'withdrawn' ? fen(0 - request.fen) : request.fen;
  const act: LineAct = { id, kind, line: name, fen: signed, on, document, by, at };
  const before = budget.acts?.find((other) => other.id === id);
  if (before) return isSame(before, act) ? ok(budget) : refuse(otherAct(id));
  if (budget.closed) return refuse(yearClosed(budget));
  if (on > chinaDate(at)) return refuse(inFuture(on));
  const early = tooEarly(budget.fiscalYear, on);
  if (early) return refuse(early);
  if (request.fen === 0 || (kind !== 'adjusted' && request.fen < 0)) return refuse(wrongSign());
  const known = budget.lines.find(({ line }) => line === name);
  const found = known ? sameLine(known, request) : newLine(request);
  if (!found.ok) return found;
  const line = { ...found.value, appropriated: fen(found.value.appropriated + signed) };
  const lines = known ? budget.lines.map((one) => (one.line === name ? line : one)) : [...budget.lines, line];
  const changed = { ...budget, lines, acts: [...(budget.acts ?? []), act] };
  return (available(changed)[name] ?? 0) < 0 ? refuse(inUse(name)) : ok(changed);
}

const isSame = (one: LineAct, other: LineAct): boolean =>
  one.kind === other.kind &&
  one.line === other.line &&
  one.fen === other.fen &&
  one.on === other.on &&
  one.document === other.document &&
  one.by === other.by;

/** Carried-over money stands as the close of its year left it. */
function sameLine(known: BudgetLine, request: LineRequest): Result<BudgetLine> {
  if (known.carriedFrom) return refuse(carriedLine(known.line));
  const { level, fund, functional, economic } = request;
  const agrees = <T>(asked: T | undefined, is: T | undefined) => asked === undefined || asked === is;
  const same =
    agrees(level, known.level) &&
    agrees(fund, known.fund) &&
    agrees(functional, known.functional ?? functional) &&
    agrees(economic, known.economic ?? economic);
  if (!same) return refuse(lineDiffers(known.line));
  return ok({
    ...known,
    ...(functional !== undefined && { functional }),
    ...(economic !== undefined && { economic }),
  });
}

function newLine({
  kind,
  line,
  level,
  fund,
  functional,
  economic,
  document,
}: LineRequest): Result<BudgetLine> {
  if (kind !== 'allocated') return refuse(noLine(line));
  if (line.endsWith(CARRIED)) return refuse(carriedName(line));
  if (level === undefined || fund === undefined) return refuse(noLevel(line));
  return ok({
    line,
    level,
    fund,
    appropriated: fen(0),
    ...(functional !== undefined && { functional }),
    ...(economic !== undefined && { economic }),
    document,
  });
}

/** Who sets the lines, and when; each difference is then recorded as an act. */
export type SetStamp = {
  readonly id: string;
  readonly on: PlainDate;
  readonly by: string;
  readonly at: Instant;
};

/**
 * Sets the lines of a budget; an appropriation is never set below what is already reserved or spent, and no two lines share a name,
 * because use is kept by name and the same money would be drawn twice. Carried-over lines stay, first unless the list names them.
 */
export function setLines(budget: Budget, lines: readonly BudgetLine[], stamp?: SetStamp): Result<Budget> {
  if (budget.closed) return refuse(yearClosed(budget));
  const fault = faultOf(budget, lines);
  if (fault) return refuse(fault);
  const carried = budget.lines.filter(({ carriedFrom }) => carriedFrom !== undefined);
  const unnamed = carried.filter(({ line }) => !lines.some((one) => one.line === line));
  const before = new Map(budget.lines.map((line) => [line.line, line]));
  const merged = lines.map((line) => {
    const known = before.get(line.line);
    return { ...known, ...line, ...(known?.carriedFrom && { carriedFrom: known.carriedFrom }) };
  });
  const next: Budget = { ...budget, lines: [...unnamed, ...merged] };
  const known = new Set(next.lines.map((line) => line.line));
  const short = Object.entries(available(next)).find(([, left]) => left < 0);
  const dropped = budget.lines.find(
    ({ line }) =>
      !known.has(line) &&
      Object.values(budget.runs).some((use) => use.reserved[line] || use.spent[line] || use.released?.[line]),
  );
  if (short || dropped) return refuse(inUse(short?.[0] ?? dropped?.line ?? ''));
  const acts = stamp ? differences(budget.lines, next.lines, stamp) : [];
  return ok(acts.length === 0 ? next : { ...next, acts: [...(budget.acts ?? []), ...acts] });
}

function faultOf(budget: Budget, lines: readonly BudgetLine[]): Refusal | undefined {
  const twice = lines.find(({ line }, index) => lines.findIndex((other) => other.line === line) !== index);
  if (twice) return lineTwice(twice.line);
  for (const line of lines) {
    const known = budget.lines.find((other) => other.line === line.line);
    if (known?.carriedFrom && known.appropriated !== line.appropriated) return carriedLine(line.line);
    if (!known && line.line.endsWith(CARRIED)) return carriedName(line.line);
  }
  return undefined;
}

function differences(
  before: readonly BudgetLine[],
  after: readonly BudgetLine[],
  { id, on, by, at }: SetStamp,
): LineAct[] {
  const of = (lines: readonly BudgetLine[], name: string) =>
    lines.find(({ line }) => line === name)?.appropriated ?? 0;
  const names = [...new Set([...before, ...after].map(({ line }) => line))];
  return names.flatMap((line): LineAct[] => {
    const change = of(after, line) - of(before, line);
    return change === 0 ? [] : [{ id: `${id}:${line}`, kind: 'set', line, fen: fen(change), on, by, at }];
  });
}

const lineTwice = (line: string) =>
  refusal(
    'invalid/budget-line',
    `指标“${line}”重复：每个指标名称只能出现一次，请合并或改名`,
    `budget line "${line}" is there twice: merge the two or rename one`,
    { line },
  );
const carriedName = (line: string) =>
  refusal(
    'invalid/budget-line',
    `以“${CARRIED}”结尾的指标号留给上年结转，请改名`,
    `names that end in "${CARRIED}" are those of carried-over lines: choose another`,
    { line },
  );
const carriedLine = (line: string) =>
  refusal(
    'conflict/budget-carried',
    `指标“${line}”是上年结转，金额由年终结账产生，不能改动：增减请另立指标`,
    `line "${line}" is carried over and stands as the close of its year left it: use another line for changes`,
    { line },
  );
const noLine = (line: string) =>
  refusal(
    'missing/budget-line',
    `没有指标“${line}”：请先下达`,
    `there is no budget line "${line}": allocate it first`,
    { line },
  );
const noLevel = (line: string) =>
  refusal(
    'invalid/budget-line',
    `首次下达指标“${line}”须写明资金级次和资金性质`,
    `the first allocation of "${line}" names its level and kind of fund`,
    { line },
  );
const lineDiffers = (line: string) =>
  refusal(
    'conflict/budget-line-differs',
    `指标“${line}”的级次、资金性质或科目与已登记的不一致：请核对，或另立指标`,
    `line "${line}" is on record with another level, kind of fund or classification: check, or use another line`,
    { line },
  );
const inUse = (line: string) =>
  refusal(
    'conflict/budget-in-use',
    `指标“${line}”已有批次占用，不能低于已用数`,
    `budget line "${line}" is in use and cannot go below what is used`,
    { line },
  );
const otherAct = (id: string) =>
  refusal(
    'conflict/budget-act',
    '同一请求编号已登记了另一内容：请重新提交',
    'this request is recorded with other content: send it anew',
    { id },
  );
const inFuture = (on: PlainDate) =>
  refusal(
    'invalid/date-in-future',
    `文件日期 ${on} 晚于今天：请按文件的日期登记`,
    `${on} is in the future: give the date of the document`,
    { on },
  );
const wrongSign = () =>
  refusal(
    'invalid/amount',
    '金额须大于零（调整可为负数，不能为零）',
    'the amount is above zero (an adjustment may be negative, not zero)',
  );
