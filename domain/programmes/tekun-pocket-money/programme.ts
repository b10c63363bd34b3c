import { careProgrammeParts } from '../../care/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { POCKET_MONEY, POCKET_MONEY_AMOUNTS } from './rules.ts';
import { tekunPocketMoneyRunRules } from './run-rules.ts';

/** 特困人员零用钱: where policy pays it to the person himself; how much it is, is set with the basic living standard. */
export const tekunPocketMoney: Programme = {
  ...tekunPocketMoneyRunRules,
  ...careProgrammeParts(POCKET_MONEY_AMOUNTS),
  parameters: {},
  components: { [POCKET_MONEY]: { zh: '零用钱', en: 'pocket money' } },
  decidedBy: 'tekun',
};
