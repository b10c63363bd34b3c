import { addMonths, type Month } from '../calendar.ts';
import { sumFen } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import { assess } from '../programmes/assess.ts';
import type { Entitlement, Step } from '../programmes/programme.ts';
import type { EnrolmentCase } from './assess-payment.ts';
import type { Draft, PaymentLine } from './draft.ts';
import type { RunManifest } from './manifest.ts';

/** Against the period before, entitlement with entitlement: arrears make nobody a newcomer or a change. */
export function movementOf(
  book: PolicyBook,
  manifest: RunManifest,
  found: EnrolmentCase,
  lines: readonly PaymentLine[],
  entitlements: ReadonlyMap<Month, Entitlement>,
): { movement: Draft['movement']; cause?: string } {
  if (manifest.round !== 'R') return { movement: 'same' };
  const now = sumFen(lines.filter((line) => line.kind === 'entitlement').map((line) => line.fen));
  const before = found.previousFen;
  if (now === before) return { movement: 'same' };
  const movement = before === 0 ? 'joined' : now === 0 ? 'stopped' : 'changed';
  const newest = manifest.months.at(-1) ?? '';
  const steps = entitlements.get(newest)?.derivation ?? [];
  const cause = found.heldMonths.has(newest)
    ? 'on-hold'
    : (newStep(steps, stepsBefore(book, manifest, found)) ?? steps.at(movement === 'joined' ? 0 : -1))?.code;
  return cause === undefined ? { movement } : { movement, cause };
}

/** The derivation of the last month before the period; empty where that month cannot be said. */
function stepsBefore(book: PolicyBook, manifest: RunManifest, found: EnrolmentCase): readonly Step[] {
  const [first] = manifest.months;
  if (first === undefined) return [];
  const at = {
    month: addMonths(first, -1),
    knownOn: manifest.knownOn,
    jurisdiction: manifest.jurisdiction,
  };
  const mine = assess(found.situation, book, at).enrolments.find(
    ({ enrolment }) => enrolment === found.enrolment.id,
  );
  return mine?.result.ok ? mine.result.value.derivation : [];
}

/** The first step that says something else than the month before did: the rule that moved the amount. */
function newStep(steps: readonly Step[], before: readonly Step[]): Step | undefined {
  if (before.length === 0) return undefined;
  return steps.find(
    ({ code, result }) => !before.some((earlier) => earlier.code === code && earlier.result === result),
  );
}
