import type { GrantFacts } from '../programmes/programme.ts';

/** Worked examples (算例) of what is settled to elderly homes, on the sample district, whose amounts nobody published. */
export type ElderlyHomeCase = {
  readonly row: string;
  readonly programme: 'elderly-institution' | 'elderly-construction';
  readonly facts: GrantFacts;
  /** Day on which the register has the resident dead. */
  readonly died?: string;
  /** Yuan of each payment, in order; or the code of the refusal. */
  readonly due: readonly string[] | string;
};

const bed = { institution: '52110199MJ9909017C', level: 'severe', from: '2026-10-01', to: '2026-10-31' };
const beds = { project: '建2026-2', building: 'new', beds: 50, openedOn: '2026-09-10' };
const home = (
  row: string,
  changes: GrantFacts,
  due: ElderlyHomeCase['due'],
  died?: string,
): ElderlyHomeCase => ({
  row,
  programme: 'elderly-institution',
  facts: { ...bed, ...changes },
  due,
  ...(died !== undefined && { died }),
});

export const ELDERLY_HOME_CASES: readonly ElderlyHomeCase[] = [
  home('severe, three stars, the whole month', {}, ['600.00']),
  home('severe, no star', { institution: '52110199MJ99090332' }, ['500.00']),
  home('moderate, three stars', { level: 'moderate' }, ['400.00']),
  home('light: one amount whatever the stars', { level: 'light' }, ['300.00']),
  home('a level without an amount', { level: 'nine' }, 'policy/no-rate'),
  home(
    'an institution without a grade',
    { institution: '12110199MB0000000B' },
    'policy/institution-without-grade',
  ),
  home('moved in on the 11th: 21 days are a month', { from: '2026-10-11' }, ['600.00']),
  home('moved in on the 12th: 20 days are half of one', { from: '2026-10-12' }, ['300.00']),
  home('moved in on the 22nd: ten days are half of one', { from: '2026-10-22' }, ['300.00']),
  home('moved in on the 23rd: nine days are none', { from: '2026-10-23' }, 'policy/too-few-days'),
  home('left on the 22nd, a day that does not count: 21', { to: '2026-10-22' }, ['600.00']),
  home('left on the 21st: 20 days', { to: '2026-10-21' }, ['300.00']),
  home('died on the 21st: that day counts', {}, ['600.00'], '2026-10-21'),
  home('died on the 20th: 20 days, whatever the sheet says', {}, ['300.00'], '2026-10-20'),
  home('died on the 9th', {}, 'policy/too-few-days', '2026-10-09'),
  home('died the day before', {}, 'conflict/deceased', '2026-09-30'),
  home('died later: the month stays', {}, ['600.00'], '2026-11-01'),
  home('two months in one row', { to: '2026-11-01' }, 'invalid/bed-period'),
  home('days to come', { from: '2026-11-01', to: '2026-11-30' }, 'invalid/bed-ahead'),
  {
    row: '50 new beds at 20,000 in four years',
    programme: 'elderly-construction',
    facts: beds,
    due: ['250000.00', '250000.00', '250000.00', '250000.00'],
  },
  {
    row: '33 leased beds at 8,000: what does not divide comes last',
    programme: 'elderly-construction',
    facts: { ...beds, building: 'leased', beds: 33 },
    due: ['66000.00', '66000.00', '66000.00', '66000.00'],
  },
  {
    row: '300 new beds: at most 4,000,000',
    programme: 'elderly-construction',
    facts: { ...beds, beds: 300 },
    due: ['1000000.00', '1000000.00', '1000000.00', '1000000.00'],
  },
  {
    row: 'nine beds are too few',
    programme: 'elderly-construction',
    facts: { ...beds, beds: 9 },
    due: 'policy/too-few-beds',
  },
];
