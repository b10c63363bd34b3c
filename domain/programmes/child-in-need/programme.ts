import { childProgrammeParts } from '../../children/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { childInNeedRunRules } from './run-rules.ts';

/**
 * 困境儿童生活费: children infected with HIV, ill or disabled children of families on 低保, adopted disabled orphans, rescued children
 * in an institution and whoever else a place names; each category with its own part of the standard.
 */
export const childInNeed: Programme = {
  ...childInNeedRunRules,
  legalBasis: [{ document: '国发〔2016〕36号', title: '国务院关于加强困境儿童保障工作的意见' }],
  ...childProgrammeParts({ zh: '困境儿童生活费', en: 'living allowance' }),
};
