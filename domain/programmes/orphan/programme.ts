import { childProgrammeParts } from '../../children/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { orphanRunRules } from './run-rules.ts';

/** 孤儿基本生活费: monthly, from recognition as an orphan until 18 or the end of school, adoption or a parent found. */
export const orphan: Programme = {
  ...orphanRunRules,
  legalBasis: [
    { document: '国办发〔2010〕54号', title: '国务院办公厅关于加强孤儿保障工作的意见' },
    { document: '民发〔2010〕161号', title: '民政部、财政部关于发放孤儿基本生活费的通知' },
  ],
  ...childProgrammeParts({ zh: '孤儿基本生活费', en: 'living allowance' }),
};
