import { reviewOverdue } from '../../domain/controls/review-overdue.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { type Fact, knownBy } from '../../domain/register/facts.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import { keptStreet } from '../../domain/street/kept-street.ts';
import { reviewDue } from '../../domain/street/papers.ts';
import type { Hold } from '../adapters/follow-up-store.ts';

/** A hold for nothing but a missed review is let go by the review, whoever brought it in: none is due any more. */
export function isReviewed({ reasons }: Hold, facts: readonly Fact[], { knownOn }: RunManifest): boolean {
  const due = reviewDue(facts);
  const onlyThat = reasons.length > 0 && reasons.every(({ control }) => control === reviewOverdue.code);
  return onlyThat && (due === undefined || due >= knownOn);
}

/** A run of one street looks at whom that street keeps, and at nobody else. */
export function isLookedAt(manifest: RunManifest, { facts }: EnrolmentDocument): boolean {
  if (manifest.street === undefined) return true;
  const street = keptStreet(manifest, knownBy(facts, manifest.cutOff));
  return street.ok && street.value === manifest.street;
}
