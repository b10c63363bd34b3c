import { firstGrantedMonth, grantedMonth } from '../granted.ts';
import type { RunRules } from '../programme.ts';

/** What a replenishment pays; the fund stands after a colon: `advance:<fund>`. */
export const ADVANCE = 'advance';
export const advanceComponent = (fund: string): string => `${ADVANCE}:${fund}`;

/** 临时救助备用金: replenishments of townships' funds, paid to their corporate accounts; an advance, and no expense yet. */
export const imprestRunRules: RunRules = {
  id: 'imprest',
  code: 'BY',
  names: { zh: '临时救助备用金', en: 'Imprest funds for temporary aid' },
  unit: 'organisation',
  amountBasis: 'decision',
  paidBy: 'grants',
  debits: 'imprest',
  parameterNames: ['imprestFloor', 'imprestLimits'],
  assessMonth: grantedMonth,
  firstMonth: firstGrantedMonth,
};
