import type { Bilingual } from '../bilingual.ts';
import { monthOf } from '../calendar.ts';
import type { Determination } from '../register/determination.ts';
import type { Fact } from '../register/facts.ts';
import { type ControlInput, earliestDeath, lastMonth } from './control.ts';

const NEW_HEAD: Bilingual = {
  zh: '有来源显示户主已死亡：请核实，登记死亡并确定新户主后重新核算；有误的请申请放行',
  en: 'a source reports the head of the household dead: verify, record the death and name a new head, or propose an override',
};
const DECIDE_AGAIN: Bilingual = {
  zh: '有来源显示一名保障成员已死亡，而现行核定未考虑：请核实，登记死亡并重新核定后再发，或申请放行',
  en: 'a source reports a covered member dead, which the determination in force did not weigh: verify, record the death and determine anew, or propose an override',
};

/**
 * Deaths in a household: its head's, until another head is named; a covered member's, in money for months after the death,
 * until a determination has weighed what is known of it. The amount stays the determination's.
 */
export function householdDeath({ lines, subject }: ControlInput): Bilingual | undefined {
  const through = lastMonth(lines);
  const isAfter = (facts: readonly Fact[]) => {
    const death = earliestDeath(facts);
    return death !== undefined && through > monthOf(death);
  };
  const { members = [], determinations = [] } = subject;
  if (members.some(({ relation, facts }) => relation === 'head' && isAfter(facts))) return NEW_HEAD;
  const overlooked = members.some(
    ({ covered, facts }) => covered && isAfter(facts) && !isWeighed(facts, determinations),
  );
  return overlooked ? DECIDE_AGAIN : undefined;
}

/** Whether a decision was made when the register knew of the death already. A change of standard looks at policy alone. */
function isWeighed(facts: readonly Fact[], determinations: readonly Determination[]): boolean {
  const known = facts
    .filter(({ kind, value }) => (kind === 'death-certified' || kind === 'death-reported') && value !== '')
    .map(({ recordedAt }) => recordedAt)
    .sort()[0];
  return determinations.some(({ kind, assessedAt, recordedAt }) => {
    const looked = kind === 'standard-change' ? assessedAt : (assessedAt ?? recordedAt);
    return known !== undefined && looked !== undefined && looked >= known;
  });
}
