import { membershipText } from '../../../domain/household/membership.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import { policyFile } from '../../policy-files.ts';
import { determine, fact, household, learned, person } from './household-office.ts';
import { type Office, REGULAR } from './office.ts';

export const PROGRAMME = 'unattended-child';

/** The sample district's own values, without controls that look at papers. */
export function childPacks(): unknown[] {
  const own = policyFile('110199', PROGRAMME);
  const values = own.values.filter(({ parameter }) => parameter !== 'controlsOn');
  return [policyFile('110000', 'orphan'), policyFile('110000', PROGRAMME), { ...own, values }];
}

/** A household of three on dibao, its child enrolled as one nobody cares for: 2850 yuan from October on. */
export async function family(bureau: Office) {
  const found = await household(bureau, 1);
  const child = await person(bureau, 900);
  await learned(bureau, child, 'birth-date', '2015-01-15', '2015-01-15');
  const membership = membershipText({ household: found.key, relation: 'child', covered: true });
  await learned(bureau, child, 'household', '2026-01-01', membership);
  await new HouseholdStore(bureau.register).savePointers(found.key, child, [found.enrolment]);
  const enrolment: EnrolmentDocument = {
    jurisdiction: REGULAR.jurisdiction,
    programme: PROGRAMME,
    id: `SW-${child}-1`,
    subject: child,
    payees: [],
    facts: [
      fact('application', '2026-09-01', '2026-09-01'),
      fact('decision', '2026-09-20', '2026-09-20/示儿〔2026〕1号'),
      fact('street', '2026-09-01', '110199001'),
      fact('child-category', '2026-09-01', '120'),
      fact('care-setting', '2026-09-01', 'family'),
    ],
    version: 1,
    changedAt: '2026-11-01T01:00:00.000Z',
  };
  await bureau.register.saveEnrolment(enrolment, undefined);
  /** The household's next determination, in which the child's own part is this from a month on. */
  const decided = async (number: number, from: string, base: number, topUp: number) => {
    const [mine, rest, more]: Fen[] = [fen(base * 100), fen(50_000), fen(topUp * 100)];
    const shares = [
      { person: child, component: 'base', fen: mine! },
      { person: found.head, component: 'base', fen: rest! },
      { person: child, component: 'top-up', fen: more! },
    ].filter((share) => share.fen > 0);
    const totals = { base: fen(mine! + rest!), 'top-up': more! };
    const components = Object.entries(totals)
      .filter(([, amount]) => amount > 0)
      .map(([component, amount]) => ({ component, fen: amount }));
    const spans = [{ from, components, derivation: [], shares }];
    await determine(bureau, found.enrolment, number, {}, { spans });
  };
  return { enrolment, decided };
}
