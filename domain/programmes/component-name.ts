import type { Bilingual } from '../bilingual.ts';
import type { ProgrammeId } from '../ids.ts';
import { PROGRAMMES } from './index.ts';

const IMPREST: Bilingual = { zh: '备用金现金支付', en: 'paid in cash out of an imprest fund' };

/** What people call a component, the fund that it names after a colon included; undefined for one that the programme does not know. */
export function componentName(programme: ProgrammeId, component: string): Bilingual | undefined {
  const [name = '', fund] = component.split(':');
  const own = PROGRAMMES[programme]?.components;
  const names = own?.[component] ?? own?.[name] ?? (name === 'imprest' ? IMPREST : undefined);
  if (!names || fund === undefined || own?.[component]) return names;
  return { zh: `${names.zh}（${fund}）`, en: `${names.en} (${fund})` };
}
