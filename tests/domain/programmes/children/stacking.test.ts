// Goal: the rows of the stacking matrix that speak of children, on the packs of the policy book as they are, through assess().
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sumFen, toYuan } from '../../../../domain/money.ts';
import { policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { assess } from '../../../../domain/programmes/assess.ts';
import type { EnrolmentFacts } from '../../../../domain/programmes/programme.ts';
import type { Fact } from '../../../../domain/register/facts.ts';
import { type PolicyFile, policyFile } from '../../../policy-files.ts';
import { must } from '../samples.ts';
import { approved, CHILD, childBook, KNOWN_ON, on, orphan, situationOf } from './samples.ts';

const FOLDER = new URL('../../../../domain/policy-book/', import.meta.url);
const files = (place: string): PolicyFile[] =>
  readdirSync(new URL(`${place}/`, FOLDER)).map((name) => policyFile(place, name.replace('.json', '')));
const BOOK = must(
  policyBook(['110000', '440100'].flatMap(files).map((file) => must(parsePolicyPack(file)).pack)),
);

type Beside = { readonly programme: string; readonly facts?: readonly Fact[]; readonly yuan?: number };
const DIBAO = [
  { of: 'child', component: 'base', yuan: '600.00' },
  { of: 'child', component: 'top-up', yuan: '200.00' },
  { of: 'other', component: 'base', yuan: '400.00' },
] as const;

/** Of a child disabled in the first grade, in several programmes at once. */
function enrolment(place: string, { programme, facts = [], yuan }: Beside): EnrolmentFacts {
  const decided = {
    enrolment: `${programme}-1`,
    number: 1,
    kind: 'approval' as never,
    document: '示例〔2024〕9号',
    decidedOn: '2024-06-20',
    spans: [
      { from: '2024-07', components: [{ component: 'basic', fen: (yuan ?? 0) as never }], derivation: [] },
    ],
    sample: false,
    proposedBy: 'a',
    decidedBy: 'b',
    recordedAt: '2024-06-20T01:00:00.000Z',
  };
  const papers = approved('2015-03-05').filter(({ kind }) => kind === 'application' || kind === 'decision');
  return {
    id: `${programme}-1`,
    programme,
    jurisdiction: place,
    subject: CHILD,
    facts: [...papers, ...facts],
    ...(yuan !== undefined && { determinations: [decided] }),
  };
}

/** Yuan by programme in October 2025; 低保 of the whole household. */
function amounts(place: string, of: readonly Beside[], dibao = false): Record<string, string> {
  const [first, ...others] = of;
  const facts = [
    ...approved('2015-03-05').filter(({ kind }) => kind !== 'child-category'),
    on('disability', '2015-04-01', '1:limb'),
    on('disability-card', '2015-04-01', 'valid:-'),
    on('identity-class', '2015-04-01', dibao ? 'dibao' : 'none'),
    ...(first!.facts ?? []),
  ];
  const beside = others.map((one) => enrolment(place, one));
  const situation = situationOf({
    programme: first!.programme,
    jurisdiction: place,
    facts,
    beside,
    ...(dibao && { dibao: DIBAO }),
  });
  const { enrolments } = assess(situation, BOOK, { month: '2025-10', knownOn: KNOWN_ON });
  return Object.fromEntries(
    enrolments.map(({ programme, result }) => [
      programme,
      result.ok ? toYuan(sumFen(result.value.components.map(({ fen }) => fen))) : result.error.code,
    ]),
  );
}
const of = (programme: string, code: string): Beside => ({
  programme,
  facts: [on('child-category', '2024-06-12', code)],
});
const ORPHAN = of('orphan', '201');
const UNATTENDED = of('unattended-child', '120');
const ILL = of('child-in-need', 'dibao-ill-disabled');
const LIVING: Beside = { programme: 'disability-living' };
const NURSING: Beside = { programme: 'disability-nursing' };

describe('北京', () => {
  const at = (list: readonly Beside[], dibao = false) => amounts('110000', list, dibao);

  it('孤儿 × 低保: no fen twice; 孤儿 × 特困: topped up over it', () => {
    expect(at([ORPHAN], true)).toEqual({ dibao: '1200.00', orphan: '2050.00' });
    expect(at([ORPHAN, { programme: 'tekun', yuan: 217500 }])).toEqual({
      tekun: '2175.00',
      orphan: '675.00',
    });
  });

  it('孤儿 × 困残生活: exclusive; × 重残护理: both', () => {
    expect(at([ORPHAN, LIVING, NURSING])).toEqual({
      orphan: '2850.00',
      'disability-living': '0.00',
      'disability-nursing': '300.00',
    });
  });

  it('孤儿 × 事实无人 × 困境儿童: only one of them, the higher', () => {
    expect(at([ORPHAN, UNATTENDED, ILL])).toEqual({
      orphan: '2850.00',
      'unattended-child': '0.00',
      'child-in-need': '0.00',
    });
    expect(at([UNATTENDED, ILL])).toEqual({ 'unattended-child': '2850.00', 'child-in-need': '0.00' });
  });

  it('事实无人 × 特困: 特困 is no longer paid', () => {
    expect(at([UNATTENDED, { programme: 'tekun', yuan: 217500 }])).toEqual({
      tekun: '0.00',
      'unattended-child': '2850.00',
    });
  });

  it('事实无人 × 低保: topped up to the standard; 困残生活 is not paid beside it, 护理 is', () => {
    expect(at([UNATTENDED, LIVING, NURSING], true)).toEqual({
      dibao: '1200.00',
      'unattended-child': '2050.00',
      'disability-living': '0.00',
      'disability-nursing': '300.00',
    });
  });

  it('困境儿童 (低保重病残) × 低保: on top of it; × 困残生活: only the higher; × 护理: both', () => {
    expect(at([ILL, LIVING, NURSING], true)).toEqual({
      dibao: '1200.00',
      'child-in-need': '1140.00',
      'disability-living': '0.00',
      'disability-nursing': '300.00',
    });
  });
});

describe('广州', () => {
  const at = (list: readonly Beside[], dibao = false) => amounts('440100', list, dibao);

  it('事实无人 at the full rate: no 困残生活, but 护理', () => {
    expect(at([UNATTENDED, LIVING, NURSING])).toEqual({
      'unattended-child': '2976.00',
      'disability-living': '0.00',
      'disability-nursing': '280.00',
    });
  });

  it('事实无人 × 低保: less the per-capita 低保; then 困残生活 too is deducted and paid', () => {
    // 1200 for two covered members.
    expect(at([UNATTENDED], true)).toEqual({ dibao: '1200.00', 'unattended-child': '2376.00' });
    expect(at([UNATTENDED, LIVING, NURSING], true)).toEqual({
      dibao: '1200.00',
      'unattended-child': '2167.00',
      'disability-living': '209.00',
      'disability-nursing': '280.00',
    });
  });
});

describe('what is paid once', () => {
  it('is neither reduced by another programme nor counted by it', () => {
    const settled = on('settled-adult', '2025-10-10', '2025-10-10/示例〔2025〕8号');
    const book = childBook({
      '110000/orphan': { settlementAid: { amount: '20000.00', paidIn: 'same-month' } },
    });
    const month = (facts: readonly Fact[]) => {
      const situation = situationOf({ ...orphan(), facts, dibao: DIBAO });
      const { enrolments } = assess(situation, book, { month: '2025-10', knownOn: KNOWN_ON });
      return must(enrolments.find(({ programme }) => programme === 'orphan')!.result).components;
    };
    expect(month([...orphan().facts, settled])).toEqual([
      { component: 'living', fen: 205000 },
      { component: 'settlement-aid', fen: 2000000 },
    ]);
    const grown = orphan().facts.map((one) =>
      one.kind === 'birth-date' ? { ...one, value: '2007-03-05' } : one,
    );
    expect(month([...grown, settled])).toEqual([{ component: 'settlement-aid', fen: 2000000 }]);
  });
});
