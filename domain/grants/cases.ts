import type { PlainDate } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { EarlierGrant, GrantFacts } from '../programmes/programme.ts';

/**
 * Worked examples (算例) of one-off grants. `official`: the amount for exactly these inputs is printed; `derived`: a printed rate on
 * invented inputs; `sample`: the sample district, whose amounts nobody published. Everything else in them is invented.
 */
export type OneOffCase = {
  readonly row: string;
  readonly basis: 'official' | 'derived' | 'sample';
  readonly programme: ProgrammeId;
  readonly jurisdiction: JurisdictionCode;
  readonly appliedOn: PlainDate;
  readonly decidedOn: PlainDate;
  readonly facts: GrantFacts;
  readonly earlier?: readonly EarlierGrant[];
  /** Yuan of each payment, in order; or the code of the refusal. */
  readonly due: readonly string[] | string;
  readonly persons?: number;
};

const on = { appliedOn: '2026-10-12', decidedOn: '2026-10-20' } as const;
const death = { diedOn: '2026-09-28', residency: 'registered', settlement: 'waived', otherMoney: [] };
const flood = { disaster: '10·3洪涝', occurredOn: '2026-10-03' };
const quarter = { from: '2026-07', to: '2026-09' };
const company = { ...quarter, employees: 12, personMonths: 36, staff: 40, payrollCount: 12, proof: '清册1' };

export const ONE_OFF_CASES: readonly OneOffCase[] = [
  {
    row: '雷州: every service at or above its limit gives the printed most, 1540.00',
    basis: 'official',
    programme: 'funeral',
    jurisdiction: '440882',
    ...on,
    facts: {
      ...death,
      items: {
        transport: '520.00',
        disinfection: '90.00',
        storage: '320.00',
        farewell: '230.00',
        cremation: '250.00',
        urn: '600.00',
        'urn-keeping': '100.00',
      },
    },
    due: ['1540.00'],
    persons: 1,
  },
  {
    row: '雷州: two services below their limits are paid as charged, 60 km and a plain urn',
    basis: 'derived',
    programme: 'funeral',
    jurisdiction: '440882',
    ...on,
    facts: { ...death, residency: 'not-registered', items: { transport: '180.00', urn: '120.50' } },
    due: ['300.50'],
  },
  {
    row: 'sample district: the limit for one funeral, 1280.00 of services',
    basis: 'sample',
    programme: 'funeral',
    jurisdiction: '110199',
    ...on,
    facts: {
      ...death,
      items: {
        transport: '400.00',
        storage: '240.00',
        cremation: '380.00',
        urn: '200.00',
        'urn-keeping': '60.00',
        farewell: '500.00',
      },
    },
    due: ['1200.00'],
  },
  {
    row: 'sample district: beside funeral money of a pension insurance',
    basis: 'sample',
    programme: 'funeral',
    jurisdiction: '110199',
    ...on,
    facts: { ...death, otherMoney: ['pension-insurance'], items: { cremation: '380.00' } },
    due: 'conflict/other-funeral-money',
  },
  {
    row: 'sample district: a year and a day after the death',
    basis: 'sample',
    programme: 'funeral',
    jurisdiction: '110199',
    ...on,
    appliedOn: '2027-09-29',
    decidedOn: '2027-09-30',
    facts: { ...death, items: { cremation: '380.00' } },
    due: 'policy/applied-too-late',
  },
  {
    row: '莆田: sea burial',
    basis: 'official',
    programme: 'green-burial',
    jurisdiction: '350300',
    ...on,
    facts: { diedOn: '2026-09-01', buriedOn: '2026-09-20', way: 'sea' },
    due: ['2000.00'],
    persons: 1,
  },
  {
    row: '莆田: lawn burial',
    basis: 'official',
    programme: 'green-burial',
    jurisdiction: '350300',
    ...on,
    facts: { diedOn: '2026-09-01', buriedOn: '2026-09-20', way: 'lawn' },
    due: ['1000.00'],
  },
  {
    row: '莆田: a wall burial has no award there',
    basis: 'derived',
    programme: 'green-burial',
    jurisdiction: '350300',
    ...on,
    facts: { diedOn: '2026-09-01', buriedOn: '2026-09-20', way: 'wall' },
    due: 'policy/not-awarded',
  },
  {
    row: 'sample district: tree burial less two years of 300.00 paid in life',
    basis: 'sample',
    programme: 'green-burial',
    jurisdiction: '110199',
    ...on,
    facts: { diedOn: '2026-09-01', buriedOn: '2026-09-20', way: 'tree' },
    earlier: ['2024-03-01', '2025-03-01'].map((decidedOn) => ({
      programme: 'green-burial-agreement',
      decidedOn,
      fen: 30_000 as EarlierGrant['fen'],
    })),
    due: ['1400.00'],
  },
  {
    row: 'sample district: award in life for a year',
    basis: 'sample',
    programme: 'green-burial-agreement',
    jurisdiction: '110199',
    ...on,
    facts: { agreement: '协12', signedOn: '2026-03-01', year: 2026 },
    due: ['300.00'],
    persons: 1,
  },
  {
    row: 'sample district: withdrawn within the year leaves that year',
    basis: 'sample',
    programme: 'green-burial-agreement',
    jurisdiction: '110199',
    ...on,
    facts: { agreement: '协12', signedOn: '2025-03-01', year: 2026, withdrawnOn: '2026-05-02' },
    due: ['300.00'],
  },
  {
    row: 'sample district: withdrawn the year before ends it',
    basis: 'sample',
    programme: 'green-burial-agreement',
    jurisdiction: '110199',
    ...on,
    facts: { agreement: '协12', signedOn: '2025-03-01', year: 2026, withdrawnOn: '2025-12-31' },
    due: 'conflict/agreement-withdrawn',
  },
  {
    row: '奉化: house collapsed, four evacuated, three in transition for 90 days',
    basis: 'derived',
    programme: 'disaster-relief',
    jurisdiction: '330213',
    ...on,
    facts: { ...flood, house: 'collapsed', evacuated: 4, transition: 3, transitionDays: 90 },
    due: ['26600.00'],
    persons: 4,
  },
  {
    row: '奉化: a damaged house',
    basis: 'official',
    programme: 'disaster-relief',
    jurisdiction: '330213',
    ...on,
    facts: { ...flood, house: 'damaged' },
    due: ['2000.00'],
    persons: 1,
  },
  {
    row: '奉化: 91 days of transition are more than three months',
    basis: 'derived',
    programme: 'disaster-relief',
    jurisdiction: '330213',
    ...on,
    facts: { ...flood, transition: 1, transitionDays: 91 },
    due: 'policy/too-many-days',
  },
  {
    row: 'disaster relief with nothing stated',
    basis: 'derived',
    programme: 'disaster-relief',
    jurisdiction: '330213',
    ...on,
    facts: flood,
    due: 'invalid/nothing-due',
  },
  {
    row: 'sample district: half of 36,000.01 paid, below the limit of 600 × 36',
    basis: 'sample',
    programme: 'employer-social-insurance',
    jurisdiction: '110199',
    ...on,
    facts: { ...company, contributions: '36000.01' },
    due: ['18000.01'],
    persons: 12,
  },
  {
    row: 'sample district: half of 60,000.00 is above the limit of 600 × 36',
    basis: 'sample',
    programme: 'employer-social-insurance',
    jurisdiction: '110199',
    ...on,
    facts: { ...company, contributions: '60000.00' },
    due: ['21600.00'],
  },
  {
    row: 'sample district: the payroll list has one person less than stated',
    basis: 'sample',
    programme: 'employer-social-insurance',
    jurisdiction: '110199',
    ...on,
    facts: { ...company, contributions: '36000.00', payrollCount: 11 },
    due: 'invalid/payroll-count',
  },
  {
    row: 'sample district: 12 of 49 are below a quarter',
    basis: 'sample',
    programme: 'employer-social-insurance',
    jurisdiction: '110199',
    ...on,
    facts: { ...company, contributions: '36000.00', staff: 49 },
    due: 'policy/employer-test',
  },
  {
    row: 'sample district: 15 kWh a month at 0.4883 for a quarter',
    basis: 'sample',
    programme: 'electricity-aid',
    jurisdiction: '110199',
    ...on,
    facts: { ...quarter, category: 'dibao' },
    due: ['21.97'],
    persons: 1,
  },
  {
    row: 'sample district: no free units for low-income households',
    basis: 'sample',
    programme: 'electricity-aid',
    jurisdiction: '110199',
    ...on,
    facts: { ...quarter, category: 'marginal' },
    due: 'policy/no-rate',
  },
  {
    row: 'sample district: repair of 5,210.00 is below its 6,000.00',
    basis: 'sample',
    programme: 'housing-aid',
    jurisdiction: '110199',
    ...on,
    facts: { work: 'repair', category: 'dibao', finishedOn: '2026-09-30', spend: '5210.00' },
    due: ['5210.00'],
    persons: 1,
  },
  {
    row: 'sample district: rebuilding for 86,000.00',
    basis: 'sample',
    programme: 'housing-aid',
    jurisdiction: '110199',
    ...on,
    facts: { work: 'rebuild', category: 'marginal', finishedOn: '2026-09-30', spend: '86000.00' },
    due: ['10000.00'],
  },
  {
    row: '巴林左旗: an orphan at a university, 10,000 a school year in four payments',
    basis: 'official',
    programme: 'education-aid',
    jurisdiction: '150422',
    ...on,
    facts: { schoolYear: 2026, stage: 'undergraduate', pupil: 'orphan' },
    due: ['2500.00', '2500.00', '2500.00', '2500.00'],
    persons: 1,
  },
  {
    row: 'education aid for a school year that has not begun',
    basis: 'derived',
    programme: 'education-aid',
    jurisdiction: '150422',
    ...on,
    facts: { schoolYear: 2027, stage: 'undergraduate', pupil: 'orphan' },
    due: 'invalid/school-year',
  },
];
