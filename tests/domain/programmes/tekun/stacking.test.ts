// Goal: 特困 beside other programmes by the packs: nothing for months that a household's 低保 covers, both with 高龄津贴, and the higher of
// care and 居家养老资助. Method: decided amounts and rule programmes in one assessment.
import { describe, expect, it } from 'vitest';
import { fen } from '../../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { assess } from '../../../../domain/programmes/assess.ts';
import type { EnrolmentFacts } from '../../../../domain/programmes/programme.ts';
import type { Determination } from '../../../../domain/register/determination.ts';
import { policyFile } from '../../../policy-files.ts';
import { fact, must } from '../samples.ts';
import { careFiles } from './samples.ts';

const PERSON = '7Z3K9QX2M4BT';
const HOUSEHOLD = 'H0000000000A';

function book(...more: readonly unknown[]): PolicyBook {
  const others = [policyFile('110000', 'high-age'), policyFile('110000', 'dibao'), ...more];
  return must(policyBook([...careFiles(), ...others].map((file) => must(parsePolicyPack(file)).pack)));
}
const decided = (
  programme: string,
  code: string,
  component: string,
  yuan: number,
  subject = PERSON,
): EnrolmentFacts => {
  const id = `${code}-${subject}-1`;
  const components = yuan === 0 ? [] : [{ component, fen: fen(yuan * 100) }];
  const determination: Determination = {
    enrolment: id,
    number: 1,
    kind: 'initial',
    document: '示民救〔2024〕1号',
    decidedOn: '2024-12-20',
    spans: [{ from: '2025-01', components, derivation: [] }],
    sample: false,
    proposedBy: 'a',
    decidedBy: 'b',
    recordedAt: '2024-12-20T01:00:00.000Z',
  };
  return { id, programme, jurisdiction: '110199', subject, facts: [], determinations: [determination] };
};
function paid(
  enrolments: readonly EnrolmentFacts[],
  { covered = 'covered', at = '110199', book: policy = book() } = {},
): Record<string, number> {
  const facts = [
    fact('birth-date', '1940-03-05'),
    fact('household', '2024-01-01', `${HOUSEHOLD}:head:${covered}`),
  ];
  const situation = {
    persons: { [PERSON]: facts },
    households: { [HOUSEHOLD]: [] },
    enrolments: enrolments.map((one) => ({ ...one, jurisdiction: at })),
  };
  const { enrolments: assessed } = assess(situation, policy, { month: '2025-06', knownOn: '2025-07-01' });
  return Object.fromEntries(assessed.map(({ programme, result }) => [programme, must(result).fen / 100]));
}
const BASIC = decided('tekun', 'TK', 'basic', 2094.4);
const CARE = decided('tekun-care', 'TH', 'care', 750);
const dibao = (yuan: number) => decided('dibao', 'DB', 'base', yuan, HOUSEHOLD);

describe('beside a household’s 低保', () => {
  it('nothing while it covers the person, all of it when it does not or pays nothing', () => {
    expect(paid([BASIC, CARE, dibao(900)])).toEqual({ tekun: 0, 'tekun-care': 0, dibao: 900 });
    const own = { tekun: 2094.4, 'tekun-care': 750 };
    expect(paid([BASIC, CARE, dibao(900)], { covered: 'uncovered' })).toEqual({ ...own, dibao: 900 });
    expect(paid([BASIC, CARE, dibao(0)])).toEqual({ ...own, dibao: 0 });
  });
});

it('both with 高龄津贴', () => {
  const old: EnrolmentFacts = {
    ...decided('high-age', 'GL', 'allowance', 0),
    determinations: [],
    facts: [fact('application', '2024-01-05')],
  };
  expect(paid([BASIC, old])).toEqual({ tekun: 2094.4, 'high-age': 100 });
});

/** 居家养老资助 of an invented amount: 广州 has no pack of it yet. */
function guangzhou(amount: string): PolicyBook {
  const file = policyFile('110000', 'elderly-service');
  const values = file.values
    .filter(({ parameter }) => parameter !== 'stacking')
    .map((row) =>
      row.parameter === 'serviceAmounts'
        ? { ...row, value: [{ component: 'service', classes: ['tekun'], amount }] }
        : row,
    );
  return book({ ...file, jurisdiction: '440100', values });
}

it.each([
  ['700.00', { 'tekun-care': 750, 'elderly-service': 0 }],
  ['800.00', { 'tekun-care': 0, 'elderly-service': 800 }],
])('广州: care and a service subsidy of %s, the higher of the two', (amount, expected) => {
  const service: EnrolmentFacts = {
    ...decided('elderly-service', 'YL', 'service', 0),
    determinations: [],
    facts: [
      fact('application', '2024-01-05'),
      fact('decision', '2024-01-20', '2024-01-20/示民养〔2024〕1号'),
      fact('service-class', '2024-01-05', 'tekun'),
    ],
  };
  const found = paid([BASIC, CARE, service], { at: '440100', book: guangzhou(amount) });
  expect(found).toEqual({ tekun: 2094.4, ...expected });
});
