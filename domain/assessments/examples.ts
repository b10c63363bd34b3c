import type { Month } from '../calendar.ts';
import { ONE_OFF_CASES } from '../grants/cases.ts';
import { ELDERLY_HOME_CASES } from '../grants/elderly-cases.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import type { GrantFacts } from '../programmes/programme.ts';
import { TEMPORARY_AID_CASES } from '../programmes/temporary-aid/cases.ts';

/** A case somebody may begin with: what to ask for, and what comes out for the programme, in yuan. */
export type AssessmentExample = {
  readonly jurisdiction: JurisdictionCode;
  readonly month: Month;
  readonly case: Readonly<Record<string, unknown>>;
  readonly amount: string;
};

const DISABLED = {
  persons: [
    { id: 'zhang', birthDate: '1985-04-12', identityClass: 'dibao', disability: { grade: 1, kind: 'limb' } },
  ],
};
const child = (programme: string, facts: Readonly<Record<string, string>>) => ({
  persons: [{ id: 'child', birthDate: '2015-03-05' }],
  enrolments: [{ programme, appliedOn: '2024-05-06', decidedOn: '2024-06-12', facts }],
});
const provided = (programme: string) => ({
  persons: [{ id: 'zhang', birthDate: '1950-04-12', residence: 'rural', facts: { 'self-care': 'half' } }],
  enrolments: [{ programme, careSetting: 'family' }],
});

/** One for every programme of every month. Beside what is printed in the documents cited by the answer everything in them is invented. */
const MONTHLY: Readonly<Record<ProgrammeId, AssessmentExample>> = {
  dibao: {
    jurisdiction: '110000',
    month: '2024-09',
    case: {
      household: {
        residence: 'urban',
        members: [
          {
            id: 'father',
            relation: 'head',
            birthDate: '1980-05-10',
            employment: { kind: 'employed', monthly: '2800.00' },
          },
          { id: 'mother', relation: 'spouse', birthDate: '1979-03-01' },
          { id: 'child', relation: 'child', birthDate: '2014-06-01' },
        ],
      },
      enrolments: [{ programme: 'dibao' }],
    },
    amount: '3072.50',
  },
  tekun: { jurisdiction: '231025', month: '2026-08', case: provided('tekun'), amount: '822.00' },
  'tekun-care': { jurisdiction: '231025', month: '2026-08', case: provided('tekun-care'), amount: '319.00' },
  'tekun-pocket-money': {
    jurisdiction: '110199',
    month: '2026-11',
    case: {
      persons: [{ id: 'zhang', birthDate: '1950-04-12', residence: 'rural' }],
      enrolments: [
        { programme: 'tekun', careSetting: 'institution' },
        { programme: 'tekun-pocket-money', careSetting: 'institution' },
      ],
      policy: [
        {
          programme: 'tekun',
          values: { pocketMoney: { percent: '20', rule: 'half-up', unit: 'fen', paidBy: 'person' } },
        },
      ],
    },
    amount: '460.00',
  },
  'veterans-care': {
    jurisdiction: '110199',
    month: '2026-11',
    case: {
      persons: [{ id: 'zhang', birthDate: '1950-04-12', facts: { 'preferential-class': 'disabled-war' } }],
      enrolments: [{ programme: 'veterans-care' }],
    },
    amount: '5250.00',
  },
  'price-subsidy': {
    jurisdiction: '110199',
    month: '2026-11',
    case: {
      household: { residence: 'urban', members: [{ id: 'zhang', birthDate: '1970-04-12' }] },
      enrolments: [{ programme: 'dibao' }, { programme: 'price-subsidy', person: 'zhang' }],
    },
    amount: '55.10',
  },
  'elderly-orders': {
    jurisdiction: '110199',
    month: '2026-11',
    case: {
      persons: [
        { id: 'zhang', birthDate: '1950-04-12', identityClass: 'dibao', facts: { 'care-level': '2' } },
      ],
      enrolments: [
        { programme: 'elderly-service' },
        {
          programme: 'elderly-orders',
          appliedOn: '2026-11-20',
          decidedOn: '2026-11-20',
          facts: { order: 'A-1', servedOn: '2026-11-10', service: '助餐', amount: '100.00' },
        },
      ],
    },
    amount: '100.00',
  },
  orphan: {
    jurisdiction: '110000',
    month: '2025-07',
    case: child('orphan', { 'child-category': '201' }),
    amount: '2850.00',
  },
  'unattended-child': {
    jurisdiction: '110000',
    month: '2025-07',
    case: {
      household: {
        residence: 'urban',
        members: [
          { id: 'grandmother', relation: 'head', birthDate: '1955-02-01' },
          { id: 'child', relation: 'grandchild', birthDate: '2015-03-05' },
        ],
      },
      enrolments: [
        {
          programme: 'dibao',
          determined: [
            {
              from: '2024-07',
              amount: { base: '1500.00', 'top-up': '362.50' },
              shares: [
                { person: 'grandmother', component: 'base', amount: '750.00' },
                { person: 'child', component: 'base', amount: '750.00' },
                { person: 'child', component: 'top-up', amount: '362.50' },
              ],
            },
          ],
        },
        {
          programme: 'unattended-child',
          person: 'child',
          appliedOn: '2024-05-06',
          facts: { 儿童类别: '120' },
        },
      ],
    },
    amount: '1737.50',
  },
  'child-in-need': {
    jurisdiction: '110000',
    month: '2025-07',
    case: child('child-in-need', { 'child-category': '300' }),
    amount: '2850.00',
  },
  'disability-living': {
    jurisdiction: '110000',
    month: '2024-09',
    case: { ...DISABLED, enrolments: [{ programme: 'disability-living' }] },
    amount: '400.00',
  },
  'disability-nursing': {
    jurisdiction: '110000',
    month: '2024-09',
    case: { ...DISABLED, enrolments: [{ programme: 'disability-nursing' }] },
    amount: '300.00',
  },
  'elderly-service': {
    jurisdiction: '110000',
    month: '2024-09',
    case: {
      persons: [
        { id: 'zhang', birthDate: '1940-04-12', identityClass: 'dibao', facts: { 'care-level': '2' } },
      ],
      enrolments: [{ programme: 'elderly-service' }],
    },
    amount: '700.00',
  },
  'high-age': {
    jurisdiction: '110000',
    month: '2024-11',
    case: {
      persons: [{ id: 'zhang', birthDate: '1944-09-20' }],
      enrolments: [{ programme: 'high-age', appliedOn: '2024-11-05' }],
    },
    amount: '100.00',
  },
};

/** The first worked example of a programme of single grants. */
function grant(
  programme: ProgrammeId,
  { jurisdiction, appliedOn, decidedOn, facts }: GrantExample,
  amount: string,
): AssessmentExample {
  const enrolments = [{ programme, appliedOn, decidedOn, facts }];
  return { jurisdiction, month: decidedOn.slice(0, 7), case: { enrolments }, amount };
}
type GrantExample = {
  readonly jurisdiction: JurisdictionCode;
  readonly appliedOn: string;
  readonly decidedOn: string;
  readonly facts: GrantFacts | Readonly<Record<string, unknown>>;
};
const SAMPLE_DISTRICT = { jurisdiction: '110199', appliedOn: '2026-11-05', decidedOn: '2026-11-10' } as const;

/** An example for a programme; undefined for those that nobody is assessed for (projects, the imprest fund). */
export function exampleOf(programme: ProgrammeId): AssessmentExample | undefined {
  const monthly = Object.hasOwn(MONTHLY, programme) ? MONTHLY[programme] : undefined;
  if (monthly) return monthly;
  if (programme === 'temporary-aid') {
    const [first] = TEMPORARY_AID_CASES;
    return first && grant(programme, first, first.due);
  }
  const oneOff = ONE_OFF_CASES.find((one) => one.programme === programme && Array.isArray(one.due));
  if (oneOff) return grant(programme, oneOff, total(oneOff.due));
  const home = ELDERLY_HOME_CASES.find((one) => one.programme === programme && Array.isArray(one.due));
  return home && grant(programme, { ...SAMPLE_DISTRICT, facts: home.facts }, total(home.due));
}

/** Yuan of several payments together. */
function total(due: readonly string[] | string): string {
  const fen = [due].flat().reduce((sum, yuan) => sum + Math.round(Number(yuan) * 100), 0);
  return (fen / 100).toFixed(2);
}
