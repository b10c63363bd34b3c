import type { Application, ApplicationId } from '../../domain/grants/application.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { WorkingDays } from '../../domain/working-days.ts';
import type { GrantApplicationStore } from '../adapters/grant-application-store.ts';
import type { GrantClaims } from '../adapters/grant-claims.ts';
import type { GrantFactStore } from '../adapters/grant-facts.ts';
import type { GrantListStore } from '../adapters/grant-list-store.ts';
import type { GrantMarks } from '../adapters/grant-marks.ts';
import type { GrantWithdrawals } from '../adapters/grant-withdrawals.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';

/** What is drawn from a township's imprest fund for a decision; the same draw asked for again is the one that stands. */
export type CashDraw = {
  readonly jurisdiction: JurisdictionCode;
  readonly fund: string;
  readonly street: string;
  readonly fen: Fen;
  /** The decision that it pays: the application, and the number of the act. */
  readonly application: ApplicationId;
  readonly sequence: number;
  readonly payee: PersonKey;
  readonly receipt: string;
  readonly by: string;
};

/** What applications for grants need. */
export type ApplicationPorts = {
  readonly register: RegisterStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly applications: GrantApplicationStore;
  readonly claims: GrantClaims;
  readonly facts: GrantFactStore;
  /** Rows of lists, and who has what a subject gets once: a row, or an application. */
  readonly grantLists: Pick<GrantListStore, 'row' | 'read' | 'claimOnce' | 'claimed' | 'free' | 'accounts'>;
  readonly withdrawals: GrantWithdrawals;
  readonly marks: GrantMarks;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
  /** The official calendar, loaded when it is asked for. */
  readonly workingDays: () => Promise<WorkingDays>;
  /** Refusals are the fund's, with its balance. */
  readonly draw: (draw: CashDraw) => Promise<Result<unknown>>;
  /** Whether the cash that an application was granted is posted as expense, as its fund knows it. */
  readonly isPosted: (found: Application) => Promise<boolean>;
  /** Takes a draw back that its decision does not stand behind; nothing where there is none. */
  readonly cancelDraw: (
    draw: CashDraw,
    said?: { readonly by: string; readonly reason: string },
  ) => Promise<Result<unknown>>;
};
