import type { Month } from '../../../domain/calendar.ts';
import type { CaseKnowledge, FactNote } from '../../../domain/determination/cases.ts';
import type { HouseholdCase } from '../../../domain/household/household-case.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import type { Households } from '../../../functions/determination/ports.ts';
import { family } from '../../domain/programmes/dibao/samples.ts';
import type { Office } from '../run/office.ts';
import { addressOf, householdKey } from './bureau.ts';

type Known = { readonly from: Month; readonly household: HouseholdCase; readonly note: FactNote };

/**
 * Households without a register behind them: grown-ups and what they earn together, dated and stamped as facts are. The smallest
 * thing that a determination can look at.
 */
export function householdFacts(bureau: Pick<Office, 'clock'>) {
  const known = new Map<string, Known[]>();
  const knowledgeOf = (facts: readonly Known[]): CaseKnowledge => ({
    facts: facts.map(({ note }) => note),
    caseOn: (month, knownBy) => {
      const holding = facts
        .filter(({ from, note }) => from <= month && note.recordedAt <= knownBy)
        .sort((a, b) => (`${a.from} ${a.note.recordedAt}` < `${b.from} ${b.note.recordedAt}` ? -1 : 1))
        .at(-1);
      return holding
        ? ok(holding.household)
        : refuse(refusal('missing/members', '没有成员', 'no members', { month }));
    },
  });
  const households: Households = {
    of: async (enrolments) =>
      new Map(
        enrolments.flatMap(({ id }) => {
          const facts = known.get(id);
          return facts ? [[id, knowledgeOf(facts)] as const] : [];
        }),
      ),
  };
  return {
    households,
    /** The n-th household has so many persons and this income a month from a month on, as the register learns now. */
    earns(n: number, from: Month, income: string, persons = 1): void {
      const { id } = addressOf(n);
      const note: FactNote = {
        kind: 'application',
        about: householdKey(n),
        validFrom: `${from}-01`,
        recordedAt: bureau.clock.now(),
      };
      const household = { ...family(persons, income), household: householdKey(n) };
      known.set(id, [...(known.get(id) ?? []), { from, household, note }]);
    },
  };
}
