import type { ProgrammeId, RunId } from '../ids.ts';
import { type Fen, fen, ZERO } from '../money.ts';
import type { CountedPayment, CountedRecovery } from './counted.ts';

export type StatisticsUnit = 'person' | 'household' | 'organisation' | 'project';

/** Figures of a programme, of one street of it, or of all: what each means is in terms.ts. */
export type StatisticsFigures = {
  /** Distinct people. */
  readonly persons: number;
  /** Distinct households, and of them those of which nobody says how many people they are. */
  readonly households: number;
  readonly householdsUnknown: number;
  /** Distinct organisations or projects. */
  readonly bodies: number;
  readonly payments: number;
  readonly fen: Fen;
};
export type StreetFigures = StatisticsFigures & { readonly street: string };
export type ProgrammeFigures = StatisticsFigures & {
  readonly programme: ProgrammeId;
  readonly unit: StatisticsUnit;
  readonly streets: readonly StreetFigures[];
  readonly recovery: CountedRecovery;
  /** Fen by the run that accrued it: tells which budget lines paid. */
  readonly runs: ReadonlyMap<RunId, Fen>;
};

/** All that counts of one enrolment in the time. */
export type CountedEnrolment = {
  readonly programme: ProgrammeId;
  readonly unit: StatisticsUnit;
  readonly subject: string;
  readonly payments: readonly (CountedPayment & { readonly helped: number | undefined })[];
  readonly recovery: CountedRecovery;
};

type Sums = { -readonly [Name in keyof StatisticsFigures]: StatisticsFigures[Name] };
const nothing = (): Sums => ({
  persons: 0,
  households: 0,
  householdsUnknown: 0,
  bodies: 0,
  payments: 0,
  fen: ZERO,
});
const NO_RECOVERY: CountedRecovery = { ordered: ZERO, recovered: ZERO, setOff: ZERO, waived: ZERO };
type Kept = {
  readonly unit: StatisticsUnit;
  readonly all: Sums;
  readonly streets: Map<string, Sums>;
  readonly runs: Map<RunId, Fen>;
  recovery: CountedRecovery;
};

/**
 * Adds up enrolments, subject group by subject group: everything of a subject comes in one call of `add`, as it lies in one bucket, so
 * that only the sums are kept in mind and nobody is counted twice.
 */
export class StatisticsSums {
  readonly #programmes = new Map<ProgrammeId, Kept>();
  readonly #total = nothing();
  readonly #isAdvance: (programme: ProgrammeId) => boolean;

  /** @param isAdvance programmes whose money is an advance (备用金): in no total */
  constructor(isAdvance: (programme: ProgrammeId) => boolean = () => false) {
    this.#isAdvance = isAdvance;
  }

  /** @param enrolments all those of some subjects, over all programmes */
  add(enrolments: readonly CountedEnrolment[]): void {
    for (const [programme, own] of Map.groupBy(enrolments, (one) => one.programme)) {
      const kept = this.#keptOf(programme, own[0]?.unit ?? 'person');
      for (const ofSubject of Map.groupBy(own, (one) => one.subject).values()) addSubject(kept, ofSubject);
    }
    const counted = enrolments.filter((one) => !this.#isAdvance(one.programme));
    for (const ofSubject of Map.groupBy(counted, (one) => one.subject).values())
      addFigures(
        this.#total,
        ofSubject[0]?.unit ?? 'person',
        ofSubject.flatMap((one) => one.payments),
        true,
      );
  }

  #keptOf(programme: ProgrammeId, unit: StatisticsUnit): Kept {
    const before = this.#programmes.get(programme);
    if (before) return before;
    const fresh: Kept = { unit, all: nothing(), streets: new Map(), runs: new Map(), recovery: NO_RECOVERY };
    this.#programmes.set(programme, fresh);
    return fresh;
  }

  programmes(): ProgrammeFigures[] {
    return [...this.#programmes]
      .map(([programme, { unit, all, streets, runs, recovery }]) => ({
        programme,
        unit,
        ...all,
        streets: [...streets]
          .map(([street, sums]) => ({ street, ...sums }))
          .sort((one, other) => (one.street < other.street ? -1 : 1)),
        recovery,
        runs,
      }))
      .sort((one, other) => (one.programme < other.programme ? -1 : 1));
  }

  /** Over all programmes; of people only those who are beneficiaries themselves. */
  total(): StatisticsFigures {
    return this.#total;
  }
}

function addSubject(kept: Kept, enrolments: readonly CountedEnrolment[]): void {
  const { unit } = kept;
  const payments = enrolments.flatMap((one) => one.payments);
  addFigures(kept.all, unit, payments, false);
  for (const [street, own] of Map.groupBy(payments, (one) => one.street)) {
    const sums = kept.streets.get(street) ?? nothing();
    addFigures(sums, unit, own, false);
    kept.streets.set(street, sums);
  }
  for (const { runId, fen: amount } of payments)
    kept.runs.set(runId, fen((kept.runs.get(runId) ?? 0) + amount));
  for (const { recovery } of enrolments) kept.recovery = addRecovery(kept.recovery, recovery);
}

const addRecovery = (one: CountedRecovery, other: CountedRecovery): CountedRecovery => ({
  ordered: fen(one.ordered + other.ordered),
  recovered: fen(one.recovered + other.recovered),
  setOff: fen(one.setOff + other.setOff),
  waived: fen(one.waived + other.waived),
});

/** One subject: once, and with everything that reached it. @param alone whether a person counts as one, whoever else was helped */
function addFigures(
  sums: Sums,
  unit: StatisticsUnit,
  payments: CountedEnrolment['payments'],
  alone: boolean,
): void {
  // Corrections of what was paid before go-live may take back an amount; they are no payments.
  const paid = payments.filter(({ fen: amount }) => amount > 0);
  for (const { fen: amount } of payments) sums.fen = fen(sums.fen + amount);
  sums.payments += paid.length;
  if (paid.length === 0) return;
  const said = paid.flatMap(({ helped }) => helped ?? []);
  const helped = said.length === 0 ? undefined : Math.max(...said);
  if (unit === 'person') sums.persons += alone ? 1 : Math.max(1, helped ?? 1);
  else if (unit === 'household') {
    sums.households += 1;
    if (helped === undefined) sums.householdsUnknown += 1;
    else if (!alone) sums.persons += helped;
  } else {
    sums.bodies += 1;
    if (!alone) sums.persons += helped ?? 0;
  }
}
