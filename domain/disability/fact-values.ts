import { isPlainDate, type PlainDate } from '../calendar.ts';

/** How what the disability subsidies look at is written as the value of a fact, and read back. */

/** A disability card (残疾人证) from the day of its issue: valid through a day (absent: without end), frozen or cancelled. */
export type Card =
  | { readonly state: 'valid'; readonly through?: PlainDate }
  | { readonly state: 'frozen' | 'cancelled' };

/** `valid:<last day>`, `valid:-`, `frozen`, `cancelled`. */
export const CARD = {
  read: (text: string): Card | undefined => {
    if (text === 'frozen' || text === 'cancelled') return { state: text };
    if (text === 'valid:-') return { state: 'valid' };
    const through = text.startsWith('valid:') ? text.slice('valid:'.length) : '';
    return isPlainDate(through) ? { state: 'valid', through } : undefined;
  },
};

/** A card of those disabled in service (残疾军人证、伤残人民警察证), grades 1 to 10. */
export const SERVICES = ['military', 'police'] as const;
export type ServiceCard = { readonly grade: number; readonly service: (typeof SERVICES)[number] };

/** `<grade>:<service>`, e.g. "3:military"; "" for none. */
export const SERVICE_CARD = {
  read: (text: string): ServiceCard | 'none' | undefined => {
    if (text === '') return 'none';
    const [grade = '', serviceText, ...rest] = text.split(':');
    const service = SERVICES.find((known) => known === serviceText);
    return service && /^(?:[1-9]|10)$/.test(grade) && rest.length === 0
      ? { grade: Number(grade), service }
      : undefined;
  },
};

/** 一户多残、依老养残. */
export const HARDSHIPS = ['cared-for-by-elderly', 'several-disabled'] as const;
