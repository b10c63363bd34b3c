import { accountCoolingOff, coolsOff } from '../../domain/controls/account-cooling-off.ts';
import type { ControlInput } from '../../domain/controls/control.ts';
import { entryPapersSettled } from '../../domain/controls/entry-papers.ts';
import { firstPayment, waitsForMonthAfter } from '../../domain/controls/first-payment.ts';
import { openCase } from '../../domain/controls/open-case.ts';
import { reviewOverdue } from '../../domain/controls/review-overdue.ts';
import type { OpenCase } from '../../domain/matching/open-case.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { type Fact, knownBy } from '../../domain/register/facts.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { keptStreet } from '../../domain/street/kept-street.ts';
import { verificationDue } from '../../domain/street/papers.ts';
import type { Hold } from '../adapters/follow-up-store.ts';
import { DETERMINED_SINCE } from '../run/lowered-since.ts';

/**
 * A hold for nothing but what has been settled since is let go by that: a missed review by the review, whoever brought it in; a paper
 * of a newcomer by the paper; an open case by its being closed; a grant withdrawn since by the next run; a new account by time. `cases`: those that still hold the enrolment;
 * `account`: the payee's.
 */
export function isResolved(
  { reasons }: Hold,
  facts: readonly Fact[],
  { controls, knownOn, paysBy }: RunManifest,
  cases: readonly OpenCase[] = [],
  account?: ControlInput['payee']['account'],
): boolean {
  const due = verificationDue(facts, {
    every: controls?.verificationEvery,
    windows: controls?.recheckWindows,
    knownOn,
  });
  const isSettled: Readonly<Record<string, boolean>> = {
    [reviewOverdue.code]: due === undefined || due >= knownOn,
    [firstPayment.code]: !waitsForMonthAfter(facts, controls, knownOn),
    ...entryPapersSettled(facts, controls, knownOn),
    // A run of grants has looked at what was decided since.
    [DETERMINED_SINCE.control]: paysBy?.paidBy === 'grants',
    [openCase.code]: cases.length === 0,
    [accountCoolingOff.code]: account !== undefined && !coolsOff(account, controls),
  };
  return reasons.length > 0 && reasons.every(({ control }) => isSettled[control] === true);
}

/** A run of one street looks at whom that street keeps, and at nobody else. */
export function isLookedAt(manifest: RunManifest, { facts }: EnrolmentDocument): boolean {
  if (manifest.street === undefined) return true;
  const street = keptStreet(manifest, knownBy(facts, manifest.cutOff));
  return street.ok && street.value === manifest.street;
}
