import type { Instant } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { EarlierGrant } from '../programmes/programme.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type Application, type ApplicationAct, type ApplicationId, grantedFen } from './application.ts';

/**
 * Caps count what any member of a family was granted before. So that two decisions on one family cannot both take the rest, a decision
 * first claims a place in the row of claims of every member, each place once, always in the order of the members' keys; who finds a
 * place taken looks again. A claim names the application and the number that the decision will have there, and nothing else: what it
 * counts for is read from that act. While there is none, the claim is pending; where something else took the number, it never counts.
 */
export type GrantClaim = {
  readonly application: ApplicationId;
  readonly jurisdiction: JurisdictionCode;
  /** The number that the decision has, or was to have, among the acts of the application. */
  readonly sequence: number;
  readonly at: Instant;
};

/** Whether a claim counts: `pending` until something stands at its number. */
export function claimState(
  claim: GrantClaim,
  acts: readonly ApplicationAct[],
): 'pending' | 'granted' | 'void' {
  const act = acts.find(({ sequence }) => sequence === claim.sequence);
  if (!act) return 'pending';
  if (act.kind !== 'granted') return 'void';
  return acts.some(({ kind, sequence }) => kind === 'voided' && sequence > act.sequence) ? 'void' : 'granted';
}

/** What was granted by an application, for rules that count earlier help. `stated`: its facts, for its kind and cause. */
export function earlierGrant(
  { applied, granted, stopped }: Application,
  stated: Readonly<Record<string, unknown>>,
): EarlierGrant | undefined {
  if (!granted) return undefined;
  const { kind, cause } = stated;
  return {
    programme: applied.programme,
    decidedOn: granted.decidedOn,
    fen: grantedFen({ granted, ...(stopped && { stopped }) }),
    ...(typeof kind === 'string' && { kind }),
    ...(typeof cause === 'string' && { cause }),
  };
}

/** At most one grant of a programme for one subject, ever (殡葬: one decedent). */
export function onlyOnce(subjectGrants: readonly EarlierGrant[], programme: string): Result<true> {
  const before = subjectGrants.find((one) => one.programme === programme && one.fen > 0);
  return before ? refuse(grantedBefore(before.decidedOn)) : ok(true);
}

const grantedBefore = (decidedOn: string): Refusal =>
  refusal(
    'conflict/granted-before',
    `该对象已于 ${decidedOn} 享受本项目，不能再次享受`,
    `this was granted for the same subject on ${decidedOn} already; it is granted once`,
    { decidedOn },
  );
