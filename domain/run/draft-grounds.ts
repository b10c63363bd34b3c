import type { Month } from '../calendar.ts';
import type { Entitlement, Step } from '../programmes/programme.ts';
import type { STACKING_STEPS } from '../programmes/stacking-labels.ts';
import type { EnrolmentCase } from './assess-payment.ts';
import type { Draft, PaymentLine } from './draft.ts';

/** Who recorded the evidence of grants that pay the months of these lines. */
export function evidenceOf(
  { enrolment: { determinations = [] } }: EnrolmentCase,
  lines: readonly PaymentLine[],
): Pick<Draft, 'evidenceBy'> {
  const months = new Set(lines.map(({ month }) => month));
  const pays = ({ spans }: (typeof determinations)[number]) => spans.some(({ from }) => months.has(from));
  const staff = determinations.flatMap((one) =>
    one.evidenceBy !== undefined && pays(one) ? [one.evidenceBy] : [],
  );
  return staff.length > 0 ? { evidenceBy: [...new Set(staff)].sort() } : {};
}

/** True when the amount of one of the months rests on a sample parameter. */
export const restsOnSample = (
  entitlements: ReadonlyMap<Month, Entitlement>,
  months: readonly Month[],
): boolean => months.some((month) => entitlements.get(month)?.sample === true);

export function derivationsOf(
  entitlements: ReadonlyMap<Month, Entitlement>,
  months: readonly Month[],
): Record<Month, readonly Step[]> {
  const derivations: Record<Month, readonly Step[]> = {};
  for (const month of months.toSorted()) {
    const steps = entitlements.get(month)?.derivation;
    if (steps) derivations[month] = steps;
  }
  return derivations;
}

const TAKE_ALL: readonly string[] = [
  'stacking-excluded',
  'stacking-lost',
  'stacking-topped-up',
] satisfies readonly (keyof typeof STACKING_STEPS)[];

/** Whether nothing is due for one of the months because another programme pays instead (排斥、择高、补差). */
export const lostToOthers = (
  entitlements: ReadonlyMap<Month, Entitlement>,
  months: readonly Month[],
): boolean =>
  months.some((month) => {
    const { fen: due, derivation = [] } = entitlements.get(month) ?? {};
    return due === 0 && derivation.some(({ code }) => TAKE_ALL.includes(code));
  });
