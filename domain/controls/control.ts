import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { DatedMember } from '../household/membership.ts';
import type { PersonKey } from '../ids.ts';
import { certifiedDeath } from '../programmes/fact-history.ts';
import type { Determination } from '../register/determination.ts';
import type { Fact } from '../register/facts.ts';
import type { Finding, PaymentLine, Severity } from '../run/draft.ts';

/** What a control may look at: one payment as it would go out, and what the register knows at the cut-off. */
export type ControlInput = {
  readonly lines: readonly PaymentLine[];
  readonly subject: {
    readonly key: PersonKey;
    readonly facts: readonly Fact[];
    /** Of a household: who belongs to it at the end of the months paid, the dead among them, and what was decided for it. */
    readonly members?: readonly DatedMember[];
    readonly determinations?: readonly Determination[];
  };
  readonly payee: {
    readonly key: PersonKey;
    readonly facts: readonly Fact[];
    /** The document by which the payee receives for another has ended. */
    readonly ended?: boolean;
    /** The payee receives as a member of the household: its former head, or a representative. */
    readonly asMember?: boolean;
    /** For how many others a person receives, where policy sets a limit. */
    readonly wards?: { readonly count: number; readonly max: number };
    /** Undefined when the payee has no account on record. */
    readonly account?: {
      /** Holder's name as the bank has it equals the payee's name on record. */
      readonly holderMatches: boolean;
      /** Persons other than the payee whose current account has the same number. */
      readonly sharedWith: number;
      /** The number has the form of a card and the wrong check digit. */
      readonly looksMistyped?: boolean;
      /** Why the instruction file could not carry the holder's name or number; undefined when it can. */
      readonly unwritable?: { readonly zh: string; readonly en: string };
    };
  };
  /** When the enrolment's next review is due, and the day as of which the run looks; absent where no review is set. */
  readonly review?: { readonly due: PlainDate; readonly knownOn: PlainDate };
  readonly sample: boolean;
  readonly demoMode: boolean;
  /** True where nothing is due for the month of a death itself. */
  readonly deathMonthStops?: boolean;
};

/**
 * A control (控制规则): checked on every payment of every run. Adding one is one file and one line in the registry. Findings
 * carry no name, number or date of a person.
 */
export type Control = {
  readonly code: string;
  readonly names: { readonly zh: string; readonly en: string };
  /** The rule or audit finding it answers. */
  readonly basis: string;
  readonly severity: Severity;
  /** Who resolves its findings. */
  readonly owner: 'preparer' | 'street' | 'administrator';
  readonly check: (input: ControlInput) => { readonly zh: string; readonly en: string } | undefined;
};

export function findingOf(control: Control, input: ControlInput): Finding | undefined {
  const words = control.check(input);
  return words && { control: control.code, severity: control.severity, ...words };
}

/** The earliest date of death known from any source, certified (and not withdrawn since) or only reported. */
export function earliestDeath(facts: readonly Fact[]): PlainDate | undefined {
  const reported = facts.filter((fact) => fact.kind === 'death-reported').map((fact) => fact.value);
  const dates: PlainDate[] = [certifiedDeath(facts) ?? '', ...reported];
  return dates.filter((date) => date !== '').sort()[0];
}

/** The last month that a payment pays for. */
export function lastMonth(lines: readonly PaymentLine[]): Month {
  return (
    lines
      .map((line) => line.month)
      .sort()
      .at(-1) ?? ''
  );
}

/** True when a payment pays a month that is no longer due after a death; whether the month of death is due is for policy to say. */
export function paysAfterDeath(
  lines: readonly PaymentLine[],
  death: PlainDate,
  deathMonthStops: boolean,
): boolean {
  const last = lastMonth(lines);
  return last > monthOf(death) || (deathMonthStops && last === monthOf(death));
}
