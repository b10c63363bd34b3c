import { RETURN_REASONS, type ReturnReason } from '../bank/return-codes.ts';
import type { Bilingual } from '../bilingual.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import type { EnrolmentId, PaymentId, ProgrammeId, RunId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import type { Refusal } from '../result.ts';
import type { Tally } from '../run/draft.ts';
import { DECIDED } from '../run/reconcile.ts';
import { addWorkingDays, type WorkingDays, workingDaysBetween } from '../working-days.ts';

/** A payment that failed or came back and that nobody has received: its last attempt, as the ledger has it now. */
export type OpenFact = {
  readonly programme: ProgrammeId;
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly attempt: number;
  readonly runId: RunId;
  readonly kind: 'failed' | 'returned';
  /** What is still owed of it. */
  readonly fen: Fen;
  /** Our code of the bank's reason, or of a decision on an exception. */
  readonly reason: string;
  /** The day, where the bureau is, on which the ledger learned of it. */
  readonly since: PlainDate;
  readonly street: string;
  readonly clearedAt?: Instant;
  /** The bank called it credited afterwards, and nobody has decided that it was not. */
  readonly lateSuccess: boolean;
};

/** Working days after which it is overdue where policy says nothing else (退票处理时限). */
export const OPEN_PAYMENT_ALARM = 5;

/** What to do about one next, and who: in the order in which the list is worked through. */
export const NEXT_STEPS = {
  'decide-exception': {
    zh: '银行后来报称已入账：先向银行核实并裁定差异，不得重发',
    en: 'the bank called it credited afterwards: ask the bank and decide that exception; do not send it again',
  },
  deceased: {
    zh: '银行登记为已死亡：街道核实死亡，停发并核对死亡后月份',
    en: 'deceased according to the bank: verify, stop the benefit and look at the months after the death',
  },
  investigate: {
    zh: '向银行查询去向，查明前不得重发；查明后准予重发',
    en: 'ask the bank where the money is; once that is known, clear it to be sent again',
  },
  'fix-data': {
    zh: '更正户名或账户（附凭据，第二人确认），下一补充批次重发',
    en: 'correct the name or the account with evidence and a second person; the next supplementary run sends it again',
  },
  hold: {
    zh: '通知本人到银行办理（激活、解冻），办妥后准予重发',
    en: 'tell the payee to go to the bank; once that is done, clear it to be sent again',
  },
  retry: {
    zh: '无须更正：由下一补充批次重发',
    en: 'nothing to correct: the next supplementary run sends it again',
  },
} as const satisfies Record<string, Bilingual>;
export type NextStep = keyof typeof NEXT_STEPS;

/** Ages in working days: through 5, 10, 20, 60, and above; `unknown` where the calendar of a year is missing. */
export const AGE_BANDS = ['to-5', 'to-10', 'to-20', 'to-60', 'over-60', 'unknown'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export type RetryClass = ReturnReason['retryClass'];
export type OpenItem = OpenFact & {
  readonly retryClass: RetryClass;
  readonly nextStep: NextStep;
  /** Working days since then; undefined where nothing of the calendar is known. */
  readonly workingDays?: number;
  /** The calendar ends before today: counted to the end of the last year that is known. */
  readonly atLeast?: true;
  readonly band: AgeBand;
  /** The first day on which it is overdue; absent where the calendar of that year is missing. */
  readonly overdueFrom?: PlainDate;
  readonly overdue: boolean;
};

/** A decision that the bank never paid it is sent again as it is. */
export function retryClassOf(reason: string): RetryClass {
  if (reason.startsWith(DECIDED)) return 'retry';
  return RETURN_REASONS.find(({ code }) => code === reason)?.retryClass ?? 'investigate';
}

function nextStepOf({ reason, clearedAt, lateSuccess }: OpenFact): NextStep {
  if (lateSuccess) return 'decide-exception';
  return clearedAt === undefined ? retryClassOf(reason) : 'retry';
}

function bandOf(workingDays: number): AgeBand {
  if (workingDays <= 5) return 'to-5';
  if (workingDays <= 10) return 'to-10';
  if (workingDays <= 20) return 'to-20';
  return workingDays <= 60 ? 'to-60' : 'over-60';
}

export type AgedList = {
  /** The oldest first; of one day in the order of payments. */
  readonly items: readonly OpenItem[];
  /** Why ages are missing: the official calendar of a year is. */
  readonly calendarGap?: Refusal;
};

/**
 * 退票账龄: every open payment with its age in working days, counted from the day after it became known, and what to do next. Where the
 * calendar of a year is missing, ages are counted to its end and said to be at least that; nothing is guessed, and nothing leaves the
 * list.
 *
 * @param alarmAfter per programme, how many working days may pass
 */
export function ageOpen(
  facts: readonly OpenFact[],
  days: WorkingDays,
  today: PlainDate,
  alarmAfter: (programme: ProgrammeId) => number,
): AgedList {
  const ages = new Map<PlainDate, Age>();
  const items = facts.map((fact): OpenItem => {
    const age = ages.get(fact.since) ?? ageOf(days, fact.since, today);
    ages.set(fact.since, age);
    const { workingDays, gap } = age;
    const known = { ...fact, retryClass: retryClassOf(fact.reason), nextStep: nextStepOf(fact) };
    if (workingDays === undefined) return { ...known, band: 'unknown', overdue: false };
    const allowed = alarmAfter(fact.programme);
    const overdueFrom = addWorkingDays(days, fact.since, allowed + 1);
    return {
      ...known,
      workingDays,
      ...(gap && { atLeast: true }),
      band: bandOf(workingDays),
      ...(overdueFrom.ok && { overdueFrom: overdueFrom.value }),
      overdue: workingDays > allowed,
    };
  });
  const calendarGap = [...ages.values()].find(({ gap }) => gap)?.gap;
  return { items: items.toSorted(oldestFirst), ...(calendarGap && { calendarGap }) };
}

type Age = { readonly workingDays?: number; readonly gap?: Refusal };

function ageOf(days: WorkingDays, since: PlainDate, today: PlainDate): Age {
  const whole = workingDaysBetween(days, since, today);
  if (whole.ok) return { workingDays: whole.value };
  for (let year = Number(today.slice(0, 4)) - 1; year >= Number(since.slice(0, 4)); year -= 1) {
    const part = workingDaysBetween(days, since, `${year}-12-31`);
    if (part.ok) return { workingDays: part.value, gap: whole.error };
  }
  return { gap: whole.error };
}

export const placeOfOpen = ({ since, payment }: Pick<OpenFact, 'since' | 'payment'>): string =>
  `${since} ${payment}`;
const oldestFirst = (a: OpenItem, b: OpenItem): number => (placeOfOpen(a) < placeOfOpen(b) ? -1 : 1);

export type OpenTotals = {
  readonly open: Tally;
  readonly overdue: Tally;
  /** By class and age; classes and bands of which there is nothing are left out. */
  readonly rows: readonly (Tally & { readonly retryClass: RetryClass; readonly band: AgeBand })[];
};

/** 分类合计: how many and how much, by reason class and age band. */
export function totalsOfOpen(items: readonly OpenItem[]): OpenTotals {
  const groups = Map.groupBy(items, ({ retryClass, band }) => `${retryClass}/${band}`);
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ retryClass: first.retryClass, band: first.band, ...tallyOf(group) }] : [];
  });
  return {
    open: tallyOf(items),
    overdue: tallyOf(items.filter(({ overdue }) => overdue)),
    rows: rows.toSorted((a, b) => (placeOfRow(a) < placeOfRow(b) ? -1 : 1)),
  };
}

const placeOfRow = ({ retryClass, band }: { retryClass: RetryClass; band: AgeBand }): string =>
  `${retryClass}/${AGE_BANDS.indexOf(band)}`;

const tallyOf = (items: readonly OpenItem[]): Tally => ({
  count: items.length,
  fen: fen(items.reduce((sum, item) => sum + item.fen, 0)),
});
