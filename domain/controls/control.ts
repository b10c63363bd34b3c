import type { Bilingual } from '../bilingual.ts';
import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { DatedMember } from '../household/membership.ts';
import type { PersonKey, ProgrammeId } from '../ids.ts';
import type { OpenCase } from '../matching/open-case.ts';
import type { Fen } from '../money.ts';
import type { ControlPolicy } from '../policy/control-parameters.ts';
import { certifiedDeath } from '../programmes/fact-history.ts';
import type { Determination } from '../register/determination.ts';
import type { Fact } from '../register/facts.ts';
import type { PayeeRelation } from '../register/payee.ts';
import type { Finding, PaymentLine, Severity } from '../run/draft.ts';
import type { IdentityFault } from './identity-fault.ts';

/** What a control may look at: one payment as it would go out, and what the register knows at the cut-off. */
export type ControlInput = {
  readonly lines: readonly PaymentLine[];
  readonly subject: {
    readonly key: PersonKey;
    readonly facts: readonly Fact[];
    /** Of a household: who belongs to it at the end of the months paid, the dead among them, and what was decided for it. */
    readonly members?: readonly DatedMember[];
    readonly determinations?: readonly Determination[];
    /** Of the person, or of covered members: what is wrong with an identity number or with the birth date beside it. */
    readonly identityFaults?: readonly IdentityFault[];
    /** Others enrolled in the programme under another number, with the same name and birth date. Asked for by policy. */
    readonly twins?: number;
    /** Of the programmes that exclude this one by policy, those in which the subject, or a covered member, stands enrolled. */
    readonly alsoIn?: readonly ProgrammeId[];
    /** Cases about the enrolment that hold its payments. */
    readonly cases?: readonly OpenCase[];
    /** Members of staff who declared the subject, a member of the household or the payee as their relative. */
    readonly staffRelatives?: readonly string[];
  };
  /** Facts of the enrolment, and whether the ledger has nothing of it yet. */
  readonly enrolment?: { readonly facts: readonly Fact[]; readonly isNew: boolean };
  /** The entitlement of the period before in a regular run; `explained` when a decision or other policy came between. */
  readonly before?: { readonly fen: Fen; readonly explained: boolean };
  /** The document that last set what amounts follow from in the newest month paid. */
  readonly standard?: { readonly document: string; readonly decidedOn: PlainDate };
  /** First month of the period, and the day as of which the run looks. */
  readonly period?: { readonly first: Month; readonly knownOn: PlainDate };
  /** What the place asks the controls to look at; a control without its parameter does not look. */
  readonly policy?: ControlPolicy;
  readonly payee: {
    readonly key: PersonKey;
    readonly facts: readonly Fact[];
    /** The document by which the payee receives for another has ended. */
    readonly ended?: boolean;
    /** The payee receives as a member of the household: its former head, or a representative. */
    readonly asMember?: boolean;
    /** Named with a grant, and paid another that was decided before and for somebody else to receive. */
    readonly laterThanGrant?: true;
    /** Receives as the beneficiary's heir; `confirmed` by a second person. */
    readonly heir?: { readonly confirmed: boolean };
    /** For how many others a person receives, where policy sets a limit. */
    readonly wards?: { readonly count: number; readonly max: number };
    /** What the payee is to the one paid for, where it was recorded. */
    readonly relation?: PayeeRelation;
    /** An institution or organisation; `village` when its code is that of a village's or residents' committee or collective. */
    readonly organisation?: { readonly village: boolean };
    /** How many other persons have the payee's telephone number, where policy sets a limit. */
    readonly phoneSharedWith?: number;
    /** Undefined when the payee has no account on record. */
    readonly account?: {
      /** Holder's name as the bank has it equals the payee's name on record. */
      readonly holderMatches: boolean;
      /** It is the bureau's own paying account. */
      readonly isPayer?: true;
      /** Confirmed by a second person so many calendar days before the cut-off; absent for what came with the register sheet. */
      readonly changed?: { readonly daysBefore: number; readonly byBankFile?: true };
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

/** The audit findings of civil affairs (C1–C20) that controls answer. */
export const FINDINGS = [
  ...(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10'] as const),
  ...(['C11', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C20'] as const),
] as const;
export type AuditFinding = (typeof FINDINGS)[number];

/** What a control says of itself to people. */
export type ControlNotes = {
  readonly code: string;
  readonly names: Bilingual;
  /** The rule or audit finding it answers. */
  readonly basis: string;
  readonly findings: readonly AuditFinding[];
  /** The data without which it sees nothing. */
  readonly needs: Bilingual;
  /** What it looks at and what to do about it. */
  readonly explanation: Bilingual;
  readonly severity: Severity;
  /** Who resolves its findings. */
  readonly owner: 'preparer' | 'street' | 'administrator';
  /**
   * Policy parameter that switches it on: with `controlsOn`, by being on that list. Absent where it always looks.
   */
  readonly parameter?: keyof ControlPolicy | 'payeeWardsMax';
};

/**
 * A control (控制规则): checked on every payment of every run. Adding one is one file and one line in the registry. Findings
 * carry no name, number or date of a person.
 */
export type Control = ControlNotes & {
  readonly check: (input: ControlInput) => Bilingual | undefined;
};

export function findingOf(control: Control, input: ControlInput): Finding | undefined {
  const { policy } = input;
  if (control.parameter === 'controlsOn' && !policy?.controlsOn?.includes(control.code)) return undefined;
  const words = control.check(input);
  return words && { control: control.code, severity: severityOf(control, policy), ...words };
}

/** Policy may turn a warning into a hold; what holds or blocks is never made less. */
export function severityOf(
  { code, severity }: Pick<ControlNotes, 'code' | 'severity'>,
  policy: ControlPolicy | undefined,
): Severity {
  return severity === 'warn' ? (policy?.controlSeverities?.[code] ?? severity) : severity;
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
