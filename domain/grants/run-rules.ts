import type { Bilingual } from '../bilingual.ts';
import { firstGrantedMonth, grantedMonth } from '../programmes/granted.ts';
import type { RunRules } from '../programmes/programme.ts';

type OneOff = Pick<RunRules, 'id' | 'code' | 'unit' | 'parameterNames' | 'afterDeath'> & {
  readonly names: Bilingual;
};

/** What a run asks of a programme of one-off grants: it pays what was decided, each grant once. */
export const oneOffRunRules = (programme: OneOff): RunRules => ({
  ...programme,
  amountBasis: 'decision',
  paidBy: 'grants',
  assessMonth: grantedMonth,
  firstMonth: firstGrantedMonth,
});
